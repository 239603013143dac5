import type { IsoDate } from '../../schemas/names.ts';

const DAY = 86_400_000;

/** Whole days from one date to another; negative where the second is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY);
}

/** The later of two dates, either of which may be missing. */
export function later(a: IsoDate | undefined, b: IsoDate | undefined): IsoDate | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a > b ? a : b;
}

/** The earlier of two dates, either of which may be missing. */
export function earlier(a: IsoDate | undefined, b: IsoDate | undefined): IsoDate | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}

/** A date as people say it: `3 November 2026`. */
export function sayDate(date: IsoDate): string {
  const month = MONTHS[Number(date.slice(5, 7)) - 1] ?? '';
  return `${Number(date.slice(8, 10))} ${month} ${date.slice(0, 4)}`;
}

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** A date after the day of the question is a slip of the pen and says nothing. */
export function past(date: IsoDate | undefined, asOf: IsoDate): IsoDate | undefined {
  return date !== undefined && date <= asOf ? date : undefined;
}
