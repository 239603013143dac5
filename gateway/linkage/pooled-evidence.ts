import { isRecordedAsOther } from './barriers.ts';
import type { Candidate } from './candidates.ts';
import { compareContacts } from './compare/contacts.ts';
import { isOneOfTheName } from './one-of-the-name.ts';
import { poolPeople } from './standardise/pooled-person.ts';
import type { Finding } from './weigh/finding.ts';
import { weighPair, type PairCircumstances, type PairWeight } from './weigh/pair.ts';
import { comparePeople } from './weigh/people.ts';

/** Says in an explanation that a record was weighed against all his records together. */
const ALL_TOGETHER: Finding = { comparison: 'source', rule: 'all-records-together', bits: 0 };
const ONE_OF_THE_NAME: Finding = { comparison: 'household', rule: 'one-of-the-name', bits: 0 };

/** The version that fits worst decides; of equals, the one whose evidence sorts first. */
export function worstOf(weights: readonly PairWeight[]): PairWeight | undefined {
  let found: PairWeight | undefined;
  for (const weight of weights) {
    if (found === undefined || weight.bits < found.bits) found = weight;
    else if (weight.bits === found.bits && JSON.stringify(weight) < JSON.stringify(found)) found = weight;
  }
  return found;
}

export interface Pooling {
  /** The subject and the records that are held to be his. */
  readonly his: readonly Candidate[];
  /** Everybody else in the answer. */
  readonly rest: readonly Candidate[];
  /** Numbers and mailboxes that are not one man's in this answer. */
  readonly othersToo: ReadonlySet<string>;
  readonly knowsProtected: (candidate: Candidate) => boolean;
}

/**
 * Weighs a record against all that is his, all values together: an address that one agency knows and a phone that another
 * knows are evidence of one man. A human's word and a merger are of pairs only.
 */
export function weighAgainstAll({ his, rest, othersToo, knowsProtected }: Pooling): (one: Candidate) => PairWeight {
  // Of a record that came twice with different contents nobody knows which are true: it adds nothing to the others.
  const members = his.filter(({ versions }) => versions.length === 1);
  const all = poolPeople(
    'pooled',
    members.flatMap(({ versions }) => versions.map(({ person }) => person)),
  );
  return (candidate) => {
    const oneOfTheName = isOneOfTheName({ members, all, rest, othersToo }, candidate);
    const circumstances: PairCircumstances = {
      mergedBySource: false,
      recordedAsOther: isRecordedAsOther(candidate),
      human: undefined,
      birthDateIsLent: false,
      knowsProtected: () => knowsProtected(candidate),
    };
    const weight = worstOf(
      candidate.versions.map(({ person }) =>
        weighPair(
          { ...comparePeople(all, person), oneOfTheName },
          compareContacts(all, person, othersToo),
          circumstances,
        ),
      ),
    );
    if (weight === undefined) throw new Error('a candidate has no version');
    const said = oneOfTheName ? [ONE_OF_THE_NAME, ALL_TOGETHER] : [ALL_TOGETHER];
    return { ...weight, findings: [...weight.findings, ...said] };
  };
}
