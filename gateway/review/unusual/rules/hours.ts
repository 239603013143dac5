import { DAY_MS } from '../london.ts';
import { grouped, type PlacedLook } from '../context.ts';
import { counted, type Reason, type Rule } from '../reason.ts';

/**
 * While on leave, or at hours at which this person does not work. What the usual hours are is learnt from the quarter
 * before: a control room works at night, an office does not. Somebody with too little past is judged by the team's.
 * Leave weighs more than hours: a late evening is only late, but nobody on leave has work to do with a case. Neither is
 * enough by itself, since leave is cancelled and people catch up at home.
 */
const PAST_MS = 92 * DAY_MS;
const PAST_LOOKS_MIN = 25;
/** Share of earlier looks within an hour of this one, on the same kind of day, below which the hour is not usual. */
const RARE_SHARE = 0.02;
const ON_LEAVE = 0.8;
const AT_ODD_HOURS = 0.4;
const EACH_MORE = 0.2;

export const nightOrLeave: Rule = (context) => {
  const byTeam = grouped(context.looks, ({ team }) => team);
  const reasons: Reason[] = [];
  for (const [who, looks] of context.byStaff) {
    const leave = context.staff.get(who)?.leave ?? [];
    const away = looks.filter(({ local }) => leave.some(({ from, to }) => local.date >= from && local.date <= to));
    const odd = looks.filter((look) => !away.includes(look) && isOddHour(look, looks, byTeam.get(look.team) ?? []));
    for (const [caseRef, of] of grouped(away, (look) => look.caseRef))
      reasons.push(reasonOf(who, caseRef, of, ON_LEAVE, `Looked ${times(of)} while on leave.`));
    for (const [caseRef, of] of grouped(odd, (look) => look.caseRef))
      reasons.push(
        reasonOf(who, caseRef, of, AT_ODD_HOURS, `Looked ${times(of)} at an hour at which this person does not work.`),
      );
  }
  return reasons;
};

const times = (looks: readonly PlacedLook[]): string => counted(looks.length, 'time');

function reasonOf(
  who: string,
  caseRef: string,
  looks: readonly PlacedLook[],
  weight: number,
  sentence: string,
): Reason {
  return { rule: 'night-or-leave', who, caseRef, looks, weight: weight + EACH_MORE * (looks.length - 1), sentence };
}

function isOddHour(look: PlacedLook, own: readonly PlacedLook[], team: readonly PlacedLook[]): boolean {
  const past = before(own, look);
  const compared = past.length >= PAST_LOOKS_MIN ? past : before(team, look).filter(({ who }) => who !== look.who);
  if (compared.length < PAST_LOOKS_MIN) return false;
  const alike = compared.filter(
    ({ local }) => local.weekend === look.local.weekend && hoursApart(local.hour, look.local.hour) <= 1,
  ).length;
  return alike / compared.length < RARE_SHARE;
}

const hoursApart = (a: number, b: number): number => Math.min(Math.abs(a - b), 24 - Math.abs(a - b));

/** Looks of the quarter before at other cases: evenings spent with one person must not make themselves usual. */
function before(looks: readonly PlacedLook[], { at, caseRef }: PlacedLook): readonly PlacedLook[] {
  const end = firstAtOrAfter(looks, at);
  const start = firstAtOrAfter(looks, at - PAST_MS);
  return looks.slice(start, end).filter((each) => each.caseRef !== caseRef);
}

function firstAtOrAfter(looks: readonly PlacedLook[], at: number): number {
  let [low, high] = [0, looks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((looks[middle]?.at ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
