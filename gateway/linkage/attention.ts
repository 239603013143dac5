import type { Attention } from '../../schemas/linkage.ts';
import type { Candidate } from './candidates.ts';
import type { DecisionBook } from './decisions.ts';
import type { EvidenceTable } from './evidence-table.ts';
import type { SubjectCluster } from './subject-cluster.ts';
import { PROBABLE, TOGETHER } from './weigh/weights.ts';

type Reason = Attention['reason'];

/** What a human has to look at, and the records that may be shown as probably his. */
export interface Doubt {
  readonly needsAttention: readonly { readonly reason: Reason; readonly positions: readonly number[] }[];
  readonly probable: readonly number[];
}

interface Judgement {
  readonly reason?: Reason;
  /** The member of the subject's cluster that it conflicts with, where it is not the subject. */
  readonly against?: number;
  readonly probable: boolean;
}

const NOTHING: Judgement = { probable: false };

/** Why a record with evidence enough is not his. */
function judge(table: EvidenceTable, members: readonly number[], index: number): Judgement {
  if (!members.some((member) => table.mayWeigh(member, index))) return NOTHING;
  const best = Math.max(...members.map((member) => table.bits(member, index)));
  const alike = Math.max(...members.map((member) => table.weight(member, index).bitsWithoutContradiction));
  if (alike < PROBABLE) return NOTHING;
  const barred = (barrier: string) => members.find((member) => table.barrier(member, index) === barrier);
  if (barred('role') !== undefined) return { reason: 'role-conflict', probable: false };
  if (barred('human') !== undefined) return NOTHING;
  const contradicted = barred('identifiers');
  if (contradicted !== undefined) {
    return { reason: 'contradicting-identifiers', against: contradicted, probable: false };
  }
  const sameSystem = barred('system');
  if (sameSystem !== undefined) {
    return best >= TOGETHER ? { reason: 'two-candidates', against: sameSystem, probable: true } : NOTHING;
  }
  const negative = members.find((member) => table.bits(member, index) < 0);
  if (negative === undefined) return { probable: best >= PROBABLE };
  // His number under his name beside a birth date that is not his: a slip of the pen, or his father's file.
  if (members.some((member) => table.weight(member, index).sameNumberAndName)) return { probable: true };
  return best >= TOGETHER ? { reason: 'cluster-would-not-hold', against: negative, probable: false } : NOTHING;
}

/** Humans' decisions that contradict each other, or that could not be carried out without uniting two people. */
function decisionConflicts(decisions: DecisionBook, groups: readonly (readonly number[])[]): (readonly number[])[] {
  const together = (i: number, j: number) => groups.some((group) => group.includes(i) && group.includes(j));
  return [...decisions.disputed, ...decisions.joined.filter(([i, j]) => !together(i, j))];
}

/** Judges every record outside the subject's cluster. `groups` are all clusters, the subject's among them. */
export function findDoubt(
  table: EvidenceTable,
  cluster: SubjectCluster,
  groups: readonly (readonly number[])[],
  decisions: DecisionBook,
): Doubt {
  const needsAttention: { reason: Reason; positions: readonly number[] }[] = [];
  const held = new Set([...cluster.twoCandidates.flat(), ...cluster.fitsAnother.map(([index]) => index)]);
  const probable = new Set<number>(held);
  for (const positions of cluster.twoCandidates) needsAttention.push({ reason: 'two-candidates', positions });
  for (const positions of cluster.fitsAnother) needsAttention.push({ reason: 'cluster-would-not-hold', positions });
  for (let index = 1; index < table.size; index += 1) {
    if (cluster.members.includes(index) || held.has(index)) continue;
    const { reason, against, probable: isProbable } = judge(table, cluster.members, index);
    if (isProbable) probable.add(index);
    if (reason !== undefined)
      needsAttention.push({ reason, positions: against === undefined ? [index] : [against, index] });
  }
  for (const positions of decisionConflicts(decisions, groups)) {
    needsAttention.push({ reason: 'human-decision-conflict', positions });
  }
  return { needsAttention, probable: [...probable] };
}

/** Attention by record id: the subject has none, ids in order, and each statement once. */
export function wordAttention(doubt: Doubt, candidates: readonly Candidate[]): Attention[] {
  const worded = doubt.needsAttention.map(({ reason, positions }) => ({
    reason,
    recordIds: [...new Set(positions)]
      .filter((position) => position !== 0)
      .sort((a, b) => a - b)
      .map((position) => candidates[position]?.id ?? ''),
  }));
  const byText = new Map(
    worded.map((attention) => [`${attention.reason}\n${attention.recordIds.join('\n')}`, attention]),
  );
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, attention]) => attention);
}
