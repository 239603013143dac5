import { cosignedMessage, writeCosignature } from '../note/cosignature.ts';
import type { NoteSignature } from '../note/signed-note.ts';
import type { VerifierKey } from '../note/verifier-key.ts';

/** A witness's key: the public half it is known by, and how it signs (64 bytes, RFC 8032). */
export interface WitnessSigner {
  /** Of type `cosignature/v1`. */
  readonly key: VerifierKey;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/**
 * A witness's cosignature of a checkpoint that it has judged.
 * @param text the checkpoint's whole text
 * @param timestamp seconds since 1970, over zero
 */
export function cosign({ key, sign }: WitnessSigner, text: string, timestamp: number): NoteSignature {
  const signature = sign(cosignedMessage(timestamp, text));
  return { name: key.name, keyId: key.keyId, bytes: writeCosignature({ timestamp, signature }) };
}
