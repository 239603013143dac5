import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { AgencyId, CaseRef, IsoInstant } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { AccessLog, AppendFault } from '../../ports/access-log.ts';
import type { EntryIndex, IndexFault } from '../../ports/entry-index.ts';
import { facet } from '../index/facets.ts';
import { catchUp } from '../index/follow.ts';
import { readEntry, type LoggedEvent } from '../index/read-entry.ts';
import type { Reasons } from '../reasons/reasons.ts';
import { disclosersOf } from '../seen-by.ts';
import { openReview, reviewIdOf, type ReviewsDeps } from '../states/reviews.ts';

/**
 * What follows from broken glass, read from the log: a review with the opener's own officers, one with the officers of
 * each agency of which something left, and an end when the time is over. Because it is made from entries, a gateway that
 * falls over between an entry and its review leaves nothing unseen: the next one that follows makes it good.
 */

export interface FollowBreakGlassDeps {
  readonly log: Pick<AccessLog, 'read' | 'append'>;
  readonly index: EntryIndex;
  readonly reasons: Pick<Reasons, 'tokensOf'>;
  readonly reviews: ReviewsDeps;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

export type FollowFault = IndexFault | AppendFault | 'register-unavailable' | 'reasons-unavailable';

/** Does what is owed. With a review's id it succeeds only once that review is there. */
export type FollowBreakGlass = (reviewId?: string) => Promise<Result<true, FollowFault>>;

/** The review that the officers of one agency have of one declared emergency. */
export const breakGlassReviewId = (breakGlassId: string, agency: AgencyId): string =>
  reviewIdOf('break-glass', breakGlassId, agency);

/** As far back as a gateway may have stood still. */
const LOOKED_BACK_MS = 7 * 86_400_000;
const PAGE = 500;
const PAGES_MAX = 20;

/** Another gateway may hold the index for the milliseconds in which it reads on. */
const TRIES_MAX = 20;
const TRY_AGAIN_MS = 50;

/** Makes the following. What was seen to be done is not tried again by the same gateway. */
export function makeFollowBreakGlass(deps: FollowBreakGlassDeps): FollowBreakGlass {
  const done = new Set<string>();
  return async (reviewId) => {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const followed = await followOnce(deps, done);
      if (!followed.ok || reviewId === undefined || done.has(reviewId)) return followed;
      await deps.wait(TRY_AGAIN_MS);
    }
    return err('index-unavailable');
  };
}

async function followOnce(deps: FollowBreakGlassDeps, done: Set<string>): Promise<Result<true, FollowFault>> {
  const events = await eventsOf(deps);
  if (!events.ok) return events;
  for (const { key, act } of owedFor(deps, events.value)) {
    if (done.has(key)) continue;
    const acted = await act();
    if (!acted.ok) return acted;
    done.add(key);
  }
  return ok(true);
}

async function eventsOf(deps: FollowBreakGlassDeps): Promise<Result<readonly LoggedEvent[], FollowFault>> {
  const reached = await catchUp(deps);
  if (!reached.ok) return reached;
  const from = new Date(deps.now().getTime() - LOOKED_BACK_MS).toISOString();
  const events: LoggedEvent[] = [];
  let before: number | undefined;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const query = { all: [facet.breakGlass], anyOf: [], from, limit: PAGE };
    const found = await deps.index.search(before === undefined ? query : { ...query, before });
    if (!found.ok) return found;
    const texts = await deps.index.entriesAt(found.value.positions);
    if (!texts.ok) return texts;
    for (const { canonical } of texts.value) {
      const entry = readEntry(canonical);
      if (entry?.body !== undefined) events.push({ ...entry, body: entry.body });
    }
    before = found.value.positions.at(-1);
    if (!found.value.more || before === undefined) break;
  }
  return ok(events);
}

interface Owed {
  /** Names what is owed, so that it is done once. */
  readonly key: string;
  readonly act: () => Promise<Result<unknown, FollowFault>>;
}

