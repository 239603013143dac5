import type { AttemptOutcome } from '../../../schemas/attempt.ts';
import { changeCase, type ChangeCaseFault } from '../../cases/change-case.ts';
import { NOT_NOW } from '../cases/case-page.ts';
import type { PageDeps } from '../page-deps.ts';
import type { OnAttempt } from './attempt-page.ts';
import { VICTIM_ANSWERED } from './outcome-words.ts';

/** Records what came of an attempt, through the case register; then the page that says that it is recorded. */
export async function recordAttempt(deps: PageDeps, on: OnAttempt, outcome: AttemptOutcome): Promise<void> {
  const { kase, actor, session, tried, attemptId, about } = on;
  const { cases, log, now, disclosure } = deps;
  const changed = await changeCase(
    { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now },
    actor,
    {
      caseRef: kase.caseRef,
      session: session.name,
      change: {
        kind: 'record-attempt',
        ...{ attemptId, outcome },
        contact: tried.contact,
        questionId: tried.questionId,
      },
    },
  );
  if (changed.ok) on.response.redirect(303, `${about.caseHref}/attempts/${attemptId}`);
  else sayNotRecorded(on, outcome, changed.error);
}

function sayNotRecorded(on: OnAttempt, outcome: AttemptOutcome, fault: ChangeCaseFault): void {
  if (fault === 'not-found' || fault === 'may-not') {
    on.notFound();
    return;
  }
  const isForGood = fault === 'case-closed' || fault === 'contact-unusable' || fault === 'case-full';
  const sentence = isForGood
    ? 'This cannot be recorded on this case. Tell the panel coordinator.'
    : NOT_NOW.sentences[0];
  on.show(
    'layout/message.njk',
    {
      heading: 'This was not recorded',
      sentences: [
        // Whatever keeps it from being recorded: the next person must not ring her.
        ...(outcome === VICTIM_ANSWERED ? ['Do not use this contact again, and tell victim services now.'] : []),
        sentence,
      ],
      links: [{ href: on.about.caseHref, text: 'Back to the case' }],
    },
    isForGood ? 200 : 503,
  );
}
