import type { RequestHandler } from 'express';
import type { ReleasedContact } from '../../../schemas/answer.ts';
import { mayChange } from '../../cases/may-change.ts';
import { EMERGENCY_PURPOSE } from '../../disclosure/question.ts';
import { handleOf } from '../attempts/contact-handle.ts';
import { typedByOf } from '../session/typed-fields.ts';
import { casePage, type OnCase } from '../cases/case-page.ts';
import { sayName } from '../cases/say-person.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { answerView } from './answer-view.ts';
import { withShownAnswer, type ShownAnswer } from './shown-answer.ts';

/** W4: `GET /cases/:ref/requests/:id`, the answer for as long as it is kept, still permitted and still safe. */
export const getAnswer = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, undefined, (on) => withShownAnswer(deps, on, (answer) => show(deps, on, answer)));

/** Where to say what happened with a contact: a worker of the case, of a contact that she was shown in full. */
function recordHref(deps: PageDeps, { kase, actor, session }: OnCase, questionId: string, contact: ReleasedContact) {
  if (!mayChange(kase, actor, 'record-attempt')) return undefined;
  const { caseRef } = kase;
  const handle = handleOf(deps, contact, { caseRef, questionId, typedBy: typedByOf(deps, session) });
  return handle === undefined ? undefined : `/cases/${caseRef}/attempts/new?contact=${handle}`;
}

function show(deps: PageDeps, on: OnCase, { kept, endsAtMs }: ShownAnswer): void {
  const { kase } = on;
  const { bundle } = deps.disclosure;
  const { disclosure, receipt } = kept;
  const view = answerView(disclosure, {
    nameOfAgency: deps.nameOfAgency,
    labelOf: (field) => bundle.fields.get(field)?.label ?? field,
    recordHref: (contact) => recordHref(deps, on, disclosure.questionId, contact),
    judgeHref: (record) =>
      mayChange(kase, on.actor, 'judge-record') ? `${on.request.path}/records/${record}` : undefined,
  });
  on.show('request/answer.njk', {
    ...(disclosure.purpose === EMERGENCY_PURPOSE
      ? { heading: 'What is known in this emergency', isEmergency: true, askHref: `/cases/${kase.caseRef}/break-glass` }
      : { heading: 'Contact details', isEmergency: false, askHref: `/cases/${kase.caseRef}/request` }),
    caseRef: kase.caseRef,
    person: sayName(kase.subject),
    caseHref: `/cases/${kase.caseRef}`,
    // Named by the answer: which agency can best obtain one stands in no address.
    gapHref: mayChange(kase, on.actor, 'raise-contact-gap')
      ? `/contact-gaps/${kase.caseRef}?from=${String(on.request.params.id)}`
      : undefined,
    purpose: bundle.purposes.get(disclosure.purpose)?.label ?? disclosure.purpose,
    until: new Date(endsAtMs).toISOString(),
    receipt,
    view,
  });
}
