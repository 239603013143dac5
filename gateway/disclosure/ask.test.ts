import { describe, expect, it } from '@jest/globals';
import type { AgencySource, SourceAnswer, SourceQuestion } from '../ports/agency-source.ts';
import { ASK_LIMITS, askAll, guardSource, type AskLimits } from './ask.ts';

const LIMITS: AskLimits = { ...ASK_LIMITS, sourceTimeoutMs: 40, questionTimeoutMs: 80, failuresMax: 2, restMs: 50 };
const question: SourceQuestion = {
  questionId: '7b0d2c1e-3f52-4c58-9a51-3f8c1d2e4a6b',
  subject: {},
  fields: ['pro.phone'],
  asOf: '2026-11-20',
  asker: { agency: 'council', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0042', at: '2026-11-20T09:00:00.000Z' },
  seal: () => undefined,
};
const noneHeld: SourceAnswer = { outcome: 'none-held', records: [] };
const never = (): Promise<SourceAnswer> => new Promise(() => undefined);

function source(ask: AgencySource['ask'], agency = 'probation'): AgencySource {
  return { agency, name: agency, takes: ['pro.phone'], ask, close: () => Promise.resolve() };
}
const askOne = async (ask: AgencySource['ask'], limits = LIMITS) => {
  const [report] = await askAll([{ guarded: guardSource(source(ask), limits), question }], limits);
  return report?.answer;
};

describe('P7: every outcome is kept, and "did not answer" never reads as "none held"', () => {
  it('a source that ignores its signal times out all the same', async () => {
    expect(await askOne(never)).toEqual({ outcome: 'timed-out', code: 'deadline', records: [] });
  });

  it('a source that throws is an error of that source and of no other', async () => {
    const thrower = guardSource(
      source(() => Promise.reject(new Error('a bug in an adapter'))),
      LIMITS,
    );
    const well = guardSource(
      source(() => Promise.resolve(noneHeld), 'health'),
      LIMITS,
    );
    const reports = await askAll(
      [thrower, well].map((guarded) => ({ guarded, question })),
      LIMITS,
    );
    expect(reports.map(({ agency, answer }) => [agency, answer.outcome])).toEqual([
      ['probation', 'error'],
      ['health', 'none-held'],
    ]);
  });

  it('asks nobody when there is nobody to ask', async () => {
    expect(await askAll([], LIMITS)).toEqual([]);
  });
});

describe('P11: each source has its own limits', () => {
  it('the whole question ends in its time, whatever a source was given', async () => {
    const limits = { ...LIMITS, sourceTimeoutMs: 60_000, questionTimeoutMs: 30 };
    expect(await askOne(never, limits)).toMatchObject({ outcome: 'timed-out' });
  });

  it('a source that fails again and again is left alone, and asked again after its rest', async () => {
    let calls = 0;
    let ill = true;
    const guarded = guardSource(
      source(() => {
        calls += 1;
        return Promise.resolve<SourceAnswer>(ill ? { outcome: 'error', code: 'server-error', records: [] } : noneHeld);
      }),
      LIMITS,
    );
    const ask = async () => (await askAll([{ guarded, question }], LIMITS))[0]?.answer;
    expect([await ask(), await ask()].map((answer) => answer?.code)).toEqual(['server-error', 'server-error']);
    expect(await ask()).toEqual({ outcome: 'unavailable', code: 'breaker-open', records: [] });
    expect(calls).toBe(2);
    ill = false;
    await new Promise((resolve) => setTimeout(resolve, LIMITS.restMs + 20));
    expect(await ask()).toEqual(noneHeld);
  });

  it.each(['rate-limited', 'too-many-matches', 'stale-extract'] as const)(
    '%s does not rest a source: it is well and says so',
    async (code) => {
      const guarded = guardSource(
        source(() => Promise.resolve({ outcome: 'unavailable', code, records: [] })),
        LIMITS,
      );
      for (let n = 0; n < 5; n += 1) {
        const [report] = await askAll([{ guarded, question }], LIMITS);
        expect(report?.answer.code).toBe(code);
      }
    },
  );

  it('past its places and its queue a source is told as unavailable at once', async () => {
    const limits = { ...LIMITS, concurrencyMax: 1, queueMax: 1 };
    const guarded = guardSource(source(never), limits);
    const reports = await askAll(
      [0, 1, 2].map(() => ({ guarded, question })),
      limits,
    );
    expect(reports.map(({ answer }) => answer.code).sort()).toEqual(['bulkhead-full', 'deadline', 'deadline']);
  });
});

describe('P3: what was not asked for is dropped behind the adapter’s back', () => {
  it('an adapter that returns more than its question is cut to it', async () => {
    const answer = await askOne(() =>
      Promise.resolve({
        outcome: 'found',
        records: [
          {
            recordId: 'probation:1',
            agency: 'probation',
            system: 'delius',
            person: {},
            contacts: [
              { kind: 'phone', value: '07700 900123', field: 'pro.phone' },
              { kind: 'address', value: '1 Unasked Road', field: 'pro.address' },
              { kind: 'email', value: 'of.no.field@example.org' },
            ],
            whereabouts: { field: 'pro.address', noFixedAbode: true },
            values: [{ field: 'pro.mappa', value: { kind: 'coded', code: 'M2', label: 'Level 2' } }],
            withheldFields: ['pro.licence'],
            unansweredFields: ['pro.phone', 'pro.release'],
          },
        ],
      }),
    );
    expect(answer?.records).toEqual([
      {
        recordId: 'probation:1',
        agency: 'probation',
        system: 'delius',
        person: {},
        contacts: [{ kind: 'phone', value: '07700 900123', field: 'pro.phone' }],
        values: [],
        withheldFields: [],
        unansweredFields: ['pro.phone'],
      },
    ]);
  });
});
