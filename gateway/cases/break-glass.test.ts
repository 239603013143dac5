import { describe, expect, it } from '@jest/globals';
import { caseOf } from '../../test/cases.ts';
import { caseSchema, type Case } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import { makeSeal } from '../contacts/seal.ts';
import { createMemoryAccessLog } from '../../test/memory-access-log.ts';
import { createMemoryCaseRegister } from '../../test/memory-case-register.ts';
import { applyChange } from './apply-change.ts';
import { listCases } from './caseload.ts';
import { changeCase } from './change-case.ts';
import { openBy, openOn, withEmergency } from './break-glass.ts';
import { factsOfCase } from './facts-of-case.ts';
import { mayChange } from './may-change.ts';

const COUNCIL = { agency: 'riverton-council', group: 'council' } as const;
const WORKER: CaseActor = { ...COUNCIL, role: 'dai.daiw', staffId: 'a.worker' };
const CHAIR: CaseActor = { ...COUNCIL, role: 'dai.dapg_chair', staffId: 'c.chair' };
const kase = caseOf('DAPG-2026-0042', { agencies: ['riverton-council', 'police', 'riverton-idva'] });
const seal = makeSeal(new Uint8Array(32).fill(7));

const at = (time: string): string => `2026-11-22T${time}:00.000Z`;
const idOf = (n: number): string => `5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0a${String(n).padStart(2, '0')}`;
const opening = (n = 1, expiresAt = at('13:00')): CaseChange => ({
  kind: 'open-break-glass',
  ...{ breakGlassId: idOf(n), expiresAt, declarationDigest: 'd'.repeat(43) },
});
const closing = (n = 1): CaseChange => ({
  kind: 'close-break-glass',
  breakGlassId: idOf(n),
  because: 'ended-by-opener',
});
function changed(on: Case, change: CaseChange, by: CaseActor, when: string): Case {
  const result = applyChange(on, change, { by, at: when, seal });
  if (!result.ok) throw new Error(result.error);
  return caseSchema.parse(result.value.kase);
}
const emergencyFor = (on: Case, who: Pick<CaseActor, 'agency' | 'staffId'>, when: string): unknown =>
  withEmergency(factsOfCase(on), on, who, when).facts.emergency;

describe('break-glass on a case', () => {
  const open = changed(kase, opening(), WORKER, at('09:00'));

  it('P2: is a fact for whoever declared it, and for nobody else of the case', () => {
    expect(emergencyFor(open, WORKER, at('09:01'))).toBe(true);
    expect(withEmergency(factsOfCase(open), open, WORKER, at('09:01')).asAt.emergency).toBe(at('09:00'));
    for (const other of [CHAIR, { agency: 'police', staffId: 'a.worker' }, { ...WORKER, agency: 'riverton-idva' }])
      expect(emergencyFor(open, other, at('09:01'))).toBeUndefined();
  });

  it('lapses at its time to the millisecond, and does not begin before it was opened', () => {
    expect(emergencyFor(open, WORKER, '2026-11-22T12:59:59.999Z')).toBe(true);
    expect(emergencyFor(open, WORKER, at('13:00'))).toBeUndefined();
    expect(emergencyFor(open, WORKER, '2026-11-22T08:59:59.999Z')).toBeUndefined();
  });

  it('ends when its opener ends it, and nobody else can', () => {
    const after = changed(open, closing(), WORKER, at('10:00'));
    expect(openOn(after, at('10:00'))).toEqual([]);
    expect(emergencyFor(after, WORKER, at('10:01'))).toBeUndefined();
    expect(after.breakGlass).toMatchObject([{ ended: { at: at('10:00'), because: 'ended-by-opener' } }]);
    expect(changed(open, closing(), CHAIR, at('10:00'))).toEqual(open);
    expect(changed(after, closing(), WORKER, at('11:00'))).toEqual(after);
  });

  it('sent twice, or from two windows, it is opened once; two people open one each', () => {
    expect(changed(open, opening(), WORKER, at('09:05'))).toEqual(open);
    expect(changed(open, opening(2), WORKER, at('09:05'))).toEqual(open);
    const both = changed(open, opening(3), CHAIR, at('09:05'));
    expect(openOn(both, at('09:06'))).toHaveLength(2);
    expect(openBy(both, CHAIR, at('09:06'))?.breakGlassId).toBe(idOf(3));
  });

  it('may be opened again once it has lapsed, with a declaration of its own', () => {
    const again = changed(open, opening(2, at('17:00')), WORKER, at('13:30'));
    expect(openBy(again, WORKER, at('13:31'))?.breakGlassId).toBe(idOf(2));
    // A page that was left open sends the first one again: that one is over and stays so.
    expect(changed(open, opening(1, at('17:00')), WORKER, at('13:30'))).toEqual(open);
  });

  it('is not opened for a time that is over', () => {
    const late = applyChange(kase, opening(1, at('09:00')), { by: WORKER, at: at('09:00'), seal });
    expect(late).toEqual({ ok: false, error: 'date-not-possible' });
  });

  it('P6: is for those whose case it is', () => {
    for (const by of [WORKER, CHAIR]) expect(mayChange(kase, by, 'open-break-glass')).toBe(true);
    expect(mayChange(kase, { ...WORKER, staffId: 'another.worker' }, 'open-break-glass')).toBe(false);
    const idva: CaseActor = { agency: 'riverton-idva', group: 'victim-services', role: 'vic.idva', staffId: 'i.a' };
    expect(mayChange(kase, idva, 'open-break-glass')).toBe(false);
  });
});

