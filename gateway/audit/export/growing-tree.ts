import { EMPTY_ROOT, nodeHash } from '../tree/hash.ts';

/** A tree that is rebuilt from left to right out of whole subtrees: hashes of what is not here, leaves of what is. */
export interface GrowingTree {
  /** Number of leaves so far. */
  size(): number;
  /** Adds the complete subtree of 2^level leaves that comes next. False where none can begin here. */
  push(level: number, hash: Uint8Array): boolean;
  /** Root of RFC 6962 section 2.1 over what is there, 32 bytes. */
  root(): Uint8Array;
}

/** An empty tree. Holds one hash for each bit of its size. */
export function growingTree(): GrowingTree {
  const edge: { readonly level: number; readonly hash: Uint8Array }[] = [];
  let size = 0;
  return {
    size: () => size,
    push(level, hash) {
      const width = 2 ** level;
      if (size % width !== 0) return false;
      let joined = { level, hash };
      for (let left = edge.at(-1); left?.level === joined.level; left = edge.at(-1)) {
        edge.pop();
        joined = { level: joined.level + 1, hash: nodeHash(left.hash, joined.hash) };
      }
      edge.push(joined);
      size += width;
      return true;
    },
    root: () =>
      edge.reduceRight<Uint8Array | undefined>(
        (right, { hash }) => (right ? nodeHash(hash, right) : hash),
        undefined,
      ) ?? EMPTY_ROOT,
  };
}
