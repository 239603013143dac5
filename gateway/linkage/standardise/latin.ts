import anyAscii from 'any-ascii';

const ASCII = /^[\x20-\x7e]*$/;
const APOSTROPHES = /['`\u2018\u2019\u02bc\u02b9\u02bb\u05f3]/g;
/** any-ascii spells an emoji out in words, which would then read as a name. */
const PICTURES = /\p{Extended_Pictographic}/gu;
const VOWELLESS_SCRIPT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;

/**
 * Any script to lower-case Latin words separated by one blank: apostrophes vanish, every other mark separates.
 * `O’Brien-Núñez` gives `obrien nunez`. The answer is empty where the text holds no letter.
 */
export function toLatin(text: string): string {
  const bare = text.replace(APOSTROPHES, '');
  const ascii = ASCII.test(bare) ? bare : anyAscii(bare.normalize('NFKC').replace(PICTURES, ' '));
  return ascii
    .toLowerCase()
    .replace(/'/g, '')
    .replace(/[^a-z]+/g, ' ')
    .trim();
}

/** Whether a script that omits short vowels wrote it, so that its Latin form has consonants only. */
export const writesConsonantsOnly = (text: string): boolean => !ASCII.test(text) && VOWELLESS_SCRIPT.test(text);

/** A name without vowels and doubled letters, for comparing with a name from a script that omits vowels. */
export const consonants = (name: string): string => name.replace(/[aeiouyw]/g, '').replace(/(.)\1+/g, '$1');
