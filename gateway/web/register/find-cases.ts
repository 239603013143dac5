import type { Category } from '../../../schemas/case.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import type { CaseRef } from '../../../schemas/names.ts';
import { ok, type Result } from '../../../schemas/result.ts';
import { rowOf, type CaseRow } from '../../cases/caseload.ts';
import { dayOf, plusDays } from '../../cases/days.ts';
import { mayKnow } from '../../cases/may-change.ts';
import type { CaseListWanted, CaseWorkRegister } from '../../ports/case-register.ts';
import type { RegisterFilters } from './filters.ts';

/** The cases of a panel that fit its filters, a page of them. No filter says anything about a person. */

/** Cases to a page where the register itself can choose them. */
export const ROWS = 50;
/** A category lies sealed: to filter by it cases are opened. So many at most for one page (P11). */
const OPENED_MAX = 400;
const BATCH = 100;
const ENOUGH = 25;
/** What "due soon" means, in days. */
export const SOON_DAYS = 14;

export interface FoundCases {
  readonly rows: readonly CaseRow[];
  readonly unreadable: readonly CaseRef[];
  /** There is more to look through. Opaque. */
  readonly next?: string;
}

/** Goes through the register from a place on until a page is full or enough was opened. */
export async function findCases(
  deps: { readonly cases: CaseWorkRegister; readonly now: () => Date },
  actor: CaseActor,
  filters: RegisterFilters,
  start: string | undefined,
): Promise<Result<FoundCases, 'register-unavailable'>> {
  const asOf = dayOf(deps.now().toISOString());
  const wanted = wantedBy(filters, asOf);
  const isSifted = siftsAfter(filters, wanted);
  const rows: CaseRow[] = [];
  const unreadable: CaseRef[] = [];
  let after = start;
  let opened = 0;
  do {
    const limit = isSifted ? BATCH : ROWS;
    const place = after === undefined ? {} : { after };
    const listed = await deps.cases.list({ leadAgency: actor.agency, wanted, limit, ...place });
    if (!listed.ok) return listed;
    const { files, next } = listed.value;
    const known = files.filter(({ kase }) => mayKnow(kase, actor)).map((file) => rowOf(file, asOf));
    rows.push(...known.filter((row) => fits(row, filters, asOf)));
    unreadable.push(...listed.value.unreadable);
    opened += limit;
    after = next;
  } while (after !== undefined && isSifted && rows.length < ENOUGH && opened < OPENED_MAX);
  return ok({ rows, unreadable, ...(after === undefined ? {} : { next: after }) });
}

/** What the register can find by itself; the narrowest of the filters. */
function wantedBy({ category, worker, review }: RegisterFilters, asOf: string): CaseListWanted {
  if (category === 'closed') return { of: 'closed' };
  if (worker !== undefined) return { of: 'worker', staffId: worker };
  if (review !== undefined) return { of: 'reviews-due', by: dueBy(review, asOf) };
  return { of: 'open' };
}

const dueBy = (review: 'overdue' | 'soon', asOf: string): string =>
  review === 'overdue' ? plusDays(asOf, -1) : plusDays(asOf, SOON_DAYS);

const siftsAfter = ({ category, worker, review }: RegisterFilters, { of }: CaseListWanted): boolean =>
  (category !== undefined && of !== 'closed') ||
  (worker !== undefined && of !== 'worker') ||
  (review !== undefined && of !== 'reviews-due');

function fits(row: CaseRow, { category, worker, review }: RegisterFilters, asOf: string): boolean {
  if (category !== undefined && row.category !== category) return false;
  if (worker !== undefined && row.allocatedTo !== worker) return false;
  // A closed case is not reviewed any more.
  return review === undefined || (isOpen(row.category) && row.reviewDueOn <= dueBy(review, asOf));
}

const isOpen = (category: Category): boolean => category !== 'closed';
