import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What a command took, with whatever it started itself. Read from /proc; without it only the time. */
export interface ProcessCost {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMiB: number;
  readonly status: number;
}

export interface MeasuredCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** A line of standard output that ends the measuring, though not the command; its end where absent. */
  readonly until?: string;
}

const EVERY_MS = 20;
/** Of Linux on all common machines (proc(5), sysconf(3)). */
const TICK_MS = 10;
const PAGE_MIB = 4_096 / 1024 / 1024;

const textAt = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function treeOf(pid: number): number[] {
  const children = threadsOf(pid).flatMap((thread) => textAt(`/proc/${pid}/task/${thread}/children`).trim().split(' '));
  return [pid, ...children.filter((child) => child !== '').flatMap((child) => treeOf(Number(child)))];
}

/** Adds up what every process of a tree takes, also of those that have ended meanwhile. */
class TreeWatch {
  readonly #pid: number;
  readonly #cpuMs = new Map<number, number>();
  peakMiB = 0;

  constructor(pid: number) {
    this.#pid = pid;
  }

  look(): void {
    let mib = 0;
    for (const pid of treeOf(this.#pid)) {
      const fields = textAt(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ') ?? [];
      const [user, system] = [Number(fields[11] ?? 0), Number(fields[12] ?? 0)];
      if (user + system > 0) this.#cpuMs.set(pid, (user + system) * TICK_MS);
      mib += Number(textAt(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * PAGE_MIB;
    }
    this.peakMiB = Math.max(this.peakMiB, mib);
  }

  get cpuMs(): number {
    return [...this.#cpuMs.values()].reduce((sum, ms) => sum + ms, 0);
  }
}

/**
 * Runs a command to its end and measures it, up to a line that it says.
 *
 * @throws where it ends before that line
 */
export async function measureCommand({ command, args, until }: MeasuredCommand): Promise<ProcessCost> {
  const began = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const watch = new TreeWatch(child.pid ?? 0);
  const timer = setInterval(() => watch.look(), EVERY_MS);
  let cost: Omit<ProcessCost, 'status'> | undefined;
  const stop = (): void => {
    if (cost !== undefined) return;
    watch.look();
    clearInterval(timer);
    cost = { wallMs: performance.now() - began, cpuMs: watch.cpuMs, peakMiB: watch.peakMiB };
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (until !== undefined && line.includes(until)) stop();
  });
  const status = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
  if (cost === undefined && until !== undefined) throw new Error(`${command} ended with ${status} before it was done`);
  stop();
  if (cost === undefined) throw new Error('a command that ended was measured');
  return { ...cost, status };
}
