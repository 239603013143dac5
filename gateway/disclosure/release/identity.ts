import type { Disclosure, JudgedRecord } from '../../../schemas/answer.ts';
import type { Link } from '../../../schemas/linkage.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import type { Linked, LinkedInCase } from '../link.ts';

/** What a record is called in an answer: its agency and a number, never the source's own reference. */
export type RecordNames = ReadonlyMap<string, string>;

/** Names the records that may be spoken of: his and the probable ones. */
export function nameRecords(linked: Linked): RecordNames {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  for (const { agency, recordId } of [...linked.his, ...linked.probable]) {
    const number = (counts.get(agency) ?? 0) + 1;
    counts.set(agency, number);
    names.set(recordId, `${agency}-${number}`);
  }
  return names;
}

/** Why these records are his: the evidence of each in bits and words, without a value. */
export function releaseIdentity(linked: LinkedInCase, names: RecordNames): Disclosure['identity'] {
  const judge = (judged: JudgedRecord['judged']) => (record: SourceRecord) =>
    judgedRecord(record, judged, linked, names);
  return {
    summary: summaryOf(linked),
    records: [...linked.his.map(judge('subject')), ...linked.probable.map(judge('probable'))],
    setApart: setApart(linked).length,
    needsAttention: linked.result.needsAttention.map(({ reason }) => ({ reason })),
  };
}

function judgedRecord(
  record: SourceRecord,
  judged: JudgedRecord['judged'],
  linked: LinkedInCase,
  names: RecordNames,
): JudgedRecord {
  const best = bestLink(record.recordId, linked);
  const mark = linked.marks.get(record.recordId);
  if (mark === undefined) throw new TypeError('a record that is spoken of has no mark');
  return {
    record: names.get(record.recordId) ?? record.agency,
    mark,
    agency: record.agency,
    system: record.system,
    judged,
    ...(best === undefined ? {} : { bits: Math.round(best.bits * 10) / 10 }),
    evidence: best === undefined ? [] : [...best.evidence],
  };
}

/** The strongest link to the subject himself, or to another record that is his. */
function bestLink(recordId: string, linked: Linked): Link | undefined {
  const his = new Set(['subject', ...linked.result.subjectRecords]);
  return linked.result.links
    .filter(({ a, b }) => (a === recordId && his.has(b)) || (b === recordId && his.has(a)))
    .reduce<Link | undefined>((best, next) => (best === undefined || next.bits > best.bits ? next : best), undefined);
}

/**
 * Records of which it is not shown that they are his. A record that its source restricts even from itself is not one of
 * them: nobody could tell whose it is, and counting it would tell that it is there to one who may not know (P6).
 */
const setApart = ({ others }: Linked): readonly SourceRecord[] =>
  others.filter(({ restricted }) => restricted !== true);

function summaryOf(linked: Linked): string {
  const { his, probable } = linked;
  const others = setApart(linked);
  const parts = [his.length === 0 ? 'No record was judged to be his' : `${recordsAre(his.length)} judged to be his`];
  if (probable.length > 0)
    parts.push(
      `${probable.length} may be his and ${probable.length === 1 ? 'is' : 'are'} not used until somebody confirms`,
    );
  if (others.length > 0)
    parts.push(`${others.length} ${others.length === 1 ? 'was' : 'were'} not judged to be his and set apart`);
  return `${parts.join('; ')}.`;
}

const recordsAre = (count: number): string => (count === 1 ? 'One record was' : `${count} records were`);
