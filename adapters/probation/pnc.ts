/**
 * PNC identifiers come as 12/394773H and as 2012/0394773H, from the same API and for the same man. The last letter is
 * a check letter; serials are seven digits with leading zeros left out in the short form.
 */

const PNC = /^(\d{2}|\d{4})\s*\/?\s*(\d{1,7})\s*([A-Z])$/;

interface PncParts {
  readonly year: string;
  readonly serial: string;
  readonly letter: string;
}

function partsOf(value: string): PncParts | undefined {
  const [, year, serial, letter] = PNC.exec(value.trim().toUpperCase()) ?? [];
  if (year === undefined || serial === undefined || letter === undefined) return undefined;
  // Without a slash the digits of year and serial run together: only the full form can be read.
  if (!value.includes('/') && year.length + serial.length !== 11) return undefined;
  return { year, serial: serial.padStart(7, '0'), letter };
}

/**
 * The form in which two notations of one identifier are equal, or undefined where it is none. The century is left out
 * as the short form does not have it; serial and check letter tell the two apart in practice.
 */
export function pncKey(value: string): string | undefined {
  const parts = partsOf(value);
  return parts === undefined ? undefined : `${parts.year.slice(-2)}/${parts.serial}${parts.letter}`;
}

/**
 * The long notation `YYYY/NNNNNNNL`, in which the API is asked.
 * @param asOf the day of the question: a two-digit year after it belongs to the last century
 */
export function pncLong(value: string, asOf: string): string | undefined {
  const parts = partsOf(value);
  if (parts === undefined) return undefined;
  const century = parts.year > asOf.slice(2, 4) ? '19' : '20';
  const year = parts.year.length === 4 ? parts.year : `${century}${parts.year}`;
  return `${year}/${parts.serial}${parts.letter}`;
}
