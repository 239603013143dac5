import type { OnProgress } from '../linkage/table/link-table.ts';

/** Tells on a terminal how far linking is, and how long the step will take that takes longest. */

const WORDS = {
  keys: 'finding rows that may be one person',
  learn: 'learning how values agree',
  compare: 'comparing pairs',
  group: 'grouping',
} as const;

/** Between two lines, in milliseconds. */
const EVERY_MS = 2_000;

export interface Progress {
  readonly rows: (rows: number) => void;
  readonly step: OnProgress;
}

/** @param say takes a line; nothing is told without it */
export function tellProgress(say: ((sentence: string) => void) | undefined): Progress {
  if (say === undefined) return { rows: () => undefined, step: () => undefined };
  let last = performance.now();
  let current: keyof typeof WORDS | undefined;
  let began = last;
  const isTime = (): boolean => {
    const now = performance.now();
    if (now - last < EVERY_MS) return false;
    last = now;
    return true;
  };
  return {
    rows: (rows) => {
      if (isTime()) say(`${rows} rows read`);
    },
    step: (step, done) => {
      if (step !== current) began = performance.now();
      current = step;
      if (isTime()) say(`${WORDS[step]}: ${Math.floor(done * 100)} %${timeLeft(performance.now() - began, done)}`);
    },
  };
}

/** The rest takes as long as what is done, in proportion. */
export function timeLeft(spentMs: number, done: number): string {
  if (done <= 0.02 || done >= 1) return '';
  const seconds = Math.ceil((spentMs * (1 - done)) / done / 1_000);
  return seconds < 90 ? `, about ${seconds} s left` : `, about ${Math.ceil(seconds / 60)} min left`;
}
