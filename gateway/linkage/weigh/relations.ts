import type { ContactComparison } from '../compare/contacts.ts';
import type { Finding, Rule } from './finding.ts';
import type { PeopleComparison } from './people.ts';
import { AT_MOST_PROBABLE, roundBits, RULED_APART } from './weights.ts';

/**
 * Rules for two people who look like one: each has a name, a sentence (explain.ts) and a test. They only ever lower
 * a weight. The attacker here is coincidence: a household in which everything but one fact is shared.
 */

type Relation = Extract<
  Rule,
  | 'twins'
  | 'father-and-son'
  | 'brothers'
  | 'spouses'
  | 'common-name-same-birth-date'
  | 'name-and-birth-date-only'
  | 'same-name-in-household'
  | 'twin-or-middle-name'
  | 'name-of-another-sex'
>;

/** Least age at which a man has a son, in whole years of difference between birth years. */
const GENERATION = 14;

export interface Pair {
  readonly compared: PeopleComparison;
  /** `sharesHousehold`, or the same protected person knows both. */
  readonly shareHousehold: boolean;
}

const areTwins = ({ compared: { names, birthDates }, shareHousehold }: Pair): boolean =>
  names?.surnameAgrees === true &&
  names.first === 'differs' &&
  (birthDates?.agrees === 'equal' || birthDates?.agrees === 'near') &&
  shareHousehold;

const areFatherAndSon = ({ compared: { names, birthDates, generationsDiffer }, shareHousehold }: Pair): boolean =>
  names?.surnameAgrees === true &&
  names.first === 'agrees' &&
  (generationsDiffer || (birthDates?.agrees === 'no' && birthDates.yearsApart >= GENERATION && shareHousehold));

const areSpouses = ({ compared: { names, birthDates, sex }, shareHousehold }: Pair): boolean =>
  names?.first === 'differs' && sex === 'different' && birthDates?.agrees !== 'equal' && shareHousehold;

const areBrothers = ({ compared: { names, birthDates }, shareHousehold }: Pair): boolean =>
  names?.surnameAgrees === true &&
  names.first === 'differs' &&
  birthDates?.agrees !== 'equal' &&
  birthDates?.agrees !== 'near' &&
  shareHousehold;

/** A brother of the same birth date is often called by what is his twin's middle name. */
const mayBeTwinByMiddleName = ({ compared: { names, birthDates }, shareHousehold }: Pair): boolean =>
  names?.rule === 'name-middle-as-first' && birthDates?.agrees !== 'no' && shareHousehold;

const mayBeFatherOrSon = ({ compared: { names, birthDates, oneOfTheName }, shareHousehold }: Pair): boolean =>
  oneOfTheName !== true &&
  names?.surnameAgrees === true &&
  names.first === 'agrees' &&
  birthDates === undefined &&
  shareHousehold;

/** Nothing but a name and an age, which two strangers may share: a middle name and a district do not settle it. */
const mayBeNamesakes = ({ compared: { names, birthDates, identifiers }, shareHousehold }: Pair): boolean =>
  names?.first === 'agrees' &&
  names.surnameAgrees &&
  birthDates !== undefined &&
  birthDates.agrees !== 'no' &&
  !shareHousehold &&
  !identifiers.findings.some((finding) => finding.bits > 0);

/** A clerk errs about the sex of one in a thousand; of a sister or brother who used his name it is the one thing true. */
const areOfTwoSexes = ({ compared: { names, sex, identifiers } }: Pair): boolean =>
  names?.first === 'agrees' && names.surnameAgrees && sex === 'different' && !identifiers.agrees;

const RULES: readonly (readonly [Relation, (pair: Pair) => boolean])[] = [
  ['twins', areTwins],
  ['father-and-son', areFatherAndSon],
  ['spouses', areSpouses],
  ['brothers', areBrothers],
  ['twin-or-middle-name', mayBeTwinByMiddleName],
  ['same-name-in-household', mayBeFatherOrSon],
  ['name-of-another-sex', areOfTwoSexes],
  ['common-name-same-birth-date', (pair) => pair.compared.names?.common === true && mayBeNamesakes(pair)],
  ['name-and-birth-date-only', mayBeNamesakes],
];

/** Rules that doubt without knowing better: they never push below what a human may look at. */
const RULES_OF_DOUBT: ReadonlySet<Rule> = new Set([
  'twin-or-middle-name',
  'same-name-in-household',
  'name-of-another-sex',
  'common-name-same-birth-date',
  'name-and-birth-date-only',
]);

/**
 * The most a pair may weigh under a rule. Fingerprints (PNC, CRO) outrank every likeness to a relative. An NHS number
 * does not: twins and namesakes are given each other's, so a human looks.
 */
function mostUnder(relation: Relation, pair: Pair): number {
  if (pair.compared.identifiers.fingerprintAgrees) return Number.POSITIVE_INFINITY;
  if (pair.compared.identifiers.agrees || RULES_OF_DOUBT.has(relation)) return AT_MOST_PROBABLE;
  if (relation === 'father-and-son' && pair.compared.birthDates?.agrees === 'equal') return AT_MOST_PROBABLE;
  return RULED_APART;
}

/** Rules that see two people in a pair, not only too little evidence for one. */
export const isRelative = (finding: Finding): boolean =>
  finding.comparison === 'relation' && !RULES_OF_DOUBT.has(finding.rule);

/** A home, a phone, an e-mail or a tenancy in common. */
export const sharesHousehold = (compared: PeopleComparison, contacts: ContactComparison): boolean =>
  compared.homes?.shared === true || contacts.household.length + contacts.personal.length > 0;

/** The rule that applies to a pair of `sum` bits, with the bits it takes away (0 where the sum is low enough). */
export function relationFinding(pair: Pair, sum: number): Finding | undefined {
  const rule = RULES.find(([, applies]) => applies(pair))?.[0];
  if (rule === undefined) return undefined;
  const most = mostUnder(rule, pair);
  if (most === Number.POSITIVE_INFINITY) return undefined;
  return { comparison: 'relation', rule, bits: roundBits(Math.min(0, most - sum)) };
}
