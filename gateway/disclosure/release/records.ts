import { transformTo, type PolicyBundle } from '../../../policies/engine/index.ts';
import type { Disclosure, ReleasedField, ReleasedRecord } from '../../../schemas/answer.ts';
import type { FieldDecision } from '../../../schemas/decision.ts';
import type { FieldValue } from '../../../schemas/disclosable-value.ts';
import type { AgencyId, FieldId } from '../../../schemas/names.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import type { ShowProfessional } from '../reach.ts';
import type { RecordNames } from './identity.ts';

type Decisions = ReadonlyMap<FieldId, FieldDecision>;

/** The fields of his records, built up from what is permitted: a record is never copied and cut down (P2). */
export function releaseRecords(
  bundle: PolicyBundle,
  his: readonly SourceRecord[],
  names: RecordNames,
  decisions: Decisions,
  showProfessional: ShowProfessional,
): ReleasedRecord[] {
  return his.map((record) => ({
    record: names.get(record.recordId) ?? record.agency,
    agency: record.agency,
    system: record.system,
    ...(record.lastUpdated === undefined ? {} : { lastUpdated: record.lastUpdated }),
    fields: (record.values ?? []).flatMap((value) => releaseField(bundle, value, decisions, showProfessional)),
  }));
}

function releaseField(
  bundle: PolicyBundle,
  held: FieldValue,
  decisions: Decisions,
  showProfessional: ShowProfessional,
): ReleasedField[] {
  const terms = bundle.fields.get(held.field);
  const decision = decisions.get(held.field);
  if (terms === undefined || decision === undefined || decision.level === 'deny') return [];
  // Before its level is looked at: at any level nothing may be left of a number that somebody marks as another's (P4).
  const shown = held.value.kind === 'professional' ? showProfessional(held.value) : held.value;
  const value = shown === undefined ? undefined : transformTo(decision.level, shown, terms);
  if (value === undefined) return [];
  return [
    {
      field: held.field,
      label: terms.label,
      level: value.level,
      value,
      // Since when is more than that it is held: the date of an open enquiry, which "none" lacks, would tell of it.
      ...(held.asAt === undefined || value.level === 'exists' ? {} : { asAt: held.asAt }),
      nature: terms.kind,
      subjectCategory: terms.subject,
      powers: decision.powers,
      because: decision.because,
    },
  ];
}

type WithheldField = Disclosure['withheldFields'][number];

/** What was wanted and is not there, each with its reason: policy's, the source's own, or that it did not answer (P7). */
export function releaseWithheldFields(
  bundle: PolicyBundle,
  his: readonly SourceRecord[],
  wanted: readonly FieldId[] | 'all',
  decisions: Decisions,
): WithheldField[] {
  const labelled = (field: FieldId): Pick<WithheldField, 'field' | 'label'> => ({
    field,
    label: bundle.fields.get(field)?.label ?? field,
  });
  const bySource = distinct(his.flatMap((record) => record.withheldFields ?? [])).map((field) => ({
    ...labelled(field),
    reason: 'source-withholds' as const,
    because: 'The source holds it back. Ask its information-governance officer.',
  }));
  const bySilence = distinct(his.flatMap((record) => unansweredOf(record, decisions))).map((field) => ({
    ...labelled(field),
    reason: 'not-answered' as const,
    because: 'The source did not answer for this, or not for all of it. That does not mean it holds none: ask again.',
  }));
  const byPolicy = [...decisions.values()]
    .filter(({ level, reason }) => level === 'deny' && (wanted !== 'all' || reason !== 'no-grant'))
    .map(({ field, reason, because }) => ({ ...labelled(field), reason, because }));
  return [...bySource, ...bySilence, ...byPolicy].sort(byFieldThenReason);
}

/** The agencies of whose records of him a contact point or place did not come, though it was asked for. */
export function agenciesShortOfContacts(
  bundle: PolicyBundle,
  his: readonly SourceRecord[],
  decisions: Decisions,
): ReadonlySet<AgencyId> {
  const short = his.filter((record) =>
    unansweredOf(record, decisions).some((field) => bundle.fields.get(field)?.class === 'CT'),
  );
  return new Set(short.map(({ agency }) => agency));
}

/** What policy denies is said by policy alone: that nobody answered for it would tell that it was asked for (P2). */
function unansweredOf({ unansweredFields }: SourceRecord, decisions: Decisions): readonly FieldId[] {
  return (unansweredFields ?? []).filter((field) => (decisions.get(field)?.level ?? 'deny') !== 'deny');
}

const distinct = (fields: readonly FieldId[]): FieldId[] => [...new Set(fields)];

function byFieldThenReason(a: WithheldField, b: WithheldField): number {
  if (a.field !== b.field) return a.field < b.field ? -1 : 1;
  return a.reason < b.reason ? -1 : a.reason > b.reason ? 1 : 0;
}
