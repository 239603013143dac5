import { barrierBetween, isRecordedAsOther, shareSystem, type Barrier } from './barriers.ts';
import type { Candidate, Version } from './candidates.ts';
import { compareContacts, NO_CONTACTS } from './compare/contacts.ts';
import { compareFirstNames, type Likeness } from './compare/name-parts.ts';
import type { DecisionBook } from './decisions.ts';
import { findWhoKnowsProtected } from './knows-protected.ts';
import { readMergers } from './mergers.ts';
import { findProspects } from './prospects.ts';
import { weighAgainstAll, worstOf } from './pooled-evidence.ts';
import { findContactsOfOthers } from './others-contacts.ts';
import { weighPair, type PairCircumstances, type PairWeight } from './weigh/pair.ts';
import { areTwoPeople, comparePeople, type PeopleComparison } from './weigh/people.ts';
import { TOGETHER } from './weigh/weights.ts';

/** Every pair of candidates, weighed. Positions are those of the candidates; position 0 is the subject. */
export interface EvidenceTable {
  readonly size: number;
  /** Whether the pair can weigh 0 or more: what tells nearly all strangers apart without weighing them. */
  readonly mayWeigh: (i: number, j: number) => boolean;
  readonly weight: (i: number, j: number) => PairWeight;
  readonly bits: (i: number, j: number) => number;
  readonly barrier: (i: number, j: number) => Barrier | undefined;
  /** Whether some first name of the one is a first name of the other, or a form of it, or may be: not a slip of the pen. */
  readonly sameFirstName: (i: number, j: number) => boolean;
  readonly shareSystem: (i: number, j: number) => boolean;
  /** The case knows the subject by one name: records that agree with it are forms of that one. */
  readonly subjectHasOneName: boolean;
  /** How many values a candidate holds: of two records of one man the fuller tells more. */
  readonly fullness: (index: number) => number;
  /**
   * A candidate against several that are held to be one, all their values together: an address that one agency knows
   * and a phone that another knows are evidence of one man. A human's word and a merger are of pairs only.
   */
  readonly pooled: (members: readonly number[]) => (index: number) => PairWeight;
}

interface VersionPair {
  readonly a: Version;
  readonly b: Version;
  readonly compared: PeopleComparison;
}

interface Cell {
  readonly weight: PairWeight;
  readonly barrier: Barrier | undefined;
}

function versionPairs(a: Candidate, b: Candidate): VersionPair[] {
  const pairs: VersionPair[] = [];
  for (const one of a.versions) {
    for (const other of b.versions) pairs.push({ a: one, b: other, compared: comparePeople(one.person, other.person) });
  }
  return pairs;
}

/** What a pair weighs before anybody looks at the phones and e-mails of the two. */
const bitsOfValues = (compared: PeopleComparison): number =>
  weighPair(compared, NO_CONTACTS, {
    mergedBySource: false,
    recordedAsOther: false,
    human: undefined,
    birthDateIsLent: false,
    knowsProtected: () => false,
  }).bits;

const NO_SLIP: ReadonlySet<Likeness> = new Set<Likeness>(['equal', 'variant', 'initial', 'unknown']);

const meetInFirstName = (a: Candidate, b: Candidate): boolean =>
  a.versions.some((one) =>
    b.versions.some((other) =>
      one.person.names.some((name) => other.person.names.some((two) => NO_SLIP.has(compareFirstNames(name, two)))),
    ),
  );

const fullnessOf = ({ versions }: Candidate): number => {
  const counts = versions.map(({ person }) =>
    [
      person.names,
      person.middleNames,
      person.birthDates,
      person.identifiers,
      person.homes,
      person.phones,
      person.emails,
    ]
      .map((values) => values.length)
      .reduce((sum, count) => sum + count, 0),
  );
  return Math.min(...counts);
};

