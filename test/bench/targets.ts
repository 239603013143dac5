import type { Figures } from './figures.ts';

/** What the gateway is to reach, and how far a run came. A target missed is told and never fails the run. */
export interface Target {
  readonly wanted: string;
  readonly got: string;
  /** Undefined where this run cannot tell. */
  readonly met: boolean | undefined;
  /** How far it is off, in words. */
  readonly missedBy?: string;
}

const OVERHEAD_P50_MS_MAX = 15;
const OVERHEAD_P99_MS_MAX = 120;
const QUESTIONS_PER_SECOND_MIN = 300;
const CPU_MS_MAX = 2;
/** Beyond this growth in a hundred thousand questions memory does not count as flat. */
const GROWTH_BYTES_MAX = 16 * 1024 * 1024;
const GROWTH_QUESTIONS = 100_000;
/** Over fewer questions than these a few megabytes of garbage would be read as a leak. */
const TOLD_FROM_QUESTIONS = 5_000;

export function targetsOf(figures: Figures): readonly Target[] {
  const { manyConnections: many } = figures;
  const overhead = overheadOf(figures, many.load.took);
  const cpu = many.spent.gateway / 1000 / many.load.took.count;
  return [
    most(`overhead p50 at most ${OVERHEAD_P50_MS_MAX} ms at 64 connections`, overhead.p50, OVERHEAD_P50_MS_MAX, 'ms'),
    most(`overhead p99 at most ${OVERHEAD_P99_MS_MAX} ms at 64 connections`, overhead.p99, OVERHEAD_P99_MS_MAX, 'ms'),
    least(`at least ${QUESTIONS_PER_SECOND_MIN} questions a second`, many.load.perSecond, QUESTIONS_PER_SECOND_MIN),
    most(`at most ${CPU_MS_MAX} ms of CPU a question`, cpu, CPU_MS_MAX, 'ms'),
    memoryTarget(figures),
  ];
}

/** The slowest agency by its own median. */
export function slowestOf({ agencies }: Figures): Figures['agencies'][number] {
  const [slowest] = agencies.toSorted((a, b) => b.load.took.p50 - a.load.took.p50);
  if (slowest === undefined) throw new Error('no agency was measured');
  return slowest;
}

/** What the path takes beyond the slowest agency's own whole ask, in milliseconds. */
export function overheadOf(
  figures: Figures,
  took: { readonly p50: number; readonly p99: number },
): { readonly p50: number; readonly p99: number } {
  const alone = slowestOf(figures).load.took;
  return { p50: took.p50 - alone.p50, p99: took.p99 - alone.p99 };
}

/**
 * Bytes of live memory by which the process grows in a hundred thousand questions, from the middle look to the last:
 * until then functions are still being compiled, which is memory too.
 */
export function growthOf({ memory }: Figures): number | undefined {
  const [first, last] = [memory[Math.floor((memory.length - 1) / 2)], memory.at(-1)];
  if (first === undefined || last === undefined || last.questions - first.questions < TOLD_FROM_QUESTIONS)
    return undefined;
  return ((last.heapUsed - first.heapUsed) / (last.questions - first.questions)) * GROWTH_QUESTIONS;
}

const inMegabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

function memoryTarget(figures: Figures): Target {
  const wanted = 'memory flat over 100,000 questions';
  const growth = growthOf(figures);
  const last = figures.memory.at(-1)?.questions ?? 0;
  if (growth === undefined) return { wanted, got: `${last.toLocaleString('en-GB')} asked`, met: undefined };
  const got = `${inMegabytes(growth)} growth`;
  if (last < GROWTH_QUESTIONS) return { wanted, got, met: undefined };
  if (growth <= GROWTH_BYTES_MAX) return { wanted, got, met: true };
  return { wanted, got, met: false, missedBy: inMegabytes(growth - GROWTH_BYTES_MAX) };
}

function most(wanted: string, value: number, limit: number, unit: string): Target {
  const got = `${value.toFixed(1)} ${unit}`;
  if (value <= limit) return { wanted, got, met: true };
  return {
    wanted,
    got,
    met: false,
    missedBy: `${(value - limit).toFixed(1)} ${unit} (${(value / limit).toFixed(1)} times)`,
  };
}

function least(wanted: string, value: number, limit: number): Target {
  const got = `${value.toFixed(0)} a second`;
  if (value >= limit) return { wanted, got, met: true };
  return {
    wanted,
    got,
    met: false,
    missedBy: `${(limit - value).toFixed(0)} a second (${(limit / value).toFixed(1)} times)`,
  };
}
