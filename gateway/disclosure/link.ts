import type { Case } from '../../schemas/case.ts';
import type { Judgement } from '../../schemas/judgement.ts';
import type { HumanLinkDecision, LinkageResult } from '../../schemas/linkage.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { holdsProtectedOf } from '../contacts/holds-protected.ts';
import type { Seal } from '../contacts/seal.ts';
import { linkRecords, type LinkageQuestion } from '../linkage/link.ts';
import type { SourceReport } from './ask.ts';
import type { RecordMark } from './record-mark.ts';

/** Step 5: which of the returned records are the subject (P5). */

export interface Linked {
  readonly result: LinkageResult;
  readonly his: readonly SourceRecord[];
  /** May be his: a human decides, and until then nothing of them is shown but that they are there. */
  readonly probable: readonly SourceRecord[];
  readonly others: readonly SourceRecord[];
  /** Ids of records of which a human said that they are two people's: what one that is not his holds is another's. */
  readonly separated: ReadonlySet<string>;
}

export interface LinkedInCase extends Linked {
  /** What each record that is his or may be is called in this case, by its id. */
  readonly marks: ReadonlyMap<string, string>;
}

/** Links all returned records against the subject as the case register knows him, and as people judged of them. */
export function link(
  kase: Case,
  reports: readonly SourceReport[],
  asOf: IsoDate,
  mark: RecordMark,
  seal: Seal,
): LinkedInCase {
  const records = reports.flatMap((report) => report.answer.records);
  const linked = linkTo(kase.subject, records, asOf, {
    decisions: humanDecisions(kase, records, mark),
    holdsProtected: holdsProtectedOf(kase.protectedContacts, seal),
  });
  const spokenOf = [...linked.his, ...linked.probable];
  const marks = new Map(spokenOf.map(({ agency, recordId }) => [recordId, mark(kase.caseRef, agency, recordId)]));
  return { ...linked, marks };
}

/**
 * What people judged of the records that came back; each person's last word counts. A reference that two records bear
 * says of neither which was meant.
 */
function humanDecisions(
  { caseRef, judgements = [] }: Case,
  records: readonly SourceRecord[],
  mark: RecordMark,
): readonly HumanLinkDecision[] {
  if (judgements.length === 0) return [];
  return records.flatMap(({ agency, recordId }) => {
    if (records.filter((other) => other.recordId === recordId).length > 1) return [];
    const marked = mark(caseRef, agency, recordId);
    const said = judgements.filter((each) => each.agency === agency && each.record === marked);
    return lastWords(said).map(({ says, by }) => ({
      ...{ a: 'subject', b: recordId, same: says === 'same' },
      by: `${by.agency}/${by.staffId}`.slice(0, 64),
    }));
  });
}

function lastWords(said: readonly Judgement[]): readonly Judgement[] {
  const byPerson = new Map(said.map((each) => [`${each.by.agency}/${each.by.staffId}`, each]));
  return [...byPerson.values()];
}

/** The same for records in hand, as the offline command has them. */
export function linkTo(
  subject: Person,
  records: readonly SourceRecord[],
  asOf: IsoDate,
  known: Required<Pick<LinkageQuestion, 'decisions' | 'holdsProtected'>>,
): Linked {
  const result = linkRecords({ subject, records, asOf, ...known });
  const his = new Set(result.subjectRecords);
  const probable = new Set(result.probable);
  return {
    result,
    his: records.filter((record) => his.has(record.recordId)),
    probable: records.filter((record) => probable.has(record.recordId)),
    others: records.filter((record) => !his.has(record.recordId) && !probable.has(record.recordId)),
    separated: new Set(known.decisions.flatMap(({ a, b, same }) => (same ? [] : [a, b]))),
  };
}
