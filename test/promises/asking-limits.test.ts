import { describe, expect, it } from '@jest/globals';
import { ASK_LIMITS, askAll, guardSource } from '../../gateway/disclosure/ask.ts';
import type { AgencySource, SourceAnswer, SourceQuestion } from '../../gateway/ports/agency-source.ts';

const QUESTION: SourceQuestion = {
  questionId: '7b0d2c1e-3f52-4c58-9a51-3f8c1d2e4a6b',
  subject: {},
  fields: ['pro.phone'],
  asOf: '2026-11-20',
  asker: { agency: 'council', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0042', at: '2026-11-20T09:00:00.000Z' },
  seal: () => undefined,
};
const source = (ask: AgencySource['ask']): AgencySource => ({
  agency: 'probation',
  name: 'Probation',
  takes: ['pro.phone'],
  ask,
  close: () => Promise.resolve(),
});
const never = (): Promise<SourceAnswer> => new Promise(() => undefined);

describe('P11: a place at a source', () => {
  it('a question whose time ends while it waits for a place ends then, and the source never hears of it', async () => {
    let calls = 0;
    const limits = { ...ASK_LIMITS, sourceTimeoutMs: 60_000, concurrencyMax: 1, queueMax: 5 };
    const guarded = guardSource(
      source(() => {
        calls += 1;
        return never();
      }),
      limits,
    );
    const over = new AbortController();
    const asks = Array.from({ length: 4 }, () => guarded.ask(QUESTION, over.signal, 60_000));
    await new Promise((resolve) => setImmediate(resolve));
    over.abort();
    const codes = (await Promise.all(asks)).map(({ answer }) => answer.code);
    expect(codes).toEqual(['deadline', 'bulkhead-full', 'bulkhead-full', 'bulkhead-full']);
    // The place is free again; those who waited for it are gone.
    await new Promise((resolve) => setImmediate(resolve));
    expect(calls).toBe(1);
  });

  it('an adapter that gives no answer at all, or one of no shape, is an error of that source', async () => {
    const broken: AgencySource['ask'][] = [
      () => Promise.resolve(JSON.parse('null')),
      () => Promise.resolve(JSON.parse('{"outcome":"found"}')),
      () => {
        throw new Error('not even a promise');
      },
    ];
    for (const ask of broken) {
      const [report] = await askAll([{ guarded: guardSource(source(ask)), question: QUESTION }]);
      expect(report?.answer).toEqual({ outcome: 'error', code: 'bad-answer', records: [] });
    }
  });
});
