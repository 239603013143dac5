import { quantilesOf, type Quantiles } from '../quantiles.ts';

/** Callers who each wait for their own entry to be durable before they bring the next one. */

export interface CallerFigures {
  readonly callers: number;
  readonly perSecond: number;
  readonly waited: Quantiles;
  /** Processor time of this process for one entry, microseconds. */
  readonly cpuMicroseconds: number;
}

interface Run {
  readonly took: readonly number[];
  readonly seconds: number;
  readonly cpuMicroseconds: number;
}

/** Runs so many callers for so long. `once` appends one entry and rejects where it was not. */
export async function runCallers(callers: number, seconds: number, once: () => Promise<unknown>): Promise<Run> {
  const took: number[] = [];
  const cpu = process.cpuUsage();
  const start = performance.now();
  const until = start + seconds * 1_000;
  const call = async (): Promise<void> => {
    for (let asked = performance.now(); asked < until; asked = performance.now()) {
      await once();
      took.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  const { user, system } = process.cpuUsage(cpu);
  return { took, seconds: (performance.now() - start) / 1_000, cpuMicroseconds: user + system };
}

/** Several runs of one kind as one. */
export function figuresOf(callers: number, runs: readonly Run[]): CallerFigures {
  const took = runs.flatMap((run) => run.took);
  const sum = (of: (run: Run) => number): number => runs.reduce((total, run) => total + of(run), 0);
  return {
    callers,
    perSecond: took.length / sum((run) => run.seconds),
    waited: quantilesOf(took),
    cpuMicroseconds: sum((run) => run.cpuMicroseconds) / Math.max(1, took.length),
  };
}
