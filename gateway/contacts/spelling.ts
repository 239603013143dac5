/**
 * Undoes what keyboards, spreadsheets and phones do to text, so that one value in two spellings reads the same:
 * full-width and non-Latin digits, invisible direction marks, odd dashes and spaces.
 *
 * @param value as the source holds it
 * @returns plain text; at most 1,000 characters are read, since no contact point is longer
 */
export function plainText(value: string): string {
  if (PRINTABLE_ASCII.test(value)) return value;
  return value
    .slice(0, LONGEST_READ)
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(FOREIGN_DIGIT, asciiDigit)
    .replace(DASHES, '-')
    .replace(APOSTROPHES, "'")
    .replace(/\s+/gu, ' ');
}

const LONGEST_READ = 1_000;
const PRINTABLE_ASCII = /^[ -~]{1,400}$/;
const INVISIBLE = /\p{Cf}/gu;
const FOREIGN_DIGIT = /(?![0-9])\p{Nd}/gu;
const DASHES = /[\u2010-\u2015\u2212]/g;
const APOSTROPHES = /[\u2018\u2019\u02bc]/g;

/** Arabic-Indic digit blocks start at a multiple of 16; the Indic ones at 6 past it. */
function asciiDigit(digit: string): string {
  const point = digit.codePointAt(0) ?? 0;
  const low = point & 0xf;
  const startsAtSix = point >= 0x0900 && point < 0x1000 && low >= 6;
  return low <= 9 && !startsAtSix ? String(low) : String((low + 10) % 16);
}
