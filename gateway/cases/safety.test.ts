import { describe, expect, it } from '@jest/globals';
import { caseOf } from '../../test/cases.ts';
import { caseSchema, type Case } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import { makeSeal } from '../contacts/seal.ts';
import { applyChange } from './apply-change.ts';
import { nextOf } from './gap-list.ts';
import { mergeLoaded } from './load-case.ts';
import { mayChange } from './may-change.ts';
import { isUnacknowledged, victimAnswers } from './victim-answers.ts';
import { safetyOf } from './view-case.ts';

const seal = makeSeal(new Uint8Array(32).fill(4));
const AT = '2026-11-20T10:00:00.000Z';
const IDVA: CaseActor = { agency: 'riverton-idva', group: 'victim-services', role: 'vic.idva', staffId: 'i.adviser' };
const WORKER: CaseActor = { agency: 'riverton-council', group: 'council', role: 'dai.daiw', staffId: 'a.worker' };
const kase = caseOf('DAPG-2026-0042', {
  agencies: ['riverton-council', 'police', 'riverton-idva'],
  protectedContacts: [],
});
const id = (n: number): string => `5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0a0${n}`;
const BECAUSE = 'She rang us and asked for it';
const FLAT = { kind: 'address', value: 'Flat 2, 14 Mill Lane, Rivertown, AB1 2CD' } as const;

const apply = (on: Case, change: CaseChange, by = IDVA) => applyChange(on, change, { by, at: AT, seal });
function changed(on: Case, change: CaseChange, by = IDVA): Case {
  const result = apply(on, change, by);
  if (!result.ok) throw new Error(result.error);
  return caseSchema.parse(result.value.kase);
}
const block: CaseChange = { kind: 'set-safety-block', blockId: id(1), contact: FLAT, because: BECAUSE };
const protect: CaseChange = {
  kind: 'protect-contact',
  contact: FLAT,
  whose: 'victim',
  stepId: id(2),
  because: BECAUSE,
};
const answered: CaseChange = {
  kind: 'record-attempt',
  attemptId: id(3),
  contact: { kind: 'phone', value: '07700 900555' },
  outcome: 'victim-answered-or-may-have',
};

describe('steps of victim services', () => {
  it('P8: are kept with who, when and why, and without the value', () => {
    const both = changed(changed(kase, block), protect);
    expect(both.safetySteps).toEqual([
      { stepId: id(1), did: 'block-set', contactKind: 'address', by: IDVA, at: AT, because: BECAUSE },
      {
        stepId: id(2),
        did: 'contact-protected',
        contactKind: 'address',
        whose: 'victim',
        by: IDVA,
        at: AT,
        because: BECAUSE,
      },
    ]);
    expect(JSON.stringify(both)).not.toMatch(/Mill|AB1/u);
  });

  it('a flat is one block and one protected contact, though its building is kept beside it', () => {
    const view = safetyOf(changed(changed(kase, block), protect));
    expect(view.blocks).toMatchObject([{ blockId: id(1), contactKind: 'address', step: { because: BECAUSE } }]);
    expect(view.protectedContacts).toEqual([{ kind: 'address', whose: 'victim' }]);
    expect(view.steps.map(({ did }) => did)).toEqual(['contact-protected', 'block-set']);
  });

  it('P4: a form sent once more sets no block again that was lifted meanwhile', () => {
    const lifted = changed(changed(kase, block), { kind: 'lift-safety-block', blockId: id(1), stepId: id(4) });
    expect(apply(lifted, block)).toMatchObject({ ok: true, value: { changes: [] } });
    expect(lifted.safetyBlocks).toEqual([]);
    const again = { kind: 'lift-safety-block', blockId: id(1), stepId: id(4) } as const;
    expect(apply(lifted, again)).toMatchObject({ ok: true, value: { changes: [] } });
    expect(apply(lifted, { ...again, stepId: id(5) })).toEqual({ ok: false, error: 'block-unknown' });
  });

  it('P4: an old file that is loaded again takes away no step, no acknowledgement and no request', () => {
    const done = [block, protect, answered, { kind: 'acknowledge-answer', attemptId: id(3) } as const];
    const stored = done.reduce((on, change) => changed(on, change, change === answered ? WORKER : IDVA), kase);
    const asked = changed(stored, { kind: 'raise-contact-gap', requestId: id(6), agency: 'police' }, WORKER);
    const { safetySteps, acknowledgements, gapRequests } = asked;
    expect(mergeLoaded(asked, kase)).toMatchObject({ safetySteps, acknowledgements, gapRequests });
    expect([safetySteps, acknowledgements, gapRequests].map((list) => list?.length)).toEqual([2, 1, 1]);
  });
});

