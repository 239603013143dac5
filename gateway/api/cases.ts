import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import {
  caseChangeRequestSchema,
  caseListRequestSchema,
  caseOpenRequestSchema,
  caseViewRequestSchema,
  contactGapsRequestSchema,
  type CaseChangeAnswer,
  type CaseListAnswer,
  type CaseViewAnswer,
  type ContactGapsAnswer,
} from '../../schemas/case-request.ts';
import type { Case } from '../../schemas/case.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import type { CaseRef } from '../../schemas/names.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { listCases, measureContactGaps } from '../cases/caseload.ts';
import { changeCase, type ChangeCaseDeps } from '../cases/change-case.ts';
import { openCase } from '../cases/open-case.ts';
import { viewCase } from '../cases/view-case.ts';
import { PROBLEM_OF_LOG } from '../disclosure/admit.ts';
import type { Caller } from '../disclosure/authenticate.ts';
import type { AccessLog, Receipt } from '../ports/access-log.ts';
import type { CaseWorkRegister } from '../ports/case-register.ts';
import { PROBLEM_OF_CASE_WORK } from './case-problems.ts';
import { isClockWrong, staffHandler, type StaffRequest, type StaffRouteDeps } from './staff-request.ts';

/**
 * The case register for agencies' own systems: the same lists, views and changes as in the pages, by the same functions.
 * Each request is an entry before anything of it is shown or done (P1), and counts once.
 */

export interface CaseRouteDeps extends StaffRouteDeps {
  readonly cases: CaseWorkRegister;
  readonly disclosure: StaffRouteDeps['disclosure'] &
    Pick<ChangeCaseDeps, 'seal' | 'pseudonymOf'> & { readonly bundle: PolicyBundle; readonly log: AccessLog };
}

const PAGE_DEFAULT = 50;

/** `POST /v1/cases/list` */
export const postCaseList = (deps: CaseRouteDeps): RequestHandler =>
  caseHandler(deps, caseListRequestSchema, async (on, { of, after, limit }): Promise<Answered<CaseListAnswer>> => {
    const page = { limit: limit ?? PAGE_DEFAULT, ...(after === undefined ? {} : { after }) };
    const listed = await listCases(workDeps(deps), on.actor, { of }, page);
    const receipt = await on.record({ page: 'cases', ...(listed.ok ? { found: listed.value.rows.length } : {}) });
    if (!receipt.ok) return receipt;
    if (!listed.ok) return err(PROBLEM_OF_CASE_WORK[listed.error]);
    const { rows, unreadable, next } = listed.value;
    const more = next === undefined ? {} : { next };
    return ok({ cases: [...rows], unreadable: [...unreadable], ...more, receipt: receipt.value });
  });

/** `POST /v1/cases/view`. What is not hers is found, recorded and refused as what does not exist (P6). */
export const postCaseView = (deps: CaseRouteDeps): RequestHandler =>
  caseHandler(deps, caseViewRequestSchema, async (on, { caseRef }): Promise<Answered<CaseViewAnswer>> => {
    const viewed = await viewCase(workDeps(deps), on.actor, caseRef);
    const receipt = await on.record({ page: 'case', caseRef, ...(viewed.ok ? {} : { code: viewed.error }) });
    if (!receipt.ok) return receipt;
    if (!viewed.ok) return err(PROBLEM_OF_CASE_WORK[viewed.error]);
    const { agencies, team, referrals, decisions, safety, ...rest } = viewed.value;
    return ok({
      case: {
        ...rest,
        ...{ agencies: [...agencies], team: [...team] },
        ...(referrals === undefined ? {} : { referrals: [...referrals] }),
        ...(decisions === undefined ? {} : { decisions: [...decisions] }),
        ...(safety === undefined
          ? {}
          : { safety: { ...safety, blocks: [...safety.blocks], protectedContacts: [...safety.protectedContacts] } }),
      },
      receipt: receipt.value,
    });
  });

/** `POST /v1/cases/open` */
export const postCaseOpen = (deps: CaseRouteDeps): RequestHandler =>
  caseHandler(deps, caseOpenRequestSchema, async (on, request): Promise<Answered<CaseChangeAnswer>> => {
    const { caseRef, referral, subject, agencies } = request;
    const receipt = await on.record({ page: 'case', caseRef });
    if (!receipt.ok) return receipt;
    const opened = await openCase(workDeps(deps), on.actor, { ...referral, caseRef, subject, agencies });
    return opened.ok
      ? ok({ caseRef, revision: opened.value.revision, receipt: receipt.value })
      : err(PROBLEM_OF_CASE_WORK[opened.error]);
  });

