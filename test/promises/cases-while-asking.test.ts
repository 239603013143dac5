import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { changeCase, type ChangeCaseDeps } from '../../gateway/cases/change-case.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';
import { ASK_LIMITS, guardSource } from '../../gateway/disclosure/ask.ts';
import { disclose } from '../../gateway/disclosure/disclose.ts';
import { saysNothing } from '../../gateway/operations/messages.ts';
import type { AgencySource } from '../../gateway/ports/agency-source.ts';
import { answerSchema } from '../../schemas/answer.ts';
import type { Agency } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import { OBLIGATION_KINDS } from '../../schemas/decision.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { caseOf } from '../cases.ts';
import { createMemoryAccessLog, type MemoryAccessLog } from '../memory-access-log.ts';
import { createMemoryCaseRegister, type MemoryCaseRegister } from '../memory-case-register.ts';
import { memoryReasons } from '../memory-reason-store.ts';
import { dated, mustLoad, shippedFiles } from './policy-shipped.ts';
import { makeRecordMark } from '../../gateway/disclosure/record-mark.ts';

/** What victim services and the panel decide while the agencies are still answering decides about the answer. */

const bundle = mustLoad(shippedFiles());
const seal = makeSeal(new Uint8Array(32).fill(5));
const CASE = 'DAPG-2026-0042';
const HIS = '07700 900555';
const HERS = '07700 900777';
const ASKED_AT = Date.parse('2026-11-20T10:00:00.000Z');
const COUNCIL = { agency: 'riverton-council', group: 'council' } as const;
const COUNCIL_ITSELF: Agency = {
  id: 'riverton-council',
  name: 'Riverton Council',
  group: 'council',
  sanUri: 'urn:agency:riverton-council',
};
const CHAIR: CaseActor = { ...COUNCIL, role: 'dai.dapg_chair', staffId: 'c.chair' };
const IDVA: CaseActor = { agency: 'riverton-idva', group: 'victim-services', role: 'vic.idva', staffId: 'i.adviser' };

const person = { names: [{ given: 'Dorian', family: 'Ashgrove' }], dateOfBirth: '1985-05-05' };
const kase = caseOf(CASE, {
  agencies: ['riverton-council', 'probation', 'riverton-idva'],
  facts: dated({ category: 'contact', marac: 'listed' }, '2026-11-19T09:00:00.000Z'),
  subject: { ...person, identifiers: [{ type: 'CRN', value: 'X900017' }] },
});
const record = (more: Partial<SourceRecord> = {}): SourceRecord =>
  sourceRecordSchema.parse({
    recordId: 'probation:1',
    agency: 'probation',
    system: 'Delius',
    person: { ...person, identifiers: [{ type: 'CRN', value: 'X900017' }] },
    contacts: [{ kind: 'phone', value: HIS, field: 'pro.phone', lastConfirmed: '2026-11-10', recordedAs: 'self' }],
    lastUpdated: '2026-11-12',
    ...more,
  });

let cases: MemoryCaseRegister;
let log: MemoryAccessLog;
let nowMs: number;
beforeEach(async () => {
  cases = createMemoryCaseRegister();
  log = createMemoryAccessLog();
  nowMs = ASKED_AT;
  await cases.put(kase);
});
const deps = (): ChangeCaseDeps => ({
  cases,
  log,
  seal,
  pseudonymOf: () => 'p'.repeat(43),
  now: () => new Date(nowMs),
});

/** A question during which something happens: the source answers only afterwards. */
async function ask(meanwhile: () => Promise<void>, held: SourceRecord = record(), by: Agency = COUNCIL_ITSELF) {
  const source: AgencySource = {
    agency: 'probation',
    name: 'Probation',
    takes: ['pro.phone', 'pro.officer'],
    ask: async () => {
      nowMs += 3_000;
      await meanwhile();
      return { outcome: 'found', records: [held] };
    },
    close: () => Promise.resolve(),
  };
  const answered = await disclose(
    {
      ...{ bundle, cases, log, seal },
      markOf: makeRecordMark(new Uint8Array(32).fill(5)),
      say: saysNothing,
      newId: randomUUID,
      pseudonymOf: () => 'p'.repeat(43),
      reasons: memoryReasons(),
      sources: [guardSource(source)],
      askLimits: ASK_LIMITS,
      now: () => new Date(nowMs),
      wait: () => Promise.resolve(),
    },
    {
      agency: by,
      clientId: 'council-app',
      thumbprint: 't'.repeat(43),
      claim: { purpose: 'ENGAGE', caseRef: CASE },
    },
    {
      route: 'contact-request',
      requestId: randomUUID(),
      sentAt: new Date(nowMs).toISOString(),
      staff: { id: 'a.worker', role: 'dai.daiw' },
      purpose: 'ENGAGE',
      caseRef: CASE,
      reason: 'To offer him a place on the programme.',
      wanted: 'all',
      canFulfil: [...OBLIGATION_KINDS],
    },
  );
  if (!answered.ok) return { code: answered.error };
  const { body } = answered.value;
  return { body, told: answerSchema.parse(JSON.parse(body)).disclosure };
}
const does = (actor: CaseActor, change: CaseChange) => async (): Promise<void> => {
  const file = await cases.open(CASE, actor.agency);
  const revision = file.ok ? file.value.revision : 0;
  const changed = await changeCase(deps(), actor, { caseRef: CASE, change, revision });
  if (!changed.ok) throw new Error(changed.error);
};
const nothing = (): Promise<void> => Promise.resolve();
const digits = (number: string): RegExp => new RegExp(number.replace(/\D/g, '').slice(-6).split('').join('\\D?'));