describe('that the victim answered', () => {
  it('is unread until somebody of victim services acknowledges it, once', () => {
    const told = changed(kase, answered, WORKER);
    expect(victimAnswers(told)).toEqual([{ attemptId: id(3), on: '2026-11-20', by: 'a.worker' }]);
    const read = changed(told, { kind: 'acknowledge-answer', attemptId: id(3) });
    expect(victimAnswers(read).some(isUnacknowledged)).toBe(false);
    const again = apply(read, { kind: 'acknowledge-answer', attemptId: id(3) }, { ...IDVA, staffId: 'j.adviser' });
    expect(again).toMatchObject({ ok: true, value: { changes: [] } });
    expect(apply(kase, { kind: 'acknowledge-answer', attemptId: id(9) })).toEqual({
      ok: false,
      error: 'attempt-unknown',
    });
  });

  it('P2: is acknowledged by victim services alone', () => {
    expect(mayChange(kase, IDVA, 'acknowledge-answer')).toBe(true);
    expect(mayChange(kase, WORKER, 'acknowledge-answer')).toBe(false);
  });
});

describe('a contact gap that is raised', () => {
  const raise = (requestId: string, agency: string): CaseChange => ({ kind: 'raise-contact-gap', requestId, agency });

  it('asks an agency of the case once at a time, and the first answer stands', () => {
    const asked = changed(kase, raise(id(6), 'police'), WORKER);
    expect(apply(asked, raise(id(7), 'police'), WORKER)).toMatchObject({ ok: true, value: { changes: [] } });
    const said = changed(asked, { kind: 'answer-contact-gap', requestId: id(6), outcome: 'not-obtained' }, WORKER);
    const again = apply(said, { kind: 'answer-contact-gap', requestId: id(6), outcome: 'obtained' }, WORKER);
    expect(again).toMatchObject({ ok: true, value: { changes: [] } });
    expect(changed(said, raise(id(7), 'police'), WORKER).gapRequests).toHaveLength(2);
    expect([kase, asked, said].map(nextOf)).toEqual(['ask-agencies', 'hear-answer', 'ask-another']);
  });

  it.each([
    ['the lead agency itself', kase, raise(id(6), 'riverton-council'), 'agency-not-on-case'],
    ['an agency that is not on the case', kase, raise(id(6), 'housing'), 'agency-not-on-case'],
    ['a case on hold', { ...kase, category: 'hold' as const }, raise(id(6), 'police'), 'no-contact-gap'],
    ['a closed case', { ...kase, category: 'closed' as const }, raise(id(6), 'police'), 'case-closed'],
  ])('P2: not of %s', (_what, on, change, error) => {
    expect(apply(on, change, WORKER)).toEqual({ ok: false, error });
  });

  it('P2: by the worker or the panel, never by an agency or victim services', () => {
    expect(mayChange(kase, WORKER, 'raise-contact-gap')).toBe(true);
    expect(mayChange(kase, IDVA, 'raise-contact-gap')).toBe(false);
    const other = { agency: 'police', group: 'police', role: 'pol.da_officer', staffId: 'p.officer' } as const;
    expect(mayChange(kase, other, 'answer-contact-gap')).toBe(false);
  });
});
