import type { RecordedAs } from '../../schemas/contact-point.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { isProtectedRole } from './marks.ts';
import { readContact } from './normalise.ts';
import type { ReachQuestion } from './reach.ts';
import { nameParts } from './named-mailbox.ts';

/**
 * Whose record it may be that is not known to be his. A number that his own file and an unlinked second file of his hold
 * is not another's for that; one that a file of his son's holds is, and so is one of a file that may be either's.
 */

type Holders = Pick<ReachQuestion, 'probableRecords' | 'otherRecords' | 'separated'>;

/**
 * Parts the records that are not known to be his.
 *
 * @param his records that are his
 * @returns `doubtful`: may be his and fit nobody else in the answer, so that what they call their own says nothing;
 * `another`: everything they hold counts as another person's
 */
export function partHolders(
  his: readonly SourceRecord[],
  { probableRecords: probable = [], otherRecords: others, separated = new Set() }: Holders,
): { readonly doubtful: readonly SourceRecord[]; readonly another: readonly SourceRecord[] } {
  const self = portraitOf(his);
  const otherNames = new Set(
    others.filter((record) => isSomebodyElse(record, self)).flatMap(({ person }) => namesOf(person)),
  );
  const fitsAnother = ({ person }: SourceRecord): boolean => namesOf(person).some((name) => otherNames.has(name));
  const isDoubtful = (record: SourceRecord): boolean => !separated.has(record.recordId) && !fitsAnother(record);
  const [bearingHisName, clear] = split(others, (record) => mayBe(record, self));
  const [doubtful, ruledOut] = split([...probable, ...bearingHisName], isDoubtful);
  return { doubtful, another: [...clear, ...ruledOut] };
}

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [T[], T[]] {
  const parts: readonly [T[], T[]] = [[], []];
  for (const one of all) parts[isFirst(one) ? 0 : 1].push(one);
  return parts;
}

/** Of a record that may be his only what it marks as somebody else's counts, and that in full (P4). */
export function onlyWhatSpeaksOfOthers(record: SourceRecord): SourceRecord {
  const { phones: _phones, emails: _emails, addresses: _addresses, ...person } = record.person;
  const contacts = record.contacts.filter(
    ({ kind, value, recordedAs = 'unknown' }) =>
      !MAY_BE_HIS.has(recordedAs) || readContact(kind, value).pointsElsewhere,
  );
  return { ...record, person, contacts };
}

const MAY_BE_HIS: ReadonlySet<RecordedAs> = new Set(['self', 'unknown', 'work', 'hostel']);

/** What his records say of him, as far as it can contradict. */
interface Portrait {
  readonly names: ReadonlySet<string>;
  readonly birthDates: ReadonlySet<string>;
  readonly sexes: ReadonlySet<string>;
  /** By type of number. */
  readonly numbers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly systems: ReadonlySet<string>;
}

function portraitOf(records: readonly SourceRecord[]): Portrait {
  const numbers = new Map<string, Set<string>>();
  for (const { type, value } of records.flatMap(({ person }) => person.identifiers ?? [])) {
    numbers.set(type, (numbers.get(type) ?? new Set()).add(plainNumber(value)));
  }
  return {
    names: new Set(records.flatMap(({ person }) => namesOf(person))),
    birthDates: new Set(records.flatMap(({ person }) => birthDatesOf(person))),
    sexes: new Set(records.flatMap(({ person }) => person.sex ?? [])),
    numbers,
    systems: new Set(records.map(systemOf)),
  };
}

/** His name to the letter and nothing against it; a second record of one system is another man until that system says so. */
function mayBe(record: SourceRecord, self: Portrait): boolean {
  const { names, birthDates, systems } = self;
  const dates = birthDatesOf(record.person);
  return (
    namesOf(record.person).some((name) => names.has(name)) &&
    !systems.has(systemOf(record)) &&
    !isSomebodyElse(record, self) &&
    (dates.length === 0 || birthDates.size === 0 || dates.some((date) => birthDates.has(date)))
  );
}

/** Something in the record cannot be his; a birth date that is one slip from his can. */
function isSomebodyElse(record: SourceRecord, self: Portrait): boolean {
  const { person, role } = record;
  const dates = birthDatesOf(person);
  return (
    isProtectedRole(record) ||
    role === 'other' ||
    (person.sex !== undefined && self.sexes.size > 0 && !self.sexes.has(person.sex)) ||
    (dates.length > 0 && self.birthDates.size > 0 && dates.every((date) => isFarFrom(date, self.birthDates))) ||
    contradicts(person, self)
  );
}

/** At least two of year, month and day differ, and they are not just exchanged. */
function isFarFrom(date: string, from: ReadonlySet<string>): boolean {
  return [...from].every((other) => {
    const [parts, others] = [date.split('-'), other.split('-')];
    const differing = parts.filter((part, at) => part !== others[at]).length;
    return differing > 1 && [...parts].sort().join() !== [...others].sort().join();
  });
}

function contradicts({ identifiers = [] }: Person, { numbers }: Portrait): boolean {
  return identifiers.some(({ type, value }) => {
    const known = type === 'TENANCY' || type === 'OTHER' ? undefined : numbers.get(type);
    return known !== undefined && !known.has(plainNumber(value));
  });
}

const systemOf = ({ agency, system }: SourceRecord): string => `${agency} ${system}`;
const plainNumber = (value: string): string => value.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** First and last name of every name held. */
function namesOf({ names = [] }: Person): readonly string[] {
  return names.flatMap((name) => {
    const { first, last } = nameParts(name);
    return first === undefined || last === undefined || first === last ? [] : [`${first} ${last}`];
  });
}

/** Whole dates; the first of January is what a clerk types who knows none. */
function birthDatesOf({ dateOfBirth, otherDatesOfBirth = [] }: Person): readonly string[] {
  return [...(dateOfBirth === undefined ? [] : [dateOfBirth]), ...otherDatesOfBirth].filter(
    (date) => date.length === 10 && !date.endsWith('-01-01'),
  );
}
