import type { AgencyFault } from '../https/agency-client.ts';
import type { SourceAnswer } from '../../gateway/ports/agency-source.ts';
import type { SourceCode, SourceOutcome } from '../../schemas/source-outcome.ts';

/** An answer without a record: why the service gave none, never to be read as "nothing held" (P7). */
export interface Refusal {
  readonly outcome: Exclude<SourceOutcome, 'found' | 'none-held' | 'withheld' | 'restricted'>;
  readonly code: SourceCode;
  readonly retryAfterMs?: number;
}

export const OUT_OF_TIME: Refusal = { outcome: 'timed-out', code: 'deadline' };
export const NOT_AUTHORISED: Refusal = { outcome: 'error', code: 'not-authorised' };
export const BAD_ANSWER: Refusal = { outcome: 'error', code: 'bad-answer' };
export const SERVER_ERROR: Refusal = { outcome: 'error', code: 'server-error' };
export const TOO_MANY: Refusal = { outcome: 'error', code: 'too-many-matches' };
export const WRONG_PERSON: Refusal = { outcome: 'error', code: 'wrong-person' };
export const NOT_ENOUGH_KNOWN: Refusal = { outcome: 'not-asked', code: 'not-enough-known' };

const OF_FAULT: Readonly<Record<AgencyFault, Refusal>> = {
  'connect-failed': { outcome: 'unavailable', code: 'connect-failed' },
  deadline: OUT_OF_TIME,
  'bad-answer': BAD_ANSWER,
  'server-error': SERVER_ERROR,
};

/** What a transport that failed means to the asker. */
export const refusalOfFault = (fault: AgencyFault): Refusal => OF_FAULT[fault];

const RETRY_AFTER_SECONDS_MAX = 3_600;

/** We asked too often: with the wait the service asks for, where it says one in seconds (RFC 9110 section 10.2.3). */
export function rateLimited(retryAfter: string | undefined): Refusal {
  const refusal = { outcome: 'unavailable', code: 'rate-limited' } as const;
  if (retryAfter === undefined || !/^\d{1,6}$/.test(retryAfter)) return refusal;
  return { ...refusal, retryAfterMs: Math.min(Number(retryAfter), RETRY_AFTER_SECONDS_MAX) * 1_000 };
}

/** The same as the port's answer. */
export const answerOf = (refusal: Refusal): SourceAnswer => ({ ...refusal, records: [] });
