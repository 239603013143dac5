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

const level = (rule: Rule & keyof typeof PUBLISHED, agrees: Level['agrees']): Level => ({
  rule,
  bits: PUBLISHED[rule],
  agrees,
});
const ownLevel = (rule: Rule & keyof typeof OWN, agrees: Level['agrees']): Level => ({ rule, bits: OWN[rule], agrees });

const YEAR = ownLevel('birth-date-year', 'year');
const MONTH = ownLevel('birth-date-month', 'year');
const SWAPPED = ownLevel('birth-date-swapped', 'near');
const ONE_EDIT = level('birth-date-one-edit', 'near');
const TWO_PARTS = ownLevel('birth-date-two-parts', 'near');
const WITHIN_5_YEARS = level('birth-date-within-5-years', 'no');
const DIFFERENT = level('birth-date-different', 'no');

const isFull = (date: StandardDate): boolean => date.day !== undefined;

function equalLevel(a: StandardDate, b: StandardDate, many: boolean): Level {
  const january = a.month === 1 && a.day === 1 ? OWN['birth-date-first-of-january'] : 0;
  const rule = !a.alias && !b.alias ? 'birth-date-exact' : many ? 'birth-date-other-of-many' : 'birth-date-other';
  return { rule, bits: roundBits(PUBLISHED[rule] + january), agrees: 'equal' };
}

/** One of the two dates has no day, or no month: what both have is compared. */
function partialLevel(a: StandardDate, b: StandardDate): Level | undefined {
  if (a.year !== b.year) return undefined;
  if (a.month === undefined || b.month === undefined) return YEAR;
  return a.month === b.month ? MONTH : undefined;
}

const isDayMonthSwap = (a: StandardDate, b: StandardDate): boolean =>
  a.year === b.year && a.day === b.month && a.month === b.day;

/** Where the digits that may be mistyped begin in `YYYY-MM-DD`: a wrong decade is another generation. */
const DECADE = 3;

/** Same decade, and one edit in the digits after it: one substituted, or two neighbours exchanged, hyphens apart. */
function isSlip({ text: a }: StandardDate, { text: b }: StandardDate): boolean {
  let [first, second] = [-1, -1];
  for (let at = 0; at < a.length; at += 1) {
    if (a.charCodeAt(at) === b.charCodeAt(at)) continue;
    if (at < DECADE || second !== -1) return false;
    if (first === -1) first = at;
    else second = at;
  }
  if (second === -1) return first !== -1;
  const neighbours = second === first + 1 || (second === first + 2 && a.charAt(first + 1) === '-');
  return neighbours && a.charAt(first) === b.charAt(second) && a.charAt(second) === b.charAt(first);
}

/** Two of the three parts agree: one was misheard or mistyped beyond one digit. */
function isTwoOfThree(a: StandardDate, b: StandardDate): boolean {
  if (Math.abs(a.year - b.year) > SLIP_OF_YEARS) return false;
  return Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day) === 2;
}

function compareDates(a: StandardDate, b: StandardDate, many: boolean): Level {
  const full = isFull(a) && isFull(b);
  if (full && a.text === b.text) return equalLevel(a, b, many);
  const partial = full ? undefined : partialLevel(a, b);
  if (partial !== undefined) return partial;
  if (full && isDayMonthSwap(a, b)) return SWAPPED;
  if (full && isSlip(a, b)) return ONE_EDIT;
  if (full && isTwoOfThree(a, b)) return TWO_PARTS;
  return Math.abs(a.year - b.year) <= CLOSE_IN_AGE ? WITHIN_5_YEARS : DIFFERENT;
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
      const found = compareDates(dateOfA, dateOfB, many);
      yearsApart = Math.min(yearsApart, Math.abs(dateOfA.year - dateOfB.year));
      if (best === undefined || found.bits > best.bits || (found.bits === best.bits && found.rule < best.rule)) {
        best = found;
      }
    }
  }
  if (best === undefined) return undefined;
  const { rule, bits, agrees } = best;
  return { rule, bits, agrees, yearsApart };
}
