import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CaseRegister } from '../../gateway/ports/case-register.ts';
import { caseOf } from '../cases.ts';

/** What every case register must do, whatever keeps it. */

export interface RegisterUnderTest {
  readonly register: CaseRegister;
  release(): Promise<void>;
}

const NOT_FOUND = { ok: false, error: 'not-found' };

export function describeCaseRegister(name: string, open: () => Promise<RegisterUnderTest>): void {
  describe(`case register: ${name}`, () => {
    let under: RegisterUnderTest;
    const kase = caseOf('DAPG-2026-0042');
    beforeEach(async () => {
      under = await open();
      await under.register.put(kase);
    });
    afterEach(() => under.release());

    it.each(kase.agencies)('gives the case to %s, an agency of it', async (agency) => {
      expect(await under.register.find(kase.caseRef, agency)).toEqual({ ok: true, value: kase });
    });

    it('P6: answers an unknown case and another agency’s alike', async () => {
      expect(await under.register.find('DAPG-2026-9999', 'police')).toEqual(NOT_FOUND);
      expect(await under.register.find(kase.caseRef, 'housing')).toEqual(NOT_FOUND);
    });

    it('replaces the whole case', async () => {
      const { allocatedTo: _, ...rest } = caseOf(kase.caseRef, { category: 'hold', agencies: ['riverton-council'] });
      expect(await under.register.put(rest)).toEqual({ ok: true, value: undefined });
      expect(await under.register.find(kase.caseRef, 'riverton-council')).toEqual({ ok: true, value: rest });
      expect(await under.register.find(kase.caseRef, 'police')).toEqual(NOT_FOUND);
    });

    it('keeps one whole case of several stored at once', async () => {
      const cases = (['monitor', 'contact', 'hold'] as const).map((category) => caseOf(kase.caseRef, { category }));
      const results = await Promise.all(cases.map((each) => under.register.put(each)));
      expect(results.every((result) => result.ok)).toBe(true);
      const found = await under.register.find(kase.caseRef, 'police');
      expect(cases).toContainEqual(found.ok ? found.value : undefined);
    });

    it('does not take a case it could not read again', async () => {
      await expect(under.register.put({ ...kase, agencies: [] })).rejects.toThrow();
      expect(await under.register.find(kase.caseRef, 'police')).toEqual({ ok: true, value: kase });
    });

    it.each(["' or 1=1 --", 'DAPG-2026-0042\u0000', '', '\ud800'])('knows no case called %j', async (caseRef) => {
      const result = await under.register.find(caseRef, 'police');
      expect(result.ok).toBe(false);
    });
  });
}
