import type { SourceAnswer } from '../../gateway/ports/agency-source.ts';
import { tell, type Outcome } from '../https/answer.ts';
import { answerOfFailure, failed, type Failed } from '../https/failure.ts';

/** Those whom a search did not rule out, and the answer that they come to. */

export interface Candidates<Candidate> {
  readonly kind: 'candidates';
  readonly candidates: readonly Candidate[];
  /** More were there than may be read: he may be among those who were not. */
  readonly crowded: boolean;
}

export type Found<Candidate> = Candidates<Candidate> | Failed;

/** More than this of one name and birth date are a crowd, and each would cost reads about a stranger and his family. */
const CANDIDATES_MAX = 4;

/** The candidates by their ids, or a crowd. */
export const among = <Candidate>(candidates: ReadonlyMap<string, Candidate>, crowded: boolean): Found<Candidate> =>
  candidates.size > CANDIDATES_MAX
    ? failed('too-many-matches')
    : { kind: 'candidates', candidates: [...candidates.values()], crowded };

/** Reads every candidate and tells what they come to together. */
export async function answerOf<Candidate>(
  found: Found<Candidate>,
  signal: AbortSignal,
  read: (candidate: Candidate) => Promise<Outcome>,
): Promise<SourceAnswer> {
  if (found.kind === 'failed') return answerOfFailure(found);
  const outcomes = await Promise.all(found.candidates.map(read));
  if (signal.aborted) return answerOfFailure(failed('deadline'));
  const crowd = found.crowded ? [{ failures: [failed('too-many-matches')] }] : [];
  return tell([...outcomes, ...crowd]) ?? { outcome: 'none-held', records: [] };
}

/** The answer where the question knows no name with both parts, or no full birth date. */
export const NOT_ENOUGH_KNOWN: SourceAnswer = { outcome: 'not-asked', code: 'not-enough-known', records: [] };
