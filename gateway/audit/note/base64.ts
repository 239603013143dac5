/**
 * Base64 of RFC 4648 section 4, with padding, in its one canonical spelling. Two spellings of one signature would be
 * two notes with the same meaning and different bytes, which is how forgers slip past a comparison.
 */

const ALPHABET = /^[A-Za-z0-9+/]*={0,2}$/;

/** Takes bytes, gives their text. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** Takes text, gives its bytes, or undefined for anything that this module would not have written. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !ALPHABET.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? new Uint8Array(bytes) : undefined;
}

/** As `decodeBase64`, and undefined also where the bytes are not as many as they should be. */
export function decodeBase64Of(text: string, length: number): Uint8Array | undefined {
  const bytes = decodeBase64(text);
  return bytes?.length === length ? bytes : undefined;
}
