import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { AUTHORIZATION_PATHS, type AuthorizationHandler } from './access/authorization-server.ts';
import {
  postCaseChange,
  postCaseList,
  postCaseOpen,
  postCaseView,
  postContactGaps,
  type CaseRouteDeps,
} from './api/cases.ts';
import { openApiDocument } from './api/openapi.ts';
import { getCheckpoint, getReceiptProof, getTile, TILE_PREFIX, type LogRouteDeps } from './api/log-tiles.ts';
import { postContactRequest, postDisclosure, type QuestionDeps } from './api/questions.ts';
import { postLedger, postReviewEntries } from './api/review.ts';
import { postReviewList, postReviewOpen, postReviewStep, type ReviewStatesDeps } from './api/review-states.ts';
import { sendProblem } from './api/send-problem.ts';
import { getLive, getReady } from './operations/health.ts';
import { cameByPagesDoor } from './operations/pages-door.ts';

/** Everything the app needs from outside. The composition root makes it; tests make the same with other adapters. */
export interface AppDeps extends QuestionDeps {
  readonly review: ReviewStatesDeps['review'];
  readonly reviews: ReviewStatesDeps['reviews'];
  readonly cases: CaseRouteDeps['cases'];
  readonly tree: LogRouteDeps['tree'];
  readonly authorization: AuthorizationHandler;
  /** JSON Web Keys with which answers are signed, public parts only. */
  readonly answerKeys: readonly Readonly<Record<string, unknown>>[];
  readonly version: string;
  /** The pages for people, where the partnership has them: only what came by their own door sees them. */
  readonly pages?: RequestHandler;
}

/** The whole gateway as one app: the ordered list of what a request passes, the same in tests and in production. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);
  // One spelling a path: another would be answered and signed under a name that the interface does not have.
  app.enable('strict routing');
  app.enable('case sensitive routing');
  app.use(readNoFurther);
  if (deps.pages !== undefined) app.use(onlyByPagesDoor(deps.pages));
  app.use(securityHeaders);

  app.get('/live', getLive);
  app.get('/ready', getReady({ log: deps.disclosure.log, register: deps.register }));
  app.get('/openapi.json', sends(openApiDocument(deps.version)));
  app.get('/v1/keys', sends({ keys: deps.answerKeys }));
  app.use('/oauth', authorizationPaths(deps.authorization));

  app.route('/v1/disclosures').post(postDisclosure(deps)).all(methodNotAllowed(deps));
  app.route('/v1/contact-requests').post(postContactRequest(deps)).all(methodNotAllowed(deps));

  app.route('/v1/cases/list').post(postCaseList(deps)).all(methodNotAllowed(deps));
  app.route('/v1/cases/view').post(postCaseView(deps)).all(methodNotAllowed(deps));
  app.route('/v1/cases/open').post(postCaseOpen(deps)).all(methodNotAllowed(deps));
  app.route('/v1/cases/change').post(postCaseChange(deps)).all(methodNotAllowed(deps));
  app.route('/v1/cases/contact-gaps').post(postContactGaps(deps)).all(methodNotAllowed(deps));

  app.route('/v1/review/entries').post(postReviewEntries(deps)).all(methodNotAllowed(deps));
  app.route('/v1/review/ledger').post(postLedger(deps)).all(methodNotAllowed(deps));
  app.route('/v1/review/list').post(postReviewList(deps)).all(methodNotAllowed(deps));
  app.route('/v1/review/open').post(postReviewOpen(deps)).all(methodNotAllowed(deps));
  app.route('/v1/review/step').post(postReviewStep(deps)).all(methodNotAllowed(deps));

  app.route('/log/checkpoint').get(getCheckpoint(deps)).all(methodNotAllowed(deps, 'GET'));
  app.get(`${TILE_PREFIX}*path`, getTile(deps));
  app.route('/v1/receipts/:position').get(getReceiptProof(deps)).all(methodNotAllowed(deps, 'GET'));

  app.use((_request, response) => sendProblem(response, 'not-found', deps.disclosure.newId()));
  app.use(internalFault(deps));
  return app;
}

/**
 * Whoever has answered, nobody reads on: Node would pull in the rest of a body that was not wanted to the last of its
 * hundred megabytes, to keep the connection.
 */
const readNoFurther: RequestHandler = (request, response, next) => {
  const { socket } = request;
  response.once('finish', () => {
    if (!request.complete) socket.destroySoon();
  });
  next();
};

/** People have no client certificate and agency systems no session: neither finds the other's paths. */
const onlyByPagesDoor =
  (pages: RequestHandler): RequestHandler =>
  (request, response, next) => {
    if (cameByPagesDoor(request)) pages(request, response, next);
    else next();
  };

/** For machines there is nothing to frame, run or sniff; nothing personal may stay in any cache. */
const securityHeaders: RequestHandler[] = [
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
  }),
  (_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  },
];

const sends =
  (value: unknown): RequestHandler =>
  (_request, response) => {
    response.json(value);
  };

/** The authorization server can do more than it is used for; what is not named there does not exist. */
const authorizationPaths =
  (authorization: AuthorizationHandler): RequestHandler =>
  async (request, response, next) => {
    if (AUTHORIZATION_PATHS.some((path) => path === request.path)) await authorization(request, response);
    else next();
  };

const methodNotAllowed =
  (deps: AppDeps, allowed = 'POST'): RequestHandler =>
  (_request, response) => {
    response.setHeader('allow', allowed);
    sendProblem(response, 'method-not-allowed', deps.disclosure.newId());
  };

/** The one place where a bug is caught: its name and file go to the log by code, nothing of it to the caller. */
function internalFault(deps: AppDeps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const instance = deps.disclosure.newId();
    const fault = error instanceof Error ? error : new Error('unknown');
    const status = 'status' in fault ? fault.status : undefined;
    deps.say('error', { message: 'internal-fault', instance, errorName: fault.name, at: firstPlaceOf(fault) });
    if (response.headersSent) {
      next(error);
      return;
    }
    if (!request.complete) response.setHeader('connection', 'close');
    // Express refuses what cannot be decoded as a path with a 400 of its own.
    sendProblem(response, status === 400 ? 'request-malformed' : 'internal', instance);
  };
}

/** File and line of our own code where it happened; a message could hold anything, so it is left out. */
function firstPlaceOf(error: Error): string {
  return /\/((?:gateway|policies|adapters|schemas)\/[a-z/.-]+\.ts:\d+)/.exec(error.stack ?? '')?.[1] ?? 'outside';
}
