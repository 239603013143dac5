import { describe, expect, it } from '@jest/globals';
import type { StaffMember } from '../../gateway/ports/staff-register.ts';
import type { CaseKnown, UnusualInput } from '../../gateway/review/unusual/context.ts';
import { findUnusual } from '../../gateway/review/unusual/findings.ts';
import { likenessOf, makeLikenessDigests } from '../../gateway/review/unusual/likeness.ts';
import { londonOf } from '../../gateway/review/unusual/london.ts';
import type { Act, Look } from '../../gateway/review/unusual/look.ts';
import { measureUnusual } from '../bench/review/year.ts';

const BEGIN = Date.UTC(2026, 0, 5);
const DAY_MS = 86_400_000;
/** An hour of a day, in winter. */
const on = (day: number, hour = 11): number => BEGIN + day * DAY_MS + hour * 3_600_000;

const member = (staffId: string, change: Partial<StaffMember> = {}): StaffMember => ({
  ...{ agency: 'housing', staffId, team: 'Harbour', leave: [], surnameDigests: [`surname of ${staffId}`] },
  ...change,
});
const STAFF = ['ann', 'ben', 'cat'].map((id) => member(id));

const kase = (change: Partial<CaseKnown> = {}): CaseKnown => ({
  ...{ names: ['Dee Dowd'], surnames: ['Dowd'], homes: ['RV1'], team: ['ann', 'ben'], openedAt: on(-200) },
  ...change,
});

let position = 0;
const look = (staffId: string, at: number, change: Partial<Look> = {}): Look => ({
  ...{ position: (position += 1), at, agency: 'housing', staffId, caseRef: 'DAPG-2026-0001', purpose: 'HOUSING' },
  ...change,
});

function rulesFor(input: Partial<UnusualInput>): string[][] {
  return findUnusual({
    looks: [],
    acts: [],
    staff: STAFF,
    cases: new Map([['DAPG-2026-0001', kase()]]),
    until: on(365),
    ...input,
  }).map(({ reasons }) => reasons.map(({ rule }) => rule).sort());
}

/** Ann at work, so that her hours are known. */
const annsPast = Array.from({ length: 40 }, (_, n) =>
  look('ann', on(n % 5 === 4 ? n * 7 : Math.floor(n / 5) * 7 + (n % 5), 9 + (n % 8))),
);

