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

/**
 * Whether two that resemble each other less than two strangers may yet both be his: each by itself is surely the
 * subject, so that two clerks' errors explain it, and nothing says that they are relatives. A record that the subject
 * himself does not vouch for never gets this excuse, so that it cannot be chained to him.
 */
const bothSurelyHis = (table: EvidenceTable, i: number, j: number): boolean =>
  table.bits(SUBJECT, i) >= TOGETHER && table.bits(SUBJECT, j) >= TOGETHER && !table.weight(i, j).relatives;

/** A record's best edge to the cluster, or undefined where a barrier or one negative pair forbids it. */
function bestEdge(table: EvidenceTable, members: readonly number[], index: number): number | undefined {
  let best = Number.NEGATIVE_INFINITY;
  for (const member of members) {
    if (table.barrier(member, index) !== undefined) return undefined;
    const bits = table.bits(member, index);
    // INVARIANT: no chaining. Whatever joins is at least as likely the subject as a stranger by the subject's own values.
    if (bits < 0 && (member === SUBJECT || !bothSurelyHis(table, member, index))) return undefined;
    best = Math.max(best, bits);
  }
  return best;
}

const excludeEachOther = (table: EvidenceTable, i: number, j: number): boolean =>
  table.barrier(i, j) !== undefined || table.weight(i, j).pointsApart;

/** Whether another record is certainly somebody else's: by the subject's own values, a rule for relatives, or a barrier. */
const isNotHis = (table: EvidenceTable, members: readonly number[], other: number): boolean =>
  table.weight(SUBJECT, other).pointsApart ||
  members.some((member) => {
    const barrier = table.barrier(member, other);
    return table.weight(member, other).relatives || barrier === 'identifiers' || barrier === 'human';
  });

/** A record of somebody else that `fit` resembles at least as much as the cluster. */
function strangerLike(table: EvidenceTable, members: readonly number[], fit: Fit): number | undefined {
  for (let other = 1; other < table.size; other += 1) {
    if (other === fit.index || members.includes(other) || table.bits(fit.index, other) < fit.best) continue;
    if (isNotHis(table, members, other)) return other;
  }
  return undefined;
}

/** Records that fit, best first, ties by id: by an edge to one member, and only where there is none by all together. */
function bestFirst(table: EvidenceTable, members: readonly number[], open: ReadonlySet<number>): Fit[] {
  const edges: Fit[] = [];
  for (const index of open) {
    const best = bestEdge(table, members, index);
    if (best !== undefined) edges.push({ index, best });
  }
  const byEdge = edges.filter(({ best }) => best >= TOGETHER);
  const fits =
    byEdge.length > 0 || members.length === 1 ? byEdge : edges.map(pool).filter(({ best }) => best >= TOGETHER);
  return fits.sort((a, b) => b.best - a.best || a.index - b.index);

  function pool({ index }: Fit): Fit {
    const pooled = table.pooled(members, index);
    return { index, best: pooled.bits, pooled };
  }
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
