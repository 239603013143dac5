import type { Request, RequestHandler, Response } from 'express';
import type { Agency, Case } from '../../../schemas/case.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import { caseRefSchema, type CaseRef, type Role } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { mayKnow } from '../../cases/may-change.ts';
import type { CaseFile } from '../../ports/case-register.ts';
import type { Session } from '../../access/staff/session.ts';
import { glassLines } from '../break-glass/grant-terms.ts';
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
  readonly file: CaseFile;
  readonly kase: Case;
  /** This person in the role in which the case is hers. */
  readonly actor: CaseActor;
  /** Sends a page in the frame of this person. */
  readonly show: (template: string, page: Page, status?: number) => void;
  /** The page for what may not be seen and what does not exist. */
  readonly notFound: () => void;
}

/** Roles whose holders have cases of their own; the panel's where their agency leads. */
export const TEAM: readonly Role[] = ['dai.daiw', 'dai.dapg_coordinator', 'dai.dapg_chair'];

/**
 * Makes a route about one case. `page` is what the log calls it; undefined where the route writes its own view, because
 * only it knows what was shown. `roles` are those whose holders find it; left out, the team's and the panel's.
 */
export function casePage(
  deps: PageDeps,
  render: Render,
  page: View['page'] | undefined,
  answer: (on: OnCase) => Promise<void> | void,
  roles = TEAM,
): RequestHandler {
  return async (request, response) => {
    const session = sessionOf(request);
    const ref = caseRefSchema.safeParse(request.params.ref);
    const found = ref.success ? await caseFor(deps, session, ref.data, roles) : err('not-found' as const);
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
      show: (template, content, status) =>
        render(response, template, frame, { ...content, openGlass: glassLines(deps, found.value) }, status),
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
  ref: CaseRef,
  roles: readonly Role[],
): Promise<Result<Pick<OnCase, 'file' | 'kase' | 'actor' | 'agency'>, 'not-found' | 'unavailable'>> {
  const file = await deps.cases.open(ref, staff.agency);
  const { agencies, stale } = deps.register();
  if (stale || (!file.ok && file.error !== 'not-found')) return err('unavailable');
  const agency = agencies.get(staff.agency);
  if (!file.ok || agency === undefined) return err('not-found');
  const { kase } = file.value;
  const actor = actorsOf(staff, agency, roles).find((each) => mayKnow(kase, each));
  return actor === undefined ? err('not-found') : ok({ file: file.value, kase, actor, agency });
}

/** This person in each role of hers that has these pages; left out, a case's own, the worker's first. */
export function actorsOf(
  { staffId, roles }: Session['staff'],
  { id, group }: Agency,
  having = TEAM,
): readonly CaseActor[] {
  return having.filter((role) => roles.includes(role)).map((role) => ({ agency: id, group, role, staffId }));
}

/** Allocated to her, or further on its team: only then may she ask how to reach this person. */
export const isOnTeam = (kase: Case, staffId: string): boolean =>
  kase.allocatedTo === staffId || kase.team.includes(staffId);
