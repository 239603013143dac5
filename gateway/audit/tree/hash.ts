import { hash } from 'node:crypto';

/** The two hashes of RFC 6962 section 2.1. SHA-256, 32 bytes. */

export const HASH_BYTES = 32;

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);
/** Filled anew for each node of two hashes, which is every node of a tree: a proof takes hundreds. */
const node = Buffer.alloc(1 + 2 * HASH_BYTES, 1);

const sha256 = (parts: readonly Uint8Array[]): Uint8Array => hash('sha256', Buffer.concat(parts), 'buffer');

/**
 * Hash of a leaf: SHA-256(0x00 || bytes). The prefix differs from a node's, so that nobody can pass the two children of
 * a node off as an entry.
 */
export const leafHash = (bytes: Uint8Array): Uint8Array => sha256([LEAF, bytes]);

/** Hash of a node over its two children: SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  // What somebody else sent may be of any length; then nothing of the node before may be left in between.
  if (left.byteLength !== HASH_BYTES || right.byteLength !== HASH_BYTES) return sha256([NODE, left, right]);
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return hash('sha256', node, 'buffer');
}

/** Root of the tree without leaves: SHA-256 of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256([]);

/** Whether two hashes are the same. None of them is a secret. */
export const sameHash = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
