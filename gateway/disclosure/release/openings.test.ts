import { describe, expect, it } from '@jest/globals';
import { dated, mustLoad, requestOf, shippedFiles } from '../../../test/promises/policy-shipped.ts';
import { releasedOpeningSchema } from '../../../schemas/answer.ts';
import type { FieldDecision } from '../../../schemas/decision.ts';
import type { Level } from '../../../schemas/level.ts';
import { sourceRecordSchema } from '../../../schemas/source-record.ts';
import { decide } from '../../../policies/engine/index.ts';
import { reachSubject } from '../../contacts/reach.ts';
import { obligationsOf } from './obligations.ts';
import { releaseOpenings } from './openings.ts';

const bundle = mustLoad(shippedFiles());
const decided = decide(
  bundle,
  requestOf(bundle, 'ENGAGE', 'council', dated({ category: 'contact', marac: 'listed' })),
  ['pro.officer', 'pro.address'],
);
const HIS = [
  sourceRecordSchema.parse({
    recordId: 'probation:1',
    agency: 'probation',
    system: 'delius',
    person: {},
    contacts: [],
    lastUpdated: '2026-11-01',
    whereabouts: { field: 'pro.address', custody: { establishment: 'HMP Weir', since: '2026-05-01' } },
    values: [
      {
        field: 'pro.officer',
        value: { kind: 'professional', name: 'Alice Thornbury', team: 'Riverton North', phone: '0306 999 0101' },
      },
    ],
  }),
];

function told(levels: Readonly<Record<string, Level>>) {
  const decisions = new Map<string, FieldDecision>(
    decided.map((one) => [one.field, { ...one, level: levels[one.field] ?? 'deny' }]),
  );
  const reached = reachSubject({
    ...{ subjectRecords: HIS, otherRecords: [], protectedContacts: [], seal: () => undefined, asOf: '2026-11-22' },
    permits: ({ field }) => (decisions.get(field ?? '')?.level ?? 'deny') !== 'deny',
  });
  const released = releaseOpenings(bundle, reached, new Map(HIS.map((one) => [one.recordId, one])), decisions);
  for (const opening of released.openings ?? []) releasedOpeningSchema.parse(opening);
  return { ...released, decisions };
}

describe('whom to ring where no contact point is usable', () => {
  it('P2: the officer is named as far as the field’s own level goes, and the prison only in full', () => {
    const full = told({ 'pro.officer': 'full', 'pro.address': 'full' });
    expect(full.openings?.map(({ kind, level }) => `${kind} ${level}`)).toEqual([
      'custody full',
      'supervising-officer full',
    ]);
    expect(JSON.stringify(full.openings)).toContain('Alice Thornbury');
    const part = told({ 'pro.officer': 'partial', 'pro.address': 'partial' });
    expect(part.openings?.map(({ kind, level }) => `${kind} ${level}`)).toEqual(['supervising-officer partial']);
    expect(JSON.stringify(part.openings)).not.toMatch(/0306|\+44306|custody/);
    const summary = told({ 'pro.officer': 'summary' });
    expect(JSON.stringify(summary.openings)).toContain('Riverton North');
    expect(JSON.stringify(summary.openings)).not.toContain('Alice');
  });

  it('P2: nothing is told, not even who could obtain a number, where every field is denied', () => {
    const { openings, bestPlaced } = told({});
    expect({ openings, bestPlaced }).toEqual({ openings: undefined, bestPlaced: undefined });
  });

  it('the receiver undertakes what the field of the officer asks for', () => {
    const { decisions, ...released } = told({ 'pro.officer': 'full' });
    const obligations = obligationsOf({ contacts: [], records: [], ...released }, decisions);
    expect(obligations).not.toEqual(obligationsOf({ contacts: [], records: [] }, decisions));
  });
});
