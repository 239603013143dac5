import { isoDateSchema, type IsoDate } from '../../schemas/names.ts';

/** Dates as councils' services write them: ISO dates, ISO moments without a zone, and dd/MM/yyyy of what was migrated. */

/** The day, or undefined where the text is none that exists. */
export function dayOf(text: string | null | undefined): IsoDate | undefined {
  const trimmed = (text ?? '').trim();
  const [, day, month, year] = /^(\d{2})\/(\d{2})\/(\d{4})(?:$|\s)/.exec(trimmed) ?? [];
  const iso = year === undefined ? /^\d{4}-\d{2}-\d{2}(?=$|T|\s)/.exec(trimmed)?.[0] : `${year}-${month}-${day}`;
  return isoDateSchema.safeParse(iso).data;
}

/** What people and programs write where they do not know: .NET's and SQL Server's first day among them. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  '0001-01-01',
  '1753-01-01',
  '1800-01-01',
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
  '1901-01-01',
  '1970-01-01',
  '9999-12-31',
]);

/**
 * The birth date that a record holds, or undefined where it holds none that says anything.
 * @param asked a man who was really born on such a day keeps it
 */
export function birthDateOf(text: string | null | undefined, asked: IsoDate): IsoDate | undefined {
  const day = dayOf(text);
  return day !== undefined && PLACEHOLDERS.has(day) && day !== asked ? undefined : day;
}

/** How a held birth date stands to the one that is asked for. */
export type BirthDateAgreement = 'same' | 'near' | 'unknown' | 'different';

/** Registers slip by one part of a date more often than by two. */
const YEARS_OF_A_SLIP = 10;

/**
 * `near` is day and month exchanged, or one part of the three different (the year by at most ten): slips of a register
 * that linkage weighs later. Anything else is another man.
 */
export function compareBirthDates(held: IsoDate | undefined, asked: IsoDate): BirthDateAgreement {
  if (held === undefined) return 'unknown';
  if (held === asked) return 'same';
  const [heldYear = '', heldMonth = '', heldDay = ''] = held.split('-');
  const [year = '', month = '', day = ''] = asked.split('-');
  if (heldYear === year) {
    const swapped = heldMonth === day && heldDay === month;
    return swapped || heldMonth === month || heldDay === day ? 'near' : 'different';
  }
  const sameDay = heldMonth === month && heldDay === day;
  return sameDay && Math.abs(Number(heldYear) - Number(year)) <= YEARS_OF_A_SLIP ? 'near' : 'different';
}

/** Whole years of age on a day. */
export function ageOn(born: IsoDate, day: IsoDate): number {
  const years = Number(day.slice(0, 4)) - Number(born.slice(0, 4));
  return day.slice(5) < born.slice(5) ? years - 1 : years;
}
