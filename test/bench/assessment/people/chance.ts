/** Seeded chance: the same seed gives the same world on every machine (splitmix32). */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state ^ (this.#state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** True in `share` of the draws. */
  happens(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(from: readonly T[]): T {
    const at = from[Math.floor(this.next() * from.length)];
    if (at === undefined) throw new RangeError('nothing to pick from');
    return at;
  }

  /** As names are: the first of the list far oftener than the last (Zipf, exponent .8). */
  pickCommon<T>(from: readonly T[]): T {
    const total = from.reduce((sum, _one, at) => sum + (at + 1) ** -0.8, 0);
    let left = this.next() * total;
    for (const [at, one] of from.entries()) {
      left -= (at + 1) ** -0.8;
      if (left <= 0) return one;
    }
    return this.pick(from);
  }

  /** A waiting time with this mean. */
  wait(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  shuffled<T>(from: readonly T[]): T[] {
    const keyed = from.map((one) => ({ one, key: this.next() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ one }) => one);
  }
}
