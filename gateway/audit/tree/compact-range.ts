import { EMPTY_ROOT, nodeHash } from './hash.ts';
import { foldSubtrees, subtreesOf } from './subtrees.ts';

/**
 * All of a tree that is needed to grow it: its size, and the hash of each complete subtree at its edge, left to right
 * (one for each bit of the size). Fewer than 54 hashes, however many leaves.
 */
export interface CompactRange {
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

export const EMPTY_RANGE: CompactRange = { size: 0, hashes: [] };

/** The range with further leaves at its end. About two hashes a leaf. */
export function appendLeaves(range: CompactRange, leafHashes: Iterable<Uint8Array>): CompactRange {
  const hashes = [...range.hashes];
  let { size } = range;
  for (const leaf of leafHashes) {
    let hash = leaf;
    // Each subtree of the same width at the edge joins with the new one into the next wider.
    for (let width = size; width % 2 === 1; width = (width - 1) / 2) {
      const left = hashes.pop();
      if (left === undefined) throw new RangeError('a compact range has a hash for each bit of its size');
      hash = nodeHash(left, hash);
    }
    hashes.push(hash);
    size += 1;
  }
  return { size, hashes };
}

/** Root of the tree (RFC 6962 section 2.1), 32 bytes. */
export const rootOf = (range: CompactRange): Uint8Array => (range.size === 0 ? EMPTY_ROOT : foldSubtrees(range.hashes));

/** The complete subtrees whose hashes make the range of a tree of this size, in the order of `hashes`. */
export const edgeOf = (size: number) => subtreesOf({ begin: 0, end: size });