/** `POST /v1/cases/change` */
export const postCaseChange = (deps: CaseRouteDeps): RequestHandler =>
  caseHandler(deps, caseChangeRequestSchema, async (on, request): Promise<Answered<CaseChangeAnswer>> => {
    const { caseRef, change, revision } = request;
    const receipt = await on.record({ page: 'case', caseRef });
    if (!receipt.ok) return receipt;
    const asked = { caseRef, change, ...(revision === undefined ? {} : { revision }) };
    const changed = await changeCase(workDeps(deps), on.actor, asked);
    return changed.ok
      ? ok({ caseRef, revision: changed.value.revision, receipt: receipt.value })
      : err(PROBLEM_OF_CASE_WORK[changed.error]);
  });

/** `POST /v1/cases/contact-gaps` */
export const postContactGaps = (deps: CaseRouteDeps): RequestHandler =>
  caseHandler(deps, contactGapsRequestSchema, async (on): Promise<Answered<ContactGapsAnswer>> => {
    const measure = await measureContactGaps(workDeps(deps), on.actor);
    const receipt = await on.record({ page: 'contact-gaps' });
    if (!receipt.ok) return receipt;
    return measure.ok
      ? ok({ measure: measure.value, receipt: receipt.value })
      : err(PROBLEM_OF_CASE_WORK[measure.error]);
  });

type Answered<T> = Result<T, ProblemCode>;
type Viewed = Extract<LogEntryBody, { kind: 'page-viewed' }>;

/** What a request about cases knows of whoever asks. */
interface OnRequest {
  readonly actor: CaseActor;
  /** Writes its entry, once for each request id. */
  readonly record: (view: Pick<Viewed, 'page' | 'caseRef' | 'found' | 'code'>) => Promise<Answered<Receipt>>;
}

type CaseRequest = StaffRequest & { readonly caseRef?: CaseRef };

const workDeps = ({ cases, disclosure }: CaseRouteDeps): ChangeCaseDeps => {
  const { log, seal, pseudonymOf, now } = disclosure;
  return { cases, log, seal, pseudonymOf: (kase: Case) => pseudonymOf(kase), now };
};

function caseHandler<T extends CaseRequest>(
  deps: CaseRouteDeps,
  shape: z.ZodType<T>,
  serve: (on: OnRequest, request: T) => Promise<Answered<unknown>>,
): RequestHandler {
  return staffHandler(deps, shape, async (caller, request, now) => {
    const { agency } = caller;
    const { staff } = request;
    const record = recordFor(deps, caller, request, now);
    const may = mayWork(deps.disclosure.bundle, caller, request, now);
    const actor: CaseActor = { agency: agency.id, group: agency.group, role: staff.role, staffId: staff.id };
    const served = may.ok ? await serve({ actor, record }, request) : await refusal(record, request, may.error);
    return served.ok ? served : err({ code: served.error });
  });
}

/** A role tried where it may not is what a reviewer wants to know of. */
async function refusal(
  record: OnRequest['record'],
  { caseRef }: CaseRequest,
  code: ProblemCode,
): Promise<Result<never, ProblemCode>> {
  const recorded = await record({ page: 'case', code, ...(caseRef === undefined ? {} : { caseRef }) });
  return err(recorded.ok ? code : recorded.error);
}

function recordFor(deps: CaseRouteDeps, caller: Caller, request: StaffRequest, now: Date): OnRequest['record'] {
  const { agency, clientId, thumbprint: certificate } = caller;
  const { requestId, staff } = request;
  return async (view) => {
    const actor = { agency: agency.id, staffId: staff.id, role: staff.role, clientId, certificate };
    const receipt = await deps.disclosure.log.append(
      { kind: 'page-viewed', v: 1, at: now.toISOString(), operations: ['consultation'], actor, ...view },
      { clientId, requestId },
    );
    return receipt.ok ? receipt : err(PROBLEM_OF_LOG[receipt.error]);
  };
}

/** The token's purpose has to be one that this role of this agency may claim, and where a case is named, for that case (P9). */
export function mayWork(
  bundle: PolicyBundle,
  { agency, claim }: Caller,
  request: CaseRequest,
  now: Date,
): Result<true, ProblemCode> {
  if (isClockWrong(request, now)) return err('clock-wrong');
  const { staff, caseRef } = request;
  if (caseRef !== undefined && caseRef !== claim.caseRef) return err('token-other-purpose');
  const terms = bundle.purposes.get(claim.purpose);
  if (terms === undefined) return err('purpose-unknown');
  const groups = bundle.roles.get(staff.role)?.groups ?? [];
  return groups.includes(agency.group) && terms.claimants.includes(staff.role) ? ok(true) : err('role-may-not-claim');
}
