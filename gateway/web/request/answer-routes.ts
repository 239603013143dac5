import type { RequestHandler } from 'express';
import type { ReleasedContact } from '../../../schemas/answer.ts';
import { mayChange } from '../../cases/may-change.ts';
import { handleOf } from '../attempts/contact-handle.ts';
import { typedByOf } from '../session/typed-fields.ts';
import { casePage, NOT_NOW, subjectOf, type OnCase } from '../cases/case-page.ts';
import { sayName } from '../cases/say-person.ts';
import { recordView } from '../cases/view-entry.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { answerView } from './answer-view.ts';
import { openKept, type Kept } from './kept.ts';
import { HIDDEN_SENTENCES, whyHidden } from './still-shown.ts';

/** W4: `GET /cases/:ref/requests/:id`, the answer for as long as it is kept, still permitted and still safe. */
export const getAnswer = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, undefined, async (on) => {
    const { kase, agency, session } = on;
    const opened = await openKept(deps, session, String(on.request.params.id));
    const stored = opened.ok ? opened.value : undefined;
    const found = stored?.kept.disclosure.caseRef === kase.caseRef ? stored : undefined;
    const hidden =
      found === undefined
        ? undefined
        : whyHidden(deps.disclosure, found.kept, { kase, agency, staffId: session.staff.staffId, at: deps.now() });
    const recorded = await recordView(deps, session, {
      page: 'answer',
      caseRef: kase.caseRef,
      ...subjectOf(deps, kase),
      ...(found === undefined ? { code: 'not-kept' } : viewedOf(found.kept)),
      ...(hidden === undefined ? {} : { code: hidden }),
    });
    if (!opened.ok || !recorded) on.show('layout/message.njk', NOT_NOW, 503);
    else if (found === undefined) on.show('layout/message.njk', gone(on));
    else if (hidden !== undefined)
      on.show('layout/message.njk', { ...gone(on), sentences: [HIDDEN_SENTENCES[hidden]] });
    else show(deps, on, found);
  });

const viewedOf = ({ disclosure, receipt }: Kept) => ({
  questionId: disclosure.questionId,
  disclosedAt: receipt.position,
});

/** In the answer's place: what has ended, was never there and is somebody else's look the same (P6). */
const gone = ({ kase }: OnCase) => ({
  heading: 'This answer is not shown',
  sentences: ['An answer can be opened for ten minutes, by the person who asked. Nothing of it is kept after that.'],
  links: [
    { href: `/cases/${kase.caseRef}/request`, text: 'Ask again' },
    { href: `/cases/${kase.caseRef}`, text: 'Back to the case' },
  ],
});

/** Where to say what happened with a contact: a worker of the case, of a contact that she was shown in full. */
function recordHref(deps: PageDeps, { kase, actor, session }: OnCase, questionId: string, contact: ReleasedContact) {
  if (!mayChange(kase, actor, 'record-attempt')) return undefined;
  const { caseRef } = kase;
  const handle = handleOf(deps, contact, { caseRef, questionId, typedBy: typedByOf(deps, session) });
  return handle === undefined ? undefined : `/cases/${caseRef}/attempts/new?contact=${handle}`;
}

function show(
  deps: PageDeps,
  on: OnCase,
  { kept, endsAtMs }: { readonly kept: Kept; readonly endsAtMs: number },
): void {
  const { kase } = on;
  const { bundle } = deps.disclosure;
  const { disclosure, receipt } = kept;
  const view = answerView(disclosure, {
    nameOfAgency: deps.nameOfAgency,
    labelOf: (field) => bundle.fields.get(field)?.label ?? field,
    recordHref: (contact) => recordHref(deps, on, disclosure.questionId, contact),
  });
  on.show('request/answer.njk', {
    heading: 'Contact details',
    caseRef: kase.caseRef,
    person: sayName(kase.subject),
    caseHref: `/cases/${kase.caseRef}`,
    askHref: `/cases/${kase.caseRef}/request`,
    purpose: bundle.purposes.get(disclosure.purpose)?.label ?? disclosure.purpose,
    until: new Date(endsAtMs).toISOString(),
    receipt,
    view,
  });
}
