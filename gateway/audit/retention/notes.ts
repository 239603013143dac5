import { ok, type Result } from '../../../schemas/result.ts';
import type { EraseFault, KeptNotes, KeyDestroyed } from '../../ports/retention-store.ts';
import type { LoggedEvent } from '../../review/index/read-entry.ts';
import { ENDED } from '../../review/states/transitions.ts';
import { endOf, type Terms } from './due.ts';
import { clockOf, eventOf, type RetentionDeps } from './run.ts';

/**
 * The notes of reviews that are about no case, such as of somebody who tried references. Notes of a review about a case
 * lie under the case's key and go with it. They are what officers wrote about a colleague, so their term runs from the
 * end of the review, under the agreement for reviews.
 */

export type JudgedNotes =
  | { readonly state: 'due'; readonly since: Date }
  | {
      readonly state: 'kept';
      /** `ending-not-recorded`: the register says that it has ended, or has lost it, and the log does not say so. */
      readonly because: 'under-review' | 'ending-not-recorded' | 'term-runs';
      readonly until?: Date;
    };

export interface LookedAtNotes {
  readonly kept: KeptNotes;
  readonly judged: JudgedNotes;
}

export type ErasedNotes = LookedAtNotes &
  ({ readonly outcome: 'erased'; readonly position: number } | { readonly outcome: EraseFault | 'entry-invalid' });

/** @param events the log's entries of the review, oldest first */
export function judgeNotes(
  { review }: KeptNotes,
  events: readonly LoggedEvent[],
  terms: Terms,
  now: Date,
): JudgedNotes {
  if (review?.ended === false) return { state: 'kept', because: 'under-review' };
  const last = events.findLast(({ body }) => body.kind === 'review-step');
  // The register's own column could be changed by hand; the log's entry could not.
  if (last?.body.kind !== 'review-step' || !ENDED.includes(last.body.to))
    return { state: 'kept', because: 'ending-not-recorded' };
  const { at } = endOf(last.recordedAt, terms.reviews, undefined, terms);
  return at <= now ? { state: 'due', since: at } : { state: 'kept', because: 'term-runs', until: at };
}

/** What becomes of the notes of each review. Changes nothing. */
export async function* judgeAllNotes(deps: RetentionDeps): AsyncGenerator<Result<LookedAtNotes, 'store-unavailable'>> {
  for await (const each of eachNotes(deps))
    yield each.ok ? ok({ kept: each.value.kept, judged: each.value.judged }) : each;
}

/** Erases the notes that are due, review by review. */
export async function* eraseDueNotes(deps: RetentionDeps): AsyncGenerator<Result<ErasedNotes, 'store-unavailable'>> {
  for await (const each of eachNotes(deps)) {
    if (!each.ok) yield each;
    else if (each.value.judged.state === 'due') yield ok(await eraseNotes(deps, each.value));
  }
}

interface FoundNotes extends LookedAtNotes {
  readonly through: number;
}

const PAGE = 200;

async function* eachNotes(deps: RetentionDeps): AsyncGenerator<Result<FoundNotes, 'store-unavailable'>> {
  const now = await clockOf(deps);
  if (!now.ok) {
    yield now;
    return;
  }
  for (let after = ''; ;) {
    const page = await deps.store.notesAfter(after, PAGE);
    if (!page.ok) {
      yield page;
      return;
    }
    for (const kept of page.value) {
      const found = await deps.store.entriesOfReview(kept.reviewId);
      if (!found.ok) {
        yield found;
        return;
      }
      const events = found.value.entries.flatMap(eventOf);
      const judged = judgeNotes(kept, events, deps.terms, now.value);
      yield ok({ kept, judged, through: found.value.through });
    }
    const last = page.value.at(-1);
    if (last === undefined) return;
    after = last.reviewId;
  }
}

async function eraseNotes(
  { store, leaves, terms, now }: RetentionDeps,
  { kept, judged, through }: FoundNotes,
): Promise<ErasedNotes> {
  const body: KeyDestroyed = {
    ...{ kind: 'key-destroyed', v: 1, at: now().toISOString(), operations: ['erasure'], actor: 'operator' },
    ...{ reviewId: kept.reviewId, what: 'notes', because: 'retention-over', agreement: terms.reviews },
  };
  const entry = leaves.prepare(body);
  if (!entry.ok) return { kept, judged, outcome: entry.error };
  const erased = await store.eraseNotes({ kept, entry: entry.value, through });
  return erased.ok
    ? { kept, judged, outcome: 'erased', position: erased.value.position }
    : { kept, judged, outcome: erased.error };
}
