import type { Case } from '../../schemas/case.ts';
import type { LinkageResult } from '../../schemas/linkage.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { linkRecords } from '../linkage/link.ts';
import type { SourceReport } from './ask.ts';

/** Step 5: which of the returned records are the subject (P5). */

export interface Linked {
  readonly result: LinkageResult;
  readonly his: readonly SourceRecord[];
  /** May be his: a human decides, and until then nothing of them is shown but that they are there. */
  readonly probable: readonly SourceRecord[];
  readonly others: readonly SourceRecord[];
}

/** Links all returned records against the subject as the case register knows him. */
export function link(kase: Case, reports: readonly SourceReport[], asOf: IsoDate): Linked {
  const records = reports.flatMap((report) => report.answer.records);
  return linkTo(kase.subject, records, asOf);
}

/** The same for records in hand, as the offline command has them. */
export function linkTo(subject: Person, records: readonly SourceRecord[], asOf: IsoDate): Linked {
  const result = linkRecords({ subject, records, asOf });
  const his = new Set(result.subjectRecords);
  const probable = new Set(result.probable);
  return {
    result,
    his: records.filter((record) => his.has(record.recordId)),
    probable: records.filter((record) => probable.has(record.recordId)),
    others: records.filter((record) => !his.has(record.recordId) && !probable.has(record.recordId)),
  };
}
