import type { Held } from '../cases/hard-cases.ts';
import type { Household } from '../people/household.ts';
import type { Question } from '../registers/entries.ts';
import { ownersOf, type Owners } from './ownership.ts';
import { isAnchored, isEnough, isTellable } from './what-records-tell.ts';

/** Whose a record is, and what may be asked of whoever judges it. */
export interface RecordTruth {
  readonly person: string;
  readonly relation: string;
  /** Of his records: it holds enough to be known as his. */
  readonly isEnough: boolean;
  /** Of his records: restricted, or a second one of its system that the system does not call merged. */
  readonly isOptional: boolean;
  /** Of others' records: something in the question tells it from his. */
  readonly isTellable: boolean;
}

/** What nobody who answers may see. */
export interface Truth {
  readonly subject: string;
  readonly origin: string;
  readonly cases: readonly string[];
  readonly decoys: readonly string[];
  /** The question knows more of him than name and birth date. */
  readonly isAnchored: boolean;
  readonly records: Readonly<Record<string, RecordTruth>>;
  readonly phones: Owners;
  readonly emails: Owners;
  readonly postcodes: Owners;
}

export function truthOf(
  house: Household,
  held: readonly Held[],
  question: Question,
  made: { readonly cases: readonly string[]; readonly decoys: readonly string[] },
): Truth {
  const { subject } = house;
  const his = held.filter(({ person }) => person === subject).map(({ record }) => record);
  const replaced = new Set(his.flatMap(({ supersedes = [] }) => supersedes));
  const seen = new Set<string>();
  const records = held.map((one): [string, RecordTruth] => {
    const { record, person } = one;
    const isHis = person === subject;
    const system = `${record.agency} ${record.system}`;
    const isSecond = seen.has(system) && record.supersedes === undefined && !replaced.has(record.recordId);
    if (isHis) seen.add(system);
    return [
      record.recordId,
      {
        person: person.id,
        relation: person.relation,
        isEnough: isHis && isEnough(record, his, question, subject.born),
        isOptional: isHis && (record.restricted === true || isSecond),
        isTellable: !isHis && isTellable(one, held, question, subject),
      },
    ];
  });
  return {
    subject: subject.id,
    origin: subject.origin,
    ...made,
    isAnchored: isAnchored(question, his),
    records: Object.fromEntries(records),
    ...ownersOf(house),
  };
}