function owedFor(deps: FollowBreakGlassDeps, events: readonly LoggedEvent[]): readonly Owed[] {
  const ended = new Set(events.flatMap(({ body }) => (body.kind === 'break-glass-closed' ? [body.breakGlassId] : [])));
  const now = deps.now().toISOString();
  return events.flatMap((event) => {
    const { body } = event;
    if (body.kind === 'question-disclosed') return toldOf(deps, event, body);
    if (body.kind !== 'break-glass-opened' || typeof body.actor !== 'object') return [];
    const { agency, staffId } = body.actor;
    const { breakGlassId, expiresAt, caseRef } = body;
    const own = reviewOwed(deps, { breakGlassId, agency, staff: { agency, staffId }, caseRef, at: event.position });
    const lapsed = expiresAt <= now && !ended.has(breakGlassId);
    return lapsed ? [own, lapseOwed(deps, body, agency)] : [own];
  });
}

type Disclosed = Extract<LogEntryBody, { kind: 'question-disclosed' }>;

/** Each owner is told of what was its own, and of nothing that another gave. */
function toldOf(deps: FollowBreakGlassDeps, { position: at }: LoggedEvent, body: Disclosed): readonly Owed[] {
  const { breakGlassId, caseRef, requester } = body;
  if (breakGlassId === undefined) return [];
  const staff = { agency: requester.agency, staffId: requester.staffId };
  return disclosersOf(body)
    .filter((agency) => agency !== requester.agency)
    .map((agency) => reviewOwed(deps, { breakGlassId, agency, staff, caseRef, at }));
}

function reviewOwed(
  { reviews }: FollowBreakGlassDeps,
  of: {
    readonly breakGlassId: string;
    readonly agency: AgencyId;
    readonly staff: { readonly agency: AgencyId; readonly staffId: string };
    readonly caseRef: CaseRef;
    readonly at: number;
  },
): Owed {
  const { breakGlassId, agency, staff, caseRef, at } = of;
  const reviewId = breakGlassReviewId(breakGlassId, agency);
  return {
    key: reviewId,
    async act() {
      const team = await reviews.teamOf(staff.agency, staff.staffId);
      if (!team.ok) return team;
      const opened = await openReview(reviews, {
        ...{ reviewId, about: 'break-glass', agency, caseRef, rules: [], actor: 'gateway' },
        subjectStaff: { ...staff, ...(team.value === undefined ? {} : { team: team.value }) },
        sentences: [agency === staff.agency ? OWN_SENTENCE : OWNER_SENTENCE],
        positions: [at],
      });
      return opened.ok || opened.error === 'changed-meanwhile' ? ok(true) : err(opened.error);
    },
  };
}

const OWN_SENTENCE = 'Broke the glass: declared that somebody’s life was at risk, and could ask every agency at once.';
const OWNER_SENTENCE = 'Was given something of your agency’s under a declared emergency.';

/** No system may have this name: the register of clients wants a letter first. */
const LAPSE_CLIENT = '-break-glass';

/** That a grant has lapsed is an entry, made once by whichever gateway comes first. */
function lapseOwed(
  { log, now }: FollowBreakGlassDeps,
  { breakGlassId, caseRef, subject }: Extract<LogEntryBody, { kind: 'break-glass-opened' }>,
  agency: AgencyId,
): Owed {
  return {
    key: `${breakGlassId} lapsed`,
    async act() {
      const at: IsoInstant = now().toISOString();
      const about = {
        ...{ actor: 'gateway' as const, caseRef, agency },
        ...(subject === undefined ? {} : { subject }),
      };
      const closed = { kind: 'break-glass-closed', v: 1, at, operations: [], ...about } as const;
      const receipt = await log.append(
        { ...closed, operations: [], breakGlassId, because: 'expired' },
        { clientId: LAPSE_CLIENT, requestId: breakGlassId },
      );
      return receipt.ok || receipt.error === 'request-replayed' ? ok(true) : receipt;
    },
  };
}
