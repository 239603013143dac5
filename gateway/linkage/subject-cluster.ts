import type { EvidenceTable } from './evidence-table.ts';
import { findRivals, strangerLike, type Fitting } from './rivals.ts';
import { whoseElse } from './somebody-elses.ts';
import { certainMembers, isSurelyHis, isTiedByFingerprints, SUBJECT } from './surely-his.ts';
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

interface Fit extends Fitting {
  /** Set where only all members together are evidence enough. */
  readonly pooled?: PairWeight;
}

/** Whether a record that is surely his gives him the other record's full name too, which is his by that record's values. */
const isKnownByThatName = (table: EvidenceTable, members: readonly number[], index: number): boolean =>
  members.some((member) => {
    if (member === SUBJECT || !isSurelyHis(table, member)) return false;
    const { nothingApart, bits, joinedByHuman } = table.weight(member, index);
    return nothingApart && bits >= TOGETHER && !joinedByHuman;
  });

/**
 * Whether a record that resembles the subject less than a stranger would may yet be his: nothing known of both tells
 * them apart, as where the case register lacks his birth date; or his fingerprints are on it; or it bears, with his
 * birth date, another full name that fingerprints have shown to be his; or, with his first name and birth date, a surname
 * under which a record that is surely his knows him. Not a name of the subject's family, which he may
 * have borrowed from a twin.
 */
function maySubjectBe(table: EvidenceTable, members: readonly number[], index: number): boolean {
  const weight = table.weight(SUBJECT, index);
  if (weight.bits >= 0 || weight.nothingApart || isTiedByFingerprints(table, members, index)) return true;
  if (weight.formerSurname && isKnownByThatName(table, members, index)) return true;
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

/** Only so many of the nearest are weighed against all members together: who is farther off gains too little by it. */
const POOLED_AT_ONCE = 12;

const nearestFirst = (table: EvidenceTable, fits: readonly Fit[]): Fit[] =>
  [...fits].sort((a, b) => b.best - a.best || table.fullness(b.index) - table.fullness(a.index) || a.index - b.index);

/** Records that fit, best first, ties by id: by an edge to one member, and only where there is none by all together. */
function bestFirst(table: EvidenceTable, members: readonly number[], open: ReadonlySet<number>): Fit[] {
  const edges: Fit[] = [];
  for (const index of open) {
    const best = bestEdge(table, members, index);
    if (best !== undefined) edges.push({ index, best });
  }
  const byEdge = edges.filter(({ best }) => best >= TOGETHER);
  if (byEdge.length > 0 || members.length === 1) return nearestFirst(table, byEdge);
  const weighPooled = table.pooled(members);
  const pooled = nearestFirst(table, edges)
    .slice(0, POOLED_AT_ONCE)
    .map(({ index }): Fit => {
      const weight = weighPooled(index);
      return { index, best: weight.bits, pooled: weight };
    });
  return nearestFirst(
    table,
    pooled.filter(({ best }) => best >= TOGETHER),
  );
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
    const rivals = findRivals(table, first, fits);
    const stranger = strangerLike(table, members, first) ?? whoseElse(table, members, first.index);
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
