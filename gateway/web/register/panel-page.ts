import type { Request, RequestHandler, Response } from 'express';
import type { CaseActor } from '../../../schemas/case-history.ts';
import type { Agency } from '../../../schemas/case.ts';
import type { Session } from '../../access/staff/session.ts';
import { NOT_NOW } from '../cases/case-page.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { frameFor, renderNotFound, sessionOf } from '../session/signed-in.ts';
import { panelActorOf } from './panel-case.ts';

/** A page of the panel that is about no one case. */
export interface OnPanel {
  readonly request: Request;
  readonly response: Response;
  readonly session: Session;
  readonly agency: Agency;
  /** This person in her panel role. */
  readonly actor: CaseActor;
  readonly show: (template: string, page: Page, status?: number) => void;
  readonly notFound: () => void;
}

/** Makes a route for the panel; to anybody else there is no such page. */
export function panelPage(
  deps: PageDeps,
  render: Render,
  answer: (on: OnPanel) => Promise<void> | void,
): RequestHandler {
  return async (request, response) => {
    const session = sessionOf(request);
    const { agencies, stale } = deps.register();
    const agency = agencies.get(session.staff.agency);
    const actor = panelActorOf(session.staff, agency);
    const notFound = (): void => renderNotFound(deps, render, request, response);
    if (actor === undefined || agency === undefined) {
      notFound();
      return;
    }
    const frame = frameFor(deps, request, session);
    const show: OnPanel['show'] = (template, page, status) => render(response, template, frame, page, status);
    if (stale) show('layout/message.njk', NOT_NOW, 503);
    else await answer({ request, response, session, agency, actor, show, notFound });
  };
}
