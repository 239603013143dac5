import { err, ok, type Result } from '../../schemas/result.ts';

/** Birth dates of a table, in the format that its mapping names. */

type Part = 'Y' | 'M' | 'D';

/** The order of year, month and day in a format such as `DD/MM/YYYY`; undefined where it is no format. */
function orderOf(format: string): readonly Part[] | undefined {
  const letters = format.replace(/T?[Hh]{2}.*$/, '').match(/Y+|M+|D+|y+|d+/g) ?? [];
  const parts = letters.map((letter) => letter.charAt(0).toUpperCase());
  const known = parts.filter((part): part is Part => part === 'Y' || part === 'M' || part === 'D');
  if (known.length !== new Set(known).size || !known.includes('Y')) return undefined;
  if (known.includes('D') && !known.includes('M')) return undefined;
  return /^[YMDyd\s./,-]+$/.test(format.replace(/T?[Hh]{2}.*$/, '')) ? known : undefined;
}

/** Whether a text names a format: year, month and day in any order, four or two letters for the year. */
export const isDateFormat = (format: string): boolean => orderOf(format) !== undefined;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Years of two digits up to this are of this century: nobody in a register is to be born later. */
const THIS_CENTURY = 30;

const yearOf = (digits: string): number => {
  const year = Number(digits);
  return digits.length > 2 ? year : year <= THIS_CENTURY ? 2000 + year : 1900 + year;
};

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function exists(year: number, month: number, day: number): boolean {
  if (year < 1 || year > 9_999 || month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] ?? 0)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}

const padded = (number: number, length: number): string => String(number).padStart(length, '0');
const written = (year: number, month: number, day: number): string =>
  padded(year, 4) + padded(month, 2) + padded(day, 2);

/** A date that cannot be read. `kept` are its digits where they have the form of a date: a slip is still evidence. */
export interface BadDate {
  readonly kept?: string;
}

/**
 * Reads a date as `YYYYMMDD`, or `YYYYMM` or `YYYY` where no more is said. The format says the order of the parts;
 * separators, leading noughts and names of months may differ. Where month and day are possible only the other way
 * round, they are read that way. ISO 8601 is always understood.
 *
 * @param format for example `DD/MM/YYYY`; ISO 8601 where absent
 */
export function readDate(text: string, format = 'YYYY-MM-DD'): Result<string, BadDate> {
  const iso = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?$/.exec(text);
  if (iso !== null) return fromParts(iso[1] ?? '', iso[2], iso[3]);
  const order = orderOf(format) ?? ['Y', 'M', 'D'];
  const pieces = piecesOf(text, order);
  if (pieces === undefined) return err({});
  const year = pieces[order.indexOf('Y')];
  if (year === undefined) return err({});
  return fromParts(year, pieces[order.indexOf('M')], pieces[order.indexOf('D')]);
}

function fromParts(year: string, month: string | undefined, day: string | undefined): Result<string, BadDate> {
  const [y, m, d] = [yearOf(year), Number(month ?? 0), Number(day ?? 0)];
  if (month === undefined || m === 0) return y > 0 ? ok(padded(y, 4)) : err({});
  if (day === undefined || d === 0) return exists(y, m, 1) ? ok(padded(y, 4) + padded(m, 2)) : err({});
  if (exists(y, m, d)) return ok(written(y, m, d));
  if (exists(y, d, m)) return ok(written(y, d, m));
  return y < 1 || y > 9_999 || m > 99 || d > 99 ? err({}) : err({ kept: written(y, m, d) });
}

/** The parts in the order in which they stand. `Mar 1 1970` and `24-May-11` are read where the order says otherwise. */
function piecesOf(text: string, order: readonly Part[]): readonly string[] | undefined {
  if (/^\d+$/.test(text)) return cut(text, order);
  const words = text.toLowerCase().match(/\d+|[a-z]+/g) ?? [];
  const named = words.findIndex((word) => MONTHS.includes(word.slice(0, 3)));
  if (named === -1)
    return words.length >= order.length && words.every((word) => /^\d+$/.test(word)) ? words : undefined;
  const month = String(MONTHS.indexOf((words[named] ?? '').slice(0, 3)) + 1);
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const year = numbers.find((number) => number.length === 4) ?? numbers.at(-1);
  const day = numbers.find((number) => number !== year);
  if (year === undefined) return undefined;
  return order.map((part) => (part === 'Y' ? year : part === 'M' ? month : (day ?? '0')));
}

/** Digits without separators: two for month and day, the rest for the year. */
function cut(digits: string, order: readonly Part[]): readonly string[] | undefined {
  const rest = digits.length - 2 * (order.length - 1);
  if (rest !== 4 && rest !== 2)
    return digits.length === 4 ? order.map((part) => (part === 'Y' ? digits : '0')) : undefined;
  let at = 0;
  return order.map((part) => {
    const length = part === 'Y' ? rest : 2;
    at += length;
    return digits.slice(at - length, at);
  });
}
