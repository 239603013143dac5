import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CaseListWanted, CaseWorkRegister } from '../../gateway/ports/case-register.ts';
import { blockedDigest } from '../../gateway/cases/blocked-digests.ts';
import { caseOf } from '../cases.ts';

/** What every case register must do, whatever keeps it. */

export interface RegisterUnderTest {
  readonly register: CaseWorkRegister;
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

    it('opens a case with the revision that the next change has to name', async () => {
      const file = await under.register.open(kase.caseRef, 'police');
      expect(file).toEqual({ ok: true, value: { kase, revision: 1 } });
      expect(await under.register.replace({ ...kase, category: 'hold' }, 1)).toEqual({ ok: true, value: 2 });
      expect(await under.register.open(kase.caseRef, 'housing')).toEqual(NOT_FOUND);
    });

    it.each([0, 2, 7])(
      'two tabs: does not store on top of revision %i, which is not what is there',
      async (revision) => {
        const other = { ...kase, category: 'hold' as const };
        expect(await under.register.replace(other, revision)).toEqual({ ok: false, error: 'changed-meanwhile' });
        expect(await under.register.find(kase.caseRef, 'police')).toEqual({ ok: true, value: kase });
      },
    );

    it('of several changes at once on one revision exactly one is stored', async () => {
      const cases = (['monitor', 'hold', 'closed'] as const).map((category) => caseOf(kase.caseRef, { category }));
      const results = await Promise.all(cases.map((each) => under.register.replace(each, 1)));
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      const winner = cases[results.findIndex(({ ok }) => ok)];
      expect(await under.register.open(kase.caseRef, 'police')).toEqual({
        ok: true,
        value: { kase: winner, revision: 2 },
      });
    });

    describe('what cases close', () => {
      const sealedContact = { kind: 'phone', seal: 'h'.repeat(43) } as const;
      const digest = blockedDigest(sealedContact);
      const blocked = (n: number, more: Parameters<typeof caseOf>[1] = {}) =>
        caseOf(`DAPG-2026-010${n}`, {
          protectedContacts: [],
          safetyBlocks: [{ since: '2026-11-20', sealedContact }],
          ...more,
        });
      const found = async (): Promise<string[]> => {
        const among = await under.register.blockedAmong([digest, 'x'.repeat(43)]);
        return among.ok ? [...among.value] : [among.error];
      };

      it('P4: is found by its digest while any case closes it, and not any longer', async () => {
        expect(await found()).toEqual([]);
        await under.register.put(blocked(1));
        await under.register.put(blocked(2, { category: 'closed' }));
        expect(await found()).toEqual([digest]);
        await under.register.replace({ ...blocked(1), safetyBlocks: [] }, 1);
        expect(await found()).toEqual([digest]);
        await under.register.put({ ...blocked(2), safetyBlocks: [] });
        expect(await found()).toEqual([]);
        expect(await under.register.blockedAmong([])).toEqual({ ok: true, value: new Set() });
      });

      it('lists the cases of which an agency is one, whoever leads, and those with something unread', async () => {
        const answered = {
          sealedContact,
          outcome: 'victim-answered-or-may-have',
          at: '2026-11-20',
          attemptId: '5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0a01',
        } as const;
        const agencies = ['police', 'riverton-council', 'riverton-idva'];
        await under.register.put(blocked(1, { agencies, leadAgency: 'police' }));
        await under.register.put(blocked(2, { agencies, category: 'closed', attempts: [answered] }));
        await under.register.put(blocked(3, { agencies, attempts: [answered] }));
        await under.register.put(blocked(4, { attempts: [answered] }));
        const listed = async (of: 'open' | 'unacknowledged'): Promise<string[]> => {
          const refs: string[] = [];
          let after: string | undefined;
          do {
            const place = after === undefined ? {} : { after };
            const page = await under.register.listShared({ agency: 'riverton-idva', of, limit: 1, ...place });
            if (!page.ok) throw new Error(page.error);
            refs.push(...page.value.files.map((file) => file.kase.caseRef.slice(-1)));
            after = page.value.next;
          } while (after !== undefined);
          return refs;
        };
        expect(await listed('open')).toEqual(['1', '3']);
        expect(await listed('unacknowledged')).toEqual(['2', '3']);
      });
    });

