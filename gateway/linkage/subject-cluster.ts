import type { EvidenceTable } from './evidence-table.ts';
import type { PairWeight } from './weigh/pair.ts';
import { TOGETHER } from './weigh/weights.ts';

/** Which records are the subject's, and which could not be given to him without a human. */
export interface SubjectCluster {
  /** Positions, the subject (0) first. */
  readonly members: readonly number[];
  /** Groups of records that would each have joined, and exclude one another. */
  readonly twoCandidates: readonly (readonly number[])[];
  /** Records that would have joined, each with the record of another person that it fits as well. */
  readonly fitsAnother: readonly (readonly [number, number])[];
  /** What decided for those members that joined on the evidence of all members together. */
  readonly pooled: ReadonlyMap<number, PairWeight>;
}

/** Two candidates this close, in bits, are as good as each other. */
const AS_GOOD = 5;

const SUBJECT = 0;

interface Fit {
  readonly index: number;
  readonly best: number;
  /** Set where only all members together are evidence enough. */
  readonly pooled?: PairWeight;
}

const isSurelyHis = (table: EvidenceTable, index: number): boolean =>
  index === SUBJECT || (table.bits(SUBJECT, index) >= TOGETHER && !table.weight(SUBJECT, index).joinedByHuman);

/** Whether fingerprints tie a record to the subject, or to a record that is surely his: names may be false then. */
const isTiedByFingerprints = (table: EvidenceTable, members: readonly number[], index: number): boolean =>
  members.some(
    (member) => member !== index && isSurelyHis(table, member) && table.weight(member, index).sameFingerprints,
  );

/** Members that need no other member to be his. */
const certainMembers = (table: EvidenceTable, members: readonly number[]): number[] =>
  members.filter((member) => isSurelyHis(table, member) || isTiedByFingerprints(table, members, member));

/**
 * Whether a record that resembles the subject less than a stranger would may yet be his: nothing known of both tells
 * them apart, as where the case register lacks his birth date; or his fingerprints are on it; or it bears, with his
 * birth date, another full name that fingerprints have shown to be his. Not a name of the subject's family, which he may
 * have borrowed from a twin.
 */
function maySubjectBe(table: EvidenceTable, members: readonly number[], index: number): boolean {
  const weight = table.weight(SUBJECT, index);
  if (weight.bits >= 0 || weight.nothingApart || isTiedByFingerprints(table, members, index)) return true;
  return (
    weight.otherIdentity &&
    members.some((member) => isTiedByFingerprints(table, members, member) && table.weight(member, index).nothingApart)
  );
}

/**
 * A record's best edge to the cluster, or undefined where a barrier or a negative pair forbids it. A negative pair with
 * a member that is certain is two clerks' errors, if the subject may be the record and another certain member vouches
 * for it: the edge counted is then the best to a certain member.
 */
function bestEdge(table: EvidenceTable, members: readonly number[], index: number): number | undefined {
  if (!members.some((member) => table.mayWeigh(member, index))) return undefined;
  if (members.some((member) => table.barrier(member, index) !== undefined)) return undefined;
  const best = (of: readonly number[]) => Math.max(...of.map((member) => table.bits(member, index)));
  const negative = members.filter((member) => table.bits(member, index) < 0);
  if (negative.length === 0) return best(members);
  // INVARIANT: no chaining. What a record shares with one member never outweighs that it is unlike the subject.
  if (!maySubjectBe(table, members, index)) return undefined;
  const certain = certainMembers(table, members);
  const isExcused = (member: number) => certain.includes(member) || table.weight(member, index).nothingApart;
  if (!negative.every(isExcused) && !isTiedByFingerprints(table, members, index)) return undefined;
  return best(certain.filter((member) => !table.weight(member, index).joinedByHuman));
}

const excludeEachOther = (table: EvidenceTable, i: number, j: number): boolean =>
  table.barrier(i, j) !== undefined || table.weight(i, j).pointsApart;

