import type { ContactPoint } from '../../schemas/contact-point.ts';
import { rankedContactSchema, withheldContactSchema } from '../../schemas/reach.ts';
import { sourceRecordSchema } from '../../schemas/source-record.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { reachSubject } from './reach.ts';
import type { Reach, ReachQuestion } from './reach.ts';
import { makeSeal } from './seal.ts';

/** Questions by hand for the tests beside this file. */

const seal = makeSeal(new Uint8Array(32).fill(1));
export const asOf = '2026-11-22';
export const HIS = '07700 900111';
export const HOME = '14 Mill Lane, Rivertown, AB1 2CD';

export function record(
  agency: string,
  contacts: readonly ContactPoint[],
  more: Partial<SourceRecord> = {},
): SourceRecord {
  const recordId = more.recordId ?? `${agency}:1`;
  return sourceRecordSchema.parse({ recordId, agency, system: agency, person: {}, contacts: [...contacts], ...more });
}

/** Asks, and holds the answer against its schema. */
export function reach(subjectRecords: readonly SourceRecord[], more: Partial<ReachQuestion> = {}): Reach {
  const answer = reachSubject({ subjectRecords, otherRecords: [], protectedContacts: [], seal, asOf, ...more });
  for (const ranked of answer.ranked) rankedContactSchema.parse(ranked);
  for (const withheld of answer.withheld) withheldContactSchema.parse(withheld);
  return answer;
}

export const mobile = (value = HIS, more: Partial<ContactPoint> = {}): ContactPoint => ({
  kind: 'phone',
  value,
  recordedAs: 'self',
  lastConfirmed: '2026-11-03',
  field: 'pro.phone',
  ...more,
});
export const home = (value = HOME, more: Partial<ContactPoint> = {}): ContactPoint => ({
  kind: 'address',
  value,
  recordedAs: 'self',
  lastConfirmed: '2026-11-03',
  ...more,
});
export const sealed = (
  kind: 'phone' | 'email' | 'address',
  value: string,
  whose: 'victim' | 'mother' | 'child' | 'other' | 'partner',
) => {
  const of = seal(kind, value);
  if (of === undefined) throw new Error('not a contact point');
  return { kind, seal: of, whose };
};
