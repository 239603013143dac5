import { createPrivateKey, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import { z } from 'zod';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { AgencyClient, AgencyResponse } from '../https/agency-client.ts';
import { pause, type Deadline } from './limit.ts';
import {
  BAD_ANSWER,
  NOT_AUTHORISED,
  OUT_OF_TIME,
  rateLimited,
  refusalOfFault,
  SERVER_ERROR,
  type Refusal,
} from './refusal.ts';

/**
 * The access token of an application-restricted NHS API: OAuth 2.0 client credentials whose client proves itself with
 * a JWT signed by its own key (RFC 7523; NHS England Digital, "Application-restricted RESTful APIs: signed JWT
 * authentication": RS512, kid, jti used once, at most five minutes).
 */

export interface TokenOptions {
  readonly client: AgencyClient;
  readonly tokenUrl: string;
  /** PEM of the RSA private key whose public half NHS England holds under `kid`. */
  readonly signingKey: string;
  readonly kid: string;
  /** The application's API key: issuer and subject of the assertion. */
  readonly clientId: string;
  readonly now: () => Date;
  readonly newId: () => string;
}

export interface AccessTokens {
  /** A token that is good for half a minute yet: the one held, or a new one that all who wait now share. */
  take(deadline: Deadline): Promise<Result<string, Refusal>>;
  /** Forgets a token that the service refused, so that the next one to ask gets a new one. */
  forget(token: string): void;
}

interface HeldToken {
  readonly value: string;
  readonly goodUntilMs: number;
}

interface Flight {
  readonly answer: Promise<Result<string, Refusal>>;
  readonly abort: AbortController;
  waiting: number;
}

/** A minute below the five that are allowed: our clock and theirs differ. */
const ASSERTION_SECONDS = 240;
const SPARE_MS = 30_000;
const TOKEN_TIMEOUT_MS = 4_000;
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** Seconds come as a number (RFC 6749) or, from NHS England's platform, as digits in a string. */
const tokenSchema = z.object({
  access_token: z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .max(8_000),
  expires_in: z.union([z.number(), z.string().regex(/^\d{1,9}$/)]).transform(Number),
});

/** Throws at start-up where the key is not an RSA private key; nothing is asked for before the first `take`. */
export function makeAccessTokens(options: TokenOptions): AccessTokens {
  const key = createPrivateKey(options.signingKey);
  if (key.asymmetricKeyType !== 'rsa') throw new Error('the signing key of the health adapter must be an RSA key');
  let held: HeldToken | undefined;
  let flight: Flight | undefined;

  const start = (): Flight => {
    const abort = new AbortController();
    const request = async (): Promise<Result<string, Refusal>> => {
      try {
        const result = await requestToken(options, key, abort.signal);
        if (!result.ok) return result;
        held = result.value;
        return ok(result.value.value);
      } catch {
        // Nobody may be waiting any more: a rejection without a listener would end the whole process.
        return err(BAD_ANSWER);
      } finally {
        if (flight?.abort === abort) flight = undefined;
      }
    };
    return { answer: request(), abort, waiting: 0 };
  };

  return {
    take: async (deadline) => {
      if (held !== undefined && held.goodUntilMs > options.now().getTime()) return ok(held.value);
      const mine = (flight ??= start());
      mine.waiting += 1;
      const result = await within(mine.answer, deadline);
      mine.waiting -= 1;
      // One question that is called off must not take the token from the others; the last one ends the request.
      if (mine.waiting === 0 && result === undefined) {
        mine.abort.abort();
        if (flight === mine) flight = undefined;
      }
      return result ?? err(OUT_OF_TIME);
    },
    forget: (token) => {
      if (held?.value === token) held = undefined;
    },
  };
}

/** The promise's value, or undefined where the deadline came first. */
async function within<T>(promise: Promise<T>, deadline: Deadline): Promise<T | undefined> {
  const settled = new AbortController();
  const stop = (): void => settled.abort();
  deadline.signal.addEventListener('abort', stop, { once: true });
  try {
    const late = deadline.signal.aborted
      ? Promise.resolve(undefined)
      : pause(deadline.leftMs(), settled.signal).then(() => undefined);
    return await Promise.race([promise, late]);
  } finally {
    deadline.signal.removeEventListener('abort', stop);
    settled.abort();
  }
}

async function requestToken(
  options: TokenOptions,
  key: KeyObject,
  signal: AbortSignal,
): Promise<Result<HeldToken, Refusal>> {
  const askedAtMs = options.now().getTime();
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_assertion_type: ASSERTION_TYPE,
    client_assertion: await signAssertion(options, key, Math.floor(askedAtMs / 1_000)),
  });
  const answer = await options.client.request({
    method: 'POST',
    path: new URL(options.tokenUrl).pathname,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    signal,
    timeoutMs: TOKEN_TIMEOUT_MS,
  });
  return answer.ok ? readToken(answer.value, askedAtMs) : err(refusalOfFault(answer.error));
}

function signAssertion(options: TokenOptions, key: KeyObject, atSeconds: number): Promise<string> {
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS512', typ: 'JWT', kid: options.kid })
    .setIssuer(options.clientId)
    .setSubject(options.clientId)
    .setAudience(options.tokenUrl)
    .setJti(options.newId())
    .setExpirationTime(atSeconds + ASSERTION_SECONDS)
    .sign(key);
}

function readToken(response: AgencyResponse, askedAtMs: number): Result<HeldToken, Refusal> {
  if (response.status === 429) return err(rateLimited(response.headers['retry-after']));
  if (response.status >= 500) return err(SERVER_ERROR);
  if (response.status === 400 || response.status === 401 || response.status === 403) return err(NOT_AUTHORISED);
  const token = tokenSchema.safeParse(response.json);
  if (response.status !== 200 || !token.success) return err(BAD_ANSWER);
  const goodUntilMs = askedAtMs + token.data.expires_in * 1_000 - SPARE_MS;
  return ok({ value: token.data.access_token, goodUntilMs });
}
