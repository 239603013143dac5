import { createHmac, createSecretKey } from 'node:crypto';

/**
 * Makes the words of a text findable without keeping them. The attacker dumps the database and tries a dictionary: to
 * make the token of a guess he needs the key, which lies apart. What he sees is which texts share a word, never which
 * word; tokens go with their text when it is destroyed.
 */
export type WordTokens = (text: string) => readonly string[];

const TOKEN_HEX_DIGITS = 16;
/** Of a text of at most 500 characters no more are possible; a search with more is cut. */
const WORDS_MAX = 250;
const KEY_BYTES_MIN = 32;

/**
 * @param key at least 32 random bytes; a shorter one throws
 * @returns the tokens of a text's distinct words, 16 hex digits each (64 bits of an HMAC-SHA-256), in no telling order
 */
export function makeWordTokens(key: Uint8Array): WordTokens {
  if (key.byteLength < KEY_BYTES_MIN) throw new RangeError('a key for word tokens has at least 32 bytes');
  const secret = createSecretKey(key);
  const tokenOf = (word: string): string =>
    createHmac('sha256', secret).update(`holdfast word 1\n${word}`).digest('hex').slice(0, TOKEN_HEX_DIGITS);
  return (text) => wordsOf(text).map(tokenOf).sort();
}

/** Words as they are compared: without accents and case, letters and digits only, an apostrophe left out. */
export function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 0);
  return [...new Set(words)].slice(0, WORDS_MAX);
}
