import { nodeHash } from './hash.ts';

/** Where things are in a tree of RFC 6962: complete subtrees, and ranges of leaves made of them. */

/**
 * A complete subtree: `index` counts the subtrees of 2^level leaves from the left. It covers the leaves from
 * index * 2^level up to, not including, (index + 1) * 2^level, and never changes once it is complete.
 */
export interface Subtree {
  readonly level: number;
  readonly index: number;
}

/** Leaves from `begin` up to, not including, `end`. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/** The largest power of two that is less than n, for n of at least 2: where RFC 6962 splits n leaves. */
export function splitOf(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

/**
 * The complete subtrees that a range falls into, left to right and as few as there are. The range has to begin where a
 * subtree that holds all of it begins, as every range of a proof does; from leaf 0 it is the compact range.
 */
export function subtreesOf({ begin, end }: LeafRange): readonly Subtree[] {
  const found: Subtree[] = [];
  for (let at = begin; at < end;) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      level += 1;
      width *= 2;
    }
    found.push({ level, index: at / width });
    at += width;
  }
  return found;
}

/** Hash of a range from the hashes of its subtrees, left to right; at least one. */
export function foldSubtrees(hashes: readonly Uint8Array[]): Uint8Array {
  const [last, ...before] = hashes.toReversed();
  if (last === undefined) throw new RangeError('a range of leaves is not empty');
  return before.reduce((right, left) => nodeHash(left, right), last);
}
