import { parseArgs } from 'node:util';

/** What the command line asks for. */
export interface BenchLogOptions {
  /** Entries in the tree that is proven from. */
  readonly entries: number;
  /** Seconds of each figure of appends. */
  readonly seconds: number;
  /** Rounds in which the rivals take turns, so that a change of the disk's mood hits all of them. */
  readonly rounds: number;
  /** Times that the database is killed under load; 0 leaves this out. */
  readonly kills: number;
  /** Entries of the export that is verified offline. */
  readonly verify: number;
  readonly only: 'all' | 'appends' | 'proofs' | 'kills' | 'verify';
}

const OPTIONS = {
  entries: { type: 'string', default: '200000' },
  seconds: { type: 'string', default: '2' },
  rounds: { type: 'string', default: '3' },
  kills: { type: 'string', default: '0' },
  verify: { type: 'string', default: '100000' },
  only: { type: 'string', default: 'all' },
} as const;

/** Reads the words after the command; a word that it does not know throws. */
export function readOptions(words: readonly string[]): BenchLogOptions {
  const { values } = parseArgs({ args: [...words], options: OPTIONS, strict: true });
  const number = (name: 'entries' | 'seconds' | 'rounds' | 'kills' | 'verify'): number => {
    const value = Number(values[name]);
    if (!Number.isFinite(value) || value < 0) throw new RangeError(`--${name} takes a number`);
    return value;
  };
  const only = (['all', 'appends', 'proofs', 'kills', 'verify'] as const).find((each) => each === values.only);
  if (only === undefined) throw new RangeError('--only takes appends, proofs, kills or verify');
  return {
    entries: number('entries'),
    seconds: number('seconds'),
    rounds: number('rounds'),
    kills: number('kills'),
    verify: number('verify'),
    only,
  };
}
