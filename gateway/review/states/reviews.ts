import { createHash } from 'node:crypto';
import type { EntryActor } from '../../../schemas/entry.ts';
import type { AgencyId, IsoInstant } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { REVIEW_STATES, type ReviewState } from '../../../schemas/review.ts';
import type { AccessLog, AppendFault, Receipt } from '../../ports/access-log.ts';
import type {
  HeldReview,
  Review,
  ReviewRegister,
  ReviewRegisterFault,
  ReviewStepEntry,
  StepUnderWay,
} from '../../ports/review-register.ts';
import type { Reasons } from '../reasons/reasons.ts';
import { dueAfter, isByOne, mayStep, officersFor, type Party, type StepFault } from './transitions.ts';

/**
 * Taking reviews from state to state. A step is laid down in the register, where only one can be under way, then it is
 * an entry, and only then it counts. So whoever loses a race leaves no entry, and whoever fails in between leaves a step
 * that the next one finishes: its entry is made once, because it carries a request key of its own.
 */

export interface ReviewsDeps {
  readonly log: Pick<AccessLog, 'append'>;
  readonly register: ReviewRegister;
  readonly reasons: Pick<Reasons, 'seal'>;
  /** The team of a member of staff, as the staff register says now; undefined where it does not. */
  readonly teamOf: (agency: AgencyId, staffId: string) => Promise<Result<string | undefined, 'register-unavailable'>>;
  readonly now: () => Date;
  readonly newId: () => string;
}

export interface NewReview extends Omit<Review, 'state' | 'openedAt' | 'dueAt' | 'revision' | 'noteIds'> {
  readonly actor: EntryActor;
  /** What was complained of, in words; none where rules opened it. */
  readonly note?: string;
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
}

export type ReviewFault = StepFault | ReviewRegisterFault | AppendFault | 'not-found' | 'reasons-unavailable';

/** A review as it now is. The receipt is absent where another gateway made the entry. */
export interface SteppedReview {
  readonly review: Review;
  readonly receipt: Receipt | undefined;
}

