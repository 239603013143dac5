import type { EvidenceTable } from './evidence-table.ts';
import { TOGETHER } from './weigh/weights.ts';

/** What makes a record the subject's whatever else the answer holds. Positions are those of the evidence table. */

export const SUBJECT = 0;

/** Whether the subject's own values, and no human's word, make a record his. */
export const isSurelyHis = (table: EvidenceTable, index: number): boolean =>
  index === SUBJECT || (table.bits(SUBJECT, index) >= TOGETHER && !table.weight(SUBJECT, index).joinedByHuman);

/** Whether fingerprints tie a record to the subject, or to a record that is surely his: names may be false then. */
export const isTiedByFingerprints = (table: EvidenceTable, members: readonly number[], index: number): boolean =>
  members.some(
    (member) => member !== index && isSurelyHis(table, member) && table.weight(member, index).sameFingerprints,
  );

/** Members that need no other member to be his. */
export const certainMembers = (table: EvidenceTable, members: readonly number[]): number[] =>
  members.filter((member) => isSurelyHis(table, member) || isTiedByFingerprints(table, members, member));

/** His own PNC or CRO number, by the register, under his own name: what else resembles the record takes it from him only by a human's word. */
export const bearsHisFingerprints = (table: EvidenceTable, index: number): boolean => {
  const { sameFingerprints, nothingApart, bits } = table.weight(SUBJECT, index);
  return sameFingerprints && nothingApart && bits >= TOGETHER;
};
