import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { caseOf } from '../../test/cases.ts';
import { CATEGORIES, caseSchema, type Case } from '../../schemas/case.ts';
import { caseChangeSchema, type CaseChange } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import { makeSeal } from '../contacts/seal.ts';
import { applyChange } from './apply-change.ts';
import { mayFollow } from './categories.ts';
import { closureRefusals } from './closure.ts';
import { contactStanding } from './contact-gap.ts';
import { plusMonths } from './days.ts';
import { factsOfCase } from './facts-of-case.ts';
import { mergeLoaded } from './load-case.ts';
import { mayChange, mayKnow } from './may-change.ts';
import { reviewDueOn } from './review-due.ts';

const seal = makeSeal(new Uint8Array(32).fill(4));
const AT = '2026-11-20T10:00:00.000Z';
const CHAIR: CaseActor = { agency: 'riverton-council', group: 'council', role: 'dai.dapg_chair', staffId: 'c.chair' };
const COORDINATOR: CaseActor = { ...CHAIR, role: 'dai.dapg_coordinator', staffId: 'h.marsh' };
const WORKER: CaseActor = { ...CHAIR, role: 'dai.daiw', staffId: 'a.worker' };
const IDVA: CaseActor = { agency: 'riverton-idva', group: 'victim-services', role: 'vic.idva', staffId: 'i.adviser' };
const kase = caseOf('DAPG-2026-0042', { agencies: ['riverton-council', 'police', 'riverton-idva'] });

const ATTEMPT = '5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0a01';
const BLOCK = '5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0a02';
const BECAUSE = 'The panel saw the new risk assessment.';

function apply(on: Case, change: CaseChange, by: CaseActor = CHAIR, at = AT) {
  return applyChange(on, change, { by, at, seal });
}
function changed(on: Case, change: CaseChange, by: CaseActor = CHAIR, at = AT): Case {
  const result = apply(on, change, by, at);
  if (!result.ok) throw new Error(result.error);
  return caseSchema.parse(result.value.kase);
}
const tried = (on: Case, outcome: Extract<CaseChange, { kind: 'record-attempt' }>['outcome'], day: string, n = 1) =>
  changed(
    on,
    {
      kind: 'record-attempt',
      attemptId: `5f0a4b0e-0f5f-4a57-9b1c-${String(n).padStart(6, '0')}${day.replaceAll('-', '').slice(2)}`,
      contact: { kind: 'phone', value: '07700 900555' },
      outcome,
    },
    WORKER,
    `${day}T09:00:00.000Z`,
  );

