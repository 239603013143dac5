import { sharedFloat32, sharedInt32 } from './dictionary.ts';
import type { ScoredPairs } from './group.ts';
import { rowNumbers } from './key-index.ts';
import { sortByKey } from './radix.ts';

const FIRST_LENGTH = 1 << 12;

/** Pairs in columns that grow; shared with other threads once done. */
export class PairColumns {
  #count = 0;
  #a = sharedInt32(FIRST_LENGTH);
  #b = sharedInt32(FIRST_LENGTH);
  #bits = sharedFloat32(FIRST_LENGTH);

  add(a: number, b: number, bits: number): void {
    if (this.#count === this.#a.length) this.#grow();
    this.#a[this.#count] = a;
    this.#b[this.#count] = b;
    this.#bits[this.#count] = bits;
    this.#count += 1;
  }

  #grow(): void {
    const length = this.#count * 2;
    const [a, b, bits] = [sharedInt32(length), sharedInt32(length), sharedFloat32(length)];
    a.set(this.#a);
    b.set(this.#b);
    bits.set(this.#bits);
    [this.#a, this.#b, this.#bits] = [a, b, bits];
  }

  done(): ScoredPairs {
    return { count: this.#count, a: this.#a, b: this.#b, bits: this.#bits };
  }
}

/** Pairs of several threads in one order, each once: what follows does not see who found what. */
export function inOrder(parts: readonly ScoredPairs[]): ScoredPairs {
  const all = joined(parts);
  const byOther = sortByKey(rowNumbers(all.count), Uint32Array.from(all.b));
  const order = sortByKey(byOther, Uint32Array.from(all.a));
  const [a, b, bits] = [sharedInt32(all.count), sharedInt32(all.count), sharedFloat32(all.count)];
  let count = 0;
  for (const pair of order) {
    const [one, other] = [all.a[pair] ?? 0, all.b[pair] ?? 0];
    if (count > 0 && a[count - 1] === one && b[count - 1] === other) continue;
    a[count] = one;
    b[count] = other;
    bits[count] = all.bits[pair] ?? 0;
    count += 1;
  }
  return { count, a, b, bits };
}

function joined(parts: readonly ScoredPairs[]): ScoredPairs {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const all = { count, a: new Int32Array(count), b: new Int32Array(count), bits: new Float32Array(count) };
  let at = 0;
  for (const part of parts) {
    all.a.set(part.a.subarray(0, part.count), at);
    all.b.set(part.b.subarray(0, part.count), at);
    all.bits.set(part.bits.subarray(0, part.count), at);
    at += part.count;
  }
  return all;
}
