import { answerSchema } from '../../../schemas/answer.ts';
import type { Agency, Case } from '../../../schemas/case.ts';
import type { ProblemCode } from '../../../schemas/problem.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { disclose } from '../../disclosure/disclose.ts';
import type { Asked } from '../../disclosure/question.ts';
import type { Session } from '../../access/staff/session.ts';
import { askedFor, callerFor, PAGES_CLIENT } from '../request/claimable.ts';
import { standingOf } from '../request/still-shown.ts';
import type { PageDeps } from '../page-deps.ts';
import { sayMeeting } from './meetings.ts';
import { sealOutcome, type OpenPack, type PackCase, type PartOutcome } from './pack.ts';

/**
 * Asks about the cases of a pack, a few at a time, through the pipeline that every question takes. It goes on when the page
 * was left, and ends where the pack is removed: nobody waits for the answers of somebody who has signed out.
 */

/** Cases of one pack that are asked about at once: a meeting must not take the agencies' room from urgent questions. */
export const CASES_AT_ONCE = 3;
/** Packs that one gateway works on at once; further ones go on when their page is pressed again. */
const PACKS_AT_ONCE = 4;
/** A question takes 8 s at most; a part that was taken so long ago is asked by nobody any more. */
export const TAKEN_MS = 60_000;
/** How often, and how far apart, a place for a question is sought. */
const PLACE_TRIES = 20;
const PLACE_WAIT_MS = 500;

export interface PackWork {
  readonly session: Session;
  readonly agency: Agency;
  readonly pack: Pick<OpenPack, 'packId' | 'definition'>;
  /** Whether cases that were refused are asked about once more. */
  readonly again: boolean;
}

/** Starts work on packs. One for a process: it knows which it already works on. */
export interface PackAsker {
  /** Begins in the background; false where this pack is under way here, or too many are. */
  start(deps: PageDeps, work: PackWork): boolean;
}

export function makePackAsker(): PackAsker {
  const underWay = new Set<string>();
  return {
    start(deps, work) {
      const { packId } = work.pack;
      if (underWay.has(packId) || underWay.size >= PACKS_AT_ONCE) return false;
      underWay.add(packId);
      void askAll(deps, work).finally(() => underWay.delete(packId));
      return true;
    },
  };
}

/** Each of a few askers takes the next case until there is none. Never rejects. */
async function askAll(deps: PageDeps, work: PackWork): Promise<void> {
  const { cases } = work.pack.definition;
  let next = 0;
  const askOn = async (): Promise<void> => {
    while (next < cases.length) {
      const part = next;
      next += 1;
      const packCase = cases[part];
      if (packCase === undefined || (await askPart(deps, work, part, packCase)) === 'stop') return;
    }
  };
  await Promise.all(Array.from({ length: CASES_AT_ONCE }, askOn));
}

async function askPart(deps: PageDeps, work: PackWork, part: number, packCase: PackCase): Promise<'on' | 'stop'> {
  const { session, again } = work;
  const place = { session: session.name, packId: work.pack.packId, part };
  const nowMs = deps.now().getTime();
  const taken = await deps.meetingPacks.take({ ...place, nowMs, untilMs: nowMs + TAKEN_MS, again });
  if (!taken.ok) return 'stop';
  if (!taken.value) return 'on';
  const outcome = await outcomeOf(deps, work, packCase);
  const state = 'kept' in outcome ? 'answered' : 'refused';
  const settled = await deps.meetingPacks.settle({ ...place, state, sealed: sealOutcome(session, outcome) });
  return settled.ok ? 'on' : 'stop';
}

/** A bug in one case must not take the others with it: it is told to the operator, and the case reads "not asked". */
async function outcomeOf(deps: PageDeps, work: PackWork, packCase: PackCase): Promise<PartOutcome> {
  try {
    return await askAbout(deps, work, packCase);
  } catch (error) {
    const errorName = error instanceof Error ? error.name : 'unknown';
    deps.say('error', { message: 'internal-fault', instance: deps.newId(), errorName, at: 'pages' });
    return { code: 'internal' };
  }
}

async function askAbout(deps: PageDeps, work: PackWork, packCase: PackCase): Promise<PartOutcome> {
  const { session, agency, pack } = work;
  const file = await deps.cases.open(packCase.caseRef, agency.id);
  if (!file.ok) return { code: file.error === 'not-found' ? 'case-not-known' : 'register-unavailable' };
  const { kase } = file.value;
  const place = await placeFor(deps, agency);
  if (!place.ok) return { code: place.error };
  try {
    const asked = questionOf(deps, work, packCase, kase);
    const enginesDiffer = (): void => deps.metrics.enginesDiffered();
    const caller = callerFor(agency, asked, session.name);
    const answered = await disclose({ ...deps.disclosure, enginesDiffer }, caller, asked);
    if (!answered.ok) return { code: answered.error };
    const { disclosure, receipt } = answerSchema.parse(JSON.parse(answered.value.body));
    const { role } = pack.definition;
    const closable = [...answered.value.closable];
    // How the case stood before it was asked about: a block that came meanwhile shows as a change.
    const kept = { disclosure, receipt, role, closable, standing: standingOf(kase) };
    return { kept, answeredAt: deps.now().toISOString() };
  } finally {
    place.value.leave();
  }
}

/** A place among the questions of this agency; waits a little where there is none, as a patient caller would. */
async function placeFor(
  deps: PageDeps,
  agency: Agency,
): Promise<Result<{ leave(): void }, Extract<ProblemCode, 'overloaded' | 'too-many-questions'>>> {
  for (let tries = 1; ; tries += 1) {
    const place = deps.room.enter(`${PAGES_CLIENT}:${agency.id}`, deps.now().getTime());
    if (place.ok) return ok(place.value);
    if (tries >= PLACE_TRIES) return err(place.error);
    await deps.disclosure.wait(PLACE_WAIT_MS);
  }
}

function questionOf(deps: PageDeps, { session, pack }: PackWork, { listing }: PackCase, kase: Case): Asked {
  const { purpose, role, on } = pack.definition;
  const place = listing === undefined ? '' : `, listing ${listing}`;
  return {
    ...askedFor(kase, { purpose, role, staffId: session.staff.staffId }, deps.now()),
    requestId: deps.newId(),
    reason: `Meeting pack for the ${sayMeeting({ purpose, on })}${place}.`,
    meeting: { packId: pack.packId, on, ...(listing === undefined ? {} : { listing }) },
  };
}