/** A square table of which each cell is made when first asked for; both halves are one. */
function lazyHalf<T>(size: number, make: (i: number, j: number) => T): (i: number, j: number) => T {
  const cells: (T | undefined)[] = new Array<T | undefined>(size * size).fill(undefined);
  return (i, j) => {
    const [low, high] = i < j ? [i, j] : [j, i];
    if (low === high || low < 0 || high >= size) throw new Error('a pair outside the table was asked for');
    const at = low * size + high;
    const known = cells[at];
    if (known !== undefined) return known;
    const made = make(low, high);
    cells[at] = made;
    return made;
  };
}

const candidateAt = (candidates: readonly Candidate[], index: number): Candidate => {
  const candidate = candidates[index];
  if (candidate === undefined) throw new Error('a candidate outside the table was asked for');
  return candidate;
};

/**
 * Compares and weighs each pair of candidates once, when it is first asked for.
 *
 * @param holdsProtected whether every record of an id holds a contact point of a protected person of the case
 */
export function buildEvidence(
  candidates: readonly Candidate[],
  decisions: DecisionBook,
  holdsProtected: (id: string) => boolean,
): EvidenceTable {
  const size = candidates.length;
  const knowsProtected = findWhoKnowsProtected(candidates, holdsProtected);
  const isMerged = readMergers(candidates);
  const pairs = lazyHalf(size, (i, j) => versionPairs(candidateAt(candidates, i), candidateAt(candidates, j)));
  const surelyHis = (index: number) =>
    index === 0 || pairs(0, index).every(({ compared }) => bitsOfValues(compared) >= TOGETHER);
  const othersToo = findContactsOfOthers(
    candidates,
    (i, j) =>
      pairs(i, j).some(({ compared }) => areTwoPeople(compared) && bitsOfValues(compared) < 0) &&
      !(surelyHis(i) && surelyHis(j)),
  );
  const cells = lazyHalf(size, (i, j): Cell => {
    const [a, b] = [candidateAt(candidates, i), candidateAt(candidates, j)];
    const circumstances: PairCircumstances = {
      mergedBySource: isMerged(i, j),
      recordedAsOther: a.isSubject && isRecordedAsOther(b),
      human: decisions.of(i, j),
      birthDateIsLent: a.birthDateIsLent === true,
      knowsProtected: () => a.isSubject && knowsProtected(b),
    };
    const weights = pairs(i, j).map((pair) =>
      weighPair(pair.compared, compareContacts(pair.a.person, pair.b.person, othersToo), circumstances),
    );
    const weight = worstOf(weights);
    if (weight === undefined) throw new Error('a candidate has no version');
    const identifiersContradict = weights.some((one) => one.identifiersContradict);
    return { weight, barrier: barrierBetween(a, b, { ...circumstances, identifiersContradict }) };
  });
  const pooled = (members: readonly number[]) => {
    const [his, rest]: [Candidate[], Candidate[]] = [[], []];
    candidates.forEach((candidate, index) => (members.includes(index) ? his : rest).push(candidate));
    const weighAgainst = weighAgainstAll({ his, rest, othersToo, knowsProtected });
    return (index: number) => weighAgainst(candidateAt(candidates, index));
  };
  const mayWeigh = findProspects(candidates, (i, j) => decisions.of(i, j) !== undefined || isMerged(i, j));
  return {
    size,
    mayWeigh,
    pooled,
    weight: (i, j) => cells(i, j).weight,
    bits: (i, j) => cells(i, j).weight.bits,
    barrier: (i, j) => cells(i, j).barrier,
    sameFirstName: (i, j) => meetInFirstName(candidateAt(candidates, i), candidateAt(candidates, j)),
    shareSystem: (i, j) => shareSystem(candidateAt(candidates, i), candidateAt(candidates, j)),
    subjectHasOneName: candidateAt(candidates, 0).versions.every(({ person }) => person.names.length === 1),
    fullness: (index) => fullnessOf(candidateAt(candidates, index)),
  };
}
