import { DAY_MS } from '../london.ts';
import { grouped, type Context, type PlacedLook } from '../context.ts';
import { counted, type Reason, type Rule } from '../reason.ts';

/**
 * Far more people in a day than before, and than colleagues. Both must hold: a meeting's day is busy for everybody who
 * prepares it, and somebody who does the work of two was busy before. Compared with the most of any day in the quarter
 * before; somebody without a past is compared with the team alone.
 */
const PAST_MS = 92 * DAY_MS;
const TIMES_OWN = 1.5;
const TIMES_TEAM = 1.5;
/** Below this many a day nobody is fishing, however quiet the team is. */
const CASES_MIN = 6;

interface Day {
  readonly who: string;
  readonly team: string;
  readonly at: number;
  readonly looks: readonly PlacedLook[];
  readonly cases: number;
}

export const volume: Rule = (context) => {
  const days = daysOf(context);
  const ofStaff = grouped(days, ({ who }) => who);
  const ofTeam = grouped(days, ({ team }) => team);
  const reasons: Reason[] = [];
  for (const day of days) {
    if (day.cases < CASES_MIN) continue;
    const own = most(ofStaff.get(day.who) ?? [], day);
    const team = most(
      (ofTeam.get(day.team) ?? []).filter(({ who }) => who !== day.who),
      day,
    );
    if (day.cases <= own * TIMES_OWN || day.cases <= team * TIMES_TEAM) continue;
    const sentence = `Looked at ${counted(day.cases, 'person', 'people')} in one day; the most before was ${own}, and ${team} for anybody else of the team.`;
    reasons.push({ rule: 'volume', who: day.who, looks: day.looks, weight: 1, sentence });
  }
  return reasons;
};

function daysOf({ byStaff }: Context): Day[] {
  return [...byStaff].flatMap(([who, looks]) =>
    [...grouped(looks, ({ local }) => local.date).values()].flatMap((ofDay) => {
      const [first] = ofDay;
      if (first === undefined) return [];
      const cases = new Set(ofDay.map(({ caseRef }) => caseRef)).size;
      return [{ who, team: first.team, at: first.at, looks: ofDay, cases }];
    }),
  );
}

const most = (days: readonly Day[], before: Day): number =>
  days.reduce((top, { at, cases }) => (at < before.at && before.at - at <= PAST_MS ? Math.max(top, cases) : top), 0);