describe('unusual access: every rule names what it saw, and leaves usual work alone', () => {
  it('a worker at her own case is usual', () => {
    expect(rulesFor({ looks: annsPast })).toEqual([]);
  });

  it('own name, own surname, own home', () => {
    const looks = [look('ann', on(1))];
    const staff = (change: Partial<StaffMember>): StaffMember[] => [member('ann', change)];
    expect(rulesFor({ looks, staff: staff({ nameDigest: 'Dee Dowd' }) })).toEqual([['own-name']]);
    expect(rulesFor({ looks, staff: staff({ homeDigest: 'RV1' }) })).toEqual([['same-address']]);
    // A surname alone is not enough, however rare: with an odd hour, or outside the caseload, it is.
    expect(rulesFor({ looks, staff: staff({ surnameDigests: ['Dowd'] }) })).toEqual([]);
    const outside = new Map([['DAPG-2026-0001', kase({ team: [] })]]);
    expect(rulesFor({ looks, staff: staff({ surnameDigests: ['Dowd'] }), cases: outside })).toEqual([
      ['outside-caseload', 'same-surname'],
    ]);
  });

  it('outside the caseload; not what a colleague works on, what is new, or what a meeting lists', () => {
    const cases = new Map([['DAPG-2026-0001', kase({ team: [] })]]);
    const catOnce = look('cat', on(3));
    expect(rulesFor({ looks: [catOnce], cases })).toEqual([['outside-caseload']]);
    expect(rulesFor({ looks: [look('ann', on(1)), look('ann', on(9)), catOnce], cases })).toEqual([
      ['outside-caseload'],
    ]);
    expect(
      rulesFor({
        looks: [look('ann', on(1)), look('ann', on(9)), catOnce, look('ben', on(1)), look('ben', on(2))],
        cases,
      }),
    ).toEqual([]);
    // Cat was given it when it was new, and nobody wrote her down.
    const newly = [look('cat', on(-199)), look('cat', on(-195))];
    expect(rulesFor({ looks: [...newly, catOnce], cases })).toEqual([]);
    expect(rulesFor({ looks: [...newly.slice(1), catOnce], cases })).toEqual([['outside-caseload']]);
    const fresh = new Map([['DAPG-2026-0001', kase({ team: [], openedAt: on(0) })]]);
    expect(rulesFor({ looks: [catOnce], cases: fresh })).toEqual([]);
    expect(rulesFor({ looks: [look('cat', on(3), { purpose: 'MARAC' })], cases })).toEqual([]);
  });

  it('on leave, again; and at night, again', () => {
    const staff = [member('ann', { leave: [{ from: '2026-04-01', to: '2026-04-14' }] })];
    const away = [look('ann', Date.UTC(2026, 3, 3, 10)), look('ann', Date.UTC(2026, 3, 4, 10))];
    expect(rulesFor({ looks: [...annsPast, ...away], staff })).toEqual([['night-or-leave']]);
    const nights = [50, 51, 52, 53].map((day) => look('ann', on(day, 2), { caseRef: 'DAPG-2026-0002' }));
    expect(rulesFor({ looks: [...annsPast, ...nights] })).toEqual([['night-or-leave']]);
    expect(rulesFor({ looks: [...annsPast, ...nights.slice(0, 1)] })).toEqual([]);
  });

  it('again and again after closure, not once', () => {
    const cases = new Map([['DAPG-2026-0001', kase({ closedAt: on(10) })]]);
    const late = [60, 75, 90].map((day) => look('ann', on(day)));
    expect(rulesFor({ looks: late, cases })).toEqual([['after-closure']]);
    expect(rulesFor({ looks: late.slice(0, 1), cases })).toEqual([]);
    expect(rulesFor({ looks: [11, 15, 20].map((day) => look('ann', on(day))), cases })).toEqual([]);
  });

  it('many references that are not known, not a slip', () => {
    const unknown = (n: number): Look =>
      look('ann', on(1) + n * 60_000, { caseRef: `DAPG-2026-${7000 + n}`, refused: 'case-not-known' });
    expect(rulesFor({ looks: [0, 1, 2, 3, 4].map(unknown) })).toEqual([['not-found-run']]);
    expect(rulesFor({ looks: [0, 1, 2].map(unknown) })).toEqual([]);
  });

  it('purposes that are tried, not one that was chosen wrongly', () => {
    const refused = (purpose: string, n: number): Look =>
      look('ann', on(1) + n * 60_000, { purpose, refused: 'purpose-not-supported' });
    expect(rulesFor({ looks: [refused('MAPPA', 0), refused('S47', 1), look('ann', on(1, 12))] })).toEqual([
      ['purpose-shopping'],
    ]);
    expect(rulesFor({ looks: [refused('MAPPA', 0), look('ann', on(1, 12))] })).toEqual([]);
  });

  it('far more people in a day than before and than colleagues', () => {
    const many = (staffId: string, day: number, count: number): Look[] =>
      Array.from({ length: count }, (_, n) =>
        look(staffId, on(day) + n * 60_000, { caseRef: `DAPG-2026-${String(100 + n).padStart(4, '0')}` }),
      );
    expect(rulesFor({ looks: [...annsPast, ...many('ann', 60, 9)], cases: new Map() })).toEqual([['volume']]);
    const everybody = [...many('ben', 59, 9), ...many('ann', 60, 9)];
    expect(rulesFor({ looks: [...annsPast, ...everybody], cases: new Map() })).toEqual([['volume']]);
    expect(rulesFor({ looks: [...many('ann', 59, 9), ...many('ann', 60, 9)], cases: new Map() })).toEqual([['volume']]);
  });

  it('a purpose whose act never follows, and glass that was broken for nothing', () => {
    const refs = [1, 2, 3, 4, 5].map((n) => `DAPG-2026-${String(n).padStart(4, '0')}`);
    const looks = refs.map((caseRef, n) => look('ann', on(n), { caseRef, purpose: 'ENGAGE' }));
    const attempt: Act = { at: on(3), agency: 'housing', staffId: 'ben', caseRef: 'DAPG-2026-0002', kind: 'attempt' };
    expect(rulesFor({ looks, cases: new Map() })).toEqual([['act-never-followed']]);
    expect(rulesFor({ looks, acts: [attempt], cases: new Map() })).toEqual([]);
    const broken = [look('ann', on(3), { caseRef: 'DAPG-2026-0002', purpose: 'EMERG' })];
    expect(rulesFor({ looks: broken, cases: new Map() })).toEqual([['glass-without-attempt']]);
    expect(rulesFor({ looks: broken, acts: [attempt], cases: new Map() })).toEqual([]);
    // Before the time in which it should follow is over, nobody can say that it did not.
    expect(rulesFor({ looks, cases: new Map(), until: on(15) })).toEqual([]);
    expect(rulesFor({ looks: broken, cases: new Map(), until: on(4) })).toEqual([]);
  });

  it('P8: a finding names staff and cases by reference, and its sentence no name, place or number', () => {
    const looks = [look('ann', on(1))];
    const [finding] = findUnusual({
      ...{ looks, acts: [], cases: new Map([['DAPG-2026-0001', kase()]]), until: on(365) },
      staff: [member('ann', { nameDigest: 'Dee Dowd', homeDigest: 'RV1' })],
    });
    expect(finding?.reasons).toHaveLength(2);
    expect(JSON.stringify(finding)).not.toMatch(/Dowd|RV1/u);
  });
});

