import type { LogEntryBody } from '../../../schemas/entry.ts';
import { ok, type Result } from '../../../schemas/result.ts';
import type { EntryIndex, IndexFault } from '../../ports/entry-index.ts';
import type { Review } from '../../ports/review-register.ts';
import { facet } from '../index/facets.ts';
import { catchUp, type FollowDeps } from '../index/follow.ts';
import { readEntry, type LoggedEvent } from '../index/read-entry.ts';
import { whatFollowed, type WhatFollowed } from './what-followed.ts';

/** Reads from the log what a review's page shows of it. */

/** After so many days what happens on a case has no more to do with that emergency. */
export const FOLLOWED_DAYS = 14;
const DAY_MS = 86_400_000;
const ENTRIES_MAX = 1_000;

const FOLLOWING = [
  'question-disclosed',
  'attempt-recorded',
  'outcome-recorded',
  'break-glass-closed',
] as const satisfies readonly LogEntryBody['kind'][];

type ReviewStep = Extract<LogEntryBody, { kind: 'review-step' }>;

export interface ReviewInLog {
  /** Absent where the review is not about broken glass. */
  readonly followed?: WhatFollowed;
  /** More followed on the case than is looked through: an officer has to search the log. */
  readonly more: boolean;
  /** The steps of this review, oldest first; none is found of a review about no case. */
  readonly taken: readonly ReviewStep[];
}

/** @returns what the log has about a review, as the officers of its agency may see it */
export async function readReviewInLog(deps: FollowDeps, review: Review): Promise<Result<ReviewInLog, IndexFault>> {
  const { caseRef, positions, agency } = review;
  const [at] = positions;
  if (caseRef === undefined || at === undefined) return ok({ more: false, taken: [] });
  const reached = await catchUp(deps);
  if (!reached.ok) return reached;
  const firsts = await eventsAt(deps.index, [at]);
  if (!firsts.ok) return firsts;
  const [start] = firsts.value;
  if (start === undefined) return ok({ more: false, taken: [] });
  const about = [facet.viewer(agency), facet.caseRef(caseRef)];
  const steps = await found(deps.index, { all: [...about, facet.kind('review-step')], from: start.recordedAt });
  if (!steps.ok) return steps;
  const taken = steps.value.events.flatMap(({ body }) =>
    body.kind === 'review-step' && body.reviewId === review.reviewId ? [body] : [],
  );
  if (review.about !== 'break-glass') return ok({ more: steps.value.more, taken });
  const to = new Date(Date.parse(start.recordedAt) + FOLLOWED_DAYS * DAY_MS).toISOString();
  const anyOf = [FOLLOWING.map(facet.kind)];
  const after = await found(deps.index, { all: about, anyOf, from: start.recordedAt, to });
  if (!after.ok) return after;
  const followed = whatFollowed(agency, start, after.value.events);
  const more = steps.value.more || after.value.more;
  return ok({ ...(followed === undefined ? {} : { followed }), more, taken });
}

type Asked = Omit<Parameters<EntryIndex['search']>[0], 'limit' | 'anyOf'> & {
  readonly anyOf?: readonly (readonly string[])[];
};

async function found(
  index: EntryIndex,
  asked: Asked,
): Promise<Result<{ readonly events: readonly LoggedEvent[]; readonly more: boolean }, IndexFault>> {
  const page = await index.search({ anyOf: [], ...asked, limit: ENTRIES_MAX });
  if (!page.ok) return page;
  const events = await eventsAt(index, page.value.positions);
  return events.ok ? ok({ events: events.value, more: page.value.more }) : events;
}

/** Oldest first. */
async function eventsAt(
  index: EntryIndex,
  positions: readonly number[],
): Promise<Result<readonly LoggedEvent[], IndexFault>> {
  const texts = await index.entriesAt(positions);
  if (!texts.ok) return texts;
  return ok(
    texts.value.flatMap(({ canonical }) => {
      const entry = readEntry(canonical);
      return entry?.body === undefined ? [] : [{ ...entry, body: entry.body }];
    }),
  );
}
