import type { Candidate } from './candidates.ts';
import { compareContacts } from './compare/contacts.ts';
import { compareHomes } from './compare/homes.ts';
import type { StandardPerson } from './standardise/standard-person.ts';
import { comparePeople, mayBeOnePerson, type PeopleComparison } from './weigh/people.ts';

/**
 * A record without a birth date at his home may be his father's of the same name, even where it holds every home and
 * phone of his. Where two other systems know one man of that name there and nobody knows another, it is his if it shares
 * what fathers and sons do not: an identifier, or a mailbox.
 */

const SYSTEMS = 2;

const NOBODY: ReadonlySet<string> = new Set();

const shareHouse = (a: StandardPerson, b: StandardPerson): boolean =>
  compareHomes(a.homes, b.homes)?.sameHouse === true;

/** A mailbox that is one man's: fathers and sons share a phone rather than this. */
const shareMailbox = ({ all, othersToo }: HisRecords, { emails }: StandardPerson): boolean =>
  emails.some((email) => all.emails.includes(email) && !othersToo.has(email));

const isFullName = ({ names }: PeopleComparison): boolean =>
  names?.rule === 'name-exact' || names?.rule === 'name-alias' || names?.rule === 'name-variant';

const sharesAnything = (a: StandardPerson, b: StandardPerson): boolean => {
  const contacts = compareContacts(a, b, NOBODY);
  return compareHomes(a.homes, b.homes)?.shared === true || contacts.personal.length + contacts.household.length > 0;
};

/** A man of his name and of another age or generation, who shares a home or number with him or with the record. */
function isAnotherOfTheName(all: StandardPerson, person: StandardPerson, other: StandardPerson): boolean {
  const { names, birthDates, generationsDiffer } = comparePeople(all, other);
  if (names?.first !== 'agrees' || !names.surnameAgrees) return false;
  if (birthDates?.agrees !== 'no' && !generationsDiffer) return false;
  return sharesAnything(all, other) || sharesAnything(person, other);
}

export interface HisRecords {
  /** The subject and the records that are his. */
  readonly members: readonly Candidate[];
  /** All their values together. */
  readonly all: StandardPerson;
  /** Everybody else in the answer, the record in question among them. */
  readonly rest: readonly Candidate[];
  /** Numbers and mailboxes that are not one man's. */
  readonly othersToo: ReadonlySet<string>;
}

/** Whether a record without a birth date can be nobody's but his, as far as the answer knows. */
export function isOneOfTheName(his: HisRecords, candidate: Candidate): boolean {
  const [version] = candidate.versions;
  if (version === undefined || candidate.versions.length > 1) return false;
  const { person } = version;
  if (person.birthDates.length > 0) return false;
  const compared = comparePeople(his.all, person);
  if (!isFullName(compared) || !mayBeOnePerson(compared)) return false;
  if (compared.identifiers.contradicts || compared.middleNames?.rule === 'middle-name-different') return false;
  if (compared.homes?.sameHouse !== true) return false;
  if (!compared.identifiers.agrees && !shareMailbox(his, person)) return false;
  const knowing = his.members
    .filter(({ isSubject }) => !isSubject)
    .flatMap(({ versions }) => versions)
    .filter(({ person: one }) => one.birthDates.some(({ day }) => day !== undefined) && shareHouse(one, person));
  if (new Set(knowing.map(({ system }) => system)).size < SYSTEMS) return false;
  const others = his.rest.flatMap(({ versions }) => versions).filter((one) => one !== version);
  return !others.some(({ person: other }) => isAnotherOfTheName(his.all, person, other));
}
