import type { RequestHandler } from 'express';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { attemptPage, type OnAttempt } from './attempt-page.ts';
import { OUTCOME_WORDS } from './outcome-words.ts';
import { recordAttempt } from './record.ts';

/** W5, second step: check what is going to be recorded, then record it. */

/** `GET /cases/:ref/attempts/check` */
export const getCheckAttempt = (deps: PageDeps, render: Render): RequestHandler =>
  attemptPage(deps, render, (on) => {
    const { about, handle, attemptId, outcome } = on;
    if (outcome === undefined) {
      on.response.redirect(303, newHref(on));
      return;
    }
    on.show('attempts/check.njk', {
      heading: 'Check what you record',
      ...{ about, handle, attemptId, outcome },
      says: OUTCOME_WORDS[outcome].text,
      action: `${about.caseHref}/attempts/check`,
      changeHref: newHref(on),
    });
  });

/** `POST /cases/:ref/attempts/check` */
export const postCheckAttempt = (deps: PageDeps, render: Render): RequestHandler =>
  attemptPage(deps, render, async (on) => {
    if (on.outcome === undefined) on.response.redirect(303, newHref(on));
    else await recordAttempt(deps, on, on.outcome);
  });

const newHref = ({ about, handle, attemptId, outcome }: OnAttempt): string =>
  `${about.caseHref}/attempts/new?${new URLSearchParams({
    contact: handle,
    attemptId,
    ...(outcome === undefined ? {} : { outcome }),
  }).toString()}`;
