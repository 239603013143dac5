import { Comparer } from './comparer.ts';
import type { ScoredPairs } from './group.ts';
import { Candidates, type KeyIndex } from './key-index.ts';
import type { Model } from './model.ts';
import type { Table } from './table.ts';
import { Weigher } from './weigh.ts';

/** Compares all candidate pairs, in this thread or in several; keeps those that a better model might yet join. */
export type Scorer = (
  table: Table,
  indexes: readonly KeyIndex[],
  model: Model,
  onProgress: (done: number) => void,
) => Promise<ScoredPairs>;

/** Pairs below this many bits are not kept: no later model moves a pair so far. */
const KEPT = -12;

/** How many rows go by between two tellings of progress. */
const TELL_EVERY = 4_096;

/** One thread's share of the work: every `step`-th row from `first` on, with the rows that it meets. */
export class PairScorer {
  readonly #table: Table;
  readonly #candidates: Candidates;
  readonly #comparer: Comparer;
  readonly #weigher: Weigher;
  #pairs = new PairColumns();

  constructor(table: Table, indexes: readonly KeyIndex[]) {
    this.#table = table;
    this.#candidates = new Candidates(table, indexes);
    this.#comparer = new Comparer(table);
    this.#weigher = new Weigher(this.#comparer.comparisons);
  }

  score(model: Model, first: number, step: number, onProgress: (done: number) => void): ScoredPairs {
    const { rows } = this.#table;
    const comparer = this.#comparer;
    this.#pairs = new PairColumns();
    let untilTold = TELL_EVERY;
    for (let row = first; row < rows; row += step) {
      const count = this.#candidates.of(row);
      for (let at = 0; at < count; at += 1) {
        const other = this.#candidates.found[at] ?? 0;
        comparer.compare(row, other);
        const bits = this.#weigher.bits(model, comparer.levels, comparer.values);
        if (bits >= KEPT) this.#pairs.add(row, other, bits);
      }
      untilTold -= 1;
      if (untilTold > 0) continue;
      untilTold = TELL_EVERY;
      onProgress(row / rows);
    }
    return this.#pairs.done();
  }
}

/** Weighs the pairs that were kept under another model. */
export function scoreAgain({ count, a, b }: ScoredPairs, comparer: Comparer, model: Model): ScoredPairs {
  const weigher = new Weigher(comparer.comparisons);
  const bits = new Float32Array(count);
  for (let pair = 0; pair < count; pair += 1) {
    comparer.compare(a[pair] ?? 0, b[pair] ?? 0);
    bits[pair] = weigher.bits(model, comparer.levels, comparer.values);
  }
  return { count, a, b, bits };
}

/** Pairs in columns that grow; shared with other threads once done. */
class PairColumns {
  #count = 0;
  #a = new Int32Array(new SharedArrayBuffer(1 << 12));
  #b = new Int32Array(new SharedArrayBuffer(1 << 12));
  #bits = new Float32Array(new SharedArrayBuffer(1 << 12));

  add(a: number, b: number, bits: number): void {
    if (this.#count === this.#a.length) this.#grow();
    this.#a[this.#count] = a;
    this.#b[this.#count] = b;
    this.#bits[this.#count] = bits;
    this.#count += 1;
  }

  #grow(): void {
    const length = this.#count * 2;
    const [a, b] = [
      new Int32Array(new SharedArrayBuffer(length * 4)),
      new Int32Array(new SharedArrayBuffer(length * 4)),
    ];
    const bits = new Float32Array(new SharedArrayBuffer(length * 4));
    a.set(this.#a);
    b.set(this.#b);
    bits.set(this.#bits);
    [this.#a, this.#b, this.#bits] = [a, b, bits];
  }

  done(): ScoredPairs {
    return { count: this.#count, a: this.#a, b: this.#b, bits: this.#bits };
  }
}

/** All work in this thread. */
export const scoreHere: Scorer = (table, indexes, model, onProgress) =>
  Promise.resolve(new PairScorer(table, indexes).score(model, 0, 1, onProgress));
