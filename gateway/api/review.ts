import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { SearchGround } from '../../schemas/review.ts';
import { ledgerRequestSchema, reviewEntriesRequestSchema } from '../../schemas/review-request.ts';
import { PROBLEM_OF_LOG } from '../disclosure/admit.ts';
import type { Caller } from '../disclosure/authenticate.ts';
import { regimeOf } from '../disclosure/question.ts';
import { readLedger } from '../review/ledger/ledger.ts';
import { searchEntries, type SearchDeps, type Searcher, type SearchFault } from '../review/search.ts';
import { isClockWrong, staffHandler, type Refused, type StaffRequest, type StaffRouteDeps } from './staff-request.ts';

/** What an information-governance officer asks of the log. */

export interface ReviewRouteDeps extends StaffRouteDeps {
  readonly review: SearchDeps;
  readonly disclosure: StaffRouteDeps['disclosure'] & { readonly bundle: PolicyBundle };
}

const REVIEW_PURPOSE = 'IGREV';
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
export interface OfficerRequest extends StaffRequest {
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
export const reviewHandler = <T extends OfficerRequest>(
  deps: ReviewRouteDeps,
  shape: z.ZodType<T>,
  serve: Serve<T>,
): RequestHandler =>
  staffHandler(deps, shape, (caller, request, now) => answerOfficer(deps, { serve, caller, now, request }));

async function answerOfficer<T extends OfficerRequest>(
  deps: ReviewRouteDeps,
  { serve, caller, now, request }: { serve: Serve<T>; caller: Caller; now: Date; request: T },
): Promise<Result<unknown, Refused>> {
  const allowed = mayReview(deps.disclosure.bundle, caller, request, now);
  const served = allowed.ok
    ? await serve(searcherOf(caller, request), request)
    : await recordRefusal(deps, caller, request, allowed.error);
  return served.ok ? served : err({ code: served.error });
}

/** The claim of review, by a reviewer of the agency whose certificate this is, on the matter of the token. */
export function mayReview(
  bundle: PolicyBundle,
  caller: Caller,
  request: OfficerRequest,
  now: Date,
): Result<true, ProblemCode> {
  const { staff, caseRef } = request;
  if (isClockWrong(request, now)) return err('clock-wrong');
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
