import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { AgencyFault, AgencyRequest, AgencyResponse } from '../https/agency-client.ts';
import { startDeadline } from './limit.ts';
import { makeAccessTokens, type TokenOptions } from './token.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signingKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const AT = Date.parse('2026-03-02T09:00:00Z');
const deadline = () => startDeadline(new AbortController().signal, 1_000);

type Answer = Result<AgencyResponse, AgencyFault>;
const answered = (status: number, json?: unknown, headers: Record<string, string> = {}): Answer =>
  ok({ status, headers, json });
const GRANTED = answered(200, { access_token: 'abc', expires_in: '599', token_type: 'Bearer' });

/** Tokens over canned answers, the last of which repeats; and the requests that were made. */
function tokensOver(answers: readonly Answer[], change: Partial<TokenOptions> = {}) {
  const requests: AgencyRequest[] = [];
  const request = (made: AgencyRequest): Promise<Answer> => {
    requests.push(made);
    return Promise.resolve(answers[Math.min(requests.length, answers.length) - 1] ?? err('connect-failed'));
  };
  let id = 0;
  const tokens = makeAccessTokens({
    client: { request, close: () => Promise.resolve() },
    tokenUrl: 'https://api.example.nhs.uk/oauth2/token',
    signingKey,
    kid: 'key-1',
    clientId: 'app-1',
    now: () => new Date(AT),
    newId: () => `id-${(id += 1)}`,
    ...change,
  });
  return { tokens, requests };
}

describe('the access token', () => {
  it('is asked for with an assertion of the documented kind, a new one each time', async () => {
    const { tokens, requests } = tokensOver([GRANTED]);
    await tokens.take(deadline());
    tokens.forget('abc');
    await tokens.take(deadline());
    const assertions = requests.map(({ body }) => new URLSearchParams(body).get('client_assertion') ?? '');
    expect(assertions.map((assertion) => decodeProtectedHeader(assertion))).toEqual(
      [1, 2].map(() => ({ alg: 'RS512', typ: 'JWT', kid: 'key-1' })),
    );
    expect(assertions.map((assertion) => decodeJwt(assertion))).toEqual(
      [1, 2].map((n) => ({
        iss: 'app-1',
        sub: 'app-1',
        aud: 'https://api.example.nhs.uk/oauth2/token',
        jti: `id-${n}`,
        exp: AT / 1_000 + 240,
      })),
    );
    expect(requests[0]).toMatchObject({ method: 'POST', path: '/oauth2/token' });
  });

  it('is forgotten only where it is the one that was refused', async () => {
    const { tokens, requests } = tokensOver([GRANTED]);
    await tokens.take(deadline());
    tokens.forget('an older one');
    await tokens.take(deadline());
    expect(requests).toHaveLength(1);
  });

  it.each<[string, Answer, object]>([
    ['400', answered(400, { error: 'invalid_request' }), { outcome: 'error', code: 'not-authorised' }],
    ['401', answered(401), { outcome: 'error', code: 'not-authorised' }],
    ['403', answered(403), { outcome: 'error', code: 'not-authorised' }],
    [
      '429 with a wait',
      answered(429, undefined, { 'retry-after': '5' }),
      { outcome: 'unavailable', code: 'rate-limited', retryAfterMs: 5_000 },
    ],
    [
      '429 with a date',
      answered(429, undefined, { 'retry-after': 'Mon, 02 Mar 2026 09:00:00 GMT' }),
      { outcome: 'unavailable', code: 'rate-limited' },
    ],
    [
      '429 with a day',
      answered(429, undefined, { 'retry-after': '86400' }),
      { outcome: 'unavailable', code: 'rate-limited', retryAfterMs: 3_600_000 },
    ],
    ['500', answered(500), { outcome: 'error', code: 'server-error' }],
    ['a page of another kind', answered(200, { hello: 'you' }), { outcome: 'error', code: 'bad-answer' }],
    [
      'a token that would break the header',
      answered(200, { access_token: 'a\r\nb', expires_in: 599 }),
      { outcome: 'error', code: 'bad-answer' },
    ],
    ['no connection', err('connect-failed'), { outcome: 'unavailable', code: 'connect-failed' }],
  ])('P7: %s from its endpoint is a refusal with its code, and is not kept', async (_name, answer, error) => {
    const { tokens } = tokensOver([answer, GRANTED]);
    expect(await tokens.take(deadline())).toEqual({ ok: false, error });
    expect(await tokens.take(deadline())).toEqual({ ok: true, value: 'abc' });
  });

  it('the last who stops waiting ends the request', async () => {
    let aborted = 0;
    const request = ({ signal }: AgencyRequest): Promise<Answer> =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          aborted += 1;
          resolve(err('deadline'));
        });
      });
    const { tokens } = tokensOver([], { client: { request, close: () => Promise.resolve() } });
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [one, two].map(({ signal }) => tokens.take(startDeadline(signal, 60_000)));
    // The assertion is signed off the main thread: the request starts only after that.
    await new Promise((resolve) => setTimeout(resolve, 50));
    one.abort();
    await waiting[0];
    expect(aborted).toBe(0);
    two.abort();
    expect(await waiting[1]).toEqual({ ok: false, error: { outcome: 'timed-out', code: 'deadline' } });
    expect(aborted).toBe(1);
  });
});
