import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import type { IsoInstant, Role } from '../../schemas/names.ts';
import type { ProblemCode, ProblemPlace } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { SearchGround } from '../../schemas/review.ts';
import { ledgerRequestSchema, reviewEntriesRequestSchema } from '../../schemas/review-request.ts';
import { presentedBy } from '../access/connection.ts';
import { PROBLEM_OF_LOG } from '../disclosure/admit.ts';
import { authenticate, type AuthenticateDeps, type Caller } from '../disclosure/authenticate.ts';
import { regimeOf } from '../disclosure/question.ts';
import type { Say } from '../operations/messages.ts';
import type { Metrics } from '../operations/metrics.ts';
import { readLedger } from '../review/ledger/ledger.ts';
import { searchEntries, type SearchDeps, type Searcher, type SearchFault } from '../review/search.ts';
import { readBody } from './body.ts';
import { readRequest } from './read-request.ts';
import type { Room } from './room.ts';
import { sendProblem } from './send-problem.ts';
import type { ResponseSigner } from './sign-response.ts';

/**
 * What an information-governance officer asks of the log. Everything is sent as a body: part of a name or words of a
 * reason in an address would lie in every proxy's log (P8).
 */

export interface ReviewRouteDeps extends AuthenticateDeps {
  readonly review: SearchDeps;
  readonly disclosure: { readonly bundle: PolicyBundle; readonly now: () => Date; readonly newId: () => string };
  readonly room: Room;
  readonly signer: ResponseSigner;
  readonly metrics: Metrics;
  readonly say: Say;
}

const REVIEW_PURPOSE = 'IGREV';
const CLOCK_APART_MS_MAX = 60_000;
const PAGE_DEFAULT = 50;

/** `POST /v1/review/entries` */
export const postReviewEntries = (deps: ReviewRouteDeps): RequestHandler =>
  reviewHandler(deps, reviewEntriesRequestSchema, async (searcher, request) => {
    const { filters, words, before, limit } = request;
    const found = await searchEntries(deps.review, searcher, {
      filters,
      limit: limit ?? PAGE_DEFAULT,
      ...(words === undefined ? {} : { words }),
      ...(before === undefined ? {} : { before }),
    });
    if (!found.ok) return err(PROBLEM_OF_SEARCH[found.error]);
    const { next, ...rest } = found.value;
    return ok({ ...rest, ...(next === undefined ? {} : { next }) });
  });

/** `POST /v1/review/ledger` */
export const postLedger = (deps: ReviewRouteDeps): RequestHandler =>
  reviewHandler(deps, ledgerRequestSchema, async (searcher, request) => {
    const { field, recipient, aboutCase, from, to, before, limit } = request;
    const found = await readLedger(deps.review, searcher, {
      owner: searcher.viewer,
      ...{ from, to, limit: limit ?? PAGE_DEFAULT },
      ...(field === undefined ? {} : { field }),
      ...(recipient === undefined ? {} : { recipient }),
      ...(aboutCase === undefined ? {} : { caseRef: aboutCase }),
      ...(before === undefined ? {} : { before }),
    });
    if (!found.ok) return err(PROBLEM_OF_SEARCH[found.error]);
    const { next, ...rest } = found.value;
    return ok({ ...rest, ...(next === undefined ? {} : { next }) });
  });

/** What every request of an officer says of herself. */
export interface OfficerRequest {
  readonly requestId: string;
  readonly sentAt: IsoInstant;
  readonly staff: { readonly id: string; readonly role: Role };
  readonly caseRef: string;
  readonly ground: SearchGround;
}

/** Nothing is given where the index, the words or the log cannot be read or written. */
export const PROBLEM_OF_SEARCH: Readonly<Record<SearchFault, ProblemCode>> = {
  ...PROBLEM_OF_LOG,
  'index-unavailable': 'register-unavailable',
  'reasons-unavailable': 'register-unavailable',
  'register-unavailable': 'register-unavailable',
  'too-many-staff': 'search-too-wide',
};

type Serve<T> = (searcher: Searcher, request: T) => Promise<Result<unknown, ProblemCode>>;

