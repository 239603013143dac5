import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ATTEMPT_OUTCOMES, type AttemptOutcome, type SealedAttempt } from '../../schemas/attempt.ts';
import type { ContactPoint } from '../../schemas/contact-point.ts';
import { sourceRecordSchema } from '../../schemas/source-record.ts';
import { BAYES_FACTORS, indexAttempts, reliability, timesOdds, weighAttempts } from './attempts.ts';
import { reachSubject, type Reach } from './reach.ts';
import { makeSeal } from './seal.ts';

const seal = makeSeal(new Uint8Array(32).fill(8));
const asOf = '2026-11-22';
const FIRST = '07700 900111';
const SECOND = '07700 900222';

const mobile = (value: string, more: Partial<ContactPoint> = {}): ContactPoint => ({
  kind: 'phone',
  value,
  recordedAs: 'self',
  lastConfirmed: '2026-06-01',
  ...more,
});
const tried = (value: string, outcome: AttemptOutcome, at = '2026-11-20'): SealedAttempt => ({
  sealedContact: { kind: 'phone', seal: seal('phone', value) ?? '' },
  outcome,
  at,
});

function reach(
  attempts: readonly SealedAttempt[],
  contacts: readonly (readonly [string, ContactPoint])[] = BOTH,
): Reach {
  const subjectRecords = contacts.map(([agency, contact], n) =>
    sourceRecordSchema.parse({ recordId: `${agency}:${n}`, agency, system: agency, person: {}, contacts: [contact] }),
  );
  const safety = { attempts: [...attempts] };
  return reachSubject({ subjectRecords, otherRecords: [], protectedContacts: [], seal, asOf, safety });
}
const BOTH = [
  ['police', mobile(FIRST)],
  ['housing', mobile(SECOND)],
] as const;
const probabilityOf = ({ ranked }: Reach, last: string): number =>
  ranked.find(({ value }) => value.endsWith(last))?.probability ?? -1;

describe('what came of an attempt changes the odds of that contact point', () => {
  it('by the Bayes factor of its outcome, fading by half in bits every year', () => {
    const weigh = (...attempts: SealedAttempt[]) =>
      weighAttempts(
        indexAttempts(attempts, asOf),
        new Set([`seal phone ${seal('phone', FIRST) ?? ''}`]),
        asOf,
        undefined,
      );
    expect(weigh(tried(FIRST, 'not-his', asOf)).factor).toBeCloseTo(BAYES_FACTORS['not-his'], 6);
    expect(weigh(tried(FIRST, 'someone-else', asOf)).factor).toBeCloseTo(BAYES_FACTORS['someone-else'], 6);
    expect(weigh(tried(FIRST, 'not-his', '2025-11-22')).factor).toBeCloseTo(Math.sqrt(BAYES_FACTORS['not-his']), 6);
    expect(weigh(tried(FIRST, 'not-tried', asOf)).factor).toBe(1);
    expect(timesOdds(0.5, 0.25)).toBeCloseTo(0.2, 9);
  });

  it('silence counts once a day and three times at most, and not before a source confirmed it again', () => {
    const silent = ['2026-11-01', '2026-11-02', '2026-11-03', '2026-11-04'].map((at) => tried(FIRST, 'no-answer', at));
    const three = probabilityOf(reach(silent.slice(1)), '111');
    expect(probabilityOf(reach([...silent, ...silent]), '111')).toBe(three);
    expect(three).toBeLessThan(probabilityOf(reach([]), '111'));
    const confirmedSince = [['police', mobile(FIRST, { lastConfirmed: '2026-11-10' })]] as const;
    expect(probabilityOf(reach(silent, confirmedSince), '111')).toBe(probabilityOf(reach([], confirmedSince), '111'));
  });

  it.each([
    ['not-his', 'on 20 November 2026 it was said not to be his'],
    ['someone-else', 'on 20 November 2026 somebody else answered'],
    ['no-answer', 'nobody answered on 20 November 2026'],
  ] as const)('%s lowers it, flags it and says so', (outcome, sentence) => {
    const after = reach([tried(FIRST, outcome)]);
    expect(probabilityOf(after, '111')).toBeLessThan(probabilityOf(reach([]), '111'));
    const told = after.ranked.find(({ value }) => value.endsWith('111'));
    expect(told?.flags).toContain('not-reached-before');
    expect(told?.because).toContain(sentence);
  });

  it('he was reached: it ranks first, whatever came before, and says so', () => {
    const after = reach([tried(FIRST, 'not-his', '2026-10-01'), tried(FIRST, 'reached-him')]);
    expect(after.ranked[0]).toMatchObject({
      value: '+447700900111',
      flags: expect.arrayContaining(['reached-before']),
    });
    expect(after.ranked[0]?.because).toContain('he was reached by it on 20 November 2026');
    expect(probabilityOf(after, '111')).toBeGreaterThan(probabilityOf(reach([]), '111'));
  });

  it('not tried, or tried after the day of the question, says nothing', () => {
    expect(reach([tried(FIRST, 'not-tried'), tried(FIRST, 'not-his', '2026-12-01')])).toEqual(reach([]));
  });
});

