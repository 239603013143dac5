import { WINDOW, type KeyIndex } from './key-index.ts';
import { KeyValues, type Key } from './keys.ts';
import { sortTogether } from './radix.ts';
import type { Table } from './table.ts';

/**
 * Lets rows meet, key by key and slice by slice, without keeping who has met: a pair meets by the first of its keys
 * whose company is small, which both rows tell from their parts alone. Any order of jobs, in any threads, gives the same
 * pairs; a few, met in two crowds, are given twice.
 */

/** A key's values are cut in so many slices by hash; none lets a thread wait long for another. */
const SLICES = 4;
const SLICED_ROWS = 100_000;
const sliceBits = ({ order }: KeyIndex): number => (order.length < SLICED_ROWS ? 0 : Math.log2(SLICES));

/** How many jobs a table has. */
export const jobsOf = (index: KeyIndex): number => (index.keys.length + 1) * 2 ** sliceBits(index);

/** Told of each pair, the row whose lot is less first. */
export type Meet = (a: number, b: number) => void;

export class Meetings {
  readonly #table: Table;
  readonly #index: KeyIndex;
  readonly #partOfSlot: Uint8Array;
  readonly #masks: Int32Array;
  #rows = new Uint32Array(1 << 10);
  #values = new Uint32Array(1 << 10);
  #count = 0;
  /** The masks of the other keys by which `#maskedFor` meets its small companies. */
  readonly #elsewhere: Int32Array;
  #elsewhereCount = 0;

  constructor(table: Table, index: KeyIndex) {
    this.#table = table;
    this.#index = index;
    this.#partOfSlot = new Uint8Array(index.parts.width);
    index.parts.parts.forEach(({ first, slots }, part) => this.#partOfSlot.fill(part, first, first + slots));
    this.#masks = Int32Array.from(index.keys, ({ mask }) => mask);
    this.#elsewhere = new Int32Array(index.keys.length);
  }

  /** Does one job, from 0 to `jobsOf`. */
  do(job: number, meet: Meet): void {
    const bits = sliceBits(this.#index);
    const [at, slice] = [job >>> bits, job & (2 ** bits - 1)];
    const key = this.#index.keys[at];
    if (key === undefined) this.#meetNeighbours(slice, 2 ** bits, meet);
    else this.#meetByKey(key, at, slice, bits, meet);
  }

  #meetNeighbours(slice: number, slices: number, meet: Meet): void {
    const { order, neighbours, keys } = this.#index;
    const end = Math.floor((order.length * (slice + 1)) / slices);
    for (let at = Math.floor((order.length * slice) / slices); at < end; at += 1) {
      const row = order[at] ?? 0;
      this.#listElsewhere(row, keys.length);
      const last = Math.min(order.length - 1, at + neighbours);
      for (let next = at + 1; next <= last; next += 1) this.#meetUnlessElsewhere(row, order[next] ?? 0, meet);
    }
  }

  #meetByKey(key: Key, at: number, slice: number, bits: number, meet: Meet): void {
    this.#gather(key, at, slice, bits);
    sortTogether(this.#values, this.#rows, this.#count);
    for (let start = 0; start < this.#count;) {
      const value = this.#values[start] ?? 0;
      let end = start + 1;
      while (end < this.#count && this.#values[end] === value) end += 1;
      const isSmall = end - start <= this.#index.most;
      if (isSmall) this.#meetWithin(start, end, end - start, at, meet);
      else if (key.inCrowds) this.#meetWithin(start, end, WINDOW, this.#masks.length, meet);
      start = end;
    }
  }

  /** @param before only what these first keys bring together is left to them */
  #meetWithin(start: number, end: number, window: number, before: number, meet: Meet): void {
    for (let at = start; at < end - 1; at += 1) {
      const row = this.#rows[at] ?? 0;
      this.#listElsewhere(row, before);
      const last = Math.min(end - 1, at + window);
      for (let next = at + 1; next <= last; next += 1) this.#meetUnlessElsewhere(row, this.#rows[next] ?? 0, meet);
    }
  }

  /** The rows that are not alone with their value, with it, in the order of names. */
  #gather(key: Key, at: number, slice: number, bits: number): void {
    const { order, company, parts } = this.#index;
    const ofKey = company[at];
    const values = new KeyValues(parts, key);
    const shift = 32 - bits;
    this.#count = 0;
    if (ofKey === undefined) return;
    for (let place = 0; place < order.length; place += 1) {
      const row = order[place] ?? 0;
      if ((ofKey[row] ?? 0) < 2) continue;
      const found = values.of(row);
      for (let one = 0; one < found; one += 1) {
        const value = values.values[one] ?? 0;
        if (bits === 0 || value >>> shift === slice) this.#keep(row, value);
      }
    }
  }

  #keep(row: number, value: number): void {
    if (this.#count === this.#rows.length) {
      const [rows, values] = [new Uint32Array(this.#count * 2), new Uint32Array(this.#count * 2)];
      rows.set(this.#rows);
      values.set(this.#values);
      [this.#rows, this.#values] = [rows, values];
    }
    this.#rows[this.#count] = row;
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  #listElsewhere(row: number, before: number): void {
    const { company, most } = this.#index;
    this.#elsewhereCount = 0;
    for (let key = 0; key < before; key += 1) {
      const size = company[key]?.[row] ?? 0;
      if (size < 2 || size > most) continue;
      this.#elsewhere[this.#elsewhereCount] = this.#masks[key] ?? 0;
      this.#elsewhereCount += 1;
    }
  }

  #meetUnlessElsewhere(row: number, other: number, meet: Meet): void {
    const { linkOnly, source, lot } = this.#table;
    if (row === other || (linkOnly && source[row] === source[other])) return;
    if (this.#elsewhereCount > 0 && this.#isElsewhere(this.#shared(row, other))) return;
    const [one, two] = [lot[row] ?? 0, lot[other] ?? 0];
    if (one < two || (one === two && row < other)) meet(row, other);
    else meet(other, row);
  }

  #isElsewhere(shared: number): boolean {
    for (let at = 0; at < this.#elsewhereCount; at += 1) {
      const mask = this.#elsewhere[at] ?? 0;
      if ((mask & shared) === mask) return true;
    }
    return false;
  }

  /** A bit for each part in which two rows have a value in common. */
  #shared(row: number, other: number): number {
    const { parts, width, hashes } = this.#index.parts;
    const [from, otherFrom] = [row * width, other * width];
    let shared = 0;
    if (width === parts.length) {
      for (let slot = 0; slot < width; slot += 1) {
        const hash = hashes[from + slot] ?? 0;
        if (hash !== 0 && hash === hashes[otherFrom + slot]) shared |= 1 << slot;
      }
      return shared;
    }
    for (let slot = 0; slot < width; slot += 1) {
      const hash = hashes[from + slot] ?? 0;
      if (hash === 0) continue;
      const part = this.#partOfSlot[slot] ?? 0;
      const first = parts[part]?.first ?? 0;
      const end = first + (parts[part]?.slots ?? 0);
      for (let at = first; at < end; at += 1) if (hashes[otherFrom + at] === hash) shared |= 1 << part;
    }
    return shared;
  }
}
