import { textOf, type Dictionary } from './dictionary.ts';
import { isOneEdit } from './distance.ts';
import type { Likeness } from './likeness.ts';
import { EQUAL } from './levels.ts';

/** Birth dates of a dictionary, `YYYY`, `YYYYMM` or `YYYYMMDD`, as numbers. 0 is "not said". */
export interface Dates {
  readonly year: Int16Array;
  readonly month: Uint8Array;
  readonly day: Uint8Array;
}

export function readDates(dictionary: Dictionary): Dates {
  const { size } = dictionary;
  const dates = { year: new Int16Array(size), month: new Uint8Array(size), day: new Uint8Array(size) };
  for (let value = 0; value < size; value += 1) {
    const text = textOf(dictionary, value);
    dates.year[value] = Number(text.slice(0, 4));
    dates.month[value] = Number(text.slice(4, 6));
    dates.day[value] = Number(text.slice(6, 8));
  }
  return dates;
}

const DAYS_OF_MONTH = 30.44;
const DAYS_OF_YEAR = 365.25;

/** Days since year 0, roughly: only differences are used. An impossible date has its place as well. */
const dayNumber = ({ year, month, day }: Dates, value: number): number =>
  (year[value] ?? 0) * DAYS_OF_YEAR + ((month[value] ?? 0) - 1) * DAYS_OF_MONTH + (day[value] ?? 0);

/**
 * Levels of `date`: 1 equal, 2 slip (one digit, two neighbouring digits, or day and month exchanged), 3 two parts
 * of three, 4 equal as far as the coarser one goes, 5 within a month, 6 within 400 days, 7 within 10 years, 8 different.
 */
export function dateLikeness(dictionary: Dictionary): Likeness {
  const dates = readDates(dictionary);
  const { year, month, day } = dates;
  return (a, b) => {
    if (a === b) return EQUAL;
    const sameYear = year[a] === year[b];
    const sameMonth = month[a] === month[b];
    if (day[a] === 0 || day[b] === 0) {
      const coarse = month[a] === 0 || month[b] === 0;
      return sameYear && (coarse || sameMonth) ? 4 : levelByDistance(Math.abs((year[a] ?? 0) - (year[b] ?? 0)) * 365);
    }
    const sameDay = day[a] === day[b];
    if (sameYear && day[a] === month[b] && month[a] === day[b]) return 2;
    if (isOneEdit(dictionary, a, b)) return 2;
    if (Number(sameYear) + Number(sameMonth) + Number(sameDay) >= 2) return 3;
    return levelByDistance(Math.abs(dayNumber(dates, a) - dayNumber(dates, b)));
  };
}

function levelByDistance(days: number): number {
  if (days <= 31) return 5;
  if (days <= 400) return 6;
  return days <= 3653 ? 7 : 8;
}