/** The same id for the same parts, so that one matter opens one review however often it is found. */
export function reviewIdOf(...parts: readonly string[]): string {
  const hex = createHash('sha256')
    .update(JSON.stringify(['holdfast review', ...parts]))
    .digest('hex');
  // RFC 9562 version 8: a UUID of one's own making.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Opens a review. `changed-meanwhile` where there is one of this id. */
export async function openReview(
  deps: ReviewsDeps,
  { actor, note, ...opened }: NewReview,
): Promise<Result<SteppedReview, ReviewRegisterFault | AppendFault | 'reasons-unavailable'>> {
  const now = deps.now();
  const dueAt = dueAfter(opened.about, 'open', now).toISOString();
  const review: Review = { ...opened, state: 'open', openedAt: now.toISOString(), dueAt, revision: 1, noteIds: [] };
  const noted = note === undefined ? ok(undefined) : await keepNote(deps, review, { agency: opened.agency, note });
  if (!noted.ok) return noted;
  const step = stepOf(review, { ...stepEntry(review, actor, now), to: 'open' }, noted.value);
  const laid = await deps.register.lay(review, step);
  return laid.ok ? finish(deps, { review, underWay: step }) : laid;
}

/** Takes one step, or says why not. */
export async function takeStep(deps: ReviewsDeps, step: TakenStep): Promise<Result<SteppedReview, ReviewFault>> {
  const found = await deps.register.find(step.reviewId, step.agency);
  if (!found.ok) return found;
  if (found.value === undefined) return err('not-found');
  const finished = await finish(deps, found.value);
  if (!finished.ok) return finished;
  const before = finished.value.review;
  if (before.revision !== step.revision) return err('changed-meanwhile');
  const teams = await teamsOf(deps, before, step);
  if (!teams.ok) return teams;
  const { agency, staffId, party } = step;
  const allowed = mayTake({ agency, staffId, party }, teams.value, before, step.to);
  if (!allowed.ok) return allowed;
  const now = deps.now();
  const dueAt = dueAfterStep(before, step.to, now);
  const noted = await keepNote(deps, before, step);
  if (!noted.ok) return noted;
  const after = { ...before, state: step.to, dueAt, revision: before.revision + 1 };
  const entry = { ...stepEntry(after, step.actor, now), from: before.state, to: step.to };
  const underWay = stepOf(after, entry, noted.value);
  const begun = await deps.register.begin(before.reviewId, underWay);
  return begun.ok ? finish(deps, { review: before, underWay }) : begun;
}

/** The second of two has what is left of the first's time: two people have looked within it, not one after the other. */
const dueAfterStep = ({ about, dueAt }: Review, to: ReviewState, now: Date): IsoInstant =>
  isByOne(to) ? dueAt : dueAfter(about, to, now).toISOString();

type Who = Pick<TakenStep, 'agency' | 'staffId' | 'party'>;

interface Teams {
  readonly own: string | undefined;
  /** Of the person reviewed: at the time, and now. */
  readonly reviewed: readonly string[];
  /** Of whoever took the last step, as the register says now. */
  readonly stepped: string | undefined;
}

/** The teams of both as the register says now, and hers at the time: whoever changed teams still has her friends there. */
async function teamsOf(
  { teamOf }: Pick<ReviewsDeps, 'teamOf'>,
  { subjectStaff, steppedBy }: Review,
  who: Who,
): Promise<Result<Teams, 'register-unavailable'>> {
  const own = await teamOf(who.agency, who.staffId);
  if (!own.ok) return own;
  const now = await teamOf(subjectStaff.agency, subjectStaff.staffId);
  if (!now.ok) return now;
  const stepped = steppedBy === undefined ? ok(undefined) : await teamOf(steppedBy.agency, steppedBy.staffId);
  if (!stepped.ok) return stepped;
  const reviewed = [subjectStaff.team, now.value].filter((each) => each !== undefined);
  return ok({ own: own.value, reviewed, stepped: stepped.value });
}

/** Independent of her in every team that she is known to have been in. */
function mayTake(who: Who, teams: Teams, review: Review, to: ReviewState): Result<true, StepFault> {
  const { subjectStaff, state, steppedBy } = review;
  const { agency, staffId } = subjectStaff;
  const officers = officersFor(review.about, review.agency === agency);
  const first = steppedBy === undefined ? undefined : { ...steppedBy, team: teams.stepped };
  for (const team of teams.reviewed.length === 0 ? [undefined] : teams.reviewed) {
    const allowed = mayStep({ ...who, team: teams.own }, { agency, staffId, team }, state, to, {
      ...{ officers, first },
    });
    if (!allowed.ok) return allowed;
  }
  return ok(true);
}

/** Brings the step under way, if there is one, into the log and to count. Gives the review as it then is. */
export async function finish(
  deps: Pick<ReviewsDeps, 'log' | 'register'>,
  { review, underWay }: HeldReview,
): Promise<Result<SteppedReview, AppendFault | 'register-unavailable'>> {
  if (underWay === undefined) return ok({ review, receipt: undefined });
  const { revision, entry, state, dueAt, noteId } = underWay;
  const recorded = await deps.log.append(entry, {
    clientId: STEPS_CLIENT,
    requestId: `${review.reviewId}/${revision}`,
  });
  // Replayed: the entry is there, made by whoever laid the step down or finished it before.
  if (!recorded.ok && recorded.error !== 'request-replayed') {
    // No shape of entry that the log refuses will ever get in; of every other fault somebody else's try may be through.
    if (recorded.error === 'entry-invalid') await deps.register.forget(review.reviewId, revision);
    return recorded;
  }
  const settled = await deps.register.settle(review.reviewId, revision);
  if (!settled.ok) return settled;
  const noteIds = noteId === undefined ? review.noteIds : [...review.noteIds, noteId];
  const receipt = recorded.ok ? recorded.value : undefined;
  return ok({ review: { ...review, ...steppedBy(entry), state, dueAt, revision, noteIds }, receipt });
}

const steppedBy = ({ actor }: ReviewStepEntry): Pick<Review, 'steppedBy'> =>
  typeof actor === 'object' ? { steppedBy: { agency: actor.agency, staffId: actor.staffId } } : {};

/** No system may have this name: the register of clients wants a letter first and takes no blank. */
const STEPS_CLIENT = '-review-steps';

const ABANDONED_AFTER_MS = 10_000;
const FINISHED_AT_ONCE = 100;

/** Finishes what others laid down and did not finish. Gives how many are finished now. */
export async function finishAbandoned(
  deps: Pick<ReviewsDeps, 'log' | 'register'>,
): Promise<Result<number, AppendFault | 'register-unavailable'>> {
  const left = await deps.register.underWay(ABANDONED_AFTER_MS, FINISHED_AT_ONCE);
  if (!left.ok) return left;
  for (const held of left.value) {
    const finished = await finish(deps, held);
    if (!finished.ok) return finished;
  }
  return ok(left.value.length);
}

interface KeptNote {
  readonly noteId: string;
  readonly noteDigest: string;
}

const stepOf = (
  { state, dueAt, revision }: Review,
  entry: ReviewStepEntry,
  note: KeptNote | undefined,
): StepUnderWay =>
  note === undefined
    ? { state, dueAt, revision, entry }
    : { state, dueAt, revision, entry: { ...entry, noteDigest: note.noteDigest }, noteId: note.noteId };

/** The note is kept first: an entry must not speak of words that nobody kept. */
async function keepNote(
  deps: ReviewsDeps,
  { caseRef, reviewId }: Review,
  { agency, note: text }: { readonly agency: AgencyId; readonly note: string },
): Promise<Result<KeptNote, 'reasons-unavailable'>> {
  const id = deps.newId();
  const words = await deps.reasons.seal({ id, what: 'note', agency, scope: caseRef ?? reviewId, text });
  if (!words.ok) return words;
  const kept = await words.value.keep();
  return kept.ok ? ok({ noteId: id, noteDigest: words.value.digest }) : kept;
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

/** The states to which this person may take a review now; none where the register does not know the teams. */
export async function stepsFor(
  deps: Pick<ReviewsDeps, 'teamOf'>,
  review: Review,
  who: Who,
): Promise<Result<readonly ReviewState[], 'register-unavailable'>> {
  const teams = await teamsOf(deps, review, who);
  return teams.ok ? ok(REVIEW_STATES.filter((to) => mayTake(who, teams.value, review, to).ok)) : teams;
}

/**
 * Whether somebody may read a review: not the person reviewed, and nobody of her team, who would warn her. Where a team is
 * not known it may be read and not decided; else nobody could see that a staff list is missing.
 */
export async function mayRead(
  deps: Pick<ReviewsDeps, 'teamOf'>,
  review: Review,
  who: Who,
): Promise<Result<boolean, 'register-unavailable'>> {
  const { agency, staffId } = review.subjectStaff;
  if (agency !== who.agency) return ok(true);
  if (staffId === who.staffId) return ok(false);
  const teams = await teamsOf(deps, review, who);
  return teams.ok ? ok(teams.value.own === undefined || !teams.value.reviewed.includes(teams.value.own)) : teams;
}