    describe('lists', () => {
      const lead = 'riverton-council';
      const named = (n: number, more: Parameters<typeof caseOf>[1] = {}) =>
        caseOf(`DAPG-2026-00${n}`, { openedOn: `2026-10-${n}`, allocatedTo: 'x.worker', ...more });
      const reached = { sealedContact: { kind: 'phone', seal: 's'.repeat(43) }, outcome: 'reached-him' } as const;
      const CASES = [
        named(10, { allocatedTo: 'y.worker', category: 'hold', openedOn: '2026-01-10' }),
        named(11, { attempts: [{ ...reached, at: '2026-10-21' }] }),
        named(12),
        named(13, { category: 'closed', attempts: [{ ...reached, at: '2026-10-17' }] }),
        named(14, { openedOn: '2026-10-01' }),
        named(15, { leadAgency: 'police' }),
      ];
      beforeEach(async () => {
        for (const each of CASES) await under.register.put(each);
      });
      const listed = async (wanted: CaseListWanted, limit = 50): Promise<string[]> => {
        const refs: string[] = [];
        let after: string | undefined;
        do {
          const page = await under.register.list({
            leadAgency: lead,
            wanted,
            limit,
            ...(after === undefined ? {} : { after }),
          });
          if (!page.ok) throw new Error(page.error);
          expect(page.value.files.length).toBeLessThanOrEqual(limit);
          refs.push(...page.value.files.map((file) => file.kase.caseRef.slice(-2)));
          after = page.value.next;
        } while (after !== undefined);
        return refs;
      };

      it.each([50, 1, 2])('a worker’s own open cases, %i to a page', async (limit) => {
        expect(await listed({ of: 'worker', staffId: 'x.worker' }, limit)).toEqual(['11', '12', '14']);
        expect(await listed({ of: 'worker', staffId: 'nobody' }, limit)).toEqual([]);
      });

      it.each([50, 1, 2])('gaps, the longest open first, %i to a page', async (limit) => {
        expect(await listed({ of: 'gaps' }, limit)).toEqual(['14', '12', '42']);
      });

      it.each([50, 1])('reviews due, the longest due first, %i to a page', async (limit) => {
        expect(await listed({ of: 'reviews-due', by: '2026-12-31' }, limit)).toEqual(['10', '14']);
        expect(await listed({ of: 'reviews-due', by: '2026-12-30' }, limit)).toEqual(['10', '14']);
        expect(await listed({ of: 'reviews-due', by: '2026-12-29' }, limit)).toEqual(['10']);
      });

      it('open cases by reference, whatever else is asked for as a place to begin', async () => {
        expect(await listed({ of: 'open' }, 2)).toEqual(['10', '11', '12', '14', '42']);
        const page = await under.register.list({
          leadAgency: lead,
          wanted: { of: 'open' },
          limit: 50,
          after: "' or 1=1",
        });
        expect(page.ok).toBe(true);
      });

      it('follows a case that changes hands, is closed, or reaches him', async () => {
        await under.register.put(named(12, { allocatedTo: 'y.worker' }));
        await under.register.put(named(14, { category: 'closed' }));
        expect(await listed({ of: 'worker', staffId: 'x.worker' })).toEqual(['11']);
        expect(await listed({ of: 'worker', staffId: 'y.worker' })).toEqual(['10', '12']);
        expect(await listed({ of: 'closed' })).toContain('14');
        expect(await listed({ of: 'open' })).not.toContain('14');
        expect(await listed({ of: 'closed' })).not.toContain('12');
      });

      it('counts gaps, and the days from opening to the day he was first reached', async () => {
        expect(await under.register.measureGaps(lead, '2026-10-01')).toEqual({
          ok: true,
          value: { openCases: 4, withGap: 3, reached: 2, medianDaysToFirstUsable: 4, ninetiethPercentileDays: 10 },
        });
        expect(await under.register.measureGaps('housing', '2026-10-01')).toEqual({
          ok: true,
          value: { openCases: 0, withGap: 0, reached: 0 },
        });
      });
    });
  });
}