describe('the category of a case', () => {
  it('P2: is never chosen back to none, and a closed case is opened by no decision', () => {
    for (const from of CATEGORIES) {
      expect(mayFollow(from, 'none')).toBe(false);
      expect(mayFollow('closed', from)).toBe(false);
    }
  });

  it('is kept with who decided and why, and as the fact that policy reads', () => {
    const held = changed(kase, { kind: 'change-category', to: 'hold', because: BECAUSE });
    expect(held.decisions).toEqual([{ from: 'contact', to: 'hold', by: CHAIR, at: AT, because: BECAUSE }]);
    expect(held.category).toBe('hold');
    expect([held.facts.facts.category, held.facts.asAt.category]).toEqual(['hold', AT]);
  });

  it.each([
    ['empty', '  \n '],
    ['over-long', 'a'.repeat(2_001)],
    ['turned around', 'no risk \u202e ksir hgih'],
    ['with a control character', 'no\u0000risk'],
  ])('P11: a reason that is %s is none', (_what, because) => {
    expect(caseChangeSchema.safeParse({ kind: 'change-category', to: 'hold', because }).success).toBe(false);
    const plain = { kind: 'change-category', to: 'hold', because: 'Zoë said:\n<b>=1+1</b> {{x}}' };
    expect(caseChangeSchema.safeParse(plain).success).toBe(true);
  });

  it('P2: a closure that names no rule of the two, and a category that is none, are not understood', () => {
    for (const wrong of [{ to: 'none' }, { to: 'closed', closure: 'tired-of-it' }, { to: 'hold', also: 1 }])
      expect(caseChangeSchema.safeParse({ kind: 'change-category', because: BECAUSE, ...wrong }).success).toBe(false);
  });

  it('is confirmed by a review, which moves the next one ninety days on', () => {
    expect(reviewDueOn(kase)).toBe('2027-02-03');
    const reviewed = changed(kase, { kind: 'review' });
    expect(reviewDueOn(reviewed)).toBe('2027-02-18');
    expect(reviewed.facts.asAt.category).toBe(AT);
  });

  it('a further referral opens a closed case without a category; the same reference is no further referral', () => {
    const closed = caseOf('DAPG-2026-0042', { category: 'closed' });
    const again = {
      kind: 'refer-again',
      maracReference: 'MARAC-2026-11-19-4',
      criterion: 'repeat',
      referredOn: '2026-11-18',
    } as const;
    const opened = changed(closed, again);
    expect([opened.category, opened.facts.facts.category, opened.facts.facts.marac]).toEqual([
      'none',
      'none',
      'referred',
    ]);
    expect(apply(opened, again)).toEqual({ ok: false, error: 'marac-reference-known' });
    expect(apply(closed, { ...again, referredOn: '2026-11-21' })).toEqual({ ok: false, error: 'date-not-possible' });
    expect(changed(kase, again).category).toBe('contact');
  });
});

