import type { ProblemCode } from '../../schemas/problem.ts';
import { ok, type Result } from '../../schemas/result.ts';
import { bindToCase, findCase, policyRequestOf, refuse, type AdmitDeps } from './admit.ts';
import type { Admitted } from './question.ts';

/**
 * Before step 7: the case a second time. Agencies take seconds to answer, and in these victim services may set a block,
 * or the panel put the case on monitor or hold. What is released is decided on the case as it now is, so that an answer
 * does not carry out what was stopped while it was under way (P4). The agencies were asked under the facts of before; what
 * they gave and may no longer be shown goes no further.
 *
 * @returns the question on the case as it now is, or why it may not be answered any more; that is in the log then
 */
export async function lookAgain(
  deps: Pick<AdmitDeps, 'bundle' | 'cases' | 'log' | 'say'>,
  question: Admitted,
  now: Date,
): Promise<Result<Admitted, ProblemCode>> {
  const { asked, caller, questionId, consultedAt } = question;
  const raised = { caller, asked, now, questionId, consultedAt };
  const found = await findCase(deps, caller, asked);
  if (!found.ok) return refuse(deps, raised, found.error);
  const kase = found.value;
  const policyRequest = policyRequestOf(deps.bundle, { caller, asked, now }, kase);
  const allowed = bindToCase(deps.bundle, asked, kase, policyRequest);
  if (!allowed.ok) return refuse(deps, raised, allowed.error);
  return ok({ ...question, kase, policyRequest });
}
