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

/** Spellings of a phone number, in E.164, that occur in the text. */
export function numberIn(text: string, e164: string): string[] {
  const { exact, digits } = ofNumber(e164);
  const spaced = new RegExp(digits.slice(-6).replaceAll(/\d(?=\d)/gu, '$&[\\s().\\u2010-\\u2015-]{0,2}'), 'u');
  // Six given digits turn up by chance in hexadecimal of some length, as ciphertext and hashes are written, and in the
  // fraction of a second.
  const readable = text.replaceAll(/[0-9a-f]{32,}/giu, ' ').replaceAll(/(:\d{2})\.\d{3,6}(?=\D)/gu, '$1 ');
  return [...exact.filter((form) => text.includes(form)), ...(spaced.test(readable) ? ['its last six digits'] : [])];
}

/** Spellings of words (a street, a postcode, a name) that occur in the text. */
export function wordsIn(text: string, words: string): string[] {
  return [
    ...encoded(words).filter((form) => text.includes(form)),
    ...(folded(text).includes(folded(words)) ? ['folded'] : []),
  ];
}
