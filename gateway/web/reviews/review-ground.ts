import type { Case } from '../../../schemas/case.ts';
import { ok, type Result } from '../../../schemas/result.ts';
import type { Review } from '../../ports/review-register.ts';
import { readReviewInLog, type ReviewInLog } from '../../review/break-glass/read-what-followed.ts';
import { tieThen, type TieThen } from '../../review/break-glass/allocation-then.ts';
import { searchedBy } from '../../review/search.ts';
import type { PageDeps } from '../page-deps.ts';
import type { OnOfficer } from './officer-page.ts';

/** What a review's page rests on, and the entry that says that it was looked at. */

export interface ReviewGround extends ReviewInLog {
  /** Words that her own agency's people wrote, by id: the declaration, and the notes of the steps. */
  readonly words: ReadonlyMap<string, string>;
  /** Only where her agency leads the case: another's allocations are not hers to know. */
  readonly tie: TieThen | 'not-led' | 'not-in-register';
}

export async function readGround(
  deps: PageDeps,
  on: OnOfficer,
  review: Review,
): Promise<Result<ReviewGround, 'unavailable'>> {
  const inLog = await readReviewInLog(deps.review, review);
  if (!inLog.ok) return unavailable;
  const { followed } = inLog.value;
  const ids = [...review.noteIds, ...(followed === undefined ? [] : [followed.glass.breakGlassId])];
  const words = await deps.reviews.reasons.read(on.agency.id, ids);
  if (!words.ok) return unavailable;
  const tie = await tieOf(deps, on, review, followed?.glass.openedAt ?? review.openedAt);
  return tie.ok ? ok({ ...inLog.value, words: words.value, tie: tie.value }) : unavailable;
}

const unavailable = { ok: false, error: 'unavailable' } as const;

async function tieOf(
  { cases }: PageDeps,
  { agency }: OnOfficer,
  { caseRef, subjectStaff }: Review,
  at: string,
): Promise<Result<ReviewGround['tie'], 'unavailable'>> {
  if (caseRef === undefined || subjectStaff.agency !== agency.id) return ok('not-led');
  const file = await cases.open(caseRef, agency.id);
  if (!file.ok) return file.error === 'not-found' ? ok('not-in-register') : unavailable;
  return ok(isLedBy(file.value.kase, agency.id) ? tieThen(file.value.kase, subjectStaff, at) : 'not-led');
}

const isLedBy = ({ leadAgency }: Case, agency: string): boolean => leadAgency === agency;

/**
 * Writes that she looked at a review; without one, that she asked for what she may not see or what is not there. False
 * where the log cannot be written: then nothing may be shown (P1).
 */
export async function recordLook(
  { log, now }: PageDeps,
  { searcher }: OnOfficer,
  review?: Review,
  withWords = false,
): Promise<boolean> {
  if (review === undefined) {
    const none = await log.append({ ...searchedBy(now(), searcher), view: 'reviews', filters: [], found: 0 });
    return none.ok;
  }
  const { caseRef, subjectStaff } = review;
  const { agency, staffId } = subjectStaff;
  const receipt = await log.append({
    ...searchedBy(now(), { ...searcher, ...(caseRef === undefined ? {} : { matter: caseRef }) }),
    view: withWords ? 'reasons' : 'reviews',
    filters: caseRef === undefined ? ['staff'] : ['staff', 'case'],
    about: { agency, staffId, ...(caseRef === undefined ? {} : { caseRef }) },
    found: 1,
  });
  return receipt.ok;
}
