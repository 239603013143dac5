import type { RequestHandler } from 'express';
import type { Agency } from '../../../schemas/case.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import { mayKnow, mayOpenCases } from '../../cases/may-change.ts';
import type { Session } from '../../access/staff/session.ts';
import { actorsOf, casePage, NOT_NOW, subjectOf, type OnCase } from '../cases/case-page.ts';
import { recordView } from '../cases/view-entry.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';

/** This person in her panel role, the coordinator's first; undefined for whoever sits on no panel. */
export function panelActorOf(staff: Session['staff'], agency: Agency | undefined): CaseActor | undefined {
  return agency === undefined ? undefined : actorsOf(staff, agency).find(mayOpenCases);
}

/**
 * A route about one case for the panel that leads it. To anybody else, a worker of the case among them, the page looks
 * and is recorded as one that does not exist (P6).
 */
export function panelCase(
  deps: PageDeps,
  render: Render,
  answer: (on: OnCase) => Promise<void> | void,
): RequestHandler {
  return casePage(deps, render, undefined, async (on) => {
    const { kase, session, agency, request } = on;
    const actor = panelActorOf(session.staff, agency);
    const isHers = actor !== undefined && mayKnow(kase, actor) && kase.leadAgency === actor.agency;
    const isView = request.method === 'GET';
    const about = isHers ? subjectOf(deps, kase) : { code: 'not-found' };
    const recorded =
      isHers && !isView ? true : await recordView(deps, session, { page: 'register', caseRef: kase.caseRef, ...about });
    if (!recorded) on.show('layout/message.njk', NOT_NOW, 503);
    else if (!isHers) on.notFound();
    else await answer({ ...on, actor });
  });
}
