import { readFileSync } from 'node:fs';

/** What the kernel counts of the main thread since it began, in milliseconds. */
export interface ThreadTime {
  /** On a processor. */
  readonly ranMs: number;
  /** Ready to run, while others had the processor: on a machine that does nothing else, none. */
  readonly waitedMs: number;
}

/**
 * Time of this process's main thread alone, which a busy machine does not lengthen; undefined where the kernel does not
 * say (anything but Linux). The collector's and the compiler's own threads are not in it. Some kernels
 * count at their ticks only: then one short span is up to a few milliseconds out, and a mean is right.
 *
 * Source: Linux, Documentation/scheduler/sched-stats.rst, `/proc/<pid>/schedstat`: nanoseconds run and waited.
 */
export function threadTime(): ThreadTime | undefined {
  const text = read(`/proc/self/task/${process.pid}/schedstat`);
  const [ran, waited] = text?.trim().split(' ').map(Number) ?? [];
  if (ran === undefined || waited === undefined || Number.isNaN(ran) || Number.isNaN(waited)) return undefined;
  return { ranMs: ran / 1e6, waitedMs: waited / 1e6 };
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
