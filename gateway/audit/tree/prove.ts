import type { CompactRange } from './compact-range.ts';
import { edgeOf } from './compact-range.ts';
import { foldSubtrees, splitOf, subtreesOf, type LeafRange, type Subtree } from './subtrees.ts';

/** Proofs of RFC 6962 section 2.1, made from the hashes of complete subtrees, all of which are asked for at once. */

/** Gives the hash of each subtree, in order. All of them are complete in the tree that is read. */
export type ReadSubtrees = (subtrees: readonly Subtree[]) => Promise<readonly Uint8Array[]>;

/**
 * That the leaf at `index` is in the tree of `size` leaves (RFC 6962 section 2.1.1): hashes from the leaf's sibling up.
 * @param index from 0, below `size`; anything else throws
 */
export async function inclusionProof(index: number, size: number, read: ReadSubtrees): Promise<readonly Uint8Array[]> {
  if (!isIndex(index) || !isIndex(size) || index >= size) throw new RangeError('no such leaf in a tree of this size');
  return hashesOf(inclusionRanges(index, { begin: 0, end: size }), read);
}

/**
 * That the tree of `size1` leaves is the beginning of that of `size2` (RFC 6962 section 2.1.2). Empty where the sizes
 * are equal.
 * @param size1 from 1 to `size2`; anything else throws
 */
export async function consistencyProof(
  size1: number,
  size2: number,
  read: ReadSubtrees,
): Promise<readonly Uint8Array[]> {
  if (!isIndex(size1) || !isIndex(size2) || size1 < 1 || size1 > size2) throw new RangeError('no such earlier tree');
  return hashesOf(consistencyRanges(size1, { begin: 0, end: size2 }, true), read);
}

/** Reads the compact range of a tree of this size. */
export async function readRange(size: number, read: ReadSubtrees): Promise<CompactRange> {
  return { size, hashes: size === 0 ? [] : await read(edgeOf(size)) };
}

const isIndex = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;

function inclusionRanges(index: number, within: LeafRange): readonly LeafRange[] {
  const { begin, end } = within;
  if (end - begin === 1) return [];
  const middle = begin + splitOf(end - begin);
  return index < middle
    ? [...inclusionRanges(index, { begin, end: middle }), { begin: middle, end }]
    : [...inclusionRanges(index, { begin: middle, end }), { begin, end: middle }];
}

/** @param known whether whoever verifies has the hash of `within` itself, it being the earlier tree */
function consistencyRanges(size1: number, within: LeafRange, known: boolean): readonly LeafRange[] {
  const { begin, end } = within;
  if (size1 === end) return known ? [] : [within];
  const middle = begin + splitOf(end - begin);
  return size1 <= middle
    ? [...consistencyRanges(size1, { begin, end: middle }, known), { begin: middle, end }]
    : [...consistencyRanges(size1, { begin: middle, end }, false), { begin, end: middle }];
}

async function hashesOf(ranges: readonly LeafRange[], read: ReadSubtrees): Promise<readonly Uint8Array[]> {
  const parts = ranges.map(subtreesOf);
  const hashes = await read(parts.flat());
  let at = 0;
  return parts.map((part) => foldSubtrees(hashes.slice(at, (at += part.length))));
}
