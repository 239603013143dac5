import type { Request, RequestHandler, Response } from 'express';
import type { Agency, Case } from '../../../schemas/case.ts';
import { caseRefSchema, type Role } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { Session } from '../../access/staff/session.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { frameFor, renderNotFound, sessionOf } from '../session/signed-in.ts';
import { recordView, type View } from './view-entry.ts';

/**
 * What every page about one case begins with. The case is looked up whoever asks, so that another worker's case takes
 * as long, looks the same and is recorded the same as one that does not exist (P6).
 */

/** A page about a case that this person may see. */
export interface OnCase {
  readonly request: Request;
  readonly response: Response;
  readonly session: Session;
  readonly agency: Agency;
  readonly kase: Case;
  /** Sends a page in the frame of this person. */
  readonly show: (template: string, page: Page, status?: number) => void;
  /** The page for what may not be seen and what does not exist. */
  readonly notFound: () => void;
}

/** Roles whose holders have cases of their own; the panel's where their agency leads. */
const TEAM: ReadonlySet<Role> = new Set(['dai.daiw', 'dai.dapg_coordinator', 'dai.dapg_chair']);

/**
 * Makes a route about one case. `page` is what the log calls it; undefined where the route writes its own view, because
 * only it knows what was shown.
 */
export function casePage(
  deps: PageDeps,
  render: Render,
  page: View['page'] | undefined,
  answer: (on: OnCase) => Promise<void> | void,
): RequestHandler {
  return async (request, response) => {
    const session = sessionOf(request);
    const ref = caseRefSchema.safeParse(request.params.ref);
    const found = ref.success ? await caseFor(deps, session, ref.data) : err('not-found' as const);
    const isView = request.method === 'GET' && page !== undefined;
    const view: View = { page: page ?? 'case', ...(ref.success ? { caseRef: ref.data } : {}) };
    const recorded =
      found.ok && !isView
        ? true
        : await recordView(
            deps,
            session,
            found.ok ? { ...view, ...subjectOf(deps, found.value.kase) } : { ...view, code: found.error },
          );
    const frame = frameFor(deps, request, session);
    if (!recorded || (!found.ok && found.error === 'unavailable')) {
      render(response, 'layout/message.njk', frame, NOT_NOW, 503);
      return;
    }
    const notFound = (): void => renderNotFound(deps, render, request, response);
    if (!found.ok) {
      notFound();
      return;
    }
    await answer({
      ...{ request, response, session, notFound },
      ...found.value,
      show: (template, content, status) => render(response, template, frame, content, status),
    });
  };
}

/** How the log names the person of a case. */
export const subjectOf = (deps: PageDeps, kase: Case): { readonly subject: string } => ({
  subject: deps.disclosure.pseudonymOf(kase),
});

export const NOT_NOW = {
  heading: 'Sorry, there is a problem with the service',
  sentences: ['This could not be read or recorded, so nothing is shown. Nothing was lost. Try again in a minute.'],
};

async function caseFor(
  deps: PageDeps,
  { staff }: Session,
  ref: string,
): Promise<Result<{ kase: Case; agency: Agency }, 'not-found' | 'unavailable'>> {
  const found = await deps.disclosure.cases.find(ref, staff.agency);
  if (!found.ok) return err(found.error === 'not-found' ? 'not-found' : 'unavailable');
  const { agencies, stale } = deps.register();
  if (stale) return err('unavailable');
  const agency = agencies.get(staff.agency);
  return agency !== undefined && mayOpen(found.value, staff) ? ok({ kase: found.value, agency }) : err('not-found');
}

/** A worker opens the cases of whose team she is; the panel those that its agency leads. */
function mayOpen(kase: Case, { staffId, agency, roles }: Session['staff']): boolean {
  if (kase.leadAgency !== agency || !roles.some((role) => TEAM.has(role))) return false;
  return roles.some((role) => role !== 'dai.daiw' && TEAM.has(role)) || isOnTeam(kase, staffId);
}

/** Allocated to her, or further on its team: only then may she ask how to reach this person. */
export const isOnTeam = (kase: Case, staffId: string): boolean =>
  kase.allocatedTo === staffId || kase.team.includes(staffId);
