import type { SourceAnswer } from '../../gateway/ports/agency-source.ts';
import type { SourceCode, SourceOutcome } from '../../schemas/source-outcome.ts';
import type { AgencyClient, AgencyResponse } from '../https/agency-client.ts';
import { wireErrorSchema } from './wire.ts';

/** One call to the API, and what its status means. The meaning is the same on every path but where it says so. */

export interface Failed {
  readonly kind: 'failed';
  readonly code: SourceCode;
  readonly retryAfterMs?: number;
}

export type Reply =
  | { readonly kind: 'answered'; readonly json: unknown }
  | { readonly kind: 'moved'; readonly location: string }
  /** 404 with the contract's own error: not held, or filtered out for this consumer; the API does not say which. */
  | { readonly kind: 'none' }
  /** 403 with the contract's own error: access to this person is limited. */
  | { readonly kind: 'limited' }
  | { readonly kind: 'too-many' }
  | Failed;

export type Call = (path: string, query?: readonly (readonly [string, string])[]) => Promise<Reply>;

/** The API promises an answer within this; the question's own time may be shorter. */
const RESPONSE_MS_MAX = 4_000;
/** Calls of one question under way at once: ten men's details must not take the whole pool. */
const LANES = 8;

export interface CallOptions {
  readonly client: AgencyClient;
  readonly apiKey: string;
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

/** Makes the call of one question: its key, its deadline and its share of connections are bound in. */
export function makeCall(options: CallOptions): Call {
  const endsAt = performance.now() + options.timeoutMs;
  const lane = makeLanes(LANES);
  return (path, query) =>
    lane(async () => {
      const left = endsAt - performance.now();
      if (left <= 0 || options.signal.aborted) return failed('deadline');
      const response = await options.client.request({
        method: 'GET',
        path,
        ...(query === undefined ? {} : { query }),
        headers: { 'x-api-key': options.apiKey },
        signal: options.signal,
        timeoutMs: Math.min(left, RESPONSE_MS_MAX),
      });
      return response.ok ? replyOf(response.value) : failed(response.error);
    });
}

/** A failure with its code. */
export const failed = (code: SourceCode, retryAfterMs?: number): Failed => ({
  kind: 'failed',
  code,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

function replyOf(response: AgencyResponse): Reply {
  const { status, json, headers } = response;
  if (status === 200) return json === undefined ? failed('bad-answer') : { kind: 'answered', json };
  if (status === 303) {
    return headers.location === undefined ? failed('bad-answer') : { kind: 'moved', location: headers.location };
  }
  const said = wireErrorSchema.safeParse(json);
  const message = said.success ? `${said.data.userMessage ?? ''} ${said.data.developerMessage ?? ''}` : '';
  // A 404 that is not the service's own is a wrong address or a proxy: never "nothing held".
  if (status === 404) return said.success && said.data.status === 404 ? { kind: 'none' } : failed('bad-answer');
  if (status === 403)
    return /upstream service|limited access/i.test(message) ? { kind: 'limited' } : failed('not-authorised');
  if (status === 401) return failed('not-authorised');
  if (status === 400) return /narrow/i.test(message) ? { kind: 'too-many' } : failed('bad-answer');
  if (status === 429) return failed('rate-limited', secondsOf(headers['retry-after']));
  return failed(status >= 500 ? 'server-error' : 'bad-answer');
}

function secondsOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,5}$/.test(header) ? Number(header) * 1_000 : undefined;
}

const OUTCOME_OF: Partial<Record<SourceCode, SourceOutcome>> = {
  deadline: 'timed-out',
  'connect-failed': 'unavailable',
  'server-error': 'unavailable',
  'rate-limited': 'unavailable',
};

/** The answer to a question that failed as a whole. */
export function answerOfFailure(failure: Failed): SourceAnswer {
  return {
    outcome: OUTCOME_OF[failure.code] ?? 'error',
    code: failure.code,
    records: [],
    ...(failure.retryAfterMs === undefined ? {} : { retryAfterMs: failure.retryAfterMs }),
  };
}

/** Which of several failures an operator has to hear of first. */
const WORST_FIRST: readonly SourceCode[] = [
  'wrong-person',
  'not-authorised',
  'bad-answer',
  'rate-limited',
  'server-error',
  'connect-failed',
  'deadline',
];

/** The failure to report where several calls failed, or undefined where none did. */
export function worstOf(failures: readonly Failed[]): Failed | undefined {
  const rank = (failure: Failed): number => WORST_FIRST.indexOf(failure.code);
  return [...failures].sort((a, b) => rank(a) - rank(b))[0];
}

function makeLanes(size: number): <T>(run: () => Promise<T>) => Promise<T> {
  let free = size;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
