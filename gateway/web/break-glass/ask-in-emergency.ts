import type { BreakGlass } from '../../../schemas/break-glass.ts';
import type { ProblemCode } from '../../../schemas/problem.ts';
import { EMERGENCY_PURPOSE } from '../../disclosure/question.ts';
import { breakGlassReviewId } from '../../review/break-glass/follow.ts';
import type { OnCase } from '../cases/case-page.ts';
import type { PageDeps } from '../page-deps.ts';
import { askAgencies, keepAndLead } from '../request/ask-and-keep.ts';
import { askedFor } from '../request/claimable.ts';

/**
 * Asks every agency under an open grant and leads to the answer. No agency is asked before the review of the grant is
 * there: what was opened and is looked into by nobody would be a way around everything else.
 */
export async function askInEmergency(
  deps: PageDeps,
  on: OnCase,
  { breakGlassId, requestId, reason }: Pick<BreakGlass, 'breakGlassId'> & { requestId: string; reason: string },
): Promise<void> {
  const { kase, actor, agency } = on;
  const owed = await deps.followBreakGlass(breakGlassReviewId(breakGlassId, agency.id));
  if (!owed.ok) {
    sayNotAsked(on);
    return;
  }
  const claim = { purpose: EMERGENCY_PURPOSE, role: actor.role, staffId: actor.staffId };
  const asked = { ...askedFor(kase, claim, deps.now()), requestId, reason };
  const answered = await askAgencies(deps, on, asked);
  if (!answered.ok) {
    sayRefused(on, requestId, answered.error);
    return;
  }
  // The owners' officers are told now; where that fails the gateway goes on trying, and she need not wait for it.
  await deps.followBreakGlass();
  await keepAndLead(deps, on, { requestId, role: actor.role }, answered.value);
}

function sayRefused(on: OnCase, requestId: string, code: ProblemCode): void {
  const href = `/cases/${on.kase.caseRef}`;
  if (code === 'case-not-known') on.notFound();
  // Sent twice: the first one's answer is there, or will be when it has come.
  else if (code === 'request-replayed') on.response.redirect(303, `${href}/requests/${requestId}`);
  // It lapsed, or was ended in another window, since the page was opened.
  else if (code === 'purpose-not-supported') on.response.redirect(303, `${href}/break-glass`);
  else sayNotAsked(on);
}

const sayNotAsked = ({ kase, show }: OnCase): void =>
  show(
    'layout/message.njk',
    {
      heading: 'No agency was asked',
      sentences: [
        'Your declaration is recorded. No agency could be asked at this moment, and nothing you typed was lost.',
        'If somebody is in danger now, call 999. Then try again.',
      ],
      links: [{ href: `/cases/${kase.caseRef}/break-glass`, text: 'Try again' }],
    },
    503,
  );
