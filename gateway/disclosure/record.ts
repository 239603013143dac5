import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Disclosure } from '../../schemas/answer.ts';
import type { FieldDecision, PolicyRequest } from '../../schemas/decision.ts';
import type { DecidedOn, EntryField, EntrySource, LogEntryBody } from '../../schemas/entry.ts';
import type { LawfulBasis } from '../../schemas/entry-parts.ts';
import type { AgencyId, FieldId } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';
import type { AccessLog, AppendFault, Receipt } from '../ports/access-log.ts';
import type { Reach } from '../contacts/reach.ts';
import type { SourceReport } from './ask.ts';
import type { Linked } from './link.ts';
import { regimeOf, type Admitted } from './question.ts';

/** Step 8: write the disclosed entry and wait until it is durable. Until then nothing may leave (P1). */

export interface Recorded {
  readonly receipt: Receipt;
  /** The disclosure as the bytes that were digested: what leaves is this text and no second rendering of it. */
  readonly text: string;
}

export async function record(
  log: AccessLog,
  admitted: Admitted,
  disclosure: Disclosure,
  found: {
    readonly reports: readonly SourceReport[];
    readonly linked: Linked;
    readonly reached: Reach;
    readonly decisions: ReadonlyMap<FieldId, FieldDecision>;
    /** On what it was decided which agencies are asked. */
    readonly plannedOn: PolicyRequest;
    /** On what each source rests its disclosing. */
    readonly bases: ReadonlyMap<AgencyId, LawfulBasis>;
  },
): Promise<Result<Recorded, AppendFault>> {
  const text = JSON.stringify(disclosure);
  const entry: LogEntryBody = {
    kind: 'question-disclosed',
    ...admitted.entry,
    // Two owners' records of one person were put together to answer: that is a combination too (DPA 2018 s.62(1)).
    operations: found.linked.his.length > 1 ? ['disclosure', 'combination'] : ['disclosure'],
    consultedAt: admitted.consultedAt,
    sources: found.reports.map((report) => entrySource(report, found.linked, found.bases)),
    fields: entryFields(disclosure, admitted, found.decisions),
    decidedOn: decidedOn(admitted.policyRequest, found.plannedOn),
    withheld: withheldCounts(found.reached),
    bodyDigest: createHash('sha256').update(text).digest('base64url'),
  };
  const receipt = await log.append(entry);
  return receipt.ok ? { ok: true, value: { receipt: receipt.value, text } } : receipt;
}

/** All that the fields were decided on, so that whoever has the log can take the decision again. */
function decidedOn({ at, requester, facts, area, canFulfil }: PolicyRequest, planned: PolicyRequest): DecidedOn {
  const where = (of: string | undefined) => (of === undefined ? {} : { area: of });
  const alike = isDeepStrictEqual([planned.facts, planned.area], [facts, area]);
  return {
    ...{ at, group: requester.group, facts, canFulfil: [...canFulfil] },
    ...where(area),
    ...(alike ? {} : { planned: { facts: planned.facts, ...where(planned.area) } }),
  };
}

function entrySource(report: SourceReport, linked: Linked, bases: ReadonlyMap<AgencyId, LawfulBasis>): EntrySource {
  const { agency, answer, tookMs } = report;
  const basis = bases.get(agency);
  const ofSource = (records: Linked['his']): number => records.filter((each) => each.agency === agency).length;
  return {
    source: agency,
    outcome: answer.outcome,
    ...(answer.code === undefined ? {} : { code: answer.code }),
    tookMs,
    regime: agency === 'police' || agency === 'probation' ? regimeOf(agency, true) : 'uk-gdpr',
    ...(basis === undefined ? {} : { basis }),
    records: { subject: ofSource(linked.his), probable: ofSource(linked.probable) },
  };
}

/**
 * Every field of which something left, for each agency whose record it was of, and every field that was asked for by
 * name, with what decided it. The owner of a field finds her disclosures by this (DPA 2018 s.62(3): the recipients).
 */
function entryFields(
  disclosure: Disclosure,
  { asked }: Admitted,
  decisions: ReadonlyMap<FieldId, FieldDecision>,
): EntryField[] {
  const left = valuesThatLeft(disclosure);
  const named = asked.wanted === 'all' ? [] : asked.wanted;
  return [...new Set([...left.keys(), ...named])].sort().flatMap((field) => {
    const decision = decisions.get(field);
    if (decision === undefined) return [];
    const { level, reason, grants, caps, powers, obligations } = decision;
    const decided = { field, level, reason, grants, caps, powers, obligations };
    const perSource = [...(left.get(field) ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    return perSource.length === 0
      ? [{ ...decided, count: 0 }]
      : perSource.map(([source, count]) => ({ ...decided, source, count }));
  });
}

function valuesThatLeft(disclosure: Disclosure): ReadonlyMap<FieldId, ReadonlyMap<AgencyId, number>> {
  const counts = new Map<FieldId, Map<AgencyId, number>>();
  const left = [
    ...disclosure.contacts.flatMap(({ sources }) => sources),
    ...disclosure.records.flatMap(({ agency, fields }) => fields.map(({ field }) => ({ agency, field }))),
    ...(disclosure.whereabouts?.sources ?? []),
    ...(disclosure.openings ?? []).flatMap(({ sources }) => sources),
  ];
  for (const { agency, field } of left) {
    const ofField = counts.get(field) ?? new Map<AgencyId, number>();
    counts.set(field, ofField.set(agency, (ofField.get(agency) ?? 0) + 1));
  }
  return counts;
}

function withheldCounts({ withheld }: Reach): Extract<LogEntryBody, { kind: 'question-disclosed' }>['withheld'] {
  const counts: Extract<LogEntryBody, { kind: 'question-disclosed' }>['withheld'] = {};
  for (const { reason } of withheld) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}
