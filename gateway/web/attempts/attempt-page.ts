import type { RequestHandler } from 'express';
import { z } from 'zod';
import { attemptOutcomeSchema, type AttemptOutcome } from '../../../schemas/attempt.ts';
import { mayChange } from '../../cases/may-change.ts';
import { ok } from '../../../schemas/result.ts';
import { casePage, NOT_NOW, type OnCase } from '../cases/case-page.ts';
import { sayName } from '../cases/say-person.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { HIDDEN_SENTENCES, type Hidden } from '../request/still-shown.ts';
import { fieldsOf, type FormFields } from '../session/form-fields.ts';
import { queryOf } from '../session/query.ts';
import { takeTyped, typedByOf } from '../session/typed-fields.ts';
import { contactClosedSince } from './closed-since.ts';
import { openHandle, sayTried, type TriedContact } from './contact-handle.ts';
import { VICTIM_ANSWERED } from './outcome-words.ts';

/** What both steps of W5 begin with: which contact it is, by whom, and what was chosen so far. */

export interface OnAttempt extends OnCase {
  readonly tried: TriedContact;
  readonly handle: string;
  /** Made with the form, so that sending it twice records once. */
  readonly attemptId: string;
  readonly outcome: AttemptOutcome | undefined;
  /** What both templates show. */
  readonly about: {
    readonly caseRef: string;
    readonly person: string;
    readonly contact: string;
    readonly caseHref: string;
  };
}

/** A step that needs a contact of an answer of hers; without one it says how to come by it. */
export function attemptPage(
  deps: PageDeps,
  render: Render,
  step: (on: OnAttempt) => Promise<void> | void,
): RequestHandler {
  return casePage(deps, render, 'attempts', async (on) => {
    const { kase, actor, session } = on;
    if (!mayChange(kase, actor, 'record-attempt')) {
      on.notFound();
      return;
    }
    const fields = chosenIn(deps, on);
    const handle = fields.contact ?? '';
    const tried = openHandle(deps, handle, { caseRef: kase.caseRef, typedBy: typedByOf(deps, session) });
    if (tried === undefined) {
      on.show('layout/message.njk', {
        ...NO_CONTACT,
        links: [{ href: `/cases/${kase.caseRef}`, text: 'Back to the case' }],
      });
      return;
    }
    const attemptId = z.uuid().safeParse(fields.attemptId);
    const outcome = attemptOutcomeSchema.safeParse(fields.outcome);
    // That she answered is recorded whatever was closed meanwhile.
    const isHers = on.request.method === 'POST' && outcome.data === VICTIM_ANSWERED;
    const closed = isHers ? ok(undefined) : await contactClosedSince(deps, kase, tried.contact);
    if (!closed.ok) {
      on.show('layout/message.njk', NOT_NOW, 503);
      return;
    }
    if (closed.value !== undefined) {
      on.show('layout/message.njk', closedPage(kase.caseRef, closed.value));
      return;
    }
    const caseHref = `/cases/${kase.caseRef}`;
    await step({
      ...on,
      ...{ tried, handle },
      attemptId: attemptId.success ? attemptId.data : deps.newId(),
      outcome: outcome.success ? outcome.data : undefined,
      about: { caseRef: kase.caseRef, person: sayName(kase.subject), contact: sayTried(tried), caseHref },
    });
  });
}

/** From the form, from what was typed before the session ended, or from the address. */
function chosenIn(deps: PageDeps, on: OnCase): FormFields {
  const { request } = on;
  if (request.method === 'POST') return fieldsOf(request);
  const again = takeTyped(deps, on);
  if (again !== undefined) return again.fields;
  const named = ['contact', 'outcome', 'attemptId'].map((name) => [name, queryOf(request, name)] as const);
  return Object.fromEntries(named.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

const closedPage = (caseRef: string, closed: Hidden): Page => ({
  heading: 'This contact is not shown',
  sentences: [
    HIDDEN_SENTENCES[closed],
    'Nothing was recorded. If you tried it before you read this, tell victim services what happened; if the victim answered or may have, tell them now.',
  ],
  links: [{ href: `/cases/${caseRef}`, text: 'Back to the case' }],
});

const NO_CONTACT = {
  heading: 'Choose the contact again',
  sentences: [
    'What happened is recorded from the contact details, beside the contact that was tried. Request them again, then choose the contact.',
    'If the victim answered or may have, do not use that contact again, and tell victim services now.',
  ],
};
