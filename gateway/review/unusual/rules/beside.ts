import type { CaseRef } from '../../../../schemas/names.ts';
import { DAY_MS } from '../london.ts';
import { grouped, type CaseKnown, type Context, type PlacedLook } from '../context.ts';
import { counted, type Reason, type Rule } from '../reason.ts';
import { ANYBODYS_PURPOSES, cameBack, hasActed, wasThereWhenNew } from './own-case.ts';

/**
 * A case of the own team's, beside the colleague who works on it. Most such looks are cover, which is why one says
 * little: it has to come together with an odd hour, a purpose that was refused, or days more of the same while the
 * colleague was there. The attacker is whoever has the man she looks for on her own team's list.
 */
const ONE_DAY = 0.5;
const EACH_DAY_MORE = 0.3;
/** Before and after a look: in this time the colleague has to have been at it on two days. */
const AROUND_MS = 31 * DAY_MS;
const HANDOVER_MS = 14 * DAY_MS;

export const besideColleague: Rule = (context) => {
  const reasons: Reason[] = [];
  for (const [caseRef, looks] of context.byCase) {
    const known = context.cases.get(caseRef);
    if (known === undefined) continue;
    const worked = looks.filter(({ refused, purpose }) => refused === undefined && !ANYBODYS_PURPOSES.has(purpose));
    for (const ofTeam of grouped(worked, (look) => look.team).values())
      for (const [who, own] of grouped(ofTeam, (look) => look.who)) {
        const others = ofTeam.filter((look) => look.who !== who);
        const found = reasonOf(context, { caseRef, who, own, others, looks, known });
        if (found !== undefined) reasons.push(found);
      }
  }
  return reasons;
};

function reasonOf(context: Context, pair: Pair): Reason | undefined {
  if (isHers(context, pair)) return undefined;
  const { caseRef, who, own, others } = pair;
  const beside = own.filter((look) => colleagueIsThere(context, look, others));
  const days = new Set(beside.map(({ local }) => local.date)).size;
  if (days === 0) return undefined;
  const sentence = `Looked on ${counted(days, 'day')} at a case that a colleague of the team works on and was there for.`;
  const weight = ONE_DAY + EACH_DAY_MORE * (days - 1);
  return { rule: 'outside-caseload', who, caseRef, looks: beside, weight, sentence };
}

interface Pair {
  readonly caseRef: CaseRef;
  readonly who: string;
  readonly own: readonly PlacedLook[];
  readonly others: readonly PlacedLook[];
  readonly looks: readonly PlacedLook[];
  readonly known: CaseKnown;
}

/** Named on the case, there when it was new, at work on it as its history shows, or the one to whom it was handed over. */
function isHers(context: Context, { caseRef, who, own, others, looks, known }: Pair): boolean {
  const [first] = own;
  if (first === undefined || known.team.includes(first.staffId) || hasActed(context, caseRef, who)) return true;
  if (wasThereWhenNew(first, known.openedAt, looks)) return true;
  const workers = [...grouped(others, (look) => look.who).values()].filter(cameBack);
  return workers.every((of) => (of.at(-1)?.at ?? Infinity) <= first.at + HANDOVER_MS);
}

/** Somebody of the team was at it again and again around that day, and not on leave on it. */
function colleagueIsThere({ staff }: Context, { at, local }: PlacedLook, others: readonly PlacedLook[]): boolean {
  const around = (looks: readonly PlacedLook[]): readonly PlacedLook[] =>
    looks.filter((look) => Math.abs(look.at - at) <= AROUND_MS);
  return [...grouped(around(others), (look) => look.who)].some(([who, looks]) => {
    const away = (staff.get(who)?.leave ?? []).some(({ from, to }) => local.date >= from && local.date <= to);
    return !away && cameBack(looks);
  });
}
