import express, { type ErrorRequestHandler, type Router } from 'express';
import { getCheckAttempt, postCheckAttempt } from './attempts/check-attempt.ts';
import { getNewAttempt, postNewAttempt } from './attempts/new-attempt.ts';
import { getAttempts, getRecordedAttempt } from './attempts/recorded-attempts.ts';
import { breakGlassPages } from './break-glass/break-glass-pages.ts';
import { getCases } from './cases/cases-list.ts';
import { getCase } from './cases/one-case.ts';
import { getWhoHasLooked } from './cases/who-has-looked.ts';
import { gapPages } from './contact-gaps/gap-pages.ts';
import { accessibilityPage, readChecked } from './layout/accessibility.ts';
import { serveAssets } from './layout/assets.ts';
import { pageHeaders } from './layout/headers.ts';
import { makeRender, type Render } from './layout/render.ts';
import type { PageDeps } from './page-deps.ts';
import { getJudged, getJudgeRecord, postJudgeRecord } from './records/judge-record.ts';
import { getAnswer } from './request/answer-routes.ts';
import { getRequest, postRequest } from './request/request-routes.ts';
import { meetingPages } from './meeting-pack/meeting-pages.ts';
import { readUpload, TO_UPLOAD } from './register/import/upload.ts';
import { registerPages } from './register/register-pages.ts';
import { reviewPages } from './reviews/review-pages.ts';
import { readForm } from './session/form-fields.ts';
import { navigationFor } from './session/navigation.ts';
import { NOBODY, frameFor, renderNotFound, sessionOf, signedIn } from './session/signed-in.ts';
import { getReturn, getSignedOut, postSignOut } from './sign-in/routes.ts';
import { safetyPages } from './safety-blocks/safety-pages.ts';

/** The pages for people, as an ordered list. Everything after `signedIn` has a session behind it. */
export function createPages(deps: PageDeps): Router {
  const render = makeRender(deps.assets);
  const accessibility = accessibilityPage(readChecked());
  const pages = express.Router({ caseSensitive: true, strict: true });
  pages.use('/assets', serveAssets());
  pages.use(...pageHeaders(deps.identity.origin));
  pages.get('/sign-in/return', getReturn(deps, render));
  pages.get('/signed-out', getSignedOut(render));
  pages.get('/help', (_request, response) => render(response, 'layout/message.njk', NOBODY, HELP));
  pages.get('/accessibility', (_request, response) => render(response, 'layout/message.njk', NOBODY, accessibility));

  pages.post(TO_UPLOAD, readUpload(deps, render));
  pages.use(readForm, signedIn(deps, render));
  pages.post('/sign-out', postSignOut(deps, render));
  pages.get('/', (request, response) => {
    const [first] = navigationFor(sessionOf(request).staff.roles);
    if (first !== undefined) response.redirect(303, first.href);
    else render(response, 'layout/message.njk', frameFor(deps, request, sessionOf(request)), NO_ROLE, 403);
  });
  pages.get('/cases', getCases(deps, render));
  pages.get('/cases/:ref', getCase(deps, render));
  pages.get('/cases/:ref/attempts', getAttempts(deps, render));
  pages.get('/cases/:ref/who-has-looked', getWhoHasLooked(deps, render));
  pages.route('/cases/:ref/attempts/new').get(getNewAttempt(deps, render)).post(postNewAttempt(deps, render));
  pages.route('/cases/:ref/attempts/check').get(getCheckAttempt(deps, render)).post(postCheckAttempt(deps, render));
  pages.get('/cases/:ref/attempts/:id', getRecordedAttempt(deps, render));
  const ask = pages.route('/cases/:ref/request');
  ask.get(getRequest(deps, render)).post(postRequest(deps, render));
  pages.get('/cases/:ref/requests/:id', getAnswer(deps, render));
  const judge = pages.route('/cases/:ref/requests/:id/records/:record');
  judge.get(getJudgeRecord(deps, render)).post(postJudgeRecord(deps, render));
  pages.get('/cases/:ref/records/judged', getJudged(deps, render));
  breakGlassPages(pages, deps, render);
  registerPages(pages, deps, render);
  meetingPages(pages, deps, render);
  safetyPages(pages, deps, render);
  gapPages(pages, deps, render);
  reviewPages(pages, deps, render);
  pages.use((request, response) => renderNotFound(deps, render, request, response));
  pages.use(pageFault(deps, render));
  return pages;
}

const BACK = [{ href: '/', text: 'Go to your first page' }];

const HELP = {
  heading: 'Help',
  sentences: [
    'If somebody is in danger now, call 999. Do not use this service to decide whether to call.',
    'If an answer looks wrong, do not act on it: tell your panel coordinator, and give the receipt at its foot.',
    'If a page does not work, tell your service desk the reference that it shows. Never send a name or a number.',
  ],
  links: BACK,
};

const NO_ROLE = {
  heading: 'There is nothing here for you yet',
  sentences: [
    'You are signed in, but there are no pages for your role, or no role is recorded for you.',
    'If you work with cases, ask your information governance team to have your role recorded.',
  ],
};

/** A bug, or a form that could not be read. The person gets a reference, never a message or a place in our code. */
function pageFault(deps: PageDeps, render: Render): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const instance = deps.newId();
    const fault = error instanceof Error ? error : new Error('unknown');
    const status = 'status' in fault && typeof fault.status === 'number' ? fault.status : 500;
    deps.say('error', { message: 'internal-fault', instance, errorName: fault.name, at: 'pages' });
    if (response.headersSent) {
      next(error);
      return;
    }
    const page = status < 500 ? UNREADABLE : FAULT;
    render(response, 'layout/message.njk', NOBODY, { ...page, reference: instance }, status < 500 ? status : 500);
  };
}

const FAULT = {
  heading: 'Sorry, there is a problem with the service',
  sentences: ['This is our fault, not yours. Nothing was sent or shown that should not be. Try again later.'],
  links: [{ href: '/', text: 'Go to your first page' }],
};

const UNREADABLE = {
  heading: 'This could not be read',
  sentences: ['The form or the address was too long or damaged, so nothing was done. Go back and try again.'],
};
