import type { AttemptOutcome } from '../../schemas/attempt.ts';
import type { Category } from '../../schemas/case.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { CaseRef, IsoDate } from '../../schemas/names.ts';
import type { PersonName } from '../../schemas/person.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { CaseFile, CaseListWanted, CaseWorkRegister, GapMeasure } from '../ports/case-register.ts';
import { openOn } from './break-glass.ts';
import { contactStanding } from './contact-gap.ts';
import { dayOf, daysFrom, plusMonths } from './days.ts';
import { mayKnow, mayOpenCases } from './may-change.ts';
import { reviewDueOn } from './review-due.ts';

/** The lists that people start from. There is no search for a person: a worker has her cases, the panel its own. */

/** A case in a list. Days are whole days up to the day of asking. */
export interface CaseRow {
  readonly caseRef: CaseRef;
  readonly revision: number;
  /** Whose case it is, as the register has his name first; absent where it has none. */
  readonly name?: PersonName;
  readonly category: Category;
  readonly allocatedTo?: string;
  readonly allocatedOn?: IsoDate;
  readonly daysSinceAllocation?: number;
  readonly lastAttempt?: { readonly outcome: AttemptOutcome; readonly at: IsoDate };
  readonly lastReachedOn?: IsoDate;
  readonly hasContactGap: boolean;
  /** Since the case was opened. */
  readonly daysOpen: number;
  /** From opening to the first day he was reached. */
  readonly daysToFirstUsable?: number;
  readonly reviewDueOn: IsoDate;
  readonly isReviewOverdue: boolean;
}

export interface CaseRows {
  readonly rows: readonly CaseRow[];
  /** Cases that belong here and cannot be opened: say so, an operator must look. */
  readonly unreadable: readonly CaseRef[];
  /** Those of the rows on which an emergency is open now, whoever declared it. */
  readonly withOpenGlass: ReadonlySet<CaseRef>;
  readonly next?: string;
}

/** Which list. `mine` is for a worker; the others are for the panel of the lead agency. */
export type ListAsked =
  { readonly of: 'mine' } | { readonly of: 'gaps' } | { readonly of: 'reviews-due' } | { readonly of: 'open' };

export type ListFault = 'may-not' | 'register-unavailable';

export interface ListDeps {
  readonly cases: CaseWorkRegister;
  readonly now: () => Date;
}

/** A page of a list, at most 200 rows. Who may see a case in it was checked case by case. */
export async function listCases(
  deps: ListDeps,
  actor: CaseActor,
  asked: ListAsked,
  page: { readonly limit: number; readonly after?: string },
): Promise<Result<CaseRows, ListFault>> {
  const now = deps.now().toISOString();
  const asOf = dayOf(now);
  if (asked.of === 'mine' ? actor.role !== 'dai.daiw' : !mayOpenCases(actor)) return err('may-not');
  const listed = await deps.cases.list({ leadAgency: actor.agency, wanted: wantedOf(asked, actor, asOf), ...page });
  if (!listed.ok) return listed;
  const { files, unreadable, next } = listed.value;
  const known = files.filter(({ kase }) => mayKnow(kase, actor));
  return ok({
    rows: known.map((file) => rowOf(file, asOf)),
    unreadable,
    withOpenGlass: new Set(known.flatMap(({ kase }) => (openOn(kase, now).length > 0 ? [kase.caseRef] : []))),
    ...(next === undefined ? {} : { next }),
  });
}

function wantedOf(asked: ListAsked, { staffId }: CaseActor, asOf: IsoDate): CaseListWanted {
  switch (asked.of) {
    case 'mine':
      return { of: 'worker', staffId };
    case 'reviews-due':
      return { of: 'reviews-due', by: asOf };
    case 'gaps':
    case 'open':
      return asked;
  }
}

const MEASURED_MONTHS = 12;

/** How long reaching him takes, over the cases that the lead agency opened in the last twelve months. Counts only. */
export async function measureContactGaps(deps: ListDeps, actor: CaseActor): Promise<Result<GapMeasure, ListFault>> {
  if (!mayOpenCases(actor) && actor.role !== 'dai.daiw') return err('may-not');
  const since = plusMonths(dayOf(deps.now().toISOString()), -MEASURED_MONTHS);
  return deps.cases.measureGaps(actor.agency, since);
}

/** One case as a list shows it. */
export function rowOf({ kase, revision }: CaseFile, asOf: IsoDate): CaseRow {
  const { firstReachedOn, lastReachedOn, lastAttempt, hasGap } = contactStanding(kase);
  const [name] = kase.subject.names ?? [];
  const allocatedAt = kase.allocations?.at(-1)?.at;
  const due = reviewDueOn(kase);
  return {
    caseRef: kase.caseRef,
    revision,
    ...(name === undefined ? {} : { name }),
    category: kase.category,
    ...(kase.allocatedTo === undefined ? {} : { allocatedTo: kase.allocatedTo }),
    ...(allocatedAt === undefined
      ? {}
      : { allocatedOn: dayOf(allocatedAt), daysSinceAllocation: daysFrom(dayOf(allocatedAt), asOf) }),
    ...(lastAttempt === undefined ? {} : { lastAttempt }),
    ...(lastReachedOn === undefined ? {} : { lastReachedOn }),
    hasContactGap: hasGap,
    daysOpen: daysFrom(kase.openedOn, asOf),
    ...(firstReachedOn === undefined ? {} : { daysToFirstUsable: daysFrom(kase.openedOn, firstReachedOn) }),
    reviewDueOn: due,
    isReviewOverdue: kase.category !== 'closed' && due < asOf,
  };
}
