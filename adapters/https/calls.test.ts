import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { err, ok } from '../../schemas/result.ts';
import type { AgencyClient, AgencyRequest, AgencyResponse } from './agency-client.ts';
import { answered, makeCall, read, type Answered } from './calls.ts';
import { failureOfStatus } from './failure.ts';

/** A client that answers as it is told, one request at a time. */
function makeHeldClient(answer: (request: AgencyRequest) => AgencyResponse) {
  const asked: AgencyRequest[] = [];
  const waiting: (() => void)[] = [];
  const client: AgencyClient = {
    request: async (request) => {
      asked.push(request);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return ok(answer(request));
    },
    close: () => Promise.resolve(),
  };
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  /** Lets everything that is under way be answered, and what waits for it go out. */
  const answerAll = async (): Promise<void> => {
    for (const resolve of waiting.splice(0)) resolve();
    await settle();
  };
  return { client, asked, settle, answerAll };
}

const PLENTY = 60_000;
const here = (json: unknown): AgencyResponse => ({ status: 200, headers: {}, json });

function bind(client: AgencyClient, limits: { signal?: AbortSignal; timeoutMs?: number } = {}) {
  return makeCall<Answered>({
    client,
    headers: { 'x-api-key': 'k' },
    replyOf: (response) => (response.status === 200 ? answered(response) : failureOfStatus(response)),
    signal: limits.signal ?? new AbortController().signal,
    timeoutMs: limits.timeoutMs ?? PLENTY,
  });
}

describe('the calls of one question', () => {
  it('P3: a path is read once, also where it is asked for twice at once; another query is another read', async () => {
    const { client, asked, settle, answerAll } = makeHeldClient(({ path }) => here({ path }));
    const call = bind(client);
    const both = [call('/a'), call('/a')];
    await settle();
    expect(asked).toHaveLength(1);
    await answerAll();
    expect(await Promise.all(both)).toEqual([
      { kind: 'answered', json: { path: '/a' } },
      { kind: 'answered', json: { path: '/a' } },
    ]);
    await call('/a');
    expect(asked).toHaveLength(1);
    void call('/a', [['id', '1']]);
    void call('/a', [['id', '2']]);
    await settle();
    expect(asked).toHaveLength(3);
    await answerAll();
  });

  it('P8: what one question read, the next one asks for again', async () => {
    const { client, asked, settle, answerAll } = makeHeldClient(() => here({}));
    void bind(client)('/a');
    void bind(client)('/a');
    await settle();
    expect(asked).toHaveLength(2);
    await answerAll();
  });

  it('P11: eight are under way at most, and each that waits goes out in its turn', async () => {
    const { client, asked, settle, answerAll } = makeHeldClient(() => here({}));
    const call = bind(client);
    const all = Array.from({ length: 20 }, (_, n) => call(`/${n}`));
    const counts: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      await settle();
      counts.push(asked.length);
      await answerAll();
    }
    expect(counts).toEqual([8, 16, 20]);
    expect(await Promise.all(all)).toHaveLength(20);
    expect(asked.map(({ path }) => path)).toEqual(Array.from({ length: 20 }, (_, n) => `/${n}`));
  });

  it('P7: what its time does not allow is not asked, and is no empty answer', async () => {
    const { client, asked } = makeHeldClient(() => here({}));
    expect(await bind(client, { timeoutMs: 0 })('/a')).toEqual({ kind: 'failed', code: 'deadline' });
    const over = AbortSignal.abort();
    expect(await bind(client, { signal: over })('/a')).toEqual({ kind: 'failed', code: 'deadline' });
    expect(asked).toEqual([]);
  });

  it('P11: a call has four seconds at most, and less where the question has', async () => {
    const { client, asked, settle, answerAll } = makeHeldClient(() => here({}));
    void bind(client)('/a');
    void bind(client, { timeoutMs: 700 })('/b');
    await settle();
    expect(asked[0]?.timeoutMs).toBe(4_000);
    expect(asked[1]?.timeoutMs).toBeLessThanOrEqual(700);
    await answerAll();
  });

  it.each([
    ['a transport that fails', () => err('connect-failed' as const), 'connect-failed'],
    ['200 without a body', () => ok(here(undefined)), 'bad-answer'],
    ['another shape', () => ok(here({ id: 7 })), 'bad-answer'],
    ['401', () => ok({ status: 401, headers: {}, json: { id: 'x' } }), 'not-authorised'],
    ['302', () => ok({ status: 302, headers: {}, json: { id: 'x' } }), 'bad-answer'],
    ['503', () => ok({ status: 503, headers: {}, json: { id: 'x' } }), 'server-error'],
  ])('P7: %s is a failure with its code', async (_name, answer, code) => {
    const client: AgencyClient = { request: () => Promise.resolve(answer()), close: () => Promise.resolve() };
    expect(await read(bind(client), '/a', z.object({ id: z.string() }))).toEqual({ kind: 'failed', code });
  });

  it.each([
    ['7', { retryAfterMs: 7_000 }],
    ['Wed, 21 Oct 2026 07:28:00 GMT', {}],
    ['-1', {}],
  ])('429 with retry-after %s', (header, wait) => {
    const failure = failureOfStatus({ status: 429, headers: { 'retry-after': header }, json: undefined });
    expect(failure).toEqual({ kind: 'failed', code: 'rate-limited', ...wait });
  });
});