/** Whether another record is certainly somebody else's: by the subject's own values, or by a barrier. */
const isNotHis = (table: EvidenceTable, members: readonly number[], other: number): boolean =>
  (table.weight(SUBJECT, other).pointsApart && !isTiedByFingerprints(table, members, other)) ||
  members.some((member) => {
    const barrier = table.barrier(member, other);
    return barrier === 'identifiers' || barrier === 'human';
  });

/** His own PNC or CRO number, by the register, under his own name: what else resembles the record takes it from him only by a human's word. */
const bearsHisFingerprints = (table: EvidenceTable, index: number): boolean => {
  const { sameFingerprints, nothingApart, bits } = table.weight(SUBJECT, index);
  return sameFingerprints && nothingApart && bits >= TOGETHER;
};

/** A record of somebody else that `fit` resembles at least as much as the cluster. */
function strangerLike(table: EvidenceTable, members: readonly number[], fit: Fit): number | undefined {
  const fingerprinted = bearsHisFingerprints(table, fit.index);
  for (let other = 1; other < table.size; other += 1) {
    if (other === fit.index || members.includes(other) || !table.mayWeigh(fit.index, other)) continue;
    if (table.bits(fit.index, other) < fit.best) continue;
    if (fingerprinted && !table.weight(fit.index, other).joinedByHuman) continue;
    if (isNotHis(table, members, other)) return other;
  }
  return undefined;
}

/** Only so many of the nearest are weighed against all members together: who is farther off gains too little by it. */
const POOLED_AT_ONCE = 12;

const nearestFirst = (fits: readonly Fit[]): Fit[] => [...fits].sort((a, b) => b.best - a.best || a.index - b.index);

/** Records that fit, best first, ties by id: by an edge to one member, and only where there is none by all together. */
function bestFirst(table: EvidenceTable, members: readonly number[], open: ReadonlySet<number>): Fit[] {
  const edges: Fit[] = [];
  for (const index of open) {
    const best = bestEdge(table, members, index);
    if (best !== undefined) edges.push({ index, best });
  }
  const byEdge = edges.filter(({ best }) => best >= TOGETHER);
  if (byEdge.length > 0 || members.length === 1) return nearestFirst(byEdge);
  const weighPooled = table.pooled(members);
  const pooled = nearestFirst(edges)
    .slice(0, POOLED_AT_ONCE)
    .map(({ index }): Fit => {
      const weight = weighPooled(index);
      return { index, best: weight.bits, pooled: weight };
    });
  return nearestFirst(pooled.filter(({ best }) => best >= TOGETHER));
}

/**
 * Grows the subject's cluster one record at a time, best edge first, ties by id. A record joins at `TOGETHER` or
 * more to some member, or to all members together, with no negative pair and no barrier to any; a negative pair of two
 * records that are each surely the subject's is excused. Of two that exclude each other and are as good as each other
 * neither joins; nor does one that fits a record of somebody else as well.
 */
export function growSubjectCluster(table: EvidenceTable): SubjectCluster {
  const members = [SUBJECT];
  const open = new Set(Array.from({ length: table.size - 1 }, (_, index) => index + 1));
  const twoCandidates: number[][] = [];
  const fitsAnother: [number, number][] = [];
  const pooled = new Map<number, PairWeight>();
  for (;;) {
    const fits = bestFirst(table, members, open);
    const [first] = fits;
    if (first === undefined) return { members, twoCandidates, fitsAnother, pooled };
    open.delete(first.index);
    const rivals = fits.filter(
      (fit) => fit !== first && fit.best >= first.best - AS_GOOD && excludeEachOther(table, first.index, fit.index),
    );
    const stranger = strangerLike(table, members, first);
    if (rivals.length > 0) {
      for (const rival of rivals) open.delete(rival.index);
      twoCandidates.push([first.index, ...rivals.map((rival) => rival.index)]);
    } else if (stranger !== undefined) {
      fitsAnother.push([first.index, stranger]);
    } else {
      members.push(first.index);
      if (first.pooled !== undefined) pooled.set(first.index, first.pooled);
    }
  }
}
