/**
 * Our own seeded generator, so that the population of a seed stays the same whatever a library does: xoshiro128**
 * (Blackman and Vigna), its state filled from the seed by splitmix32. Not for secrets.
 */
export interface Random {
  /** A fraction from 0 up to, not including, 1. */
  fraction(): number;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  chance(probability: number): boolean;
  /** One of the list, all alike. Throws on an empty list: that is a bug. */
  pick<T>(list: readonly T[]): T;
  /** One of the list by weight; the weights need not add up to one. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  /** One of the list, earlier ones more often: place n has weight 1 / (n + 6), which is roughly how names are spread. */
  early<T>(list: readonly T[]): T;
}

/** Makes a generator that depends on the seed and nothing else. */
export function randomOf(seed: number): Random {
  const next = xoshiro(seed);
  const fraction = (): number => next() / 2 ** 32;
  const between = (from: number, to: number): number => from + Math.floor(fraction() * (to - from + 1));
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[between(0, list.length - 1)];
    if (chosen === undefined) throw new Error('nothing to pick from');
    return chosen;
  };
  const weighted = <T>(choices: readonly (readonly [T, number])[]): T => {
    let left = fraction() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [choice, weight] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    const last = choices.at(-1);
    if (last === undefined) throw new Error('nothing to weigh');
    return last[0];
  };
  const early = <T>(list: readonly T[]): T => {
    // Inverse of the cumulative weight ln((n + 6) / 6): no table to keep for each list.
    const place = Math.floor(6 * Math.exp(fraction() * Math.log((list.length + 6) / 6)) - 6);
    return list[Math.min(place, list.length - 1)] ?? pick(list);
  };
  return { fraction, between, chance: (probability) => fraction() < probability, pick, weighted, early };
}

function xoshiro(seed: number): () => number {
  let mix = seed >>> 0;
  const splitmix = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
    return (z ^ (z >>> 16)) >>> 0;
  };
  const rotate = (x: number, by: number): number => (x << by) | (x >>> (32 - by));
  let [a, b, c, d] = [splitmix(), splitmix(), splitmix(), splitmix()];
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
}
