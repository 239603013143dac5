import type { SourceAnswer } from '../../gateway/ports/agency-source.ts';
import type { SourceCode, SourceOutcome } from '../../schemas/source-outcome.ts';
import type { AgencyResponse } from './agency-client.ts';

/** A call that failed, and what it comes to: never to be read as "nothing held" (P7). */

export interface Failed {
  readonly kind: 'failed';
  readonly code: SourceCode;
  readonly retryAfterMs?: number;
}

/** A failure with its code. */
export const failed = (code: SourceCode, retryAfterMs?: number): Failed => ({
  kind: 'failed',
  code,
  ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
});

/** What a status means that an interface gives no meaning of its own. */
export function failureOfStatus({ status, headers }: AgencyResponse): Failed {
  if (status === 401) return failed('not-authorised');
  if (status === 429) return failed('rate-limited', millisecondsOf(headers['retry-after']));
  return failed(status >= 500 ? 'server-error' : 'bad-answer');
}

/** Seconds of `retry-after` (RFC 9110 section 10.2.3) in milliseconds; its other form, a date, is not read. */
function millisecondsOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,5}$/.test(header) ? Number(header) * 1_000 : undefined;
}

/** A page in place of a service's own answer is a proxy or a wrong address, whatever its status says (P7). */
export const isPage = ({ headers }: AgencyResponse): boolean => /html/i.test(headers['content-type'] ?? '');

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
