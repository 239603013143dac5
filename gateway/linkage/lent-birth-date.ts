import type { IsoDate } from '../../schemas/names.ts';
import { isProtectedRole } from './barriers.ts';
import type { Candidate, Version } from './candidates.ts';
import { compareContacts } from './compare/contacts.ts';
import type { StandardDate, StandardPerson } from './standardise/standard-person.ts';
import { comparePeople, mayBeOnePerson, type PeopleComparison } from './weigh/people.ts';

/**
 * A referral without a birth date names a house in which a father and a son of one name may live. Where the answer
 * knows one man of that name there, and only one, his birth date is taken for the subject's.
 *
 * How often that is wrong: a father of the same name lives at the address of perhaps 1 in 250 subjects; that his records
 * come back from two agencies and none comes back of the man himself, who is known to police or health nearly always, is
 * perhaps 1 in 20 of those. One referral in thirty has no birth date: 7 in a million questions.
 */

/** Nobody younger is the subject of a case, so that a child called after his father tells nothing of who lives there. */
const YOUNGEST = 16;
/** From so many systems the date has to come, unless a record shares more with him than the house. */
const SYSTEMS = 2;

const NOBODY: ReadonlySet<string> = new Set();

interface Witness {
  readonly candidate: Candidate;
  readonly person: StandardPerson;
  readonly system: string;
  readonly dates: readonly StandardDate[];
  /** It shares the house, and a number, mailbox or identifier of one man as well. */
  readonly sharesMore: boolean;
}

const isFull = ({ day }: StandardDate): boolean => day !== undefined;

const ageOn = (asOf: IsoDate, { year, month = 1, day = 1 }: StandardDate): number => {
  const [y = 0, m = 0, d = 0] = asOf.split('-').map(Number);
  return y - year - (m < month || (m === month && d < day) ? 1 : 0);
};

const ofHisName = ({ names }: PeopleComparison): boolean => names?.first === 'agrees' && names.surnameAgrees;

/** First names and surnames that are equal or forms of one another: a slip or half a surname lends nothing. */
const isFullName = ({ names }: PeopleComparison): boolean =>
  names?.rule === 'name-exact' || names?.rule === 'name-alias' || names?.rule === 'name-variant';

/** Numbers and mailboxes that somebody of another first name holds, or that a record calls another's. */
function contactsOfOthers(subject: StandardPerson, records: readonly Candidate[]): ReadonlySet<string> {
  const versions = records.flatMap((candidate) => candidate.versions);
  const others = versions.filter(({ person }) => comparePeople(subject, person).names?.first === 'differs');
  return new Set([
    ...versions.flatMap((version) => version.contactsOfOthers),
    ...others.flatMap(({ person }) => [...person.phones.map(({ number }) => number), ...person.emails]),
  ]);
}

function witnessOf(subject: StandardPerson, candidate: Candidate, others: ReadonlySet<string>): Witness | undefined {
  const [version] = candidate.versions;
  if (version === undefined || candidate.versions.length > 1 || isProtectedRole(candidate)) return undefined;
  const { person, system } = version;
  const dates = person.birthDates.filter(isFull);
  const compared = comparePeople(subject, person);
  if (dates.length === 0 || !isFullName(compared) || !mayBeOnePerson(compared)) return undefined;
  if (compared.identifiers.contradicts || compared.middleNames?.rule === 'middle-name-different') return undefined;
  const sameHouse = compared.homes?.sameHouse === true;
  const ownContact = compareContacts(subject, person, others).personal.length > 0;
  if (!sameHouse && !ownContact) return undefined;
  const sharesMore = sameHouse && (ownContact || compared.identifiers.agrees);
  return { candidate, person, system, dates, sharesMore };
}

/** The one date on which the witnesses agree, or undefined where they are too few or name two. */
function agreedDate(witnesses: readonly Witness[]): StandardDate | undefined {
  const [first] = witnesses;
  const date = first?.dates.find(({ text }) => witnesses.every(({ dates }) => dates.some((one) => one.text === text)));
  const systems = new Set(witnesses.map(({ system }) => system));
  const enough = systems.size >= SYSTEMS || witnesses.some(({ sharesMore }) => sharesMore);
  return enough ? date : undefined;
}

const sharesAnything = (a: StandardPerson, b: StandardPerson): boolean => {
  const contacts = compareContacts(a, b, NOBODY);
  return comparePeople(a, b).homes?.shared === true || contacts.personal.length + contacts.household.length > 0;
};

/** Whether the record is of another grown man of the name, who shares a home or number with him or with a witness. */
function isAnotherOfTheName(
  subject: StandardPerson,
  { person }: Version,
  date: StandardDate,
  witnesses: readonly Witness[],
  asOf: IsoDate,
): boolean {
  if (!ofHisName(comparePeople(subject, person))) return false;
  const grown = person.birthDates.filter((one) => ageOn(asOf, one) >= YOUNGEST);
  const { generationsDiffer, birthDates } = comparePeople(
    { ...subject, birthDates: [date] },
    { ...person, birthDates: grown },
  );
  if (!generationsDiffer && (birthDates === undefined || birthDates.agrees !== 'no')) return false;
  return sharesAnything(subject, person) || witnesses.some((witness) => sharesAnything(witness.person, person));
}

/** The birth date that the answer knows of the one man of his name at his home or number, or undefined. */
function findBirthDate(
  subject: StandardPerson,
  records: readonly Candidate[],
  asOf: IsoDate,
): StandardDate | undefined {
  const others = contactsOfOthers(subject, records);
  const witnesses = records.flatMap((candidate) => witnessOf(subject, candidate, others) ?? []);
  const date = agreedDate(witnesses.filter(({ dates }) => dates.some((one) => ageOn(asOf, one) >= YOUNGEST)));
  if (date === undefined || ageOn(asOf, date) < YOUNGEST) return undefined;
  const versions = records.flatMap((candidate) => candidate.versions);
  return versions.some((version) => isAnotherOfTheName(subject, version, date, witnesses, asOf)) ? undefined : date;
}

/**
 * The candidates, the subject with a birth date where he has none and the answer leaves no doubt of it. It counts as a
 * further date, not as one that the case knows, and every link that rests on it says so.
 */
export function lendBirthDate(linkable: readonly Candidate[], asOf: IsoDate): readonly Candidate[] {
  const [subject, ...records] = linkable;
  const [version] = subject?.versions ?? [];
  if (subject === undefined || version === undefined || version.person.birthDates.length > 0) return linkable;
  const date = findBirthDate(version.person, records, asOf);
  if (date === undefined) return linkable;
  const person = { ...version.person, birthDates: [{ ...date, alias: true }] };
  return [{ ...subject, birthDateIsLent: true, versions: [{ ...version, person }] }, ...records];
}
