import { transformTo, type PolicyBundle } from '../../../policies/engine/index.ts';
import type { Disclosure, ReleasedField, ReleasedRecord } from '../../../schemas/answer.ts';
import type { FieldDecision } from '../../../schemas/decision.ts';
import type { FieldValue } from '../../../schemas/disclosable-value.ts';
import type { FieldId } from '../../../schemas/names.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import type { RecordNames } from './identity.ts';

type Decisions = ReadonlyMap<FieldId, FieldDecision>;

/** The fields of his records, built up from what is permitted: a record is never copied and cut down (P2). */
export function releaseRecords(
  bundle: PolicyBundle,
  his: readonly SourceRecord[],
  names: RecordNames,
  decisions: Decisions,
): ReleasedRecord[] {
  return his.map((record) => ({
    record: names.get(record.recordId) ?? record.agency,
    agency: record.agency,
    system: record.system,
    ...(record.lastUpdated === undefined ? {} : { lastUpdated: record.lastUpdated }),
    fields: (record.values ?? []).flatMap((value) => releaseField(bundle, value, decisions)),
  }));
}

function releaseField(bundle: PolicyBundle, held: FieldValue, decisions: Decisions): ReleasedField[] {
  const terms = bundle.fields.get(held.field);
  const decision = decisions.get(held.field);
  if (terms === undefined || decision === undefined || decision.level === 'deny') return [];
  const value = transformTo(decision.level, held.value, terms);
  if (value === undefined) return [];
  return [
    {
      field: held.field,
      label: terms.label,
      level: value.level,
      value,
      ...(held.asAt === undefined ? {} : { asAt: held.asAt }),
      nature: terms.kind,
      subjectCategory: terms.subject,
      powers: decision.powers,
      because: decision.because,
    },
  ];
}

/** What was wanted and is not there, each with its reason: policy's, or the source's own. */
export function releaseWithheldFields(
  bundle: PolicyBundle,
  his: readonly SourceRecord[],
  wanted: readonly FieldId[] | 'all',
  decisions: Decisions,
): Disclosure['withheldFields'] {
  const bySource = [...new Set(his.flatMap((record) => record.withheldFields ?? []))].map((field) => ({
    field,
    label: bundle.fields.get(field)?.label ?? field,
    reason: 'source-withholds' as const,
    because: 'The source holds it back. Ask its information-governance officer.',
  }));
  const byPolicy = [...decisions.values()]
    .filter(({ level, reason }) => level === 'deny' && (wanted !== 'all' || reason !== 'no-grant'))
    .map(({ field, reason, because }) => ({ field, label: bundle.fields.get(field)?.label ?? field, reason, because }));
  return [...bySource, ...byPolicy].sort((a, b) => (a.field < b.field ? -1 : 1));
}
