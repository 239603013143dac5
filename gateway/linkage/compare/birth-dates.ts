import type { StandardDate } from '../standardise/standard-person.ts';
import type { Rule } from '../weigh/finding.ts';
import { OWN, PUBLISHED, roundBits } from '../weigh/weights.ts';

export interface BirthDateComparison {
  readonly rule: Rule;
  readonly bits: number;
  /** `equal` and `near` point at one person, `year` at the same age only. */
  readonly agrees: 'equal' | 'near' | 'year' | 'no';
  /** Least distance between the years of the two, whole years. */
  readonly yearsApart: number;
}

type Level = Omit<BirthDateComparison, 'yearsApart'>;

/** What the published model calls few further dates. */
const FEW = 10;
const CLOSE_IN_AGE = 5;
/** Fathers are older by more, and so are few brothers. */
const SLIP_OF_YEARS = 10;

const isFull = (date: StandardDate): boolean => date.day !== undefined;

function equalLevel(a: StandardDate, b: StandardDate, many: boolean): Level {
  const january = a.month === 1 && a.day === 1 ? OWN['birth-date-first-of-january'] : 0;
  const rule = !a.alias && !b.alias ? 'birth-date-exact' : many ? 'birth-date-other-of-many' : 'birth-date-other';
  return { rule, bits: roundBits(PUBLISHED[rule] + january), agrees: 'equal' };
}

/** One of the two dates has no day, or no month: what both have is compared. */
function partialLevel(a: StandardDate, b: StandardDate): Level | undefined {
  if (a.year !== b.year) return undefined;
  if (a.month === undefined || b.month === undefined) {
    return { rule: 'birth-date-year', bits: OWN['birth-date-year'], agrees: 'year' };
  }
  if (a.month !== b.month) return undefined;
  return { rule: 'birth-date-month', bits: OWN['birth-date-month'], agrees: 'year' };
}

const isDayMonthSwap = (a: StandardDate, b: StandardDate): boolean =>
  a.year === b.year && a.day === b.month && a.month === b.day;

/** One substituted digit, or two neighbours exchanged, in two texts of one length. */
function isOneEdit(a: string, b: string): boolean {
  const differing: number[] = [];
  for (let i = 0; i < a.length; i += 1) if (a.charAt(i) !== b.charAt(i)) differing.push(i);
  const [first = 0, second = 0] = differing;
  if (differing.length === 1) return true;
  return (
    differing.length === 2 &&
    second === first + 1 &&
    a.charAt(first) === b.charAt(second) &&
    a.charAt(second) === b.charAt(first)
  );
}

/** Same decade, and one edit in the digits after it (year's last digit, month, day). */
function isSlip(a: StandardDate, b: StandardDate): boolean {
  const decade = 3;
  if (a.text.slice(0, decade) !== b.text.slice(0, decade)) return false;
  return isOneEdit(a.text.slice(decade).replaceAll('-', ''), b.text.slice(decade).replaceAll('-', ''));
}

/** Two of the three parts agree: one was misheard or mistyped beyond one digit. */
function isTwoOfThree(a: StandardDate, b: StandardDate): boolean {
  if (Math.abs(a.year - b.year) > SLIP_OF_YEARS) return false;
  const equal = [a.year === b.year, a.month === b.month, a.day === b.day];
  return equal.filter(Boolean).length === 2;
}

function compareDates(a: StandardDate, b: StandardDate, many: boolean): Level {
  const full = isFull(a) && isFull(b);
  if (full && a.text === b.text) return equalLevel(a, b, many);
  const partial = full ? undefined : partialLevel(a, b);
  if (partial !== undefined) return partial;
  if (full && isDayMonthSwap(a, b)) {
    return { rule: 'birth-date-swapped', bits: OWN['birth-date-swapped'], agrees: 'near' };
  }
  if (full && isSlip(a, b)) {
    return { rule: 'birth-date-one-edit', bits: PUBLISHED['birth-date-one-edit'], agrees: 'near' };
  }
  if (full && isTwoOfThree(a, b)) {
    return { rule: 'birth-date-two-parts', bits: OWN['birth-date-two-parts'], agrees: 'near' };
  }
  const rule = Math.abs(a.year - b.year) <= CLOSE_IN_AGE ? 'birth-date-within-5-years' : 'birth-date-different';
  return { rule, bits: PUBLISHED[rule], agrees: 'no' };
}

/** Compares every birth date ever held with every other and answers with the best, or undefined where one has none. */
export function compareBirthDates(
  a: readonly StandardDate[],
  b: readonly StandardDate[],
): BirthDateComparison | undefined {
  const many = Math.max(a.length, b.length) > FEW;
  let best: Level | undefined;
  let yearsApart = Number.POSITIVE_INFINITY;
  for (const dateOfA of a) {
    for (const dateOfB of b) {
      const level = compareDates(dateOfA, dateOfB, many);
      yearsApart = Math.min(yearsApart, Math.abs(dateOfA.year - dateOfB.year));
      if (best === undefined || level.bits > best.bits || (level.bits === best.bits && level.rule < best.rule)) {
        best = level;
      }
    }
  }
  return best === undefined ? undefined : { ...best, yearsApart };
}
