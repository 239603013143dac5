import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { changeCase } from '../../gateway/cases/change-case.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';
import { ASK_LIMITS, guardSource } from '../../gateway/disclosure/ask.ts';
import { disclose } from '../../gateway/disclosure/disclose.ts';
import { makeRecordMark } from '../../gateway/disclosure/record-mark.ts';
import { saysNothing } from '../../gateway/operations/messages.ts';
import type { AgencySource } from '../../gateway/ports/agency-source.ts';
import { answerSchema } from '../../schemas/answer.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import { OBLIGATION_KINDS } from '../../schemas/decision.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { caseOf } from '../cases.ts';
import { createMemoryAccessLog, type MemoryAccessLog } from '../memory-access-log.ts';
import { createMemoryCaseRegister, type MemoryCaseRegister } from '../memory-case-register.ts';
import { memoryReasons } from '../memory-reason-store.ts';
import { dated, mustLoad, shippedFiles } from './policy-shipped.ts';

/** A person says whose a doubtful record is: it outranks weights, is hers by name, and goes no further than said. */

const bundle = mustLoad(shippedFiles());
const seal = makeSeal(new Uint8Array(32).fill(5));
const markOf = makeRecordMark(new Uint8Array(32).fill(6));
const CASE = 'DAPG-2026-0042';
const HIS = '07700 900555';
const AT = new Date('2026-11-20T10:00:00.000Z');
const AGENCY = 'riverton-council';
const WORKER: CaseActor = { agency: AGENCY, group: 'council', role: 'dai.daiw', staffId: 'b.worker' };
const CHAIR: CaseActor = { agency: AGENCY, group: 'council', role: 'dai.dapg_chair', staffId: 'c.chair' };
const IDVA: CaseActor = { agency: 'riverton-idva', group: 'victim-services', role: 'vic.idva', staffId: 'i.adviser' };

const person = { names: [{ given: 'Peter', middle: 'Alan', family: 'Hughes' }], dateOfBirth: '1985-05-05' };
const kase = caseOf(CASE, {
  agencies: [AGENCY, 'probation', 'riverton-idva'],
  facts: dated({ category: 'contact', marac: 'listed' }, '2026-11-19T09:00:00.000Z'),
  subject: { ...person, addresses: [{ lines: ['1 Mill Lane'], postcode: 'ZE1 1ZA' }] },
});
/** A common name, a birth date and a district: nothing that surely tells him from his namesake. */
const doubtful = (more: Partial<SourceRecord> = {}): SourceRecord =>
  sourceRecordSchema.parse({
    recordId: 'probation:1',
    agency: 'probation',
    system: 'Delius',
    person: { ...person, addresses: [{ lines: ['9 High Street'], postcode: 'ZE1 2ZB' }] },
    contacts: [{ kind: 'phone', value: HIS, field: 'pro.phone', lastConfirmed: '2026-11-10', recordedAs: 'self' }],
    lastUpdated: '2026-11-12',
    ...more,
  });

let cases: MemoryCaseRegister;
let log: MemoryAccessLog;
beforeEach(async () => {
  cases = createMemoryCaseRegister();
  log = createMemoryAccessLog();
  await cases.put(kase);
});

async function ask(records: readonly SourceRecord[] = [doubtful()]) {
  const source: AgencySource = {
    agency: 'probation',
    name: 'Probation',
    takes: ['pro.phone', 'pro.officer'],
    ask: () => Promise.resolve({ outcome: 'found', records: [...records] }),
    close: () => Promise.resolve(),
  };
  const answered = await disclose(
    {
      ...{ bundle, cases, log, seal, markOf },
      say: saysNothing,
      newId: randomUUID,
      pseudonymOf: () => 'p'.repeat(43),
      reasons: memoryReasons(),
      sources: [guardSource(source)],
      askLimits: ASK_LIMITS,
      now: () => AT,
      wait: () => Promise.resolve(),
    },
    {
      agency: { id: AGENCY, name: 'Riverton Council', group: 'council', sanUri: `urn:agency:${AGENCY}` },
      clientId: 'council-app',
      thumbprint: 't'.repeat(43),
      claim: { purpose: 'ENGAGE', caseRef: CASE },
    },
    {
      route: 'contact-request',
      requestId: randomUUID(),
      sentAt: AT.toISOString(),
      staff: { id: 'a.worker', role: 'dai.daiw' },
      purpose: 'ENGAGE',
      caseRef: CASE,
      reason: 'To offer him a place on the programme.',
      wanted: 'all',
      canFulfil: [...OBLIGATION_KINDS],
    },
  );
  if (!answered.ok) throw new Error(answered.error);
  return answerSchema.parse(JSON.parse(answered.value.body)).disclosure;
}

const judge = (
  actor: CaseActor,
  says: 'same' | 'not-same' | 'taken-back',
  record = markOf(CASE, 'probation', 'probation:1'),
) =>
  changeCase({ cases, log, seal, pseudonymOf: () => 'p'.repeat(43), now: () => AT }, actor, {
    caseRef: CASE,
    change: { kind: 'judge-record', record, agency: 'probation', says, because: 'His officer compared both files.' },
  });
const judgedIn = async (records?: readonly SourceRecord[]) => {
  const { identity, contacts } = await ask(records);
  return { judged: identity.records.map(({ judged }) => judged), contacts: contacts.length, identity };
};

