import type { IsoDate, PartialDate } from '../../../schemas/names.ts';
import type { StandardDate } from './standard-person.ts';

/** Entered when the date was not known; hmpps-person-match nulls the same two. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['1900-01-01', '1970-01-01', '1900-01', '1900']);

/** Nobody living is older; in years. */
const OLDEST = 120;

function standardiseDate(date: PartialDate, alias: boolean, asOf: IsoDate): StandardDate | undefined {
  const [year = '', month, day] = date.split('-');
  const age = Number(asOf.slice(0, 4)) - Number(year);
  if (PLACEHOLDERS.has(date) || date > asOf || age > OLDEST) return undefined;
  return {
    year: Number(year),
    ...(month === undefined ? {} : { month: Number(month) }),
    ...(day === undefined ? {} : { day: Number(day) }),
    text: date,
    alias,
  };
}

/**
 * All birth dates a person is held under, current first. Placeholders, dates after `asOf` and impossible ages are
 * dropped: they say nothing.
 */
export function standardiseBirthDates(
  current: PartialDate | undefined,
  others: readonly PartialDate[],
  asOf: IsoDate,
): StandardDate[] {
  const dates = current === undefined ? [] : [standardiseDate(current, false, asOf)];
  for (const other of others) {
    if (other !== current) dates.push(standardiseDate(other, true, asOf));
  }
  return dates
    .filter((date) => date !== undefined)
    .filter((date, index, all) => all.findIndex((known) => known.text === date.text) === index);
}
