import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/**
 * The one sealed box of the gateway: AES-256-GCM (NIST SP 800-38D), as format byte, nonce, tag, ciphertext. What a box is
 * bound to is authenticated with it and not in it. The attacker can write to the database, or to his own cookies, and has
 * no key: he must not be able to pass one box off as another, so each caller binds its boxes to where they belong.
 *
 * Cases, reasons and names lie in this form for years; the vectors in the test are theirs.
 */

export type Random = (bytes: number) => Uint8Array;

export const KEY_BYTES = 32;
const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First byte of every box, so that another cipher can follow this one. */
export const BOX_FORMAT = 1;
const AFTER_NONCE = 1 + NONCE_BYTES;
const AFTER_TAG = AFTER_NONCE + TAG_BYTES;

/**
 * Seals bytes.
 * @param key 32 bytes, used for so few boxes that a random nonce never comes twice (SP 800-38D 8.3: 2^32)
 * @param bound what the box belongs to; it opens with these bytes only
 */
export function sealBox(
  key: Uint8Array,
  plain: Uint8Array,
  bound: Uint8Array,
  random: Random = randomBytes,
): Uint8Array {
  const nonce = random(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(bound);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.of(BOX_FORMAT), nonce, cipher.getAuthTag(), ciphertext]);
}

/** The plain bytes, or undefined where anything does not fit: why, would help an attacker only. */
export function openBox(key: Uint8Array, box: Uint8Array, bound: Uint8Array): Buffer | undefined {
  if (box[0] !== BOX_FORMAT || box.length < AFTER_TAG) return undefined;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, box.subarray(1, AFTER_NONCE), { authTagLength: TAG_BYTES });
    decipher.setAAD(bound);
    decipher.setAuthTag(box.subarray(AFTER_NONCE, AFTER_TAG));
    return Buffer.concat([decipher.update(box.subarray(AFTER_TAG)), decipher.final()]);
  } catch {
    return undefined;
  }
}
