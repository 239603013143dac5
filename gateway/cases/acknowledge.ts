import type { Case } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Changed, Decided } from './apply-change.ts';
import { victimAnswers } from './victim-answers.ts';

type Acknowledging = Extract<CaseChange, { kind: 'acknowledge-answer' }>;

/** Keeps who of victim services read that she answered, and when: the worker's card says it. */
export function acknowledgeAnswer(
  kase: Case,
  { attemptId }: Acknowledging,
  { by, at }: Pick<Decided, 'by' | 'at'>,
): Result<Changed, 'attempt-unknown'> {
  const answer = victimAnswers(kase).find((each) => each.attemptId === attemptId);
  if (answer === undefined) return err('attempt-unknown');
  if (answer.acknowledgement !== undefined) return ok({ kase, changes: [] });
  const acknowledgements = [...(kase.acknowledgements ?? []), { attemptId, by, at }];
  return ok({ kase: { ...kase, acknowledgements }, changes: ['acknowledgements'] });
}
