import { mayClaim } from '../../../policies/engine/index.ts';
import type { Agency, Case } from '../../../schemas/case.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import { caseRefSchema, type CaseRef, type IsoDate, type Purpose } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { dayOf } from '../../cases/days.ts';
import { mayKnow } from '../../cases/may-change.ts';
import { policyRequestOf } from '../../disclosure/admit.ts';
import { isForMeeting, LISTED_PURPOSE } from '../../disclosure/meeting.ts';
import { askedFor, callerFor } from '../request/claimable.ts';
import type { PageDeps } from '../page-deps.ts';
import { sayDay } from '../layout/say-date.ts';

/** Which of the cases that somebody named can be asked about for a meeting, and why the others cannot. */

export interface ChosenCase {
  readonly caseRef: CaseRef;
  /** Absent where it is no case of this panel. */
  readonly kase?: Case;
  /** Why it cannot be asked about; absent where it can. */
  readonly whyNot?: string;
}

/**
 * References in a text as somebody types or pastes it: between them blanks, line ends, commas or semicolons. `wrong` are
 * the places, from 1, of what is no reference; what stands there may be a name and is not said back.
 */
export function referencesIn(text: string): { readonly refs: readonly CaseRef[]; readonly wrong: readonly number[] } {
  const words = text
    .split(/[\s,;]+/u)
    .map((word) => word.toUpperCase())
    .filter((word) => word !== '');
  const read = words.map((word) => caseRefSchema.safeParse(word));
  return {
    refs: [...new Set(read.flatMap((each) => (each.success ? [each.data] : [])))],
    wrong: read.flatMap((each, n) => (each.success ? [] : [n + 1])),
  };
}

interface Claim {
  readonly actor: CaseActor;
  readonly agency: Agency;
  readonly purpose: Purpose;
  readonly on: IsoDate;
}

const LOOKED_UP_AT_ONCE = 8;

/** Looks each up and asks policy, as admission will again. Another panel's case is as none (P6). */
export async function chooseCases(
  deps: PageDeps,
  claim: Claim,
  refs: readonly CaseRef[],
): Promise<Result<readonly ChosenCase[], 'register-unavailable'>> {
  const chosen: ChosenCase[] = [];
  for (let from = 0; from < refs.length; from += LOOKED_UP_AT_ONCE) {
    const some = await Promise.all(
      refs.slice(from, from + LOOKED_UP_AT_ONCE).map((ref) => chooseCase(deps, claim, ref)),
    );
    for (const one of some) {
      if (one === undefined) return err('register-unavailable');
      chosen.push(one);
    }
  }
  return ok(chosen);
}

/** Undefined where the register did not answer, or the case cannot be read. */
async function chooseCase(deps: PageDeps, claim: Claim, caseRef: CaseRef): Promise<ChosenCase | undefined> {
  const file = await deps.cases.open(caseRef, claim.actor.agency);
  if (!file.ok) return file.error === 'not-found' ? { caseRef, whyNot: NOT_THEIRS } : undefined;
  const { kase } = file.value;
  if (!isOfPanel(kase, claim.actor)) return { caseRef, whyNot: NOT_THEIRS };
  const whyNot = whyNotAsked(deps, claim, kase);
  return { caseRef, kase, ...(whyNot === undefined ? {} : { whyNot }) };
}

export const isOfPanel = (kase: Case, actor: CaseActor): boolean =>
  kase.leadAgency === actor.agency && mayKnow(kase, actor);

const NOT_THEIRS = 'Your panel has no case with this reference.';

function whyNotAsked(deps: PageDeps, { actor, agency, purpose, on }: Claim, kase: Case): string | undefined {
  const now = deps.now();
  const { maracMeetingOn, maracReference: listing } = kase;
  if (purpose === LISTED_PURPOSE && maracMeetingOn !== on)
    return maracMeetingOn === undefined
      ? 'It is on the list of no MARAC meeting.'
      : `It is on the list of another day’s meeting, ${sayDay(maracMeetingOn)}.`;
  if (!isForMeeting(kase, { on, listing }, { purpose, today: dayOf(now.toISOString()) })) return NOT_SUPPORTED;
  const asked = askedFor(kase, { purpose, role: actor.role, staffId: actor.staffId }, now);
  const request = policyRequestOf(deps.disclosure.bundle, { caller: callerFor(agency, asked), asked, now }, kase);
  return mayClaim(deps.disclosure.bundle, request).ok ? undefined : NOT_SUPPORTED;
}

const NOT_SUPPORTED =
  'The case does not support this purpose now: it is closed, without a state, or was listed too long ago.';

/** Cases opened at most to find those of one meeting's list (P11). */
const OPENED_MAX = 2_000;
const PAGE = 200;

/** The open cases of the panel that are on the list of a day's MARAC meeting, by reference. */
export async function casesListedFor(
  deps: PageDeps,
  actor: CaseActor,
  on: IsoDate,
): Promise<Result<readonly CaseRef[], 'register-unavailable'>> {
  const refs: CaseRef[] = [];
  let after: string | undefined;
  for (let opened = 0; opened < OPENED_MAX; opened += PAGE) {
    const place = after === undefined ? {} : { after };
    const listed = await deps.cases.list({ leadAgency: actor.agency, wanted: { of: 'open' }, limit: PAGE, ...place });
    if (!listed.ok) return listed;
    const { files, next } = listed.value;
    refs.push(...files.filter(({ kase }) => kase.maracMeetingOn === on).map(({ kase }) => kase.caseRef));
    if (next === undefined) break;
    after = next;
  }
  return ok(refs);
}
