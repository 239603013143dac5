import type { Request, Response } from 'express';
import { stepUpSession } from '../../access/staff/session.ts';
import type { StaffMember } from '../../access/staff/staff-member.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { readCookie, setCookie } from '../session/cookies.ts';
import { NOBODY, sessionOf } from '../session/signed-in.ts';
import { keepTyped } from '../session/typed-fields.ts';
import { sendToSignIn } from './send-to-sign-in.ts';
import { actorOf, NOT_NOW, record } from './signed-in-entry.ts';

/**
 * Before what cannot be taken back, the person proves once more who she is. The attacker is whoever finds her screen
 * unlocked: a session alone opens no emergency and decides no review.
 */

/**
 * Whether she has proven herself again within the last ten minutes. Where not, the answer leads to the identity provider
 * and back to this page, what she typed filled in again; nothing else may then be sent.
 */
export async function isSteppedUp(
  deps: PageDeps,
  render: Render,
  { request, response }: { readonly request: Request; readonly response: Response },
): Promise<boolean> {
  if (sessionOf(request).steppedUp) return true;
  const to = request.method === 'POST' ? keepTyped(deps, request, response) : request.originalUrl;
  await sendToSignIn(deps, render, request, response, { stepUp: true, to });
  return false;
}

/** Somebody whom the provider has just proven, and where she was going. */
export interface CameBack {
  readonly request: Request;
  readonly response: Response;
  readonly staff: StaffMember;
  readonly to: string;
}

/**
 * Back from the provider with a step-up: marks the session that she left with, under a fresh secret.
 * @returns false where that session has ended meanwhile: then this is a sign-in like any other
 */
export async function stepUp(
  deps: PageDeps,
  render: Render,
  { request, response, staff, to }: CameBack,
): Promise<boolean> {
  const secret = readCookie(request, 'session');
  if (secret === undefined) return false;
  const confirmed = { staff, agent: request.headers['user-agent'] ?? '' };
  const stepped = await stepUpSession(deps.sessions, secret, confirmed);
  if (!stepped.ok && stepped.error === 'no-session') return false;
  const said = stepped.ok
    ? ({ event: 'signed-in', code: 'step-up', session: stepped.value.session.name } as const)
    : ({ event: 'refused', code: stepped.error } as const);
  const recorded = await record(deps, { ...said, ...actorOf(staff) });
  if (!recorded || (!stepped.ok && stepped.error === 'sessions-unavailable')) {
    render(response, 'layout/message.njk', NOBODY, NOT_NOW, 503);
    return true;
  }
  if (stepped.ok) {
    setCookie(response, 'session', stepped.value.renewed);
    response.redirect(303, to);
  } else {
    render(response, 'layout/message.njk', NOBODY, NOT_CONFIRMED, 403);
  }
  return true;
}

/** Another person confirmed, or the provider did not ask again, or not strictly enough: whichever, nothing was opened. */
export const NOT_CONFIRMED: Page = {
  heading: 'You have not confirmed who you are',
  sentences: [
    'For this step your organisation’s sign-in service has to ask you again, and you have to answer as the person who is signed in here. That did not happen, so nothing was opened and nothing was changed.',
    'Try again. If it goes on, call your service desk. If somebody is in danger now, call 999.',
  ],
  links: [{ href: '/', text: 'Go to your first page' }],
};
