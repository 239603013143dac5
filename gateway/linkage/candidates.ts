import type { IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import type { RecordRole, SourceRecord } from '../../schemas/source-record.ts';
import { readEachOnce, type Reader } from './standardise/each-once.ts';
import { contactsOfOthers, isEmptyPerson, standardisePerson, standardiseRecord } from './standardise/person.ts';
import type { StandardPerson } from './standardise/standard-person.ts';

/** One record as read for linkage. */
export interface Version {
  readonly person: StandardPerson;
  readonly role: RecordRole | undefined;
  /** Agency and system: two records of one are two people unless it says merged. */
  readonly system: string;
  readonly supersedes: readonly string[];
  /** Phones and e-mails that this record says are another person's. */
  readonly contactsOfOthers: readonly string[];
}

/**
 * The subject, or one record id. An id that arrives with different contents keeps every version, and the version
 * that fits worst decides: a source that answers twice cannot talk a record into a match.
 */
export interface Candidate {
  readonly id: string;
  readonly isSubject: boolean;
  /** The subject's birth date is one that the answer knows of the one man of his name (lent-birth-date.ts). */
  readonly birthDateIsLent?: boolean;
  readonly versions: readonly Version[];
}

export interface Candidates {
  /** The subject first, then records by id. */
  readonly linkable: readonly Candidate[];
  /** Restricted records, and records by which nobody could be recognised: each stays alone. */
  readonly unlinkable: readonly string[];
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * A number that its own register says was replaced was his all the same: whoever still knows him by it is not
 * contradicted. Read off the references, which an adapter makes of the very numbers: `health:` and the NHS number.
 */
function withFormerNumbers(record: SourceRecord): SourceRecord {
  const { recordId, agency, person, supersedes = [] } = record;
  const identifiers = person.identifiers ?? [];
  const current = identifiers.find(({ value }) => recordId === `${agency}:${value}`);
  if (current === undefined) return record;
  const former = supersedes
    .filter((id) => id.startsWith(`${agency}:`))
    .map((id) => ({ type: current.type, value: id.slice(agency.length + 1) }));
  return { ...record, person: { ...person, identifiers: [...identifiers, ...former] } };
}

function versionOf(record: SourceRecord, asOf: IsoDate, read: Reader): Version {
  const person = standardiseRecord(withFormerNumbers(record), asOf, read);
  return {
    person,
    role: record.role,
    system: `${record.agency}/${record.system}`,
    supersedes: record.supersedes ?? [],
    contactsOfOthers: contactsOfOthers(record, person, read),
  };
}

function recordCandidate(id: string, records: readonly SourceRecord[], asOf: IsoDate, read: Reader): Candidate {
  const versions = records.map((record) => versionOf(record, asOf, read));
  if (versions.length === 1) return { id, isSubject: false, versions };
  const distinct = new Map(versions.map((version) => [JSON.stringify(version), version]));
  const sorted = [...distinct].sort(([a], [b]) => byText(a, b)).map(([, version]) => version);
  return { id, isSubject: false, versions: sorted };
}

const subjectCandidate = (subject: Person, asOf: IsoDate, read: Reader): Candidate => ({
  id: 'subject',
  isSubject: true,
  versions: [
    {
      person: standardisePerson('subject', subject, [], asOf, read),
      role: undefined,
      system: '',
      supersedes: [],
      contactsOfOthers: [],
    },
  ],
});

function groupById(records: readonly SourceRecord[]): [string, SourceRecord[]][] {
  const groups = new Map<string, SourceRecord[]>();
  for (const record of records) {
    const group = groups.get(record.recordId);
    if (group === undefined) groups.set(record.recordId, [record]);
    else group.push(record);
  }
  return [...groups].sort(([a], [b]) => byText(a, b));
}

/** Standardises the subject and each record once, sorts by id and sets aside what cannot be linked. */
export function gatherCandidates(subject: Person, records: readonly SourceRecord[], asOf: IsoDate): Candidates {
  const read = readEachOnce();
  const linkable = [subjectCandidate(subject, asOf, read)];
  const unlinkable: string[] = [];
  for (const [id, versions] of groupById(records)) {
    const candidate = recordCandidate(id, versions, asOf, read);
    const restricted = versions.some((record) => record.restricted === true);
    if (restricted || candidate.versions.some(({ person }) => isEmptyPerson(person))) unlinkable.push(id);
    else linkable.push(candidate);
  }
  return { linkable, unlinkable };
}
