import { describe, expect, it } from '@jest/globals';
import { questionsFor } from '../../test/agencies/running.ts';
import { answered, type Answered } from './calls.ts';
import { failureOfStatus } from './failure.ts';
import { makeHttpsSource, type HttpsSourceOptions } from './source.ts';

const sourceOf = (answer: HttpsSourceOptions<Answered>['answer']) =>
  makeHttpsSource<Answered>({
    agency: 'housing',
    name: 'Riverton Homes',
    takes: [],
    baseUrl: 'https://127.0.0.1:9',
    tls: { ca: '' },
    headers: {},
    replyOf: (response) => (response.status === 200 ? answered(response) : failureOfStatus(response)),
    answer,
  });

const LIMITS = { signal: new AbortController().signal, timeoutMs: 1_000 };

describe('a source behind HTTPS', () => {
  it.each([
    ['rejects', () => Promise.reject(new Error('no such shape'))],
    [
      'throws',
      () => {
        throw new Error('no such shape');
      },
    ],
  ])(
    'P7: an answer that %s is one outside the contract, never a throw and never "none held"',
    async (_name, answer) => {
      const source = sourceOf(answer);
      expect(await source.ask(questionsFor([])(), LIMITS)).toEqual({
        outcome: 'error',
        code: 'bad-answer',
        records: [],
      });
      await source.close();
      await source.close();
    },
  );

  it('P7: an agency that cannot be reached says so', async () => {
    const source = sourceOf(async (_question, _limits, call) => {
      const reply = await call('/a');
      return { outcome: 'unavailable', ...(reply.kind === 'failed' ? { code: reply.code } : {}), records: [] };
    });
    expect((await source.ask(questionsFor([])(), LIMITS)).code).toBe('connect-failed');
    await source.close();
  });
});
