import { Comparer } from './comparer.ts';
import type { ScoredPairs } from './group.ts';
import type { KeyIndex } from './key-index.ts';
import { jobsOf, Meetings } from './meetings.ts';
import type { Model } from './model.ts';
import { inOrder, PairColumns } from './pair-columns.ts';
import type { Table } from './table.ts';
import { boundOf, Weigher } from './weigh.ts';

/** Compares pairs of a table, in this thread or in several. */
export interface Scorer {
  /** Lets all rows meet and keeps the pairs that a better model might yet join: once each, in one order. */
  score(model: Model, onProgress: (done: number) => void): Promise<ScoredPairs>;
  /** Weighs pairs under another model. */
  weighAgain(model: Model, pairs: ScoredPairs): Promise<ScoredPairs>;
  /** Ends what was started for it. */
  close(): Promise<void>;
}

export type MakeScorer = (table: Table, index: KeyIndex) => Scorer;

/** Pairs below this many bits are not kept: no later model moves a pair so far. */
const KEPT = -8;

/** Counts jobs off, in memory that threads share: each takes the next one. */
export class JobCounter {
  readonly #next: Int32Array;

  constructor(shared: SharedArrayBuffer = new SharedArrayBuffer(4)) {
    this.#next = new Int32Array(shared);
  }

  take(): number {
    return Atomics.add(this.#next, 0, 1);
  }
}

/** What one thread needs to compare. */
export class PairScorer {
  readonly #jobs: number;
  readonly #meetings: Meetings;
  readonly #comparer: Comparer;
  readonly #weigher: Weigher;

  constructor(table: Table, index: KeyIndex) {
    this.#jobs = jobsOf(index);
    this.#meetings = new Meetings(table, index);
    this.#comparer = new Comparer(table);
    this.#weigher = new Weigher(this.#comparer.comparisons);
  }

  /** Does jobs until there are none left. */
  score(model: Model, jobs: JobCounter, onProgress: (done: number) => void): ScoredPairs {
    const pairs = new PairColumns();
    const [comparer, weigher] = [this.#comparer, this.#weigher];
    const bound = boundOf(comparer.comparisons, model, KEPT);
    const meet = (a: number, b: number): void => {
      if (!comparer.compareAbove(a, b, bound)) return;
      const bits = weigher.bits(model, comparer.levels, comparer.values);
      if (bits >= KEPT) pairs.add(a, b, bits);
    };
    for (let job = jobs.take(); job < this.#jobs; job = jobs.take()) {
      this.#meetings.do(job, meet);
      onProgress((job + 1) / this.#jobs);
    }
    return pairs.done();
  }

  /** Writes the bits of the pairs in `[from, to)` into `bits`. */
  weighAgain(model: Model, { a, b }: ScoredPairs, bits: Float32Array, from: number, to: number): void {
    for (let pair = from; pair < to; pair += 1) {
      this.#comparer.compare(a[pair] ?? 0, b[pair] ?? 0);
      bits[pair] = this.#weigher.bits(model, this.#comparer.levels, this.#comparer.values);
    }
  }
}

/** All work in this thread. */
export const scoreHere: MakeScorer = (table, index) => {
  const scorer = new PairScorer(table, index);
  return {
    score: (model, onProgress) => Promise.resolve(inOrder([scorer.score(model, new JobCounter(), onProgress)])),
    weighAgain: (model, pairs) => {
      const bits = new Float32Array(pairs.count);
      scorer.weighAgain(model, pairs, bits, 0, pairs.count);
      return Promise.resolve({ ...pairs, bits });
    },
    close: () => Promise.resolve(),
  };
};
