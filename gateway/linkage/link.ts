import type { HumanLinkDecision, Link, LinkageResult } from '../../schemas/linkage.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { findDoubt, wordAttention } from './attention.ts';
import { gatherCandidates, type Candidate } from './candidates.ts';
import { clusterOthers } from './cluster.ts';
import { readDecisions } from './decisions.ts';
import { buildEvidence, type EvidenceTable } from './evidence-table.ts';
import { explain } from './explain/sentences.ts';
import { lendBirthDate } from './lent-birth-date.ts';
import { limitValues } from './limits.ts';
import { keepNearest } from './nearest.ts';
import { growSubjectCluster, type SubjectCluster } from './subject-cluster.ts';

export interface LinkageQuestion {
  /** What the practitioner and the case register know of him. */
  readonly subject: Person;
  /** What the agencies returned. */
  readonly records: readonly SourceRecord[];
  /** The day of the question; a birth date after it is no birth date. */
  readonly asOf: IsoDate;
  readonly decisions?: readonly HumanLinkDecision[];
  /**
   * Whether a record holds a home, number or mailbox of somebody whom the case protects from him: a man of his name and
   * birth date who has lived with her is he. Absent where the case protects nobody; asked of few records.
   */
  readonly holdsProtected?: (record: SourceRecord) => boolean;
}

/** By record id; of an id that came twice every content must hold it. */
function holdersOfProtected({ records, holdsProtected }: LinkageQuestion): (id: string) => boolean {
  if (holdsProtected === undefined) return () => false;
  return (id) => {
    const versions = records.filter(({ recordId }) => recordId === id);
    return versions.length > 0 && versions.every(holdsProtected);
  };
}

/**
 * A pair is shown where the subject is in it, where it holds a cluster together, or where it might have. The link of the
 * subject to a record that joined on the evidence of all his records shows that evidence.
 */
function linksOf(
  table: EvidenceTable,
  candidates: readonly Candidate[],
  groups: readonly (readonly number[])[],
  pooled: SubjectCluster['pooled'],
): Link[] {
  const groupOf = new Map(groups.flatMap((group, at) => group.map((position) => [position, at])));
  const links: Link[] = [];
  candidates.forEach((a, i) => {
    candidates.slice(i + 1).forEach((b, offset) => {
      const j = i + 1 + offset;
      if (i !== 0 && groupOf.get(i) !== groupOf.get(j) && !table.mayWeigh(i, j)) return;
      const { bits, findings } = (i === 0 ? pooled.get(j) : undefined) ?? table.weight(i, j);
      if (i === 0 || bits >= 0 || groupOf.get(i) === groupOf.get(j)) {
        links.push({ a: a.id, b: b.id, bits, evidence: explain(findings) });
      }
    });
  });
  return links;
}

/**
 * Decides which of the returned records are the subject (P5). Pure: the same question gives the same answer, in any
 * order and with any repetition of its records. Weights in bits; together at 20, probable from 14, no chaining.
 * Restricted and empty records stay alone and give no link, and so do all but the nearest of more than 150 records. Never throws on input that satisfies the schemas.
 * Method and sources: README.md beside this file.
 */
export function linkRecords(question: LinkageQuestion): LinkageResult {
  const gathered = limitValues(gatherCandidates(question.subject, question.records, question.asOf));
  const { linkable: nearest, unlinkable } = keepNearest(gathered);
  const linkable = lendBirthDate(nearest, question.asOf);
  const idOf = (position: number) => linkable[position]?.id ?? '';
  const decisions = readDecisions(question.decisions ?? [], linkable);
  const table = buildEvidence(linkable, decisions, holdersOfProtected(question));
  const cluster = growSubjectCluster(table);
  const others = clusterOthers(
    table,
    linkable.map((_, position) => position).filter((position) => !cluster.members.includes(position)),
  );
  const groups = [cluster.members, ...others];
  const doubt = findDoubt(table, cluster, groups, decisions);
  const recordsOf = (group: readonly number[]) =>
    group
      .filter((position) => position !== 0)
      .map(idOf)
      .sort();
  return {
    subjectRecords: recordsOf(cluster.members),
    probable: recordsOf(doubt.probable),
    clusters: [...groups.map(recordsOf), ...unlinkable.map((id) => [id])]
      .filter((group) => group.length > 0)
      .sort((a, b) => ((a[0] ?? '') < (b[0] ?? '') ? -1 : 1)),
    links: linksOf(table, linkable, groups, cluster.pooled),
    needsAttention: wordAttention(doubt, linkable),
  };
}
