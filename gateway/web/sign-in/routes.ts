import type { Request, RequestHandler, Response } from 'express';
import { beginSession, endAllSessions, endSession, type Session } from '../../access/staff/session.ts';
import { readStaff, type StaffMember } from '../../access/staff/staff-member.ts';
import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { clearCookie, setCookie } from '../session/cookies.ts';
import { fieldsOf } from '../session/form-fields.ts';
import { NOBODY, sessionOf } from '../session/signed-in.ts';
import { takePending } from './pending.ts';
import { PROVIDER_AWAY } from './send-to-sign-in.ts';

type SignedIn = Extract<LogEntryBody, { kind: 'signed-in' }>;

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
      if (!away) await record(deps, { event: 'refused', code: 'sign-in-refused' });
      render(response, 'layout/message.njk', NOBODY, away ? PROVIDER_AWAY : REFUSED, away ? 503 : 403);
      return;
    }
    const staff = readStaff(proven.value, deps.rolesOfGroups);
    if (!staff.ok) {
      await record(deps, { event: 'refused', code: staff.error });
      render(response, 'layout/message.njk', NOBODY, UNKNOWN, 403);
      return;
    }
    await begin(deps, render, { request, response }, staff.value, { stepUp: pending.stepUp, to: pending.to });
  };
}

async function begin(
  deps: PageDeps,
  render: Render,
  { request, response }: { readonly request: Request; readonly response: Response },
  staff: StaffMember,
  { stepUp, to }: { readonly stepUp: boolean; readonly to: string },
): Promise<void> {
  const recorded = await record(deps, { event: 'signed-in', ...actorOf(staff) });
  const agent = request.headers['user-agent'] ?? '';
  const begun = recorded ? await beginSession(deps.sessions, { staff, agent, stepUp }) : undefined;
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
    await record(deps, { event: 'signed-out', ...actorOf(session.staff), ...sessionNamed(session) });
    response.redirect(303, deps.identity.signOutUrl() ?? '/signed-out');
  };
}

export function getSignedOut(render: Render): RequestHandler {
  return (_request, response) => render(response, 'layout/message.njk', NOBODY, SIGNED_OUT);
}

const sessionNamed = (session: Session) => ({ session: session.name });

/** The first role stands for the person where the log has room for one; without a role there is none to name. */
function actorOf({ staffId, agency, roles }: StaffMember): Pick<SignedIn, 'actor' | 'agency'> {
  const [role] = roles;
  return role === undefined ? { agency } : { agency, actor: { agency, staffId, role } };
}

async function record(deps: PageDeps, what: Pick<SignedIn, 'event' | 'actor' | 'agency' | 'code' | 'session'>) {
  const at = deps.now().toISOString();
  const receipt = await deps.log.append({ kind: 'signed-in', v: 1, at, operations: [], ...what });
  return receipt.ok;
}

const SIGN_IN_AGAIN = [{ href: '/', text: 'Sign in' }];

const TOO_LATE = {
  heading: 'Sign in again',
  sentences: ['Signing in took longer than ten minutes, or was begun in another window. Nothing was lost.'],
  links: SIGN_IN_AGAIN,
};

const REFUSED = {
  heading: 'You are not signed in',
  sentences: ['Your organisation’s sign-in service did not confirm who you are, so nothing was opened.'],
  links: [{ href: '/', text: 'Try again' }],
};

const UNKNOWN = {
  heading: 'Your account has no place here',
  sentences: [
    'You signed in at your organisation, but it is not set up for this service or your staff number cannot be read.',
    'Ask your information governance team to have you added.',
  ],
};

const NOT_NOW = {
  heading: 'Sorry, there is a problem with the service',
  sentences: ['This could not be recorded, so it was not done. Try again in a minute.'],
  links: SIGN_IN_AGAIN,
};

const SIGNED_OUT = {
  heading: 'You are signed out',
  sentences: ['Close this window if others use this computer.'],
  links: [{ href: '/', text: 'Sign in again' }],
};
