import type { IsoDate, IsoInstant } from '../../schemas/names.ts';

/** Calendar arithmetic on dates without a clock: midnight in UTC stands for the day. */

const DAY_MS = 86_400_000;

export const dayOf = (instant: IsoInstant): IsoDate => instant.slice(0, 10);

export function plusDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Whole days from one date to another; negative where `to` is the earlier. */
export function daysFrom(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** The same day of the month so many months on; the last of the month where it is shorter (31 August + 6: 28 February). */
export function plusMonths(date: IsoDate, months: number): IsoDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth))).toISOString().slice(0, 10);
}

export function latestOf<T extends string>(all: readonly T[]): T | undefined {
  return [...all].sort().at(-1);
}
