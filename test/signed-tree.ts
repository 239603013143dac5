import { generateKeyPairSync, sign } from 'node:crypto';
import { formatCheckpoint } from '../gateway/audit/note/checkpoint.ts';
import { formatNote, noteMessage } from '../gateway/audit/note/signed-note.ts';
import {
  makeVerifierKey,
  rawPublicKey,
  type SignatureType,
  type VerifierKey,
} from '../gateway/audit/note/verifier-key.ts';
import { appendLeaves, EMPTY_RANGE, rootOf } from '../gateway/audit/tree/compact-range.ts';
import { leafHash, nodeHash } from '../gateway/audit/tree/hash.ts';
import { consistencyProof, type ReadSubtrees } from '../gateway/audit/tree/prove.ts';

/** A log for tests that is nothing but a tree and a key: honest, or whatever its operator likes. */

export interface Party {
  readonly key: VerifierKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** A key pair with a name. */
export function party(name: string, type: SignatureType = 'ed25519'): Party {
  const pair = generateKeyPairSync('ed25519');
  const key = makeVerifierKey(name, type, rawPublicKey(pair.publicKey));
  if (!key.ok) throw new Error(key.error);
  return { key: key.value, sign: (message) => new Uint8Array(sign(null, message, pair.privateKey)) };
}

/** A checkpoint of any size and root, signed. */
export function signedCheckpoint(
  { key, sign: signed }: Party,
  size: number,
  root: Uint8Array,
  origin = key.name,
): string {
  const text = formatCheckpoint({ origin, size, root, extensions: [] });
  return formatNote({ text, signatures: [{ name: key.name, keyId: key.keyId, bytes: signed(noteMessage(text)) }] });
}

export interface SignedTree {
  readonly leaves: readonly string[];
  root(size?: number): Uint8Array;
  /** The signed checkpoint of this size, by default of all. */
  checkpoint(size?: number): string;
  proof(from: number, to: number): Promise<readonly Uint8Array[]>;
  readonly read: ReadSubtrees;
}

/** The tree over these leaves. */
export function signedTree(log: Party, leaves: readonly string[]): SignedTree {
  const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf, 'utf8')));
  const subtree = (level: number, index: number): Uint8Array => {
    if (level > 0) return nodeHash(subtree(level - 1, 2 * index), subtree(level - 1, 2 * index + 1));
    const leaf = hashes[index];
    if (leaf === undefined) throw new RangeError('no such leaf');
    return leaf;
  };
  const read: ReadSubtrees = (subtrees) => Promise.resolve(subtrees.map(({ level, index }) => subtree(level, index)));
  const root = (size = leaves.length) => rootOf(appendLeaves(EMPTY_RANGE, hashes.slice(0, size)));
  return {
    leaves,
    root,
    checkpoint: (size = leaves.length) => signedCheckpoint(log, size, root(size)),
    proof: (from, to) => consistencyProof(from, to, read),
    read,
  };
}

/** So many leaves that differ from those under another label. */
export const leavesOf = (count: number, label = 'entry'): readonly string[] =>
  Array.from({ length: count }, (_, n) => `${label} ${n}`);
