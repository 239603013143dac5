import type { AgencyId } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { SeenReview } from '../../../schemas/review-request.ts';
import type { AppendFault, Receipt } from '../../ports/access-log.ts';
import type { HeldReview, Review } from '../../ports/review-register.ts';
import type { Reasons } from '../reasons/reasons.ts';
import { searchedBy, type Searcher } from '../search.ts';
import { finish, mayRead, overdueFirst, stepsFor, type ReviewsDeps } from './reviews.ts';

/** Listing reviews: who looks at what is to be looked into is an entry too. */

export type ListDeps = ReviewsDeps & { readonly reasons: Pick<Reasons, 'read'> };

export interface ListedReviews {
  readonly reviews: readonly SeenReview[];
  readonly more: boolean;
  readonly receipt: Receipt;
}

export type ListFault = AppendFault | 'register-unavailable' | 'reasons-unavailable';

/**
 * The reviews that lie with the searcher's agency and are not of herself or her team, overdue first, once the look at
 * them is recorded (P1).
 */
export async function listReviews(
  deps: ListDeps,
  searcher: Searcher,
  asked: { readonly ended: boolean; readonly words: boolean; readonly limit: number },
): Promise<Result<ListedReviews, ListFault>> {
  const queue = await queueOf(deps, searcher, asked);
  if (!queue.ok) return queue;
  const { reviews, more, receipt } = queue.value;
  const seen: SeenReview[] = [];
  for (const review of reviews) {
    const each = await seenReview(deps, searcher, review, asked.words);
    if (!each.ok) return each;
    seen.push(each.value);
  }
  return ok({ reviews: seen, more, receipt });
}

export interface ReviewQueue extends Omit<ListedReviews, 'reviews'> {
  readonly reviews: readonly Review[];
}

/** The same as the register holds them. */
export async function queueOf(
  deps: ReviewsDeps,
  searcher: Searcher,
  { ended, limit }: { readonly ended: boolean; readonly limit: number },
): Promise<Result<ReviewQueue, Exclude<ListFault, 'reasons-unavailable'>>> {
  const held = await deps.register.list(searcher.viewer, { ended, limit: limit + 1 });
  if (!held.ok) return held;
  const settled = await settledReviews(deps, held.value.slice(0, limit));
  if (!settled.ok) return settled;
  const still = settled.value.filter(({ state }) => ended || (state !== 'justified' && state !== 'not-justified'));
  const readables: Review[] = [];
  const asking = { ...deps, teamOf: askedOnce(deps.teamOf) };
  for (const review of overdueFirst(still)) {
    const readable =
      typeof searcher.actor === 'object' ? await mayRead(asking, review, reviewerOf(searcher.actor)) : ok(true);
    if (!readable.ok) return readable;
    if (readable.value) readables.push(review);
  }
  const entry = { ...searchedBy(deps.now(), searcher), view: 'reviews' as const, filters: [], found: readables.length };
  const receipt = await deps.log.append(entry, searcher.requestKey);
  if (!receipt.ok) return receipt;
  return ok({ reviews: readables, more: held.value.length > limit, receipt: receipt.value });
}

/** The same people stand in review after review: of each the register is asked once for a list. */
function askedOnce(teamOf: ReviewsDeps['teamOf']): ReviewsDeps['teamOf'] {
  const asked = new Map<string, ReturnType<ReviewsDeps['teamOf']>>();
  return (agency, staffId) => {
    const key = `${agency} ${staffId}`;
    const answer = asked.get(key) ?? teamOf(agency, staffId);
    asked.set(key, answer);
    return answer;
  };
}

/** Nobody decides on a state that a step under way is about to leave. */
async function settledReviews(
  deps: ReviewsDeps,
  held: readonly HeldReview[],
): Promise<Result<Review[], Exclude<ListFault, 'reasons-unavailable'>>> {
  const settled: Review[] = [];
  for (const each of held) {
    const finished = await finish(deps, each);
    if (!finished.ok) return finished;
    settled.push(finished.value.review);
  }
  return ok(settled);
}

/** A review as one officer sees it. */
export async function seenReview(
  deps: Pick<ListDeps, 'teamOf' | 'now'> & { readonly reasons: Pick<Reasons, 'read'> },
  { actor, viewer }: Pick<Searcher, 'actor' | 'viewer'>,
  review: Review,
  words: boolean,
): Promise<Result<SeenReview, 'register-unavailable' | 'reasons-unavailable'>> {
  const steps = typeof actor === 'object' ? await stepsFor(deps, review, reviewerOf(actor)) : ok([]);
  if (!steps.ok) return steps;
  const notes = words ? await deps.reasons.read(viewer, review.noteIds) : ok(undefined);
  if (!notes.ok) return err('reasons-unavailable');
  const { reviewId, about, subjectStaff, caseRef, rules, sentences, positions } = review;
  const { state, openedAt, dueAt, revision } = review;
  return ok({
    ...{ reviewId, about, staffId: subjectStaff.staffId, state, openedAt, dueAt, revision },
    ...(caseRef === undefined ? {} : { aboutCase: caseRef }),
    ...{ rules: [...rules], sentences: [...sentences], positions: [...positions], steps: [...steps.value] },
    overdue: dueAt <= deps.now().toISOString() && state !== 'justified' && state !== 'not-justified',
    ...(notes.value === undefined ? {} : { notes: inOrder(review.noteIds, notes.value) }),
  });
}

const reviewerOf = ({ agency, staffId }: { readonly agency: AgencyId; readonly staffId: string }) => ({
  ...{ agency, staffId, party: 'reviewer' as const },
});

const inOrder = (ids: readonly string[], texts: ReadonlyMap<string, string>): string[] =>
  ids.flatMap((id) => texts.get(id) ?? []);