describe('while the agencies are answering', () => {
  it('nothing happens: his number is in the answer', async () => {
    const { body, told } = await ask(nothing);
    expect(told?.contacts).toHaveLength(1);
    expect(body).toMatch(digits(HIS));
  });

  const blocks: [string, CaseChange][] = [
    ['blocks this number', { kind: 'set-safety-block', blockId: randomUUID(), contact: { kind: 'phone', value: HIS } }],
    [
      'blocks it in another spelling',
      { kind: 'set-safety-block', blockId: randomUUID(), contact: { kind: 'phone', value: '0044 7700-900-555' } },
    ],
    ['stops all contact', { kind: 'set-safety-block', blockId: randomUUID() }],
    ['says that it is hers', { kind: 'protect-contact', contact: { kind: 'phone', value: HIS }, whose: 'victim' }],
  ];
  it.each(blocks)('P4: victim services %s: it is not in the answer', async (_what, change) => {
    const { body, told } = await ask(does(IDVA, change));
    expect(told?.contacts).toEqual([]);
    expect(told?.withheldContacts).toHaveLength(1);
    expect(body).not.toMatch(digits(HIS));
  });

  it('P4: a colleague records that the victim answered there: it is not in the answer', async () => {
    const worker: CaseActor = { ...COUNCIL, role: 'dai.daiw', staffId: 'b.worker' };
    const contact = { kind: 'phone', value: HIS } as const;
    const { body, told } = await ask(
      does(worker, {
        kind: 'record-attempt',
        attemptId: randomUUID(),
        contact,
        outcome: 'victim-answered-or-may-have',
      }),
    );
    expect(told?.withheldContacts.map(({ reason }) => reason)).toEqual(['victim-may-answer']);
    expect(body).not.toMatch(digits(HIS));
  });

  it.each(['hold', 'monitor'] as const)('P2: the panel puts the case on %s: his number is not given', async (to) => {
    const outcome = await ask(does(CHAIR, { kind: 'change-category', to, because: 'Risk has risen.' }));
    expect(JSON.stringify(outcome)).not.toMatch(digits(HIS));
    if ('told' in outcome) expect(outcome.told.contacts).toEqual([]);
    else expect(outcome.code).toBe('purpose-not-supported');
  });

  it('P9: the worker loses the case: the question is refused, and the log says so beside what was consulted', async () => {
    const lose = async (): Promise<void> => {
      await does(CHAIR, { kind: 'allocate', to: 'c.worker' })();
      await does(CHAIR, { kind: 'set-team', team: [] })();
    };
    expect(await ask(lose)).toEqual({ code: 'not-on-case-team' });
    const [consulted, ...rest] = log.bodies();
    expect(consulted?.kind).toBe('question-consulted');
    expect(rest.at(-1)).toMatchObject({ kind: 'question-refused', code: 'not-on-case-team', consultedAt: 0 });
  });

  it('P9: the worker’s id at another council on the case is somebody else', async () => {
    await cases.put({ ...kase, agencies: [...kase.agencies, 'westmarsh-council'] });
    const westmarsh: Agency = { ...COUNCIL_ITSELF, id: 'westmarsh-council', sanUri: 'urn:agency:westmarsh-council' };
    expect(await ask(nothing, record(), westmarsh)).toEqual({ code: 'not-on-case-team' });
  });

  it('P2: the register goes away: nothing is answered', async () => {
    const away = (): Promise<void> => {
      cases.fail(true);
      return Promise.resolve();
    };
    expect(await ask(away)).toEqual({ code: 'register-unavailable' });
  });

  it('P7: a case that may be shown more of by now does not show what nobody was asked for as not held', async () => {
    await cases.put({
      ...kase,
      category: 'monitor',
      facts: dated({ category: 'monitor', marac: 'listed' }, '2026-11-19T09:00:00.000Z'),
    });
    const { told } = await ask(does(CHAIR, { kind: 'change-category', to: 'contact', because: 'Risk has fallen.' }));
    expect(told?.contacts ?? []).toEqual([]);
  });
});

describe('P4: a protected person’s number in an officer’s box', () => {
  const officerOf = (box: string, value: string): SourceRecord =>
    record({
      values: [
        { field: 'pro.officer', value: { kind: 'professional', name: 'Alice Thornbury', team: 'North', [box]: value } },
      ],
    });
  const protect: CaseChange = { kind: 'protect-contact', contact: { kind: 'phone', value: HERS }, whose: 'victim' };

  it.each(['name', 'team', 'organisation', 'phone', 'email'])('%s: leaves in no released record', async (box) => {
    await does(IDVA, protect)();
    for (const spelt of [HERS, '+44 7700 900777', 'mob 07700-900-777', '07700 900123 or 07700 900777']) {
      const { body, told } = await ask(nothing, officerOf(box, spelt));
      expect(told?.records).toHaveLength(1);
      expect(body).not.toMatch(digits(HERS));
    }
  });

  it('nor where another record of the same answer marks it as another’s', async () => {
    const marked = officerOf('phone', HERS);
    const contacts: SourceRecord['contacts'] = [
      ...marked.contacts,
      { kind: 'phone', value: HERS, recordedAs: 'partner', field: 'pro.phone' },
    ];
    const { body } = await ask(nothing, { ...marked, contacts });
    expect(body).not.toMatch(digits(HERS));
  });

  it('an officer’s own number and name are released as before', async () => {
    const { told } = await ask(nothing, officerOf('phone', '0113 496 0199'));
    const [officer] = told?.records.flatMap(({ fields }) => fields) ?? [];
    expect(officer?.field).toBe('pro.officer');
    expect(JSON.stringify(officer?.value)).toMatch(/Alice Thornbury/);
    expect(JSON.stringify(officer?.value)).toMatch(/113 ?496 ?0199/);
  });
});