describe('closing a case', () => {
  const CLOSE: CaseChange = {
    ...{ kind: 'change-category', to: 'closed', closure: 'cannot-mitigate-further' },
    because: 'The panel can do no more.',
  };
  const bothOpen = changed(changed(kase, opening(), WORKER, at('09:00')), opening(2), CHAIR, at('09:30'));

  it('ends every emergency that is open on it, and leaves those that were over as they were', () => {
    const before = changed(bothOpen, closing(), WORKER, at('09:40'));
    const closed = changed(before, CLOSE, CHAIR, at('10:00'));
    expect(openOn(closed, at('10:00'))).toEqual([]);
    expect(closed.breakGlass?.map(({ ended }) => ended)).toEqual([
      { at: at('09:40'), because: 'ended-by-opener' },
      { at: at('10:00'), because: 'case-closed' },
    ]);
    for (const who of [WORKER, CHAIR]) expect(emergencyFor(closed, who, at('10:01'))).toBeUndefined();
    const lapsed = changed(bothOpen, CLOSE, CHAIR, at('14:00'));
    expect(lapsed.breakGlass).toEqual(bothOpen.breakGlass);
  });

  it('no other category ends one: on hold somebody’s life may be at risk as before', () => {
    for (const to of ['hold', 'monitor'] as const) {
      const moved = changed(bothOpen, { kind: 'change-category', to, because: 'He is away.' }, CHAIR, at('10:00'));
      expect(moved.breakGlass).toEqual(bothOpen.breakGlass);
    }
  });

  it('P1: says in the log which it ended and whose it was, once, and nothing where none was open', async () => {
    const [cases, log] = [createMemoryCaseRegister(), createMemoryAccessLog()];
    await cases.put(bothOpen);
    const deps = { cases, log, seal, pseudonymOf: () => 'p'.repeat(43), now: () => new Date(at('10:00')) };
    const asked = { caseRef: kase.caseRef, change: CLOSE, revision: 1, session: 's'.repeat(43) };
    expect((await changeCase(deps, CHAIR, asked)).ok).toBe(true);
    expect(log.bodies()).toMatchObject([
      { kind: 'case-changed', changes: ['category', 'break-glass'], actor: { session: 's'.repeat(43) } },
      { kind: 'break-glass-closed', breakGlassId: idOf(1), because: 'case-closed', agency: COUNCIL.agency },
      { kind: 'break-glass-closed', breakGlassId: idOf(2), because: 'case-closed', actor: { staffId: 'c.chair' } },
    ]);
    await cases.put({ ...kase, caseRef: 'DAPG-2026-0043' });
    expect((await changeCase(deps, CHAIR, { ...asked, caseRef: 'DAPG-2026-0043' })).ok).toBe(true);
    expect(log.bodies()).toHaveLength(4);
  });

  it('the list of cases knows on which an emergency is open, and that one on a closed case is not', async () => {
    const cases = createMemoryCaseRegister();
    await cases.put({ ...bothOpen, allocatedTo: WORKER.staffId });
    const listed = async (now: string) => {
      const page = await listCases({ cases, now: () => new Date(now) }, CHAIR, { of: 'open' }, { limit: 10 });
      return page.ok ? [...page.value.withOpenGlass] : page.error;
    };
    expect(await listed(at('10:00'))).toEqual([kase.caseRef]);
    expect(await listed(at('15:00'))).toEqual([]);
  });
});
