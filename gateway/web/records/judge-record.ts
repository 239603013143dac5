import type { RequestHandler } from 'express';
import type { Disclosure } from '../../../schemas/answer.ts';
import { changeCase } from '../../cases/change-case.ts';
import { mayChange } from '../../cases/may-change.ts';
import { casePage, NOT_NOW, type OnCase } from '../cases/case-page.ts';
import { sayName } from '../cases/say-person.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { judgedOf } from '../request/answer-view.ts';
import { withShownAnswer } from '../request/shown-answer.ts';
import { fieldsOf } from '../session/form-fields.ts';
import { takeTyped } from '../session/typed-fields.ts';
import {
  BECAUSE_MAX,
  isSays,
  judgementErrors,
  judgementTyped,
  SAYS_WORDS,
  type JudgementError,
  type JudgementTyped,
} from './judgement-form.ts';

/**
 * A person says whether a record is his. Doubt is never resolved by the machine (P5), so somebody has to be able to: from
 * an answer that she was given, of a record that it speaks of, after asking the agency that holds it.
 */

interface OnRecord extends OnCase {
  readonly record: Disclosure['identity']['records'][number];
  readonly questionId: string;
  /** The address of this page. */
  readonly href: string;
}

/** `GET /cases/:ref/requests/:id/records/:record` */
export const getJudgeRecord = (deps: PageDeps, render: Render): RequestHandler =>
  recordPage(deps, render, (on) => {
    const again = takeTyped(deps, on);
    on.show('records/judge.njk', formPage(deps, on, judgementTyped(again?.fields ?? {}), []));
  });

/** `POST /cases/:ref/requests/:id/records/:record` */
export const postJudgeRecord = (deps: PageDeps, render: Render): RequestHandler =>
  recordPage(deps, render, async (on) => {
    const typed = judgementTyped(fieldsOf(on.request));
    const errors = judgementErrors(typed);
    const { says, because } = typed;
    if (errors.length > 0 || !isSays(says)) {
      on.show('records/judge.njk', formPage(deps, on, typed, errors));
      return;
    }
    const { cases, log, now, disclosure } = deps;
    const { mark, agency } = on.record;
    const changed = await changeCase(
      { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now },
      on.actor,
      {
        caseRef: on.kase.caseRef,
        session: on.session.name,
        change: { kind: 'judge-record', record: mark, agency, says, because, questionId: on.questionId },
      },
    );
    if (changed.ok) on.response.redirect(303, `/cases/${on.kase.caseRef}/records/judged`);
    else if (changed.error === 'not-found' || changed.error === 'may-not') on.notFound();
    else if (changed.error === 'case-full') on.show('layout/message.njk', FULL);
    else on.show('layout/message.njk', NOT_NOW, 503);
  });

/** `GET /cases/:ref/records/judged` */
export const getJudged = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, 'case', ({ show, kase }) =>
    show('layout/message.njk', {
      heading: 'What you said of the record is kept',
      sentences: [
        'It counts from the next request on this case, and whoever reads the access log can see that you said it.',
        'A record that its agency calls a victim’s, a partner’s or a child’s stays out, whatever anybody says.',
      ],
      links: [
        { href: `/cases/${kase.caseRef}/request`, text: 'Request contact details again' },
        { href: `/cases/${kase.caseRef}`, text: 'Back to the case' },
      ],
    }),
  );

const FULL = {
  heading: 'This was not kept',
  sentences: ['The case holds as many judgements as it may. Tell the panel coordinator.'],
};

/** A record of an answer that is still kept, still shown and hers; every other address looks like no page at all. */
function recordPage(deps: PageDeps, render: Render, step: (on: OnRecord) => Promise<void> | void): RequestHandler {
  return casePage(deps, render, undefined, (on) =>
    withShownAnswer(deps, on, async ({ kept }) => {
      const { questionId, identity } = kept.disclosure;
      const named = String(on.request.params.record);
      const record = identity.records.find((each) => each.record === named);
      if (record === undefined || !mayChange(on.kase, on.actor, 'judge-record')) on.notFound();
      else await step({ ...on, record, questionId, href: on.request.path });
    }),
  );
}

function formPage(deps: PageDeps, on: OnRecord, typed: JudgementTyped, errors: readonly JudgementError[]): Page {
  const { kase, record, href, session } = on;
  const { agency, staffId } = session.staff;
  const isHers = kase.judgements?.some(
    (each) => each.record === record.mark && each.by.agency === agency && each.by.staffId === staffId,
  );
  const offered = Object.entries(SAYS_WORDS).filter(([says]) => says !== 'taken-back' || isHers === true);
  return {
    heading: 'Whose record is it?',
    caseRef: kase.caseRef,
    person: sayName(kase.subject),
    backHref: href.replace(/\/records\/[^/]+$/, ''),
    action: href,
    about: judgedOf(record, deps.nameOfAgency),
    agency: deps.nameOfAgency(record.agency),
    typed,
    says: offered.map(([value, text]) => ({ value, text })),
    becauseMax: BECAUSE_MAX,
    errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    ...(errors.length === 0
      ? {}
      : { errors: { list: errors.map(({ field, text }) => ({ text, href: `#${field}` })) } }),
  };
}
