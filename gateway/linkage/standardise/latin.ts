import anyAscii from 'any-ascii';
import { spellGroups } from './scripts.ts';

const ASCII = /^[\x20-\x7e]*$/;
/** Typed, curled, primed, reversed, full-width, and as accents that stand alone. */
const APOSTROPHES = /['`\u00b4\u2018\u2019\u201b\u2032\u02b9\u02bb\u02bc\u02bd\u02c8\u02ca\u055a\u05f3\ua78c\uff07]/g;
/** any-ascii spells an emoji out in words, which would then read as a name. */
const PICTURES = /\p{Extended_Pictographic}/gu;
const VOWELLESS_SCRIPT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

const DIGIT = /\d/;

/** A nought in a word was typed for the letter that it looks like (`J0hn`); any other digit in one is a slip. */
const withoutDigits = (ascii: string): string =>
  ascii.replace(/(?<=[a-z])0(?=[a-z])/gi, 'o').replace(/(?<=[a-z])\d+(?=[a-z])/gi, '');

/**
 * Any script to lower-case Latin words separated by one blank: apostrophes vanish, every other mark separates.
 * `O’Brien-Núñez` gives `obrien nunez`. The answer is empty where the text holds no letter.
 */
export function toLatin(text: string): string {
  const bare = text.replace(APOSTROPHES, '');
  const ascii = ASCII.test(bare) ? bare : anyAscii(spellGroups(bare.normalize('NFKC')).replace(PICTURES, ' '));
  const letters = DIGIT.test(ascii) ? withoutDigits(ascii) : ascii;
  return letters
    .toLowerCase()
    .replace(/'/g, '')
    .replace(/[^a-z]+/g, ' ')
    .trim();
}

/** Whether a script that omits short vowels wrote it, so that its Latin form has consonants only. */
export const writesConsonantsOnly = (text: string): boolean => !ASCII.test(text) && VOWELLESS_SCRIPT.test(text);

/** A name without vowels and doubled letters, and with one letter for the sound of k, for comparing with a name from a script that omits vowels. */
export const consonants = (name: string): string =>
  name
    .replace(/c(?!h)|q/g, 'k')
    .replace(/[aeiouyw]/g, '')
    .replace(/(.)\1+/g, '$1');
