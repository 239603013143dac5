import type { Request, RequestHandler, Response } from 'express';
import type { Agency } from '../../../schemas/case.ts';
import type { EntryActor } from '../../../schemas/entry.ts';
import type { Role } from '../../../schemas/names.ts';
import { regimeOf } from '../../disclosure/question.ts';
import type { Searcher } from '../../review/search.ts';
import type { Session } from '../../access/staff/session.ts';
import { NOT_NOW } from '../cases/case-page.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { frameFor, renderNotFound, sessionOf } from '../session/signed-in.ts';

/** What every page of an officer begins with: whoever may not claim review finds no such page (P2). */

export interface OnOfficer {
  readonly request: Request;
  readonly response: Response;
  readonly session: Session;
  readonly agency: Agency;
  readonly staffId: string;
  /** How the log names her. */
  readonly actor: Extract<EntryActor, object>;
  readonly searcher: Searcher;
  readonly show: (template: string, page: Page, status?: number) => void;
  readonly notFound: () => void;
}

const REVIEW_PURPOSE = 'IGREV';

export function officerPage(
  deps: PageDeps,
  render: Render,
  answer: (on: OnOfficer) => Promise<void> | void,
): RequestHandler {
  return async (request, response) => {
    const session = sessionOf(request);
    const { agencies, stale } = deps.register();
    const agency = agencies.get(session.staff.agency);
    const role = agency === undefined ? undefined : reviewerRole(deps, session, agency);
    const frame = frameFor(deps, request, session);
    const show: OnOfficer['show'] = (template, page, status) => render(response, template, frame, page, status);
    const notFound = (): void => renderNotFound(deps, render, request, response);
    if (stale) show('layout/message.njk', NOT_NOW, 503);
    else if (agency === undefined || role === undefined) {
      if (await recordRefusal(deps, session, agency)) notFound();
      else show('layout/message.njk', NOT_NOW, 503);
    } else {
      const { staffId } = session.staff;
      const actor = { agency: agency.id, staffId, role, session: session.name };
      // The ground of a review: whether what was done was lawful (DPA 2018 s.62(4)(a)).
      const searcher: Searcher = { actor, viewer: agency.id, ground: 'lawfulness' };
      await answer({ request, response, session, agency, staffId, actor, searcher, show, notFound });
    }
  };
}

/** The role in which this person may claim review for her agency, as the agreements say. */
function reviewerRole({ disclosure }: PageDeps, { staff }: Session, { group }: Agency): Role | undefined {
  const { purposes, roles } = disclosure.bundle;
  return purposes
    .get(REVIEW_PURPOSE)
    ?.claimants.find((role) => staff.roles.includes(role) && roles.get(role)?.groups.includes(group) === true);
}

/** Somebody who tries the officers' pages without being one is what an officer wants to know of. */
async function recordRefusal(
  { log, now, newId }: PageDeps,
  { staff, name }: Session,
  agency: Agency | undefined,
): Promise<boolean> {
  const [role] = staff.roles;
  const receipt = await log.append({
    ...{ kind: 'question-refused', v: 1, at: now().toISOString(), operations: ['consultation'] },
    ...(agency === undefined ? {} : { regime: regimeOf(agency.group, false) }),
    ...{ questionId: newId(), route: 'review', purpose: REVIEW_PURPOSE, code: 'role-may-not-claim' },
    requester: {
      ...{ agency: staff.agency, staffId: staff.staffId, session: name },
      ...(role === undefined ? {} : { role }),
    },
  });
  return receipt.ok;
}