describe('a record of a common name, a birth date and a district', () => {
  it('P5: waits for a person, and none of its contacts is used', async () => {
    expect(await judgedIn()).toMatchObject({ judged: ['probable'], contacts: 0 });
  });

  it('is his once somebody who may says so, and the log says who', async () => {
    expect((await judge(WORKER, 'same')).ok).toBe(true);
    expect(log.bodies().at(-1)).toMatchObject({
      kind: 'records-combined',
      actor: { staffId: 'b.worker' },
      agencies: ['probation'],
      decision: 'same',
    });
    expect(await judgedIn()).toMatchObject({ judged: ['subject'], contacts: 1 });
  });

  it('is named in the answer by what a judgement takes, and by nothing of the source', async () => {
    const [record] = (await ask()).identity.records;
    expect(record?.mark).toBe(markOf(CASE, 'probation', 'probation:1'));
    expect(JSON.stringify(record)).not.toContain('probation:1');
    if (record !== undefined) await judge(WORKER, 'same', record.mark);
    expect(await judgedIn()).toMatchObject({ judged: ['subject'] });
  });

  it('is apart once somebody says that it is another’s, and no more is said of it than that it is there', async () => {
    await judge(WORKER, 'not-same');
    const { judged, identity } = await judgedIn();
    expect(judged).toEqual([]);
    expect(identity.setApart).toBe(1);
  });

  it('waits again when she takes it back', async () => {
    await judge(WORKER, 'same');
    expect((await judge(WORKER, 'taken-back')).ok).toBe(true);
    expect(log.bodies().at(-1)).toMatchObject({ kind: 'case-changed', changes: ['judgements'] });
    expect(await judgedIn()).toMatchObject({ judged: ['probable'], contacts: 0 });
  });

  it('her last word counts, not her first', async () => {
    await judge(WORKER, 'same');
    await judge(WORKER, 'not-same');
    expect(await judgedIn()).toMatchObject({ judged: [], contacts: 0 });
  });

  it('P5: of two who disagree the one who separates prevails, and that they disagree is shown', async () => {
    await judge(WORKER, 'same');
    await judge(CHAIR, 'not-same');
    const { judged, contacts, identity } = await judgedIn();
    expect([judged.includes('subject'), contacts]).toEqual([false, 0]);
    expect(identity.needsAttention).toContainEqual({ reason: 'human-decision-conflict' });
  });

  it('said twice is one entry', async () => {
    await judge(WORKER, 'same');
    const entries = log.bodies().length;
    await judge(WORKER, 'same');
    expect(log.bodies()).toHaveLength(entries);
  });
});

describe('what a judgement cannot do', () => {
  it.each(['victim', 'partner', 'child'] as const)('P5: make the record of a %s his', async (role) => {
    await judge(WORKER, 'same');
    expect(await judgedIn([doubtful({ role })])).toMatchObject({ contacts: 0 });
    const { identity } = await ask([doubtful({ role })]);
    expect(identity.records.filter(({ judged }) => judged === 'subject')).toEqual([]);
  });

  it('P5: bring another record along', async () => {
    await judge(WORKER, 'same');
    const namesake = doubtful({ recordId: 'probation:2', contacts: [] });
    const { identity } = await ask([doubtful(), namesake]);
    expect(identity.records.filter(({ judged }) => judged === 'subject')).toHaveLength(1);
  });

  it('P5: say which of two records was meant that bear one reference', async () => {
    await judge(WORKER, 'same');
    const other = doubtful({ person: { ...person, dateOfBirth: '1961-02-03' } });
    const { identity } = await ask([doubtful(), other]);
    expect(identity.records.filter(({ judged }) => judged === 'subject')).toEqual([]);
  });

  it('hold in another case, or for another agency’s record of the same reference', async () => {
    for (const record of [markOf('DAPG-2026-0043', 'probation', 'probation:1'), markOf(CASE, 'police', 'probation:1')])
      await judge(WORKER, 'same', record);
    expect(await judgedIn()).toMatchObject({ judged: ['probable'], contacts: 0 });
  });

  it('be made by victim services, or by anybody who is not on the case (P6)', async () => {
    expect(await judge(IDVA, 'same')).toEqual({ ok: false, error: 'may-not' });
    expect(await judge({ ...WORKER, staffId: 'somebody.else' }, 'same')).toEqual({ ok: false, error: 'not-found' });
    expect(log.bodies()).toEqual([]);
  });

  it('be made while the log is away (P1)', async () => {
    log.failWith('log-unavailable');
    expect(await judge(WORKER, 'same')).toEqual({ ok: false, error: 'log-unavailable' });
    log.failWith(undefined);
    expect(await judgedIn()).toMatchObject({ judged: ['probable'] });
  });
});

describe('the mark of a record', () => {
  it('is pinned: a changed derivation would orphan every judgement', () => {
    expect(markOf(CASE, 'probation', 'probation:1')).toBe('BH-8Ajc5sq5e8zzkqQ0aOu4tJULRmbBGEDwN8az3hME');
  });

  it('takes no short key', () => {
    expect(() => makeRecordMark(new Uint8Array(31))).toThrow(RangeError);
  });
});
