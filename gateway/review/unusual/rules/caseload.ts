import { DAY_MS } from '../london.ts';
import { grouped, type Context, type PlacedLook } from '../context.ts';
import { counted, type Reason, type Rule } from '../reason.ts';
import { ANYBODYS_PURPOSES, cameBack, hasActed, NEW_CASE_MS, wasThereWhenNew } from './own-case.ts';

/**
 * A case that neither the member of staff nor the own team has to do with. Cover for a colleague, a manager's sample and
 * duty for a new case are usual and are not this: a case is the team's own when the case names one of the team, or when
 * another of the team came back to it within a quarter of a year before or after; and a new case is anybody's for the
 * days in which it is allocated. One such look may be a slip in a reference, but it is also all that curiosity leaves, and a
 * partnership has few enough of them for each to be asked about; coming back does not happen by a slip.
 */
const QUARTER_MS = 92 * DAY_MS;
const ONE_LOOK = 1;
const EACH_DAY_MORE = 0.3;

/**
 * A reference that was typed wrongly: minutes later the same person looks at a case of her own, and never again at this
 * one. Whoever looks at her own case afterwards to hide one look has only that one.
 */
const SLIP_MS = 10 * 60_000;
const SLIP = 0.5;

export const outsideCaseload: Rule = (context) => {
  const reasons: Reason[] = [];
  for (const [caseRef, looks] of context.byCase) {
    const known = context.cases.get(caseRef);
    if (known === undefined) continue;
    for (const [who, own] of grouped(looks, (look) => look.who)) {
      if (hasActed(context, caseRef, who)) continue;
      const outside = own.filter((look) => isOutside(context, look, looks));
      const [first] = outside;
      if (first === undefined) continue;
      const days = new Set(outside.map(({ local }) => local.date)).size;
      const slipped = own.length === 1 && isSlip(context, first);
      reasons.push({
        ...{ rule: 'outside-caseload', who, caseRef, looks: outside },
        weight: slipped ? SLIP : ONE_LOOK + EACH_DAY_MORE * (days - 1),
        sentence: `Looked on ${counted(days, 'day')} at a case that is not the own, and that nobody else of the team worked on.`,
      });
    }
  }
  return reasons;
};

function isOutside(context: Context, look: PlacedLook, ofCase: readonly PlacedLook[]): boolean {
  const known = context.cases.get(look.caseRef);
  if (known === undefined || look.refused !== undefined || ANYBODYS_PURPOSES.has(look.purpose)) return false;
  if (look.at - known.openedAt < NEW_CASE_MS) return false;
  if (known.team.some((staffId) => staffId === look.staffId || teamOf(context, look.agency, staffId) === look.team))
    return false;
  if (wasThereWhenNew(look, known.openedAt, ofCase)) return false;
  const colleagues = ofCase.filter(
    (other) =>
      other.team === look.team &&
      other.who !== look.who &&
      other.refused === undefined &&
      Math.abs(other.at - look.at) <= QUARTER_MS,
  );
  return ![...grouped(colleagues, ({ who }) => who).values()].some(cameBack);
}

/** Followed within minutes by a look at another case that is hers as far as the log shows. */
function isSlip({ byStaff, cases }: Context, { who, at, caseRef, staffId }: PlacedLook): boolean {
  const own = byStaff.get(who) ?? [];
  return own.some(
    (next) =>
      next.caseRef !== caseRef &&
      next.at > at &&
      next.at - at <= SLIP_MS &&
      next.refused === undefined &&
      (cases.get(next.caseRef)?.team.includes(staffId) === true ||
        cameBack(own.filter((each) => each.caseRef === next.caseRef))),
  );
}

const teamOf = ({ staff }: Context, agency: string, staffId: string): string | undefined => {
  const team = staff.get(`${agency} ${staffId}`)?.team;
  return team === undefined ? undefined : `${agency} ${team}`;
};
