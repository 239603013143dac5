import { z } from 'zod';

/** What became of asking one source (P7): "did not answer" never reads as "nothing held". */

export const SOURCE_OUTCOMES = [
  'found', // at least one record came back
  'none-held', // it answered, and holds nobody like this
  'withheld', // it answered, and holds back what it has
  'restricted', // it holds a record that it restricts even from its own staff
  'timed-out', // no answer within the deadline
  'unavailable', // could not be reached, or our breaker or bulkhead stopped the call
  'error', // it answered in a way that its contract does not allow
  'not-asked', // see the reason
] as const;
export const sourceOutcomeSchema = z.enum(SOURCE_OUTCOMES);
export type SourceOutcome = z.infer<typeof sourceOutcomeSchema>;

/** Codes that say why, in logs, metrics and answers. Closed: a new one is a change here. */
export const SOURCE_CODES = [
  'nothing-permitted', // policy leaves nothing to ask this source for
  'own-records', // the asker's own agency: it reads its own system
  'not-enough-known', // the source needs more (a name and a birth date) than the question holds
  'too-many-matches', // the source holds too many people like this to say which
  'limited-access', // the source limits access to this record
  'rate-limited', // the source told us to slow down
  'not-authorised', // the source refused our credentials: an operator must look
  'bad-answer', // not the content type, shape or size of the contract
  'wrong-person', // the answer is about somebody we did not ask about
  'stale-extract', // the last extract is older than its agreement allows
  'connect-failed',
  'server-error',
  'deadline',
  'bulkhead-full',
  'breaker-open',
] as const;
export const sourceCodeSchema = z.enum(SOURCE_CODES);
export type SourceCode = z.infer<typeof sourceCodeSchema>;
