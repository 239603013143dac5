import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { listCases, measureContactGaps } from '../../gateway/cases/caseload.ts';
import { changeCase } from '../../gateway/cases/change-case.ts';
import { openCase, type AskedCase } from '../../gateway/cases/open-case.ts';
import { viewCase } from '../../gateway/cases/view-case.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';
import type { CaseWorkRegister } from '../../gateway/ports/case-register.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import { caseOf } from '../cases.ts';
import { createMemoryAccessLog, type MemoryAccessLog } from '../memory-access-log.ts';
import { createMemoryCaseRegister, type MemoryCaseRegister } from '../memory-case-register.ts';

const CASE = 'DAPG-2026-0042';
const HERS = '07700 900777';
const COUNCIL = { agency: 'riverton-council', group: 'council' } as const;
const CHAIR: CaseActor = { ...COUNCIL, role: 'dai.dapg_chair', staffId: 'c.chair' };
const WORKER: CaseActor = { ...COUNCIL, role: 'dai.daiw', staffId: 'a.worker' };
const IDVA: CaseActor = { agency: 'riverton-idva', group: 'victim-services', role: 'vic.idva', staffId: 'i.adviser' };
const kase = caseOf(CASE, { agencies: ['riverton-council', 'police', 'riverton-idva'] });
const HOLD: CaseChange = { kind: 'change-category', to: 'hold', because: 'He is in custody until June.' };
const block = (): CaseChange => ({ kind: 'set-safety-block', blockId: randomUUID() });
const attempt = (): CaseChange => ({
  kind: 'record-attempt',
  attemptId: randomUUID(),
  contact: { kind: 'phone', value: HERS },
  outcome: 'victim-answered-or-may-have',
});

let cases: MemoryCaseRegister;
let log: MemoryAccessLog;
beforeEach(async () => {
  cases = createMemoryCaseRegister();
  log = createMemoryAccessLog();
  await cases.put(kase);
});
const deps = (register: CaseWorkRegister = cases) => ({
  ...{ cases: register, log, seal: makeSeal(new Uint8Array(32).fill(5)) },
  pseudonymOf: () => 'p'.repeat(43),
  now: () => new Date('2026-11-20T10:00:00.000Z'),
});
const change = (actor: CaseActor, what: CaseChange, revision = 1, register?: CaseWorkRegister) =>
  changeCase(deps(register), actor, { caseRef: CASE, change: what, revision });
const now = async () => {
  const file = await cases.open(CASE, 'police');
  if (!file.ok) throw new Error(file.error);
  return file.value;
};

describe('P1: a change of a case', () => {
  it('is in the log before it counts, without what anybody wrote', async () => {
    const order: string[] = [];
    const watched: CaseWorkRegister = {
      ...cases,
      replace: (...given) => {
        order.push(`stored with ${log.entries.length} entry`);
        return cases.replace(...given);
      },
    };
    expect(await change(CHAIR, HOLD, 1, watched)).toMatchObject({ ok: true, value: { revision: 2 } });
    expect(order).toEqual(['stored with 1 entry']);
    expect(log.bodies()).toEqual([
      {
        kind: 'case-changed',
        v: 1,
        at: '2026-11-20T10:00:00.000Z',
        operations: ['alteration'],
        actor: { agency: 'riverton-council', staffId: 'c.chair', role: 'dai.dapg_chair' },
        caseRef: CASE,
        subject: 'p'.repeat(43),
        changes: ['category'],
        category: { from: 'contact', to: 'hold' },
        revision: 2,
      },
    ]);
    expect(log.entries.map(({ canonical }) => canonical).join()).not.toContain('custody');
  });

  it.each(['log-unavailable', 'log-full'] as const)('is not made where the log says %s', async (fault) => {
    log.failWith(fault);
    expect(await change(CHAIR, HOLD)).toEqual({ ok: false, error: 'log-unavailable' });
    expect(await change(IDVA, block())).toEqual({ ok: false, error: 'log-unavailable' });
    expect(await now()).toEqual({ kase, revision: 1 });
  });

  it('an attempt and its outcome are two entries, and no number is in either', async () => {
    await change(WORKER, attempt());
    expect(log.bodies().map(({ kind }) => kind)).toEqual(['attempt-recorded', 'outcome-recorded']);
    expect(JSON.stringify(log.bodies())).not.toMatch(/900\D?777/);
  });

  it('a form sent twice is one change and one entry', async () => {
    const once = block();
    await change(IDVA, once);
    expect(await change(IDVA, once)).toMatchObject({ ok: true, value: { revision: 2 } });
    expect(log.entries).toHaveLength(1);
  });

  it.each(['may-not', 'not-found'] as const)(
    'one that is refused (%s) leaves no case and no entry behind',
    async (error) => {
      const refused =
        error === 'may-not' ? change(WORKER, block()) : change({ ...WORKER, staffId: 'x.worker' }, attempt());
      expect(await refused).toEqual({ ok: false, error });
      expect([log.entries.length, await now()]).toEqual([0, { kase, revision: 1 }]);
    },
  );
});

