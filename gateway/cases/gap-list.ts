import type { Case } from '../../schemas/case.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { GapRequest } from '../../schemas/case-safety.ts';
import type { CaseRef, IsoDate } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { CaseFile, CaseList } from '../ports/case-register.ts';
import type { ListDeps, ListFault } from './caseload.ts';
import { contactStanding } from './contact-gap.ts';
import { dayOf, daysFrom } from './days.ts';
import { mayKnow, mayOpenCases } from './may-change.ts';

/** Cases without a usable contact point, and what is being done about it. */

/**
 * What to do next about a gap:
 * - `ask-agencies`: nobody was asked to obtain a contact point.
 * - `hear-answer`: an agency was, and nobody has recorded what it says.
 * - `request-again`: the agency says that it has one now.
 * - `ask-another`: it could not obtain one.
 */
export type GapNext = 'ask-agencies' | 'hear-answer' | 'request-again' | 'ask-another';

export interface GapRow {
  readonly caseRef: CaseRef;
  /** Since the case was opened. */
  readonly daysOpen: number;
  /** From opening to the first day he was reached; absent where nobody has reached him yet. */
  readonly daysToFirstUsable?: number;
  /** The agency that was asked last, and when. */
  readonly asked?: GapRequest;
  readonly next: GapNext;
}

export interface GapList {
  /** Longest open first. */
  readonly gaps: readonly GapRow[];
  /** Of a worker's own cases those without a gap in which he was reached; the panel has the measure of all. */
  readonly reached: readonly GapRow[];
  readonly unreadable: readonly CaseRef[];
  readonly next?: string;
}

/** A worker's own gaps, or those of the cases that the panel's agency leads. Anybody else may not. */
export async function listGaps(
  deps: ListDeps,
  actor: CaseActor,
  page: { readonly limit: number; readonly after?: string },
): Promise<Result<GapList, ListFault>> {
  const isPanel = mayOpenCases(actor);
  if (!isPanel && actor.role !== 'dai.daiw') return err('may-not');
  const wanted = isPanel ? ({ of: 'gaps' } as const) : ({ of: 'worker', staffId: actor.staffId } as const);
  const listed = await deps.cases.list({ leadAgency: actor.agency, wanted, ...page });
  return listed.ok ? ok(gapsIn(listed.value, actor, dayOf(deps.now().toISOString()))) : listed;
}

function gapsIn({ files, unreadable, next }: CaseList, actor: CaseActor, asOf: IsoDate): GapList {
  const hers = files.filter(({ kase }) => mayKnow(kase, actor)).map((file) => rowIn(file, asOf));
  const oldestFirst = [...hers].sort((a, b) => b.row.daysOpen - a.row.daysOpen);
  return {
    gaps: oldestFirst.filter(({ hasGap }) => hasGap).map(({ row }) => row),
    reached: oldestFirst
      .filter(({ hasGap, row }) => !hasGap && row.daysToFirstUsable !== undefined)
      .map(({ row }) => row),
    unreadable,
    ...(next === undefined ? {} : { next }),
  };
}

function rowIn({ kase }: CaseFile, asOf: IsoDate): { readonly row: GapRow; readonly hasGap: boolean } {
  const { firstReachedOn, hasGap } = contactStanding(kase);
  const asked = kase.gapRequests?.at(-1);
  const row = {
    caseRef: kase.caseRef,
    daysOpen: daysFrom(kase.openedOn, asOf),
    ...(firstReachedOn === undefined ? {} : { daysToFirstUsable: daysFrom(kase.openedOn, firstReachedOn) }),
    ...(asked === undefined ? {} : { asked }),
    next: nextOf(kase),
  };
  return { row, hasGap };
}

/** An answer that one has it is worth more than one that is still awaited. */
export function nextOf({ gapRequests = [] }: Case): GapNext {
  const last = gapRequests.at(-1);
  if (last === undefined) return 'ask-agencies';
  if (last.answer?.outcome === 'obtained') return 'request-again';
  if (gapRequests.some(({ answer }) => answer === undefined)) return 'hear-answer';
  return 'ask-another';
}
