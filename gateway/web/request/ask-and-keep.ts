import { answerSchema } from '../../../schemas/answer.ts';
import type { Role } from '../../../schemas/names.ts';
import type { ProblemCode } from '../../../schemas/problem.ts';
import type { Result } from '../../../schemas/result.ts';
import { disclose, type Answered } from '../../disclosure/disclose.ts';
import type { Asked } from '../../disclosure/question.ts';
import { NOT_NOW, type OnCase } from '../cases/case-page.ts';
import type { PageDeps } from '../page-deps.ts';
import { callerFor, PAGES_CLIENT } from './claimable.ts';
import { keepAnswer } from './kept.ts';
import { standingOf } from './still-shown.ts';

/** From a question of a page to the answer that is kept for it, whichever page asks. */

/** Asks through the pipeline that the API calls, within the room that each agency has. */
export async function askAgencies(
  deps: PageDeps,
  { agency, session }: OnCase,
  asked: Asked,
): Promise<Result<Answered, ProblemCode>> {
  const place = deps.room.enter(`${PAGES_CLIENT}:${agency.id}`, deps.now().getTime());
  if (!place.ok) return place;
  try {
    const enginesDiffer = (): void => deps.metrics.enginesDiffered();
    return await disclose({ ...deps.disclosure, enginesDiffer }, callerFor(agency, asked, session.name), asked);
  } finally {
    place.value.leave();
  }
}

/** Keeps an answer and leads to its page. */
export async function keepAndLead(
  deps: PageDeps,
  { kase, session, response, show }: OnCase,
  { requestId, role }: { readonly requestId: string; readonly role: Role },
  answered: Answered,
): Promise<void> {
  const { disclosure, receipt } = answerSchema.parse(JSON.parse(answered.body));
  // How the case stood when it was looked up for this page: a block that came while agencies answered shows as a change.
  const kept = await keepAnswer(deps, session, requestId, {
    ...{ disclosure, receipt, role },
    closable: [...answered.closable],
    standing: standingOf(kase),
  });
  if (kept.ok) response.redirect(303, `/cases/${kase.caseRef}/requests/${requestId}`);
  else show('layout/message.njk', NOT_NOW, 503);
}
