import { BOX_FORMAT, openBox, sealBox, type Random } from '../../access/sealed-box.ts';

/**
 * Boxes of words. What a box is bound to (scope, id, kind) is authenticated with it, so whoever can write to the database
 * but has no key cannot pass one reason off as another's.
 */

export { KEY_BYTES, type Random } from '../../access/sealed-box.ts';

/** @param key 32 bytes */
export const sealWords = (key: Uint8Array, plain: Uint8Array, bound: readonly string[], random: Random): Uint8Array =>
  sealBox(key, plain, boundBytes(bound), random);

/** The plain bytes, or undefined where anything does not fit. */
export const openWords = (key: Uint8Array, box: Uint8Array, bound: readonly string[]): Uint8Array | undefined =>
  openBox(key, box, boundBytes(bound));

const boundBytes = (bound: readonly string[]): Uint8Array =>
  Buffer.from(JSON.stringify(['holdfast words', BOX_FORMAT, ...bound]), 'utf8');