describe('what came of an attempt changes what its sources are believed', () => {
  const other = [...BOTH, ['police', mobile('07700 900333', { lastConfirmed: '2026-06-01' })]] as const;

  it('by the mean of a Beta distribution worth twelve attempts', () => {
    expect(reliability(0.9, { right: 0, wrong: 0 })).toBeCloseTo(0.9, 12);
    expect(reliability(0.9, { right: 0, wrong: 3 })).toBeCloseTo(10.8 / 15, 12);
    expect(reliability(0.9, { right: 4, wrong: 0 })).toBeCloseTo(14.8 / 16, 12);
  });

  it('a wrong number of an agency lowers its other numbers and nobody else’s', () => {
    const [before, after] = [reach([], other), reach([tried(FIRST, 'not-his')], other)];
    expect(probabilityOf(after, '333')).toBeLessThan(probabilityOf(before, '333'));
    expect(probabilityOf(after, '222')).toBe(probabilityOf(before, '222'));
  });
});

describe('P4: the victim answered', () => {
  it('P4: blocks the value in every record, spelling and kind at once, on that day or long before', () => {
    const spelt = [
      ['police', mobile('07700 900111')],
      ['probation', mobile('+44 (0)7700 900 111', { recordedAs: 'work', verified: true })],
      ['health', { kind: 'email', value: '07700900111@example.org', recordedAs: 'self' }],
      ['housing', mobile(SECOND)],
    ] as const;
    for (const at of ['2026-11-20', '2019-01-01', '2027-01-01']) {
      const answer = reach([tried(FIRST, 'victim-answered-or-may-have', at), tried(FIRST, 'reached-him')], spelt);
      expect(answer.ranked.map(({ value }) => value)).toEqual(['+447700900222']);
      expect(JSON.stringify(answer)).not.toContain('900111');
      expect(answer.withheld.map(({ reason }) => reason)).toContain('victim-may-answer');
    }
  });

  it('P4: leaves every other probability as it was', () => {
    const other = [...BOTH, ['police', mobile('07700 900333', { lastConfirmed: '2026-02-01' })]] as const;
    const without = other.filter(([, { value }]) => value !== FIRST);
    const answer = reach([tried(FIRST, 'victim-answered-or-may-have')], other);
    expect(answer.ranked).toEqual(reach([], without).ranked.map((each) => ({ ...each, sources: expect.anything() })));
  });

  it('P4: no attempt of any outcome ever brings a contact point in', () => {
    const outcome = fc.constantFrom(...ATTEMPT_OUTCOMES);
    const attempt = fc.tuple(
      fc.constantFrom(FIRST, SECOND, '07700 900999'),
      outcome,
      fc.constantFrom('2026-01-01', asOf),
    );
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 8 }), attempt, (before, more) => {
        const of = (all: readonly (typeof more)[]) => reach(all.map(([value, what, at]) => tried(value, what, at)));
        const values = new Set(of(before).ranked.map(({ value }) => value));
        const after = of([...before, more]);
        for (const { value, probability } of after.ranked) {
          expect(values).toContain(value);
          expect(probability).toBeGreaterThanOrEqual(0);
          expect(probability).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 6, numRuns: 150 },
    );
  });
});
