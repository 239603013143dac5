import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { BreakGlass } from '../../../schemas/break-glass.ts';
import { changeCase } from '../../cases/change-case.ts';
import { casePage, NOT_NOW, type OnCase } from '../cases/case-page.ts';
import { sayName } from '../cases/say-person.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { fieldsOf } from '../session/form-fields.ts';
import { takeTyped } from '../session/typed-fields.ts';
import { isSteppedUp } from '../sign-in/step-up.ts';
import { askInEmergency } from './ask-in-emergency.ts';
import { longestHours, mayBreakGlass, ownGrant, reviewDue } from './grant-terms.ts';
import { sayHours } from './declaration-form.ts';

/** `GET /cases/:ref/break-glass`: what stops her before she breaks the glass, or the grant that she has open. */
export const getBreakGlass = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, 'break-glass', (on) => {
    if (!mayBreakGlass(deps, on)) {
      on.notFound();
      return;
    }
    const grant = ownGrant(deps, on);
    if (grant === undefined) on.show('break-glass/interruption.njk', interruption(deps, on));
    else showGrant(deps, on, grant);
  });

/** `POST /cases/:ref/break-glass`: asks under the open grant, or ends it. */
export const postBreakGlass = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, undefined, async (on) => {
    if (!mayBreakGlass(deps, on)) {
      on.notFound();
      return;
    }
    const fields = fieldsOf(on.request);
    const grant = ownGrant(deps, on);
    // It lapsed or was ended since the page was opened: then the page says so by asking for a new declaration.
    if (grant === undefined) on.response.redirect(303, hrefOf(on));
    else if (fields.do === 'end') await end(deps, on, grant);
    else if (await isSteppedUp(deps, render, on)) {
      const { breakGlassId } = grant;
      const reason = 'Asked again in the emergency that was declared.';
      await askInEmergency(deps, on, { breakGlassId, reason, requestId: requestIdOf(fields.requestId, deps) });
    }
  });

const hrefOf = ({ kase }: OnCase): string => `/cases/${kase.caseRef}/break-glass`;

function requestIdOf(typed: string | undefined, { newId }: PageDeps): string {
  const id = z.uuid().safeParse(typed);
  return id.success ? id.data : newId();
}

async function end(deps: PageDeps, on: OnCase, { breakGlassId }: BreakGlass): Promise<void> {
  const { cases, log, now, disclosure } = deps;
  const { caseRef } = on.kase;
  const closed = await changeCase(
    { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now },
    on.actor,
    {
      ...{ caseRef, session: on.session.name },
      change: { kind: 'close-break-glass', breakGlassId, because: 'ended-by-opener' },
    },
  );
  if (closed.ok) on.response.redirect(303, `/cases/${caseRef}`);
  else on.show('layout/message.njk', NOT_NOW, 503);
}

function interruption(deps: PageDeps, on: OnCase) {
  const now = deps.now().toISOString();
  return {
    heading: 'Stop: break the glass only if somebody’s life is at risk now',
    longest: sayHours(longestHours(deps.disclosure.bundle)),
    agency: deps.nameOfAgency(on.agency.id),
    reviewDue: reviewDue(now),
    declareHref: `${hrefOf(on)}/declare`,
    caseHref: `/cases/${on.kase.caseRef}`,
  };
}

function showGrant(deps: PageDeps, on: OnCase, { openedAt, expiresAt }: BreakGlass): void {
  const { kase, show, agency } = on;
  const again = takeTyped(deps, on);
  show('break-glass/open-grant.njk', {
    heading: 'You have broken the glass on this case',
    ...{ caseRef: kase.caseRef, person: sayName(kase.subject), caseHref: `/cases/${kase.caseRef}`, action: hrefOf(on) },
    ...{ openedAt, expiresAt, reviewDue: reviewDue(openedAt), agency: deps.nameOfAgency(agency.id) },
    requestId: requestIdOf(again?.fields.requestId, deps),
    isConfirmed: again !== undefined,
  });
}
