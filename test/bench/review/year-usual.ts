import type { Random } from '../../population/random.ts';
import type { CaseTruth } from './year-cases.ts';
import { AGENCIES, dayText, type Worker } from './year-staff.ts';

/** What usual work leaves in the log, with its slips, its cover, its meetings and its late evenings. */

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface Draft {
  readonly at: number;
  readonly what: 'look' | 'attempt' | 'case-change';
  readonly worker: Worker;
  readonly caseRef: string;
  readonly purpose: string;
  readonly refused?: string;
  /** Number of the planted misuse that this is part of. */
  readonly incident?: number;
}

export interface Year {
  readonly random: Random;
  readonly begin: number;
  readonly workers: readonly Worker[];
  readonly cases: readonly CaseTruth[];
}

const PURPOSES: Readonly<Record<string, readonly string[]>> = {
  'riverton-council': ['ENGAGE', 'ENGAGE', 'DAPG'],
  police: ['DAPG', 'BREACH', 'MAPPA'],
  probation: ['DAPG', 'MAPPA', 'BREACH'],
  housing: ['HOUSING', 'HOUSING', 'DAPG'],
  health: ['DAPG', 'MARAC'],
  childrens: ['S47', 'DAPG'],
};

export const purposeOf = (random: Random, worker: Worker): string => random.pick(PURPOSES[worker.agency] ?? ['DAPG']);

export const onLeave = (worker: Worker, begin: number, day: number): boolean => {
  const date = dayText(begin, day);
  return worker.leave.some(({ from, to }) => date >= from && date <= to);
};

/** A moment of a day at which this person works; undefined at weekends for an office. */
export function workMoment({ random, begin }: Year, worker: Worker, day: number): number | undefined {
  const midnight = begin + day * DAY_MS;
  if (worker.roster === 'round-the-clock') return midnight + random.fraction() * DAY_MS;
  const weekday = new Date(midnight).getUTCDay();
  if (weekday === 0 || weekday === 6) return undefined;
  const middle = 12.5 + (random.fraction() + random.fraction() + random.fraction() - 1.5) * 5.5;
  // Now and then a report is finished in the evening at home.
  const hour = random.chance(0.012) ? 18.5 + random.fraction() * 4 : middle;
  return midnight + hour * HOUR_MS;
}

/** Everything that happens in a year when nobody does wrong. */
export function usualWork(year: Year): Draft[] {
  return [
    ...year.cases.flatMap((kase) => caseWork(year, kase)),
    ...meetings(year),
    ...managersSamples(year),
    ...emergencies(year),
    ...afterwork(year),
  ].flatMap((draft) => withSlips(year, draft));
}

function caseWork(year: Year, kase: CaseTruth): Draft[] {
  const drafts: Draft[] = [];
  for (const { worker, from, until } of kase.leads) {
    for (let day = from; day < Math.min(until, 365);) {
      if (day >= 0) drafts.push(...visit(year, kase, worker, Math.floor(day)));
      day += 0.5 - Math.log(1 - year.random.fraction()) * (day - from < 21 ? 6 : 15);
    }
  }
  const duty = year.random.pick(kase.leads).worker;
  const someone = year.random.pick(year.workers.filter(({ agency }) => agency === duty.agency));
  const at = kase.opened < 0 ? undefined : workMoment(year, someone, kase.opened + year.random.between(0, 3));
  if (at !== undefined) drafts.push(look(at, someone, kase, purposeOf(year.random, someone)));
  return drafts;
}

const look = (at: number, worker: Worker, kase: CaseTruth, purpose: string): Draft => ({
  ...{ at, what: 'look', worker, caseRef: kase.caseRef, purpose },
});

/** One working look, by the lead or whoever covers, and what follows from it. */
function visit(year: Year, kase: CaseTruth, lead: Worker, day: number): Draft[] {
  const { random, begin, workers } = year;
  const away = onLeave(lead, begin, day);
  if (away && random.chance(0.4)) return [];
  const team = workers.filter(({ agency, team: of }) => agency === lead.agency && of === lead.team);
  const worker = (away && !random.chance(0.05)) || random.chance(0.04) ? random.pick(team) : lead;
  const at = workMoment(year, worker, day);
  if (at === undefined) return [];
  const purpose = purposeOf(random, worker);
  const drafts = [look(at, worker, kase, purpose)];
  if (purpose === 'ENGAGE' && random.chance(0.65))
    drafts.push({ ...look(at + random.fraction() * 6 * DAY_MS, worker, kase, purpose), what: 'attempt' });
  if (purpose === 'DAPG' && random.chance(0.2))
    drafts.push({ ...look(at + random.fraction() * 3 * DAY_MS, worker, kase, purpose), what: 'case-change' });
  return drafts;
}

