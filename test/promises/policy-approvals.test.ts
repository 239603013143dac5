import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { admit } from '../../gateway/disclosure/admit.ts';
import { saysNothing } from '../../gateway/operations/messages.ts';
import { decide } from '../../policies/engine/index.ts';
import type { CaseRecords, RecordedPerson } from '../../schemas/case-records.ts';
import { OBLIGATION_KINDS } from '../../schemas/decision.ts';
import type { FieldId, Purpose, RequesterGroup, Role } from '../../schemas/names.ts';
import { ok } from '../../schemas/result.ts';
import { caseOf } from '../cases.ts';
import { createMemoryAccessLog } from '../memory-access-log.ts';
import { memoryReasons } from '../memory-reason-store.ts';
import { dated, mustLoad, shippedFiles } from './policy-shipped.ts';

/** What a question comes to in the gateway, from what was recorded on its case to the levels of its fields. */

const NOW = new Date('2027-01-15T10:00:00.000Z');
const EARLIER = '2027-01-15T09:00:00.000Z';
const CASE = 'DAPG-2027-0042';
const bundle = mustLoad(shippedFiles());

const person = (group: RequesterGroup, role: Role, staffId: string, team: string): RecordedPerson => ({
  ...{ agency: group, group, role, staffId, team },
});
const officer = person('police', 'pol.da_officer', 'r.okoye', 'da-unit');
const practitioner = person('probation', 'pro.practitioner', 'm.lund', 'north-office');
const inspector = person('police', 'pol.offender_manager', 's.brandt', 'intelligence');
const guardian = person('health', 'hea.caldicott_guardian', 'c.ames', 'caldicott');

interface Question {
  readonly by: RecordedPerson;
  readonly purpose: Purpose;
  readonly facts: Parameters<typeof dated>[0];
  readonly records?: CaseRecords;
  readonly area?: string;
}

/** The levels of some fields, and the recipient's basis that the log has, for one question as the gateway takes it. */
async function asked({ by, purpose, facts, records, area }: Question, fields: readonly FieldId[]) {
  const kase = caseOf(CASE, {
    facts: dated(facts, EARLIER),
    ...(records !== undefined && { records }),
    ...(area !== undefined && { area }),
  });
  const log = createMemoryAccessLog();
  const admitted = await admit(
    {
      ...{ bundle, log, say: saysNothing, newId: randomUUID, reasons: memoryReasons() },
      cases: {
        find: () => Promise.resolve(ok(kase)),
        put: () => Promise.resolve(ok(undefined)),
        blockedAmong: () => Promise.resolve({ ok: true, value: new Set() }),
        close: () => Promise.resolve(),
      },
      pseudonymOf: () => 'p'.repeat(43),
    },
    {
      agency: { id: by.agency, name: 'An agency', group: by.group, sanUri: `urn:agency:${by.agency}` },
      clientId: 'an-app',
      thumbprint: 't'.repeat(43),
      claim: { purpose, caseRef: CASE },
    },
    {
      route: 'disclosure',
      requestId: randomUUID(),
      sentAt: NOW.toISOString(),
      staff: { id: by.staffId, role: by.role },
      ...{ purpose, caseRef: CASE, reason: 'Research for the meeting on Thursday', wanted: fields },
      canFulfil: [...OBLIGATION_KINDS],
    },
    NOW,
  );
  if (!admitted.ok) throw new Error(admitted.error);
  const request = { ...admitted.value.policyRequest, confidence: 'certain' as const };
  const decisions = new Map(decide(bundle, request, fields).map((each) => [each.field, each]));
  const [entry] = log.bodies();
  return {
    levels: fields.map((field) => decisions.get(field)?.level),
    powers: decisions.get(fields[0] ?? '')?.powers,
    basis: entry?.kind === 'question-consulted' ? entry.basis : undefined,
  };
}

const REFUGE = ['hou.sanctuary', 'hou.joint_tenant', 'chi.other_parent'] as const;

describe('P4: a protected location never leaves on one person\u2019s word', () => {
  const marac = { purpose: 'MARAC', facts: { marac: 'listed' } } as const;
  const approved = (by: RecordedPerson, kind: 'second-person' | 'owner' = 'second-person'): CaseRecords => ({
    approvals: [{ kind, purpose: 'MARAC', requestedBy: officer, by, at: EARLIER }],
  });

  it.each<[string, CaseRecords | undefined, string]>([
    ['nobody approved', undefined, 'deny'],
    ['he approved it himself', approved(officer), 'deny'],
    ['a colleague of his team did', approved({ ...inspector, team: officer.team }), 'deny'],
    ['an approval of another kind was given', approved(inspector, 'owner'), 'deny'],
    ['a second person of another team did', approved(inspector), 'summary'],
  ])('%s', async (_what, records, level) => {
    const question = { by: officer, ...marac, ...(records !== undefined && { records }) };
    expect((await asked(question, REFUGE)).levels).toEqual([level, level, level]);
  });

  it('the fact that a system asserts on the case opens nothing', async () => {
    const facts = { marac: 'listed', approved: true, secondPerson: 'given', ownerApproval: 'given' } as const;
    expect((await asked({ by: officer, purpose: 'MARAC', facts }, REFUGE)).levels).toEqual(['deny', 'deny', 'deny']);
    const intelligence = await asked({ by: practitioner, purpose: 'MARAC', facts }, ['pol.intel']);
    expect(intelligence.levels).toEqual(['exists']);
  });

  it('one approval opens its own kind of data and no other', async () => {
    const by = (kind: 'owner' | 'caldicott', who: RecordedPerson): CaseRecords => ({
      approvals: [{ kind, purpose: 'MAPPA', requestedBy: practitioner, by: who, at: EARLIER }],
    });
    const question = { by: practitioner, purpose: 'MAPPA', facts: { mappa: 2 } } as const;
    const fields = ['pol.intel', 'hea.substance'];
    expect((await asked({ ...question, records: by('owner', inspector) }, fields)).levels).toEqual([
      'partial',
      'exists',
    ]);
    expect((await asked({ ...question, records: by('caldicott', guardian) }, fields)).levels).toEqual([
      'exists',
      'partial',
    ]);
  });

  it('an emergency is opened by one person', async () => {
    const question = { by: officer, purpose: 'EMERG', facts: { emergency: true } } as const;
    expect((await asked(question, REFUGE)).levels).toEqual(['full', 'full', 'full']);
  });
});

describe('what the log says beside the levels', () => {
  it('on what the recipient rests, and a power only where it is in force', async () => {
    const question = { by: officer, purpose: 'BREACH', facts: { orderInForce: true } } as const;
    const inPilot = await asked({ ...question, area: 'croydon' }, ['hou.address']);
    expect(inPilot).toMatchObject({ levels: ['full'], powers: ['CDA115', 'DAPO'], basis: 'dpa-2018-s35' });
    expect((await asked({ ...question, area: 'riverton' }, ['hou.address'])).powers).toEqual(['CDA115']);
    expect((await asked(question, ['hou.address'])).powers).toEqual(['CDA115']);
  });
});
