import type { RequestHandler } from 'express';
import type { SealedAttempt } from '../../../schemas/attempt.ts';
import type { Case } from '../../../schemas/case.ts';
import { casePage } from '../cases/case-page.ts';
import { caseTabs } from '../cases/case-tabs.ts';
import { sayName } from '../cases/say-person.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { whoIsTold } from '../safety-blocks/who-is-told.ts';
import { OUTCOME_WORDS, VICTIM_ANSWERED } from './outcome-words.ts';

/** What was recorded: one attempt after it was sent, and all of a case. The register keeps no value, so none is shown. */

/** `GET /cases/:ref/attempts/:id`: the confirmation, or where the victim answered the card that stops everything else. */
export const getRecordedAttempt = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, 'attempts', (on) => {
    const attempt = attemptsOf(on.kase).find(({ attemptId }) => attemptId === on.request.params.id);
    if (attempt === undefined) {
      on.notFound();
      return;
    }
    const isStop = attempt.outcome === VICTIM_ANSWERED;
    on.show(isStop ? 'attempts/stop.njk' : 'attempts/recorded.njk', {
      heading: isStop ? 'Stop: do not use this contact again' : 'What happened is recorded',
      says: OUTCOME_WORDS[attempt.outcome].text,
      on: attempt.at,
      told: isStop ? whoIsTold(deps, on.kase, attempt.attemptId ?? '') : [],
      caseHref: `/cases/${on.kase.caseRef}`,
    });
  });

/** `GET /cases/:ref/attempts` */
export const getAttempts = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, 'attempts', (on) => {
    const { kase } = on;
    on.show('attempts/list.njk', {
      heading: 'Attempts',
      caseRef: kase.caseRef,
      person: sayName(kase.subject),
      tabs: caseTabs(kase.caseRef, 'attempts'),
      attempts: [...attemptsOf(kase)].reverse().map(({ at, outcome, by, sealedContact }) => ({
        at,
        says: OUTCOME_WORDS[outcome].text,
        kind: KIND_WORDS[sealedContact.kind],
        by: by ?? 'not recorded',
      })),
    });
  });

const KIND_WORDS = { phone: 'Telephone', email: 'E-mail', address: 'Address' } as const;

/** Oldest first; an attempt on a flat lies under two seals, and is one attempt. */
function attemptsOf({ attempts = [] }: Case): readonly SealedAttempt[] {
  return attempts.filter(
    ({ attemptId }, n) => attemptId === undefined || attempts.findIndex((each) => each.attemptId === attemptId) === n,
  );
}