describe('closing a case', () => {
  const old = { maracReference: 'MARAC-2025-01-09-3', maracMeetingOn: '2025-01-09', openedOn: '2025-01-10' } as const;
  const quiet = caseOf('DAPG-2026-0042', {
    ...old,
    policeChecks: [{ lastReportedOn: '2026-05-20', by: COORDINATOR, at: '2026-11-02T09:00:00.000Z' }],
  });
  const against = (on: Case, asOf = '2026-11-20') => closureRefusals(on, 'no-recent-abuse', COORDINATOR, asOf);

  it('is allowed six months to the day after the last report, and not the day before', () => {
    expect(against(quiet)).toEqual([]);
    expect(against(quiet, '2026-11-19')).toEqual(['abuse-reported']);
  });

  it('P2: is refused where police were not asked, were asked too long ago, or will have been', () => {
    const { policeChecks: _, ...never } = quiet;
    expect(against(never)).toEqual(['police-not-asked']);
    expect(against(quiet, '2026-12-04')).toEqual(['police-not-asked']);
    const future = { ...quiet, policeChecks: [{ by: COORDINATOR, at: '2026-11-21T09:00:00.000Z' }] };
    expect(against(future)).toEqual(['police-not-asked']);
  });

  it('P2: a later answer that knows of nothing does not take back an earlier one', () => {
    const two = [...(quiet.policeChecks ?? []), { by: COORDINATOR, at: '2026-11-10T09:00:00.000Z' }];
    expect(against({ ...quiet, policeChecks: two }, '2026-11-19')).toEqual(['abuse-reported']);
  });

  it('is refused within twelve months of any MARAC referral or meeting that the case knows', () => {
    expect(against({ ...quiet, maracMeetingOn: '2025-11-21' })).toEqual(['referred-to-marac']);
    expect(against({ ...quiet, maracReference: 'MARAC-2025-11-21-1' })).toEqual(['referred-to-marac']);
    const referrals = [
      { maracReference: 'MARAC-2025-11-20-1', criterion: 'serial', referredOn: '2025-11-20', by: CHAIR, at: AT },
    ] as const;
    expect(against({ ...quiet, referrals: [...referrals] })).toEqual([]);
    expect(against({ ...quiet, referrals: [{ ...referrals[0], referredOn: '2025-11-21' }] })).toEqual([
      'referred-to-marac',
    ]);
  });

  it('that no more can be done is for the chair to say', () => {
    const wanted = {
      kind: 'change-category',
      to: 'closed',
      because: BECAUSE,
      closure: 'cannot-mitigate-further',
    } as const;
    expect(apply(kase, wanted, COORDINATOR)).toEqual({ ok: false, error: 'chair-decides' });
    expect(changed(kase, wanted).decisions?.at(-1)?.closure).toBe('cannot-mitigate-further');
    const { closure: _, ...without } = wanted;
    expect(apply(kase, without)).toEqual({ ok: false, error: 'closure-rule-missing' });
  });

  it('counts months by the calendar, to the last of a shorter one', () => {
    expect(plusMonths('2025-08-31', 6)).toBe('2026-02-28');
    expect(plusMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(plusMonths('2026-11-20', -12)).toBe('2025-11-20');
  });
});

describe('who may change what', () => {
  it('P4: blocks and protected contact points are set and lifted by victim services alone', () => {
    const theirs = ['set-safety-block', 'lift-safety-block', 'protect-contact', 'unprotect-contact'] as const;
    for (const kind of theirs) {
      expect(mayChange(kase, IDVA, kind)).toBe(true);
      for (const actor of [CHAIR, COORDINATOR, WORKER]) expect(mayChange(kase, actor, kind)).toBe(false);
    }
  });

  it('P6: a worker knows her own cases only, and the same id at another agency is somebody else', () => {
    expect(mayKnow(kase, WORKER)).toBe(true);
    expect(mayKnow(kase, { ...WORKER, staffId: 'b.worker' })).toBe(true);
    expect(mayKnow(kase, { ...WORKER, staffId: 'x.worker' })).toBe(false);
    const elsewhere = { ...kase, agencies: [...kase.agencies, 'westmarsh-council'] };
    for (const actor of [WORKER, CHAIR])
      expect(mayKnow(elsewhere, { ...actor, agency: 'westmarsh-council' })).toBe(false);
    expect(mayKnow(kase, { ...IDVA, agency: 'other-idva' })).toBe(false);
  });

  it('P2: a role of another group, or one that is not named, may nothing', () => {
    expect(mayKnow(kase, { ...CHAIR, agency: 'police', group: 'police' })).toBe(false);
    expect(mayKnow(kase, { ...CHAIR, role: 'ig.reviewer' })).toBe(false);
  });

  it('a new lead agency takes neither worker nor team over', () => {
    const led = changed(kase, { kind: 'set-lead-agency', leadAgency: 'police' });
    expect([led.leadAgency, led.allocatedTo, led.team]).toEqual(['police', undefined, []]);
    expect(apply(kase, { kind: 'set-lead-agency', leadAgency: 'housing' })).toEqual({
      ok: false,
      error: 'agency-not-on-case',
    });
  });
});

describe('the facts that policy takes', () => {
  const asserted = { facts: { category: 'contact', marac: 'listed' }, asAt: { category: AT, marac: AT } } as const;
  const loaded: Case = { ...kase, facts: asserted };

  it('P9: are the register’s own category and referral, whatever a system asserted of the same', () => {
    const held = changed(loaded, { kind: 'change-category', to: 'hold', because: BECAUSE });
    const tampered = {
      ...held,
      facts: { facts: { ...held.facts.facts, category: 'contact' }, asAt: held.facts.asAt },
    } as const;
    expect(factsOfCase(tampered).facts.category).toBe('hold');
    const later = '2027-01-05T09:00:00.000Z';
    expect(factsOfCase(changed(held, { kind: 'review' }, CHAIR, later)).asAt.category).toBe(later);
  });

  it('are the asserted ones where the register has no history', () => {
    expect(factsOfCase(loaded)).toEqual(asserted);
  });

  it('P2: name no category where the register has another than was asserted', () => {
    expect(factsOfCase({ ...loaded, category: 'monitor' })).toEqual({
      facts: { marac: 'listed' },
      asAt: { marac: AT },
    });
  });
});

describe('attempts and the contact gap', () => {
  it('P8: an attempt is kept as a hash', () => {
    expect(JSON.stringify(tried(kase, 'no-answer', '2026-11-10'))).not.toContain('900555');
  });

  it('a case has a gap until he is reached, and again once the number is not his', () => {
    expect(contactStanding(kase)).toEqual({ hasGap: true });
    const reached = tried(tried(kase, 'no-answer', '2026-11-10'), 'reached-him', '2026-11-12');
    expect(contactStanding(reached)).toMatchObject({ hasGap: false, firstReachedOn: '2026-11-12' });
    expect(contactStanding(tried(reached, 'no-answer', '2026-11-14')).hasGap).toBe(false);
    expect(contactStanding(tried(reached, 'not-his', '2026-11-14')).hasGap).toBe(true);
    expect(contactStanding({ ...kase, category: 'hold' }).hasGap).toBe(false);
  });

  it('P4: a number at which she answered is no usable one, whatever came after', () => {
    const hers = tried(tried(kase, 'victim-answered-or-may-have', '2026-11-12'), 'reached-him', '2026-11-13');
    expect(contactStanding(hers).hasGap).toBe(true);
  });

  it('a block closes what it names, and one without a name closes everything', () => {
    const reached = tried(kase, 'reached-him', '2026-11-12');
    const one = {
      kind: 'set-safety-block',
      blockId: BLOCK,
      contact: { kind: 'phone', value: '+447700900555' },
    } as const;
    expect(contactStanding(changed(reached, one, IDVA)).hasGap).toBe(true);
    const all = changed(reached, { kind: 'set-safety-block', blockId: BLOCK }, IDVA);
    expect(contactStanding(all).hasGap).toBe(true);
    expect(contactStanding(changed(all, { kind: 'lift-safety-block', blockId: BLOCK }, IDVA)).hasGap).toBe(false);
  });

  it('P4: a flat at which she answered is withheld with its building; one that is only not his is not', () => {
    const flat = { kind: 'address', value: 'Flat 2, 14 Mill Lane, Rivertown, AB1 2CD' } as const;
    const at = (outcome: 'victim-answered-or-may-have' | 'not-his') =>
      changed(kase, { kind: 'record-attempt', attemptId: ATTEMPT, contact: flat, outcome }, WORKER).attempts?.length;
    expect([at('victim-answered-or-may-have'), at('not-his')]).toEqual([2, 1]);
  });

  it('a form sent twice counts once', () => {
    const change: CaseChange = {
      kind: 'record-attempt',
      attemptId: ATTEMPT,
      contact: { kind: 'phone', value: '07700 900555' },
      outcome: 'no-answer',
    };
    expect(apply(changed(kase, change, WORKER), change, WORKER)).toMatchObject({ ok: true, value: { changes: [] } });
  });

  it('P11, P4: past the limit an attempt is refused, and that she answered never is', () => {
    const attempt = {
      sealedContact: { kind: 'phone', seal: 'a'.repeat(43) },
      outcome: 'no-answer',
      at: '2026-11-01',
    } as const;
    const full = { ...kase, attempts: Array.from({ length: 900 }, () => attempt) };
    const change = (outcome: 'no-answer' | 'victim-answered-or-may-have') =>
      apply(full, {
        kind: 'record-attempt',
        attemptId: ATTEMPT,
        contact: { kind: 'phone', value: '07700 900555' },
        outcome,
      });
    expect(change('no-answer')).toEqual({ ok: false, error: 'case-full' });
    expect(change('victim-answered-or-may-have').ok).toBe(true);
  });

  it('P4: what could not be recognised later is refused, never kept as if it protected', () => {
    const contact = { kind: 'phone', value: 'ask her sister' } as const;
    for (const change of [
      { kind: 'set-safety-block', blockId: BLOCK, contact },
      { kind: 'protect-contact', contact, whose: 'victim' },
      { kind: 'record-attempt', attemptId: ATTEMPT, contact, outcome: 'victim-answered-or-may-have' },
    ] as const)
      expect(apply(kase, change, IDVA)).toEqual({ ok: false, error: 'contact-unusable' });
  });

  it('P4: taking one flat out leaves the building protected for another', () => {
    const flat = (n: number) => ({ kind: 'address', value: `Flat ${n}, 14 Mill Lane, Rivertown, AB1 2CD` }) as const;
    const protect = (on: Case, n: number) =>
      changed(on, { kind: 'protect-contact', contact: flat(n), whose: 'victim' }, IDVA);
    const both = protect(protect(kase, 2), 3);
    const one = changed(both, { kind: 'unprotect-contact', contact: flat(2) }, IDVA);
    expect(both.protectedContacts).toHaveLength(4);
    const building = seal('address', '14 Mill Lane, Rivertown, AB1 2CD');
    expect(one.protectedContacts.map((each) => each.seal)).toContain(building);
    expect(one.protectedContacts).toHaveLength(3);
  });
});

describe('loading a case again from an old file', () => {
  it('P4: takes away no block, no protected contact point, no answer of hers and no decision', () => {
    const contact = { kind: 'phone', value: '07700 900777' } as const;
    const blocked = changed(kase, { kind: 'set-safety-block', blockId: BLOCK, contact }, IDVA);
    const protectedToo = changed(blocked, { kind: 'protect-contact', contact, whose: 'victim' }, IDVA);
    const answered = tried(protectedToo, 'victim-answered-or-may-have', '2026-11-12');
    const held = changed(answered, { kind: 'change-category', to: 'hold', because: BECAUSE });
    const merged = mergeLoaded(held, { ...kase, maracReference: 'MARAC-2026-11-19-9' });
    expect(merged).toEqual({ ...held, facts: kase.facts, maracReference: 'MARAC-2026-11-19-9' });
    expect(factsOfCase(merged).facts.category).toBe('hold');
    expect(mergeLoaded(kase, kase)).toEqual(kase);
  });
});

describe('any sequence of changes', () => {
  const contact = fc.constantFrom(
    { kind: 'phone', value: '07700 900555' } as const,
    { kind: 'phone', value: '07700 900556' } as const,
    { kind: 'address', value: 'Flat 2, 14 Mill Lane, Rivertown, AB1 2CD' } as const,
  );
  const change: fc.Arbitrary<CaseChange> = fc.oneof(
    fc
      .constantFrom('monitor', 'contact', 'hold', 'closed')
      .map((to): CaseChange => ({ kind: 'change-category', to, because: BECAUSE, closure: 'cannot-mitigate-further' })),
    fc.constant<CaseChange>({ kind: 'review' }),
    contact.map((each): CaseChange => ({ kind: 'protect-contact', contact: each, whose: 'victim' })),
    fc
      .tuple(fc.uuid({ version: 4 }), contact)
      .map(([blockId, each]): CaseChange => ({ kind: 'set-safety-block', blockId, contact: each })),
    fc
      .tuple(
        fc.uuid({ version: 4 }),
        contact,
        fc.constantFrom('reached-him', 'victim-answered-or-may-have', 'no-answer'),
      )
      .map(([attemptId, each, outcome]): CaseChange => ({ kind: 'record-attempt', attemptId, contact: each, outcome })),
    fc.constantFrom('monitor-team', 'x.y').map((to): CaseChange => ({ kind: 'allocate', to })),
  );

  it('P4: leaves a case that can be stored, never fewer protections than before, and the category as its fact', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
        let now = kase;
        for (const each of changes) {
          const result = apply(now, each);
          if (!result.ok) continue;
          const next = caseSchema.parse(result.value.kase);
          for (const protectedContact of now.protectedContacts)
            expect(next.protectedContacts).toContainEqual(protectedContact);
          expect(next.safetyBlocks?.length ?? 0).toBeGreaterThanOrEqual(now.safetyBlocks?.length ?? 0);
          if (next.decisions !== undefined) expect(next.facts.facts.category).toBe(next.category);
          now = next;
        }
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});