describe('unusual access over a borough’s year', () => {
  it('finds nine of ten planted misuses at five findings a day or fewer', () => {
    const figures = measureUnusual({ seed: 2026 });
    expect(figures.looks).toBeGreaterThan(15_000);
    expect(figures.recall).toBeGreaterThanOrEqual(0.9);
    expect(figures.perDay).toBeLessThanOrEqual(5);
  });
});

describe('what the rules stand on', () => {
  it('British time', () => {
    expect(londonOf(Date.UTC(2026, 6, 1, 23, 30))).toEqual({ date: '2026-07-02', hour: 0, weekend: false });
    expect(londonOf(Date.UTC(2026, 0, 3, 23, 30))).toEqual({ date: '2026-01-03', hour: 23, weekend: true });
    expect(londonOf(Date.UTC(2026, 2, 29, 0, 59)).hour).toBe(0);
    expect(londonOf(Date.UTC(2026, 2, 29, 1, 0)).hour).toBe(2);
    expect(londonOf(Date.UTC(2026, 9, 25, 0, 59)).hour).toBe(1);
    expect(londonOf(Date.UTC(2026, 9, 25, 1, 0)).hour).toBe(1);
  });

  it('digests that compare names and homes however they are written, and that nobody reads without the key', () => {
    const digests = makeLikenessDigests(new Uint8Array(32).fill(4));
    const subject = {
      names: [{ type: 'current' as const, given: 'Siobhán Mary', family: "O'Neil" }],
      addresses: [{ postcode: 'rv1  4ab' }],
    };
    const likeness = likenessOf(subject, digests);
    expect(likeness.names).toEqual([digests.name('SIOBHAN', 'ONEIL')]);
    expect(likeness.surnames).toEqual([digests.surname('o’neil')]);
    expect(likeness.homes).toEqual([digests.home('RV1 4AB')]);
    expect(makeLikenessDigests(new Uint8Array(32).fill(5)).surname('ONEIL')).not.toBe(digests.surname('ONEIL'));
    expect(() => makeLikenessDigests(new Uint8Array(16))).toThrow(RangeError);
  });
});
