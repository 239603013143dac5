import type { RequestHandler } from 'express';
import { beginSession, endAllSessions, endSession, type Session } from '../../access/staff/session.ts';
import { readStaff } from '../../access/staff/staff-member.ts';
import type { SignInFault } from '../../ports/identity-provider.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { clearCookie, setCookie } from '../session/cookies.ts';
import { fieldsOf } from '../session/form-fields.ts';
import { NOBODY, sessionOf } from '../session/signed-in.ts';
import { takePending } from './pending.ts';
import { PROVIDER_AWAY } from './send-to-sign-in.ts';
import { actorOf, NOT_NOW, record } from './signed-in-entry.ts';
import { NOT_CONFIRMED, stepUp, type CameBack } from './step-up.ts';

/** `GET /sign-in/return`: back from the identity provider. A session begins only when its entry is in the log (P1). */
export function getReturn(deps: PageDeps, render: Render): RequestHandler {
  return async (request, response) => {
    const pending = takePending(deps, request, response);
    const query = request.originalUrl.split('?')[1] ?? '';
    if (pending === undefined) {
      render(response, 'layout/message.njk', NOBODY, TOO_LATE, 400);
      return;
    }
    const proven = await deps.identity.redeem(query, pending);
    if (!proven.ok) {
      const away = proven.error === 'provider-unavailable';
      if (!away) await record(deps, { event: 'refused', code: proven.error });
      render(response, 'layout/message.njk', NOBODY, REFUSALS[proven.error], away ? 503 : 403);
      return;
    }
    const staff = readStaff(proven.value, deps.rolesOfGroups);
    if (!staff.ok) {
      await record(deps, { event: 'refused', code: staff.error });
      render(response, 'layout/message.njk', NOBODY, UNKNOWN, 403);
      return;
    }
    const came = { request, response, staff: staff.value, to: pending.to };
    if (pending.stepUp && (await stepUp(deps, render, came))) return;
    await begin(deps, render, came, pending.stepUp);
  };
}

async function begin(
  deps: PageDeps,
  render: Render,
  { request, response, staff, to }: CameBack,
  hasSteppedUp: boolean,
): Promise<void> {
  const recorded = await record(deps, { event: 'signed-in', ...actorOf(staff) });
  const agent = request.headers['user-agent'] ?? '';
  const begun = recorded ? await beginSession(deps.sessions, { staff, agent, stepUp: hasSteppedUp }) : undefined;
  if (begun?.ok !== true) {
    render(response, 'layout/message.njk', NOBODY, NOT_NOW, 503);
    return;
  }
  setCookie(response, 'session', begun.value);
  response.redirect(303, to);
}

/** `POST /sign-out`: ends this session, or all of this person's; then the provider's, where it takes part. */
export function postSignOut(deps: PageDeps, render: Render): RequestHandler {
  return async (request, response) => {
    const session = sessionOf(request);
    const everywhere = fieldsOf(request).everywhere === 'yes';
    const ended = await (everywhere ? endAllSessions : endSession)(deps.sessions, session);
    if (!ended.ok) {
      render(response, 'layout/message.njk', NOBODY, NOT_NOW, 503);
      return;
    }
    clearCookie(response, 'session');
    // Nothing opens them without the session; what fails here is swept within minutes.
    await deps.keptAnswers.removeAllOf(session.name);
    await deps.meetingPacks.removeAllOf(session.name);
    await record(deps, { event: 'signed-out', ...actorOf(session.staff), ...sessionNamed(session) });
    response.redirect(303, deps.identity.signOutUrl() ?? '/signed-out');
  };
}

export function getSignedOut(render: Render): RequestHandler {
  return (_request, response) => render(response, 'layout/message.njk', NOBODY, SIGNED_OUT);
}

const sessionNamed = (session: Session) => ({ session: session.name });

const TOO_LATE = {
  heading: 'Sign in again',
  sentences: ['Signing in took longer than ten minutes, or was begun in another window. Nothing was lost.'],
  links: [{ href: '/', text: 'Sign in' }],
};

const REFUSED = {
  heading: 'You are not signed in',
  sentences: ['Your organisation’s sign-in service did not confirm who you are, so nothing was opened.'],
  links: [{ href: '/', text: 'Try again' }],
};

const REFUSALS: Readonly<Record<SignInFault, Page>> = {
  'provider-unavailable': PROVIDER_AWAY,
  'sign-in-refused': REFUSED,
  'step-up-refused': NOT_CONFIRMED,
};

const UNKNOWN = {
  heading: 'Your account has no place here',
  sentences: [
    'You signed in at your organisation, but it is not set up for this service or your staff number cannot be read.',
    'Ask your information governance team to have you added.',
  ],
};

const SIGNED_OUT = {
  heading: 'You are signed out',
  sentences: ['Close this window if others use this computer.'],
  links: [{ href: '/', text: 'Sign in again' }],
};
