import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * AES-256-GCM boxes: format byte, nonce, tag, ciphertext. What a box is bound to (scope, id, kind) is authenticated
 * with it, so whoever can write to the database but has no key cannot pass one reason off as another's.
 */

export type Random = (bytes: number) => Uint8Array;

const ALGORITHM = 'aes-256-gcm';
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First byte of every box, so that another cipher can follow this one. */
const FORMAT = 1;

/** @param key 32 bytes */
export function sealBox(key: Uint8Array, plain: Uint8Array, bound: readonly string[], random: Random): Uint8Array {
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundBytes(bound));
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(FORMAT), nonce, cipher.getAuthTag(), ciphertext]);
}

/** The plain bytes, or undefined where anything does not fit: why, would help an attacker only. */
export function openBox(key: Uint8Array, box: Uint8Array, bound: readonly string[]): Uint8Array | undefined {
  const afterNonce = 1 + NONCE_BYTES;
  if (box[0] !== FORMAT || box.length < afterNonce + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, box.subarray(1, afterNonce), { authTagLength: TAG_BYTES });
    decipher.setAAD(boundBytes(bound));
    decipher.setAuthTag(box.subarray(afterNonce, afterNonce + TAG_BYTES));
    return Buffer.concat([decipher.update(box.subarray(afterNonce + TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}

const boundBytes = (bound: readonly string[]): Uint8Array =>
  Buffer.from(JSON.stringify(['holdfast words', FORMAT, ...bound]), 'utf8');
