import { describe, expect, it } from '@jest/globals';
import { caseOf } from '../../../test/cases.ts';
import type { ReleasedContact } from '../../../schemas/answer.ts';
import type { AttemptOutcome } from '../../../schemas/attempt.ts';
import type { CaseChange } from '../../../schemas/case-change.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import { applyChange } from '../../cases/apply-change.ts';
import { makeSeal } from '../../contacts/seal.ts';
import { makeCookieSeal } from '../session/sealed-cookie.ts';
import { handleOf, openHandle, sayTried, type TriedContact } from './contact-handle.ts';

const AT = new Date('2026-11-22T09:02:00.000Z');
const seal = makeSeal(new Uint8Array(32).fill(7));
const cookieSeal = makeCookieSeal(new Uint8Array(32).fill(3));
const deps = { cookieSeal, now: () => AT, disclosure: { seal } };
const OF = { caseRef: 'DAPG-2026-0042', typedBy: 't'.repeat(43), questionId: '00000000-0000-4000-8000-000000000001' };

const released = { rank: 1, level: 'full', probability: 0.9, because: 'It works.', flags: [] } as const;
const sources: ReleasedContact['sources'] = [{ agency: 'police', field: 'pol.phone' }];
const phone: ReleasedContact = {
  ...{ ...released, flags: [], sources, kind: 'phone' },
  value: { kind: 'phone', level: 'full', number: '07700 900555' },
};
const flat: ReleasedContact = {
  ...{ ...released, flags: [], sources, kind: 'address' },
  value: { kind: 'address', level: 'full', lines: ['Flat 2, 14 Mill Lane', 'Rivertown'], postcode: 'AB1 2CD' },
};

function opened(contact: ReleasedContact): TriedContact {
  const tried = openHandle(deps, handleOf(deps, contact, OF) ?? '', OF);
  if (tried === undefined) throw new Error('it did not open');
  return tried;
}

const WORKER: CaseActor = { agency: 'riverton-council', group: 'council', role: 'dai.daiw', staffId: 'a.worker' };
const recorded = (contact: Extract<CaseChange, { kind: 'record-attempt' }>['contact'], outcome: AttemptOutcome) => {
  const attemptId = '5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0a01';
  const change = { kind: 'record-attempt', attemptId, contact, outcome } as const;
  return applyChange(caseOf(OF.caseRef), change, { by: WORKER, at: AT.toISOString(), seal });
};

describe('the handle of a contact', () => {
  it('P8: holds no number and no address, not even for whoever has the key of cookies', () => {
    const inside = (contact: ReleasedContact): string =>
      cookieSeal.open('contact tried', handleOf(deps, contact, OF) ?? '') ?? '';
    expect(inside(phone)).toContain('"ending":"555"');
    expect(inside(phone)).not.toMatch(/7700|900\D?555/u);
    expect(inside(flat)).toContain('"kind":"address"');
    expect(inside(flat)).not.toMatch(/mill|ab1|rivertown/iu);
  });

  it('P4: records what the contact itself would have: her answer on the building too, his on the flat alone', () => {
    const value = 'Flat 2, 14 Mill Lane, Rivertown, AB1 2CD';
    for (const outcome of ['victim-answered-or-may-have', 'not-his', 'reached-him'] as const) {
      const told = recorded({ kind: 'address', value }, outcome);
      expect(told.ok).toBe(true);
      expect(recorded(opened(flat).contact, outcome)).toEqual(told);
      expect(recorded(opened(phone).contact, outcome)).toEqual(
        recorded({ kind: 'phone', value: '07700900555' }, outcome),
      );
    }
    expect(opened(flat).contact.widely).toHaveLength(2);
  });

  it('P4: of what could not be recognised later it can still be said that she answered, and that is not taken for kept', () => {
    const odd: ReleasedContact = { ...flat, value: { kind: 'address', level: 'full', lines: ['by the canal'] } };
    expect(recorded(opened(odd).contact, 'victim-answered-or-may-have')).toEqual({
      ok: false,
      error: 'contact-unusable',
    });
  });

  it('opens for its person and case on its day, and as it was made, only', () => {
    const handle = handleOf(deps, phone, OF) ?? '';
    expect(openHandle(deps, handle, OF)).toBeDefined();
    expect(openHandle(deps, handle, { ...OF, caseRef: 'DAPG-2026-0043' })).toBeUndefined();
    expect(openHandle(deps, handle, { ...OF, typedBy: 'u'.repeat(43) })).toBeUndefined();
    expect(openHandle(deps, `${handle.slice(0, -2)}AA`, OF)).toBeUndefined();
    const later = new Date(AT.getTime() + 12 * 3_600_000);
    expect(openHandle({ ...deps, now: () => later }, handle, OF)).toBeUndefined();
    const foreign = { ...deps, cookieSeal: makeCookieSeal(new Uint8Array(32).fill(4)) };
    expect(openHandle(deps, handleOf(foreign, phone, OF) ?? '', OF)).toBeUndefined();
  });

  it('is there for what was shown in full only, and says no more of it than its ending', () => {
    const part: ReleasedContact = {
      ...phone,
      value: { kind: 'phone', level: 'partial', lastDigits: '555', use: 'sms-or-voice' },
    };
    expect(handleOf(deps, part, OF)).toBeUndefined();
    expect(sayTried(opened(phone))).toBe('1. Telephone number ending 555');
    expect(sayTried(opened(flat))).toBe('1. Address');
  });
});