/** Each fortnight one person of each agency works through the list of the meeting, in one afternoon. */
function meetings(year: Year): Draft[] {
  const { random, workers, cases } = year;
  const drafts: Draft[] = [];
  for (let day = 8; day < 360; day += 14) {
    const listed = cases.filter(({ opened }) => opened <= day && day - opened < 30);
    for (const agency of AGENCIES) {
      const rep = random.pick(workers.filter((each) => each.agency === agency && each.startsOn <= day));
      const at = workMoment(year, rep, day - random.between(0, 2));
      if (at === undefined) continue;
      listed.forEach((kase, n) => drafts.push(look(at + n * 4 * 60_000, rep, kase, 'MARAC')));
    }
  }
  return drafts;
}

function managersSamples(year: Year): Draft[] {
  const { random, workers, cases } = year;
  return workers
    .filter(({ manager }) => manager)
    .flatMap((manager) => {
      const ofTeam = cases.filter(({ leads }) =>
        leads.some(({ worker }) => worker.agency === manager.agency && worker.team === manager.team),
      );
      return Array.from({ length: 30 }, () => {
        const kase = random.pick(ofTeam.length === 0 ? cases : ofTeam);
        const day = random.between(Math.max(0, kase.opened), Math.max(1, Math.min(kase.closed, 364)));
        const at = workMoment(year, manager, day);
        return at === undefined ? [] : [look(at, manager, kase, 'DAPG')];
      }).flat();
    });
}

function emergencies(year: Year): Draft[] {
  const { random, workers, cases } = year;
  const room = workers.filter(({ team }) => team === 'Control room');
  return Array.from({ length: 45 }, () => {
    const day = random.between(0, 362);
    const kase = random.pick(cases.filter(({ opened, closed }) => opened < day && closed > day));
    const worker = random.pick(room);
    const at = workMoment(year, worker, day) ?? 0;
    const first = look(at, worker, kase, 'EMERG');
    const after: Draft = { ...first, at: at + random.fraction() * 20 * HOUR_MS, what: 'case-change' };
    return random.chance(0.85) ? [first, after] : [first];
  }).flat();
}

/** Letters and minutes after a closure, and now and then a complaint months later. */
function afterwork(year: Year): Draft[] {
  const { random, cases } = year;
  return cases.flatMap((kase) => {
    const { worker } = random.pick(kase.leads);
    const days = [
      ...(random.chance(0.4) ? [kase.closed + random.between(1, 20)] : []),
      ...(random.chance(0.08) ? [kase.closed + random.between(30, 200)] : []),
      ...(random.chance(0.02) ? [kase.closed + random.between(30, 90), kase.closed + random.between(91, 95)] : []),
    ];
    return days.flatMap((day) => {
      const at = day < 0 || day > 364 ? undefined : workMoment(year, worker, day);
      return at === undefined ? [] : [look(at, worker, kase, purposeOf(random, worker))];
    });
  });
}

const unknownRef = (random: Random): string => `DAPG-2025-${random.between(50_000, 99_999)}`;

/** References are mistyped, and purposes chosen wrongly, before the right one. */
function withSlips({ random, cases }: Year, draft: Draft): Draft[] {
  if (draft.what !== 'look') return [draft];
  const before = (change: Partial<Draft>, minutes: number): Draft => ({
    ...draft,
    at: draft.at - minutes * 60_000,
    ...change,
  });
  const slips: Draft[] = [];
  if (random.chance(0.012))
    for (let n = 0; n < (random.chance(0.8) ? 1 : 3); n += 1)
      slips.push(before({ caseRef: unknownRef(random), refused: 'case-not-known' }, n + 1));
  if (random.chance(0.006)) slips.push(before({ purpose: 'MAPPA', refused: 'purpose-not-supported' }, 2));
  if (random.chance(0.004)) slips.push(before({ caseRef: random.pick(cases).caseRef }, 3));
  return [...slips, draft];
}