/** Walks one request of an officer: who, room, shape, may she, serve, sign. */
export function reviewHandler<T extends OfficerRequest>(
  deps: ReviewRouteDeps,
  shape: z.ZodType<T>,
  serve: Serve<T>,
): RequestHandler {
  return async (request, response): Promise<void> => {
    const now = deps.disclosure.now();
    const caller = authenticate(deps, presentedBy(request.socket), request.get('authorization'), now);
    if (!caller.ok) {
      if (caller.error === 'register-unavailable') deps.say('error', { message: 'register-stale' });
      refuse(deps, response, caller.error);
      return;
    }
    const place = deps.room.enter(caller.value.clientId, now.getTime());
    if (!place.ok) {
      refuse(deps, response, place.error);
      return;
    }
    try {
      const answered = await answerOfficer(deps, request, { shape, serve, caller: caller.value, now });
      if (answered.ok) await sendSigned(deps, request, response, answered.value);
      else refuse(deps, response, answered.error.code, answered.error.places);
    } finally {
      place.value.leave();
    }
  };
}

type Refused = { readonly code: ProblemCode; readonly places?: readonly ProblemPlace[] };

async function answerOfficer<T extends OfficerRequest>(
  deps: ReviewRouteDeps,
  request: Request,
  { shape, serve, caller, now }: { shape: z.ZodType<T>; serve: Serve<T>; caller: Caller; now: Date },
): Promise<Result<unknown, Refused>> {
  const text = await readBody(request);
  if (!text.ok) return err({ code: text.error });
  const body = readRequest(text.value, shape);
  if (!body.ok) return err(body.error);
  const allowed = mayReview(deps.disclosure.bundle, caller, body.value, now);
  const served = allowed.ok
    ? await serve(searcherOf(caller, body.value), body.value)
    : await recordRefusal(deps, caller, body.value, allowed.error);
  return served.ok ? served : err({ code: served.error });
}

/** The claim of review, by a reviewer of the agency whose certificate this is, on the matter of the token. */
export function mayReview(
  bundle: PolicyBundle,
  caller: Caller,
  { sentAt, staff, caseRef }: OfficerRequest,
  now: Date,
): Result<true, ProblemCode> {
  if (Math.abs(Date.parse(sentAt) - now.getTime()) > CLOCK_APART_MS_MAX) return err('clock-wrong');
  if (caller.claim.purpose !== REVIEW_PURPOSE || caller.claim.caseRef !== caseRef) return err('token-other-purpose');
  const terms = bundle.purposes.get(REVIEW_PURPOSE);
  if (terms === undefined) return err('purpose-unknown');
  const groups = bundle.roles.get(staff.role)?.groups ?? [];
  return groups.includes(caller.agency.group) && terms.claimants.includes(staff.role)
    ? ok(true)
    : err('role-may-not-claim');
}

function searcherOf(caller: Caller, { requestId, staff, caseRef, ground }: OfficerRequest): Searcher {
  const { agency, clientId, thumbprint: certificate } = caller;
  return {
    actor: { agency: agency.id, staffId: staff.id, role: staff.role, clientId, certificate },
    viewer: agency.id,
    ground,
    matter: caseRef,
    requestKey: { clientId, requestId },
  };
}

/** Somebody who tries the log without being its reviewer is what a reviewer wants to know of. */
async function recordRefusal(
  deps: ReviewRouteDeps,
  caller: Caller,
  { staff, caseRef }: OfficerRequest,
  code: ProblemCode,
): Promise<Result<never, ProblemCode>> {
  const { agency, clientId, thumbprint: certificate, claim } = caller;
  const recorded = await deps.review.log.append({
    kind: 'question-refused',
    v: 1,
    at: deps.disclosure.now().toISOString(),
    operations: ['consultation'],
    regime: regimeOf(agency.group, false),
    questionId: deps.disclosure.newId(),
    route: 'review',
    requester: { agency: agency.id, clientId, certificate, staffId: staff.id, role: staff.role },
    purpose: claim.purpose,
    caseRef,
    code,
  });
  return err(recorded.ok ? code : PROBLEM_OF_LOG[recorded.error]);
}

async function sendSigned(deps: ReviewRouteDeps, request: Request, response: Response, value: unknown): Promise<void> {
  const body = JSON.stringify(value);
  const signed = await deps.signer.sign(request, 200, body, deps.disclosure.now());
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...signed,
  });
  response.end(body);
}

function refuse(deps: ReviewRouteDeps, response: Response, code: ProblemCode, places?: readonly ProblemPlace[]): void {
  const instance = deps.disclosure.newId();
  deps.metrics.refused(code);
  deps.say('warn', { message: 'question-refused', instance, code, tookMs: 0 });
  if (!response.req.complete) response.setHeader('connection', 'close');
  sendProblem(response, code, instance, places);
}
