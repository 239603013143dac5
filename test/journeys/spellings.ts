/** Looks for a value in every spelling in which it could leave: as it is, respaced, encoded, in parts that tell enough. */

const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, '');

/** The three ways in which a text can stand inside base64, each without the characters that its neighbours decide. */
function inBase64(value: string): string[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.from(`${'\0'.repeat(before)}${value}`).toString('base64');
    return text.slice(Math.ceil((before * 4) / 3), Math.floor(((before + value.length) * 4) / 3)).replace(/=+$/u, '');
  });
}

function encoded(value: string): string[] {
  return [...inBase64(value), Buffer.from(value).toString('hex'), encodeURIComponent(value)];
}

/** Forms of a British number that ring: with and without country code and trunk zero, and the six digits that tell it. */
function ofNumber(e164: string): { readonly exact: string[]; readonly digits: string } {
  const national = e164.replace(/^\+44/u, '');
  return { exact: [`0${national}`, e164, `44${national}`].flatMap(encoded), digits: national };
}

/**
 * The text without what is counted or random and in which six given digits turn up by chance: hexadecimal of some
 * length, as ciphertext and hashes are written; what the runtime counts of itself, which is bytes and seconds; the
 * fraction of the second of a whole timestamp. Names and labels of those samples stay, and so does all beside them.
 */
function withoutChance(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{32,}/giu, ' ')
    .replaceAll(/^((?:process|nodejs)_\S*) (?:[+-]?[\d.]+(?:e[+-]?\d+)?|NaN|[+-]?Inf)$/gimu, '$1')
    .replaceAll(/(?<!\d)(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2})\.\d{1,6}(?=Z|[+-]\d{2}(?::?\d{2})?(?!\d))/gu, '$1');
}

/** Spellings of a phone number, in E.164, that occur in the text. Whole numbers are looked for in all of it. */
export function numberIn(text: string, e164: string): string[] {
  const { exact, digits } = ofNumber(e164);
  const spaced = new RegExp(digits.slice(-6).replaceAll(/\d(?=\d)/gu, '$&[\\s().\\u2010-\\u2015-]{0,2}'), 'u');
  return [
    ...exact.filter((form) => text.includes(form)),
    ...(spaced.test(withoutChance(text)) ? ['its last six digits'] : []),
  ];
}

/** Spellings of words (a street, a postcode, a name) that occur in the text. */
export function wordsIn(text: string, words: string): string[] {
  return [
    ...encoded(words).filter((form) => text.includes(form)),
    ...(folded(text).includes(folded(words)) ? ['folded'] : []),
  ];
}