describe('two tabs', () => {
  it('the second is told, and the first stands', async () => {
    await change(CHAIR, HOLD);
    expect(await change(CHAIR, { kind: 'allocate', to: 'd.worker' })).toEqual({
      ok: false,
      error: 'changed-meanwhile',
    });
    expect((await now()).kase.allocatedTo).toBe('a.worker');
  });

  it('P4: a block and an attempt at which she answered wait for nobody, on whatever page they were set', async () => {
    await change(CHAIR, HOLD);
    const [blocked, recorded] = await Promise.all([change(IDVA, block()), change(WORKER, attempt())]);
    expect([blocked.ok, recorded.ok]).toEqual([true, true]);
    const { kase: after } = await now();
    expect([after.category, after.safetyBlocks?.length, after.attempts?.length]).toEqual(['hold', 1, 1]);
  });

  it('P4: a block is not lost however often somebody else is quicker, and is logged once', async () => {
    let losses = 5;
    const busy: CaseWorkRegister = {
      ...cases,
      replace: async (next, revision) => {
        if (losses > 0) {
          losses -= 1;
          const file = await now();
          await cases.replace(file.kase, file.revision);
        }
        return cases.replace(next, revision);
      },
    };
    expect(await change(IDVA, block(), 1, busy)).toMatchObject({ ok: true, value: { revision: 7 } });
    expect((await now()).kase.safetyBlocks).toHaveLength(1);
    expect(log.entries).toHaveLength(1);
  });
});

describe('a new case', () => {
  const asked: AskedCase = {
    caseRef: 'DAPG-2026-0099',
    maracReference: 'MARAC-2026-11-19-4',
    criterion: 'serial',
    referredOn: '2026-11-18',
    subject: { names: [{ given: 'Sample', family: 'Subjectson' }] },
    agencies: ['police'],
  };

  it('P2: begins without a category, so that policy gives next to nothing, with its referral and dated facts', async () => {
    const opened = await openCase(deps(), CHAIR, asked);
    if (!opened.ok) throw new Error(opened.error);
    const { kase: fresh } = opened.value;
    expect(fresh.category).toBe('none');
    expect(fresh.facts).toEqual({
      facts: { category: 'none', marac: 'referred' },
      asAt: { category: '2026-11-20T10:00:00.000Z', marac: '2026-11-20T10:00:00.000Z' },
    });
    expect(fresh.referrals).toMatchObject([{ criterion: 'serial', by: CHAIR }]);
    expect(log.bodies()).toMatchObject([{ kind: 'case-changed', operations: ['collection'], changes: ['opened'] }]);
  });

  it('overwrites no other, is opened by the panel alone, and not without the log', async () => {
    expect(await openCase(deps(), CHAIR, { ...asked, caseRef: CASE })).toEqual({ ok: false, error: 'case-exists' });
    expect(await openCase(deps(), WORKER, asked)).toEqual({ ok: false, error: 'may-not' });
    log.failWith('log-unavailable');
    expect(await openCase(deps(), CHAIR, asked)).toEqual({ ok: false, error: 'log-unavailable' });
    expect(await cases.find(asked.caseRef, 'police')).toEqual({ ok: false, error: 'not-found' });
    expect(await now()).toEqual({ kase, revision: 1 });
  });
});

describe('what each may see', () => {
  it('P6: a worker is answered alike for another worker’s case and for none', async () => {
    const stranger = { ...WORKER, staffId: 'x.worker' };
    const none = await viewCase(deps(), stranger, 'DAPG-2026-9999');
    expect(await viewCase(deps(), stranger, CASE)).toEqual(none);
    expect(none).toEqual({ ok: false, error: 'not-found' });
  });

  it('P4: neither worker nor panel is told that anybody is protected; that all contact is stopped they are', async () => {
    await change(IDVA, { kind: 'protect-contact', contact: { kind: 'phone', value: HERS }, whose: 'child' });
    await change(IDVA, { kind: 'set-safety-block', blockId: randomUUID(), contact: { kind: 'phone', value: HERS } });
    for (const actor of [WORKER, CHAIR]) {
      const view = await viewCase(deps(), actor, CASE);
      expect(view).toMatchObject({ ok: true, value: { isContactStopped: false } });
      expect(JSON.stringify(view)).not.toMatch(/victim|child|protected|block|safety|seal/i);
    }
    await change(IDVA, block());
    expect(await viewCase(deps(), WORKER, CASE)).toMatchObject({ ok: true, value: { isContactStopped: true } });
  });

  it('victim services see what they set, and neither his name nor how often he was rung', async () => {
    await change(WORKER, attempt());
    await change(IDVA, block());
    const view = await viewCase(deps(), IDVA, CASE);
    expect(view).toMatchObject({ ok: true, value: { safety: { blocks: [{ since: '2026-11-20' }] } } });
    expect(JSON.stringify(view)).not.toMatch(/Subjectson|lastAttempt|900\D?123/);
  });

  it('there is no list of anybody else’s cases, and no search for a person', async () => {
    const page = { limit: 50 };
    expect(await listCases(deps(), WORKER, { of: 'open' }, page)).toEqual({ ok: false, error: 'may-not' });
    expect(await listCases(deps(), IDVA, { of: 'gaps' }, page)).toEqual({ ok: false, error: 'may-not' });
    expect(await measureContactGaps(deps(), IDVA)).toEqual({ ok: false, error: 'may-not' });
    const mine = await listCases(deps(), WORKER, { of: 'mine' }, page);
    expect(mine).toMatchObject({ ok: true, value: { rows: [{ caseRef: CASE, hasContactGap: true, daysOpen: 15 }] } });
    const hers = await listCases(deps(), { ...WORKER, staffId: 'x.worker' }, { of: 'mine' }, page);
    expect(hers).toMatchObject({ ok: true, value: { rows: [] } });
  });
});
