import type { IsoDate } from '../../schemas/names.ts';

/** Calendar dates as `YYYY-MM-DD`; no clock and no time zone anywhere. */

const DAY_MS = 86_400_000;

/** The date so many days later; earlier where `days` is negative. */
export function daysAfter(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

export const daysBefore = (date: IsoDate, days: number): IsoDate => daysAfter(date, -days);

/** Day and month exchanged, or undefined where that is no date or the same date. */
export function dayMonthSwapped(date: IsoDate): IsoDate | undefined {
  const [year = '', month = '', day = ''] = date.split('-');
  return Number(day) <= 12 && day !== month ? `${year}-${day}-${month}` : undefined;
}

/** The date with its year changed; 29 February becomes the 28th, so that the result always exists. */
export function inYear(date: IsoDate, year: number): IsoDate {
  const rest = date.slice(4);
  return `${year}${rest === '-02-29' ? '-02-28' : rest}`;
}

export const yearOf = (date: IsoDate): number => Number(date.slice(0, 4));
