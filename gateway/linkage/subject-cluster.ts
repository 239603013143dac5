import type { EvidenceTable } from './evidence-table.ts';
import { TOGETHER } from './weigh/weights.ts';

/** Which records are the subject's, and which could not be given to him without a human. */
export interface SubjectCluster {
  /** Positions, the subject (0) first. */
  readonly members: readonly number[];
  /** Groups of records that would each have joined, and exclude one another. */
  readonly twoCandidates: readonly (readonly number[])[];
  /** Records that would have joined, each with the record of another person that it fits as well. */
  readonly fitsAnother: readonly (readonly [number, number])[];
}

/** Two candidates this close, in bits, are as good as each other. */
const AS_GOOD = 5;

const SUBJECT = 0;

interface Fit {
  readonly index: number;
  readonly best: number;
}

/** How a record fits the cluster: its best edge, or undefined where a barrier or one negative pair forbids it. */
function fitOf(table: EvidenceTable, members: readonly number[], index: number): Fit | undefined {
  let best = Number.NEGATIVE_INFINITY;
  for (const member of members) {
    const bits = table.bits(member, index);
    // INVARIANT: no chaining. Every cross pair is at least as likely one person as two.
    if (bits < 0 || table.barrier(member, index) !== undefined) return undefined;
    best = Math.max(best, bits);
  }
  return best >= TOGETHER ? { index, best } : undefined;
}

const excludeEachOther = (table: EvidenceTable, i: number, j: number): boolean =>
  table.barrier(i, j) !== undefined || table.weight(i, j).pointsApart;

/** A record outside, clearly not the subject's, that `fit` resembles at least as much as the cluster. */
function strangerLike(table: EvidenceTable, members: readonly number[], fit: Fit): number | undefined {
  for (let other = 1; other < table.size; other += 1) {
    if (other === fit.index || members.includes(other) || table.bits(fit.index, other) < fit.best) continue;
    const isNotHis = members.some((member) => {
      const barrier = table.barrier(member, other);
      return table.weight(member, other).pointsApart || barrier === 'identifiers' || barrier === 'human';
    });
    if (isNotHis) return other;
  }
  return undefined;
}

function bestFirst(table: EvidenceTable, members: readonly number[], open: ReadonlySet<number>): Fit[] {
  const fits = [...open].map((index) => fitOf(table, members, index)).filter((fit) => fit !== undefined);
  return fits.sort((a, b) => b.best - a.best || a.index - b.index);
}

/**
 * Grows the subject's cluster one record at a time, best edge first, ties by id. A record joins at `TOGETHER` or
 * more to some member with no negative pair and no barrier to any. Of two that exclude each other and are as good as
 * each other neither joins; nor does one that fits a record of somebody else as well.
 */
export function growSubjectCluster(table: EvidenceTable): SubjectCluster {
  const members = [SUBJECT];
  const open = new Set(Array.from({ length: table.size - 1 }, (_, index) => index + 1));
  const twoCandidates: number[][] = [];
  const fitsAnother: [number, number][] = [];
  for (;;) {
    const fits = bestFirst(table, members, open);
    const [first] = fits;
    if (first === undefined) return { members, twoCandidates, fitsAnother };
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
    }
  }
}
