import { readFileSync, readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** The machine itself: what it is, and how much of it everybody together has used. */

export interface Machine {
  readonly cores: number;
  readonly model: string;
  readonly node: string;
  /** Processes that wanted to run, over the last minute before the benchmark began. */
  readonly loadBefore: number;
}

export const describeMachine = (): Machine => ({
  cores: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  node: process.version,
  loadBefore: loadavg()[0] ?? 0,
});

/** Of the clock by which Linux counts processor time in /proc. */
const MICROSECONDS_PER_TICK = 10_000;

/** Busy processor time of all cores since the machine started, in microseconds; undefined where /proc is not Linux's. */
export function machineBusy(): number | undefined {
  const [, ...ticks] = readLines('/proc/stat')[0]?.split(/\s+/) ?? [];
  if (ticks.length < 7) return undefined;
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = ticks.map(Number);
  return (user + nice + system + irq + softirq) * MICROSECONDS_PER_TICK;
}

/** Processor time of a process and all its children, also those that have ended, in microseconds. */
export function treeBusy(pid: number): number | undefined {
  const own = statOf(String(pid));
  if (own === undefined) return undefined;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf)
    .filter((stat) => stat?.parent === pid);
  return children.reduce((sum, child) => sum + (child?.own ?? 0), own.own + own.ended);
}

interface ProcessStat {
  readonly parent: number;
  readonly own: number;
  readonly ended: number;
}

function statOf(pid: string): ProcessStat | undefined {
  const line = readLines(`/proc/${pid}/stat`)[0] ?? '';
  // The name of the program stands in brackets and may hold anything, brackets included.
  const fields = line
    .slice(line.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent] = fields.slice(1);
  const [user, system, endedUser, endedSystem] = fields.slice(11);
  if (parent === undefined || user === undefined || system === undefined) return undefined;
  const ended = ((endedUser ?? 0) + (endedSystem ?? 0)) * MICROSECONDS_PER_TICK;
  return { parent, own: (user + system) * MICROSECONDS_PER_TICK, ended };
}

function readLines(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n');
  } catch {
    return [];
  }
}
