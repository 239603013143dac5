import type { IsoDate } from '../../schemas/names.ts';
import { dayMonthSwapped, inYear, yearOf } from './calendar.ts';
import { NAMES, type Origin } from './name-lists.ts';
import { otherSpellings, shortForms } from './name-variants.ts';
import type { Random } from './random.ts';
import { BIRTH_DATE_SLIPS, NAME_SLIPS, PUBLISHED, slipRate, type BirthDateSlip, type NameSlip } from './rates.ts';
import type { HeldName } from './types.ts';

/** How registers come to disagree about one person: one record's slip at a time, at the rates of rates.ts. */

export interface NamedPerson {
  readonly name: HeldName;
  readonly aliases: readonly HeldName[];
  readonly sex: 'male' | 'female' | 'other';
  readonly origin: Origin;
}

export interface WrittenName {
  readonly name: HeldName;
  /** The true name where the record is kept under an alias. */
  readonly alsoKnownAs: readonly HeldName[];
  readonly slip?: NameSlip | 'transliterated';
}

/** The name as one agency writes it; `forced` makes a slip of that kind certain. */
export function writtenName(random: Random, person: NamedPerson, forced?: 'near' | 'alias'): WrittenName {
  const slip = forced ?? (random.chance(slipRate(PUBLISHED.nameExact)) ? random.weighted(NAME_SLIPS) : undefined);
  const middle = person.name.middle === undefined ? undefined : writtenMiddle(random, person.name.middle);
  const written = slip === undefined ? { name: person.name, alsoKnownAs: [] } : slipped(random, person, slip);
  const { given, family } = written.name;
  return { ...written, name: { given, family, ...(middle === undefined ? {} : { middle }) } };
}

/** Another name for the person, in one of the ways in which registers differ: always a slip. */
export const slippedName = (random: Random, person: NamedPerson): WrittenName =>
  slipped(random, person, random.weighted(NAME_SLIPS));

function slipped(random: Random, person: NamedPerson, slip: NameSlip): WrittenName {
  const { given, family } = person.name;
  const lists = NAMES[person.origin];
  const otherGiven = (): string => different(random, person.sex === 'female' ? lists.female : lists.male, given);
  const plain = (name: HeldName): WrittenName => ({ name, alsoKnownAs: [], slip });
  switch (slip) {
    case 'near':
      return near(random, person.name);
    case 'swapped':
      return plain({ given: family, family: given });
    case 'alias': {
      const alias = person.aliases[0] ?? { given: otherGiven(), family };
      return { name: alias, alsoKnownAs: [{ given, family }], slip };
    }
    case 'nickname': {
      const short = shortForms(given);
      return plain({ given: short.length === 0 ? given.slice(0, 3) : random.pick(short), family });
    }
    case 'other-family':
      return plain({ given, family: different(random, lists.family, family) });
    case 'other-given':
      return plain({ given: otherGiven(), family });
    case 'other-name':
      return plain({ given: otherGiven(), family: different(random, lists.family, family) });
  }
}

function near(random: Random, name: HeldName): WrittenName {
  const givens = otherSpellings(name.given);
  const families = otherSpellings(name.family);
  const transliterated = { alsoKnownAs: [], slip: 'transliterated' } as const;
  if (givens.length > 0) return { name: { given: random.pick(givens), family: name.family }, ...transliterated };
  if (families.length > 0) return { name: { given: name.given, family: random.pick(families) }, ...transliterated };
  const typed = random.chance(0.5)
    ? { given: mistyped(random, name.given), family: name.family }
    : { given: name.given, family: mistyped(random, name.family) };
  return { name: typed, alsoKnownAs: [], slip: 'near' };
}

/** One letter doubled, dropped or exchanged with its neighbour, never the first; always another word. */
export function mistyped(random: Random, word: string): string {
  const at = random.between(1, Math.max(1, word.length - 2));
  const [here, next] = [word.charAt(at), word.charAt(at + 1)];
  const exchanged = word.slice(0, at) + next + here + word.slice(at + 2);
  if (word.length > 3 && here !== next && random.chance(0.4)) return exchanged;
  if (word.length > 4 && random.chance(0.4)) return word.slice(0, at) + word.slice(at + 1);
  return word.slice(0, at) + here + word.slice(at);
}

function writtenMiddle(random: Random, middle: string): string {
  if (!random.chance(slipRate(PUBLISHED.middleExact))) return middle;
  return random.chance(0.5) ? middle.charAt(0) : mistyped(random, middle);
}

function different(random: Random, list: readonly string[], not: string): string {
  for (;;) {
    const chosen = random.early(list);
    if (chosen !== not) return chosen;
  }
}

export interface WrittenBirthDate {
  readonly date: IsoDate;
  readonly slip?: BirthDateSlip;
}

/** The birth date as one agency writes it; `forced` makes day and month change places, where they can. */
export function writtenBirthDate(random: Random, date: IsoDate, forced?: 'day-month-swap'): WrittenBirthDate {
  const slip =
    forced ?? (random.chance(slipRate(PUBLISHED.birthDateExact)) ? random.weighted(BIRTH_DATE_SLIPS) : undefined);
  return slip === undefined ? { date } : slippedBirthDate(random, date, slip);
}

/** Another birth date for the same person: always a slip. */
export function slippedBirthDate(
  random: Random,
  date: IsoDate,
  slip: BirthDateSlip = random.weighted(BIRTH_DATE_SLIPS),
): WrittenBirthDate {
  const swapped = dayMonthSwapped(date);
  switch (slip) {
    case 'day-month-swap':
      return swapped === undefined ? { date: oneEdit(random, date), slip: 'one-edit' } : { date: swapped, slip };
    case 'one-edit':
      return { date: oneEdit(random, date), slip };
    case 'year-slip':
      return { date: inYear(date, yearOf(date) + random.pick([-3, -2, -1, 1, 2])), slip };
    case 'other':
      return { date: inYear(date, yearOf(date) - random.between(6, 15)), slip };
  }
}

/** Another last digit of the year or of the day; the result is always a date. */
function oneEdit(random: Random, date: IsoDate): IsoDate {
  if (random.chance(0.5)) {
    const year = yearOf(date);
    return inYear(date, year - (year % 10) + (((year % 10) + random.between(1, 9)) % 10));
  }
  const day = Number(date.slice(8));
  const tens = Math.min(day - (day % 10), 20);
  const units = day % 10 === 0 ? 1 : 0;
  // 28 at most, so that it exists in every month.
  const choices = Array.from({ length: 9 }, (_, n) => tens + n).filter((other) => other !== day && other >= 1);
  return `${date.slice(0, 8)}${String(choices.length === 0 ? units : random.pick(choices)).padStart(2, '0')}`;
}

/** A PNC number with one digit of its serial mistyped: its check letter no longer fits, as a reader should notice. */
export function mistypedPnc(random: Random, pnc: string): string {
  const at = random.between(6, 11);
  const digit = (Number(pnc.charAt(at)) + random.between(1, 9)) % 10;
  return `${pnc.slice(0, at)}${digit}${pnc.slice(at + 1)}`;
}
