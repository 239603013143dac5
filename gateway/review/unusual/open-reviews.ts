import type { EntryActor } from '../../../schemas/entry.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { AppendFault } from '../../ports/access-log.ts';
import type { Review } from '../../ports/review-register.ts';
import { openReview, reviewIdOf, type ReviewsDeps } from '../states/reviews.ts';
import { ENDED } from '../states/transitions.ts';
import type { Finding } from './findings.ts';
import { DAY_MS } from './london.ts';

/**
 * Opens a review for each finding, once. The rules run every day over weeks, so one matter is found again and again: it
 * is known while a review of it goes on, and afterwards until there is a newer look that was not judged.
 */

/** Log positions that a review names; the newest say enough, and a run of a year would be a list nobody reads. */
const POSITIONS_MAX = 1_000;

export type OpenFault = AppendFault | 'register-unavailable' | 'reasons-unavailable';

/** Gives the findings for which a review was opened now. */
export async function openForFindings(
  deps: ReviewsDeps,
  findings: readonly Finding[],
  actor: EntryActor,
): Promise<Result<readonly Finding[], OpenFault>> {
  const opened: Finding[] = [];
  for (const finding of findings) {
    const { staff } = finding;
    const before = await deps.register.ofStaff(staff);
    if (!before.ok) return before;
    if (before.value.some(({ review }) => isKnown(finding, review, deps.now().getTime()))) continue;
    const team = await deps.teamOf(staff.agency, staff.staffId);
    if (!team.ok) return team;
    const subjectStaff = team.value === undefined ? staff : { ...staff, team: team.value };
    const review = await openReview(deps, { ...reviewOf(finding), subjectStaff, actor });
    if (review.ok) {
      opened.push(finding);
      continue;
    }
    // Somebody else runs the rules at the same moment, and was first.
    const { error } = review;
    if (error !== 'changed-meanwhile') return err(error);
  }
  return ok(opened);
}

type Reviewed = Pick<Review, 'about' | 'caseRef' | 'positions' | 'state' | 'rules' | 'openedAt'>;

/** How long a person's word that it was her work holds for the same rules. After it somebody asks once more. */
const JUSTIFIED_HOLDS_MS = 92 * DAY_MS;

/**
 * Whether a review of the same member of staff covers what was found: it goes on, it had the newest look before it, or
 * somebody has judged the same justified not long ago. A rule that did not speak then is heard all the same: the
 * attacker is whoever waits until her first look has been explained.
 */
export function isKnown({ caseRef, reasons, positions }: Finding, review: Reviewed, now: number): boolean {
  if (review.about !== 'unusual-access' || review.caseRef !== caseRef) return false;
  const reviewed = new Set(review.positions);
  if (caseRef === undefined) return positions.some((each) => reviewed.has(each));
  if (!ENDED.includes(review.state) || reviewed.has(positions.at(-1) ?? -1)) return true;
  const holds = review.state === 'justified' && now - Date.parse(review.openedAt) < JUSTIFIED_HOLDS_MS;
  return holds && reasons.every(({ rule }) => review.rules.includes(rule));
}

function reviewOf({ staff, caseRef, reasons, positions }: Finding) {
  const newest = positions.slice(-POSITIONS_MAX);
  return {
    reviewId: reviewIdOf('found', staff.agency, staff.staffId, caseRef ?? '', String(newest.at(-1) ?? '')),
    ...{ about: 'unusual-access' as const, agency: staff.agency, positions: newest },
    rules: [...new Set(reasons.map(({ rule }) => rule))],
    sentences: reasons.map(({ sentence }) => sentence),
    ...(caseRef === undefined ? {} : { caseRef }),
  };
}
