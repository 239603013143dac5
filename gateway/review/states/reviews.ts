import type { EntryActor } from '../../../schemas/entry.ts';
import type { AgencyId } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { ReviewState } from '../../../schemas/review.ts';
import type { AccessLog, AppendFault, Receipt, RequestKey } from '../../ports/access-log.ts';
import type { Review, ReviewRegister, ReviewRegisterFault } from '../../ports/review-register.ts';
import type { Reasons } from '../reasons/reasons.ts';
import { dueAfter, mayStep, type Party, type StepFault } from './transitions.ts';

/** Taking reviews from state to state. Each step is an entry before it counts; its note lies sealed beside the log. */

export interface ReviewsDeps {
  readonly log: Pick<AccessLog, 'append'>;
  readonly register: ReviewRegister;
  readonly reasons: Pick<Reasons, 'seal'>;
  /** The team of a member of staff, as the staff register says now. */
  readonly teamOf: (agency: AgencyId, staffId: string) => Promise<string | undefined>;
  readonly now: () => Date;
  readonly newId: () => string;
}

export interface NewReview extends Omit<Review, 'reviewId' | 'state' | 'openedAt' | 'dueAt' | 'revision'> {
  readonly actor: EntryActor;
}

export interface TakenStep {
  readonly reviewId: string;
  readonly agency: AgencyId;
  readonly staffId: string;
  readonly actor: EntryActor;
  readonly party: Party;
  readonly to: ReviewState;
  /** The revision that the person has seen. */
  readonly revision: number;
  readonly note: string;
  readonly requestKey?: RequestKey;
}

export type ReviewFault = StepFault | ReviewRegisterFault | AppendFault | 'not-found' | 'reasons-unavailable';

/** Opens a review. */
export async function openReview(
  deps: ReviewsDeps,
  { actor, ...opened }: NewReview,
): Promise<Result<Review, ReviewRegisterFault | AppendFault>> {
  const now = deps.now();
  const review: Review = {
    ...opened,
    reviewId: deps.newId(),
    state: 'open',
    openedAt: now.toISOString(),
    dueAt: dueAfter(opened.about, 'open', now).toISOString(),
    revision: 1,
  };
  const recorded = await deps.log.append({ ...stepEntry(review, actor, now), to: 'open' });
  if (!recorded.ok) return recorded;
  const put = await deps.register.put(review);
  return put.ok ? ok(review) : put;
}

/** Takes one step, or says why not. */
export async function takeStep(
  deps: ReviewsDeps,
  step: TakenStep,
): Promise<Result<{ readonly review: Review; readonly receipt: Receipt }, ReviewFault>> {
  const found = await deps.register.find(step.reviewId, step.agency);
  if (!found.ok) return found;
  if (found.value === undefined) return err('not-found');
  const before = found.value;
  if (before.revision !== step.revision) return err('changed-meanwhile');
  const team = await deps.teamOf(step.agency, step.staffId);
  const { agency, staffId, party } = step;
  const allowed = mayStep({ agency, staffId, party, team }, before.subjectStaff, before.state, step.to);
  if (!allowed.ok) return allowed;
  const now = deps.now();
  const review: Review = {
    ...before,
    state: step.to,
    dueAt: dueAfter(before.about, step.to, now).toISOString(),
    revision: before.revision + 1,
  };
  const receipt = await recordStep(deps, review, step, { from: before.state, now });
  if (!receipt.ok) return receipt;
  const put = await deps.register.put(review);
  return put.ok ? ok({ review, receipt: receipt.value }) : put;
}

/** The note first, then the entry with its digest: an entry must not speak of words that nobody kept. */
async function recordStep(
  deps: ReviewsDeps,
  review: Review,
  step: TakenStep,
  { from, now }: { readonly from: ReviewState; readonly now: Date },
): Promise<Result<Receipt, AppendFault | 'reasons-unavailable'>> {
  const scope = review.caseRef ?? review.reviewId;
  const { agency, note: text } = step;
  const words = await deps.reasons.seal({ id: deps.newId(), what: 'note', agency, scope, text });
  if (!words.ok) return words;
  const kept = await words.value.keep();
  if (!kept.ok) return kept;
  const entry = { ...stepEntry(review, step.actor, now), from, to: step.to, noteDigest: words.value.digest };
  return deps.log.append(entry, step.requestKey);
}

function stepEntry({ reviewId, about, agency, caseRef, rules, dueAt }: Review, actor: EntryActor, now: Date) {
  const [rule] = rules;
  const operations: [] = [];
  return {
    ...{ kind: 'review-step' as const, v: 1 as const, at: now.toISOString(), operations },
    ...{ actor, reviewId, about, agency, dueAt },
    ...(rule === undefined ? {} : { rule }),
    ...(caseRef === undefined ? {} : { caseRef }),
  };
}

/** Overdue first, then what is due soonest. */
export const overdueFirst = (reviews: readonly Review[]): readonly Review[] =>
  [...reviews].sort((a, b) => (a.dueAt === b.dueAt ? (a.reviewId < b.reviewId ? -1 : 1) : a.dueAt < b.dueAt ? -1 : 1));
