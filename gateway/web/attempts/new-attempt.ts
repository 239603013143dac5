import type { RequestHandler } from 'express';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { attemptPage, type OnAttempt } from './attempt-page.ts';
import { OUTCOME_WORDS, VICTIM_ANSWERED } from './outcome-words.ts';
import { recordAttempt } from './record.ts';

/** W5, first step: what happened. */

/** `GET /cases/:ref/attempts/new` */
export const getNewAttempt = (deps: PageDeps, render: Render): RequestHandler =>
  attemptPage(deps, render, (on) => on.show('attempts/new.njk', formPage(on, false)));

/**
 * `POST /cases/:ref/attempts/new`. That the victim answered is recorded here and now: between a choice and a second page
 * somebody may close the window, and the next call goes to her.
 */
export const postNewAttempt = (deps: PageDeps, render: Render): RequestHandler =>
  attemptPage(deps, render, async (on) => {
    if (on.outcome === undefined) on.show('attempts/new.njk', formPage(on, true));
    else if (on.outcome === VICTIM_ANSWERED) await recordAttempt(deps, on, on.outcome);
    else on.response.redirect(303, checkHref(on, on.outcome));
  });

export const checkHref = ({ kase, handle, attemptId }: OnAttempt, outcome: string): string =>
  `/cases/${kase.caseRef}/attempts/check?${new URLSearchParams({ contact: handle, outcome, attemptId }).toString()}`;

function formPage({ about, handle, attemptId, outcome }: OnAttempt, isMissing: boolean): Page {
  const text = 'Select what happened';
  return {
    heading: 'Record what happened',
    ...{ about, handle, attemptId, outcome },
    action: `${about.caseHref}/attempts/new`,
    outcomes: Object.entries(OUTCOME_WORDS).map(([value, words]) => ({
      value,
      text: words.text,
      ...(words.hint === undefined ? {} : { hint: { text: words.hint } }),
    })),
    ...(isMissing ? { error: text, errors: { list: [{ text, href: '#outcome' }] } } : {}),
  };
}
