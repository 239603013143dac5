import { describe, expect, it } from '@jest/globals';
import type { StaffMember } from '../../gateway/ports/staff-register.ts';
import type { CaseKnown, UnusualInput } from '../../gateway/review/unusual/context.ts';
import { findUnusual } from '../../gateway/review/unusual/findings.ts';
import type { Act, Look } from '../../gateway/review/unusual/look.ts';
import { measureUnusual } from '../bench/review/year.ts';

/** Whose case it is: what the rules of unusual access take for work, and what they do not. */

const BEGIN = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;
const CASE = 'DAPG-2026-0001';
const HERS = 'DAPG-2026-0002';
const on = (day: number, hour = 11): number => BEGIN + day * DAY_MS + hour * 3_600_000;

const member = (staffId: string, change: Partial<StaffMember> = {}): StaffMember => ({
  ...{ agency: 'housing', staffId, team: 'Harbour', leave: [], surnameDigests: [`surname of ${staffId}`] },
  ...change,
});
const STAFF = [member('ann'), member('ben'), member('cat'), member('eve', { team: 'Canal Side' })];
const kase = (change: Partial<CaseKnown> = {}): CaseKnown => ({
  ...{ names: ['Dee Dowd'], surnames: ['Dowd'], homes: ['RV1'], team: [], openedAt: on(-200) },
  ...change,
});

let position = 0;
const look = (staffId: string, at: number, change: Partial<Look> = {}): Look => ({
  ...{ position: (position += 1), at, agency: 'housing', staffId, caseRef: CASE, purpose: 'HOUSING' },
  ...change,
});
const looks = (staffId: string, days: readonly number[], change: Partial<Look> = {}): Look[] =>
  days.map((day) => look(staffId, on(day), change));

const found = (input: Partial<UnusualInput>) =>
  findUnusual({
    ...{ looks: [], acts: [], staff: STAFF, until: on(365) },
    cases: new Map([[CASE, kase()]]),
    ...input,
  }).map(({ staff: { staffId }, reasons }) => [staffId, ...reasons.map(({ sentence }) => sentence)]);

const OUTSIDE = 'Looked on 1 day at a case that is not the own, and that nobody else of the team worked on.';
const annWorks = looks('ann', [-199, -195, -180, -160, -20, -6, 1, 8, 15, 22, 29, 36]);

describe('a case of another team', () => {
  it('is a slip where her own case follows within minutes, once; with anything beside it a person looks', () => {
    const own = looks('eve', [0, 7], { caseRef: HERS });
    const slip = [look('eve', on(14, 10)), look('eve', on(14, 10) + 180_000, { caseRef: HERS })];
    const cases = new Map([
      [CASE, kase()],
      [HERS, kase({ team: ['eve'] })],
    ]);
    expect(found({ looks: [...own, ...slip], cases })).toEqual([]);
    // An hour later it is no slip, nor is it one without a case of her own, nor twice.
    const late = [slip[0] ?? look('eve', on(14)), look('eve', on(14, 11), { caseRef: HERS })];
    expect(found({ looks: [...own, ...late], cases })).toEqual([['eve', OUTSIDE]]);
    expect(found({ looks: slip, cases: new Map([[CASE, kase()]]) })).toEqual([['eve', OUTSIDE]]);
    const twice = [...own, ...slip, look('eve', on(15, 10)), look('eve', on(15, 10) + 60_000, { caseRef: HERS })];
    expect(found({ looks: twice, cases })).toMatchObject([['eve', expect.stringContaining('on 2 days')]]);
    const namesake = [member('eve', { team: 'Canal Side', surnameDigests: ['Dowd'] })];
    expect(found({ looks: [...own, ...slip], cases, staff: namesake })).toHaveLength(1);
  });

  it('is hers where she did something about it that its history shows, and not where somebody else did', () => {
    const three = looks('eve', [1, 9, 17]);
    const act = (staffId: string): Act => ({
      at: on(10),
      agency: 'housing',
      staffId,
      caseRef: CASE,
      kind: 'case-change',
    });
    expect(found({ looks: three })).toHaveLength(1);
    expect(found({ looks: three, acts: [act('ann')] })).toHaveLength(1);
    expect(found({ looks: three, acts: [act('eve')] })).toEqual([]);
  });

  it('is nobody’s under broken glass, which has a review of its own', () => {
    expect(found({ looks: looks('eve', [3], { purpose: 'EMERG' }) })).toEqual([
      ['eve', 'Broke the glass in an emergency, and within two days nobody did anything about the case.'],
    ]);
  });

  it('is hers where she was there in its first days and came back within the month', () => {
    expect(found({ looks: looks('eve', [-195, -175, 3]) })).toEqual([]);
    expect(found({ looks: looks('eve', [-195, -150, 3]) })).toHaveLength(1);
    expect(found({ looks: looks('eve', [-180, -175, 3]) })).toHaveLength(1);
  });
});

describe('a case of the own team', () => {
  it('is cover once, and beside the colleague who is there for it again and again it is not', () => {
    expect(found({ looks: [...annWorks, ...looks('cat', [5])] })).toEqual([]);
    expect(found({ looks: [...annWorks, ...looks('cat', [5, 12, 19])] })).toEqual([
      ['cat', 'Looked on 3 days at a case that a colleague of the team works on and was there for.'],
    ]);
  });

  it('is cover while the colleague is away', () => {
    const staff = [member('ann', { leave: [{ from: '2026-01-08', to: '2026-01-30' }] }), member('cat')];
    const worked = annWorks.filter(({ at }) => at < on(3) || at > on(25));
    expect(found({ looks: [...worked, ...looks('cat', [5, 12, 19])], staff })).toEqual([]);
  });

  it('is hers when it is handed over to her', () => {
    const handed = annWorks.filter(({ at }) => at < on(9));
    expect(found({ looks: [...handed, ...looks('cat', [5, 12, 19, 26])] })).toEqual([]);
  });

  it('with a purpose that was refused, one day beside the colleague is enough', () => {
    const refused = look('cat', on(5, 10), { purpose: 'MAPPA', refused: 'purpose-not-supported' });
    expect(found({ looks: [...annWorks, refused, ...looks('cat', [5])] })).toMatchObject([
      ['cat', expect.stringContaining('and was refused under 1'), expect.stringContaining('a colleague of the team')],
    ]);
  });
});

describe('a borough’s year that the rules were not chosen by', () => {
  it('has nine of ten planted misuses found at two findings a day or fewer, one in seven of them right', () => {
    const figures = measureUnusual({ seed: 202 });
    expect(figures.recall).toBeGreaterThanOrEqual(0.9);
    expect(figures.perDay).toBeLessThanOrEqual(2);
    expect(figures.precision).toBeGreaterThanOrEqual(1 / 7);
  });
});
