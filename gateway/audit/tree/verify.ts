import { EMPTY_ROOT, HASH_BYTES, nodeHash, sameHash } from './hash.ts';
import { splitOf, type LeafRange } from './subtrees.ts';

/**
 * Whether proofs hold. Everything given here may come from somebody who lies: whatever does not fit exactly, a size out
 * of range, a hash too many or too few, is a proof that does not hold.
 */

/** Whether the leaf at `index` is in the tree of `size` leaves with this root (RFC 6962 section 2.1.1). */
export const verifyInclusion = (
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean => verifySubtreeInclusion(index, { begin: 0, end: size }, leafHash, proof, root);

/** Whether the tree of `size1` leaves is the beginning of that of `size2` (RFC 6962 section 2.1.2). */
export const verifyConsistency = (
  size1: number,
  size2: number,
  proof: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
): boolean =>
  // From the empty tree anything follows: a proof of that says nothing, so there is none.
  (size1 > 0 || (size2 === 0 && sameHash(root1, root2))) &&
  verifySubtreeConsistency({ begin: 0, end: size1 }, size2, proof, root1, root2);

/**
 * Whether the leaf at `index` of the log is in a subtree of it (draft-ietf-plants-merkle-tree-certs section 4.3).
 * @param subtree its leaves, in the log's own count
 */
export function verifySubtreeInclusion(
  index: number,
  subtree: LeafRange,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSubtree(subtree) || !isHash(leafHash) || !proof.every(isHash)) return false;
  if (!Number.isSafeInteger(index) || index < subtree.begin || index >= subtree.end) return false;
  const rest = [...proof];
  const climb = (at: number, width: number): Uint8Array | undefined => {
    if (width === 1) return leafHash;
    // The proof ends with the sibling just below the root, so it is read from its end.
    const sibling = rest.pop();
    if (sibling === undefined) return undefined;
    const split = splitOf(width);
    const own = at < split ? climb(at, split) : climb(at - split, width - split);
    if (own === undefined) return undefined;
    return at < split ? nodeHash(own, sibling) : nodeHash(sibling, own);
  };
  const found = climb(index - subtree.begin, subtree.end - subtree.begin);
  return found !== undefined && rest.length === 0 && sameHash(found, root);
}

/**
 * Whether a subtree with root `root1` is part of the tree of `size` leaves with root `root2`
 * (draft-ietf-plants-merkle-tree-certs section 4.4). An empty subtree is part of every tree.
 */
export function verifySubtreeConsistency(
  subtree: LeafRange,
  size: number,
  proof: readonly Uint8Array[],
  root1: Uint8Array,
  root2: Uint8Array,
): boolean {
  const { begin, end } = subtree;
  if (!Number.isSafeInteger(size) || size < end || !proof.every(isHash)) return false;
  if (begin === end) return isEmptySubtree(subtree) && proof.length === 0 && sameHash(root1, EMPTY_ROOT);
  if (!isSubtree(subtree)) return false;
  const rest = [...proof];
  const found = climbTo(subtree, size, rest, root1);
  return found !== undefined && rest.length === 0 && sameHash(found.part, root1) && sameHash(found.whole, root2);
}

interface Climbed {
  /** Root of the earlier tree, as far as it lies here. */
  readonly part: Uint8Array;
  /** Root of all that lies here. */
  readonly whole: Uint8Array;
}

/**
 * Rebuilds both roots out of the same hashes.
 * @param known the claimed hash of the subtree, while it is not split; undefined once the proof has to give its parts
 */
function climbTo(
  { begin, end }: LeafRange,
  size: number,
  rest: Uint8Array[],
  known: Uint8Array | undefined,
): Climbed | undefined {
  if (begin === 0 && end === size) {
    const hash = known ?? rest.pop();
    return hash === undefined ? undefined : { part: hash, whole: hash };
  }
  const sibling = rest.pop();
  if (sibling === undefined) return undefined;
  const split = splitOf(size);
  if (end <= split) {
    const left = climbTo({ begin, end }, split, rest, known);
    return left && { part: left.part, whole: nodeHash(left.whole, sibling) };
  }
  if (begin >= split) {
    const right = climbTo({ begin: begin - split, end: end - split }, size - split, rest, known);
    return right && { part: right.part, whole: nodeHash(sibling, right.whole) };
  }
  // It lies across the split, so it begins with the whole left half.
  const right = climbTo({ begin: 0, end: end - split }, size - split, rest, undefined);
  return right && { part: nodeHash(sibling, right.part), whole: nodeHash(sibling, right.whole) };
}

const isHash = (hash: Uint8Array): boolean => hash.byteLength === HASH_BYTES;

/** A subtree begins where a complete one that is at least as wide could begin. */
function isSubtree({ begin, end }: LeafRange): boolean {
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(end) || begin < 0 || end <= begin) return false;
  let width = 1;
  while (width < end - begin) width *= 2;
  return begin % width === 0;
}

const isEmptySubtree = ({ begin, end }: LeafRange): boolean =>
  Number.isSafeInteger(begin) && begin >= 0 && begin === end;
