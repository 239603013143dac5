import type { SourceAnswer } from '../../gateway/ports/agency-source.ts';
import type { SourceCode, SourceOutcome } from '../../schemas/source-outcome.ts';
import type { AgencyClient, AgencyResponse } from '../https/agency-client.ts';

/** One call to the social-care service, and what its status means. */

export interface Failed {
  readonly kind: 'failed';
  readonly code: SourceCode;
  readonly retryAfterMs?: number;
}

export type Reply =
  | { readonly kind: 'answered'; readonly json: unknown }
  /** 404: nothing under this id. */
  | { readonly kind: 'none' }
  | Failed;

export type Call = (path: string, query?: readonly (readonly [string, string])[]) => Promise<Reply>;

/** The service answers within this; the question's own time may be shorter. */
const RESPONSE_MS_MAX = 4_000;
/** Calls of one question under way at once: a large family must not take the whole pool. */
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

function replyOf({ status, json, headers }: AgencyResponse): Reply {
  if (status === 200) return json === undefined ? failed('bad-answer') : { kind: 'answered', json };
  // The platform in front of the service answers 403 to a key that it does not know.
  if (status === 401 || status === 403) return failed('not-authorised');
  if (status === 429) return failed('rate-limited', secondsOf(headers['retry-after']));
  // A page in place of the service's own answer is a proxy or a wrong address: never "nothing held" (P7).
  if (status === 404) return /html/i.test(headers['content-type'] ?? '') ? failed('bad-answer') : { kind: 'none' };
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
  'too-many-matches': 'withheld',
};

/** The answer to a question that failed as a whole. */
export function answerOfFailure({ code, retryAfterMs }: Failed): SourceAnswer {
  return {
    outcome: OUTCOME_OF[code] ?? 'error',
    code,
    records: [],
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
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
  'too-many-matches',
];

/** The failure to report where several calls failed, or undefined where none did. */
export function worstOf(failures: readonly Failed[]): Failed | undefined {
  const rank = ({ code }: Failed): number => WORST_FIRST.indexOf(code);
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
