import type { Request, RequestHandler, Response } from 'express';
import { formTokenOf, resumeSession, type Session } from '../../access/staff/session.ts';
import type { Frame, NavigationItem, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { clearCookie, readCookie, setCookie } from './cookies.ts';
import { fieldsOf } from './form-fields.ts';
import { isOwnForm } from './form-token.ts';
import { navigationFor } from './navigation.ts';
import { keepTyped, typedByOf } from './typed-fields.ts';
import { sendToSignIn } from '../sign-in/send-to-sign-in.ts';

/** What only signed-in staff get past, and what a page then knows of them. */

const sessions = new WeakMap<Request, Session>();

/** The session of a request that `signedIn` let through. Throws where a page was mounted outside it: that is a bug. */
export function sessionOf(request: Request): Session {
  const session = sessions.get(request);
  if (session === undefined) throw new Error('a page was reached without its session');
  return session;
}

/** Lets only a live session through, and a form only from a page of that session. */
export function signedIn(deps: PageDeps, render: Render): RequestHandler {
  return async (request, response, next) => {
    const resumed = await resumeSession(
      deps.sessions,
      readCookie(request, 'session') ?? '',
      request.headers['user-agent'] ?? '',
    );
    if (!resumed.ok && resumed.error === 'sessions-unavailable') {
      render(response, 'layout/message.njk', NOBODY, UNAVAILABLE, 503);
      return;
    }
    if (!resumed.ok) {
      clearCookie(response, 'session');
      const to = request.method === 'POST' ? keepTyped(deps, request, response) : request.originalUrl;
      await sendToSignIn(deps, render, request, response, { stepUp: false, to });
      return;
    }
    const { session, renewed } = resumed.value;
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isOwnForm(request, session, fieldsOf(request))) {
      render(response, 'layout/message.njk', frameFor(deps, request, session), NOT_OURS, 403);
      return;
    }
    if (renewed !== undefined) setCookie(response, 'session', renewed);
    sessions.set(request, session);
    next();
  };
}

/** The frame around a page for nobody in particular. */
export const NOBODY: Frame = { navigation: [] };

const UNAVAILABLE = {
  heading: 'Sorry, there is a problem with the service',
  sentences: ['Nobody can be signed in at the moment. Nothing was lost. Try again in a minute.'],
};

const NOT_OURS = {
  heading: 'This form was not accepted',
  sentences: [
    'It did not come from a page that you have open here, so nothing was done.',
    'Go back, open the page again and send the form once more.',
  ],
};

/** The frame around a page of a signed-in person. */
export function frameFor(deps: PageDeps, request: Request, session: Session): Frame {
  return {
    signedInAs: { name: session.staff.name, agency: deps.nameOfAgency(session.staff.agency) },
    formToken: formTokenOf(session.secret),
    typedBy: typedByOf(deps, session),
    navigation: markCurrent(navigationFor(session.staff.roles), request.path),
  };
}

function markCurrent(items: readonly Omit<NavigationItem, 'current'>[], path: string): NavigationItem[] {
  return items.map((item) => ({ ...item, current: path === item.href || path.startsWith(`${item.href}/`) }));
}

/** The page for whatever may not be seen and whatever does not exist: nobody can tell which (P6). */
export function renderNotFound(deps: PageDeps, render: Render, request: Request, response: Response): void {
  const session = sessions.get(request);
  const frame = session === undefined ? NOBODY : frameFor(deps, request, session);
  render(response, 'layout/message.njk', frame, NOT_FOUND, 404);
}

const NOT_FOUND = {
  heading: 'Page not found',
  sentences: [
    'There is no such page, or it is not one for you.',
    'Check the address. If you followed a link, tell whoever sent it.',
  ],
  links: [{ href: '/', text: 'Go to your first page' }],
};
