import type { SourceAnswer } from '../../gateway/ports/agency-source.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { answerOfFailure, failed, worstOf, type Failed } from './failure.ts';

/** What the calls of one question come to, as the port's one answer. */

/** What one candidate came to: a record, a failure, or a record of which a part failed. */
export interface Outcome {
  readonly record?: SourceRecord;
  readonly failures: readonly Failed[];
}

/** A record outside our own contract is a bug in the mapping or a source beyond its contract: neither may pass. */
export function checked(outcome: Outcome): Outcome {
  return sourceRecordSchema.safeParse(outcome.record).success
    ? outcome
    : { failures: [...outcome.failures, failed('bad-answer')] };
}

/**
 * One answer of all candidates, or undefined where they came to nothing. `found` with a code is incomplete: the code
 * says why a part of it is missing, and nothing that is missing may be read as "none" (P7).
 */
export function tell(outcomes: readonly Outcome[]): SourceAnswer | undefined {
  const records = unique(outcomes.flatMap(({ record }) => (record === undefined ? [] : [record])));
  const worst = worstOf(outcomes.flatMap(({ failures }) => failures));
  if (records.length === 0) return worst === undefined ? undefined : answerOfFailure(worst);
  if (records.every(({ restricted }) => restricted === true)) {
    return { outcome: 'restricted', code: worst?.code ?? 'limited-access', records };
  }
  return {
    outcome: 'found',
    records,
    ...(worst === undefined ? {} : { code: worst.code }),
    ...(worst?.retryAfterMs === undefined ? {} : { retryAfterMs: worst.retryAfterMs }),
  };
}

/** Two hits may lead to one record, such as the survivor of a merge. */
function unique(records: readonly SourceRecord[]): SourceRecord[] {
  return [...new Map(records.map((record) => [record.recordId, record])).values()];
}
