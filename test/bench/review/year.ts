import type { CaseKnown } from '../../../gateway/review/unusual/context.ts';
import { findUnusual, type Finding } from '../../../gateway/review/unusual/findings.ts';
import { isKnown } from '../../../gateway/review/unusual/open-reviews.ts';
import { looksOf } from '../../../gateway/review/unusual/look.ts';
import type { LoggedEvent } from '../../../gateway/review/index/read-entry.ts';
import type { LogEntryBody } from '../../../schemas/entry.ts';
import { randomOf } from '../../population/random.ts';
import { casesOf } from './year-cases.ts';
import { MISUSES, plantMisuse, type Incident, type Misuse } from './year-misuse.ts';
import { workersOf, type Worker } from './year-staff.ts';
import { usualWork, type Draft } from './year-usual.ts';

/** A borough's year in the log with planted misuse, and how much of it the rules of unusual access find. */

export const PLANTED: Readonly<Record<Misuse, number>> = {
  'self-look-up': 12,
  'ex-partner': 18,
  curiosity: 20,
  fishing: 12,
  'purpose-shopping': 14,
};

export interface YearOptions {
  readonly seed: number;
  readonly planted?: Readonly<Record<Misuse, number>>;
}

export interface BoroughYear {
  readonly events: readonly LoggedEvent[];
  readonly staff: readonly Worker[];
  readonly cases: ReadonlyMap<string, CaseKnown>;
  readonly incidents: readonly (Incident & { readonly positions: ReadonlySet<number> })[];
}

const DAY_MS = 86_400_000;
const BEGIN = Date.UTC(2025, 0, 6);
const DAYS = 365;

/** The same for a seed whenever it is made. */
export function boroughYear({ seed, planted = PLANTED }: YearOptions): BoroughYear {
  const random = randomOf(seed);
  const staff = workersOf(random, BEGIN);
  const cases = casesOf(random, staff, BEGIN);
  const year = { random, begin: BEGIN, workers: staff, cases };
  const usual = usualWork(year);
  const { drafts, incidents, changed } = plantMisuse(year, planted);
  const all = [...usual, ...drafts].sort((a, b) => a.at - b.at);
  const positions = incidents.map(() => new Set<number>());
  all.forEach(({ incident }, position) => incident !== undefined && positions[incident]?.add(position));
  return {
    staff,
    events: all.map((draft, position) => eventOf(draft, position)),
    cases: new Map(cases.map(({ caseRef, known }) => [caseRef, { ...known, ...changed.get(caseRef) }])),
    incidents: incidents.map((incident) => ({ ...incident, positions: positions[incident.number] ?? new Set() })),
  };
}

const DIGEST = 'A'.repeat(43);

function eventOf({ at, what, worker, caseRef, purpose, refused }: Draft, position: number): LoggedEvent {
  const moment = new Date(at).toISOString();
  const { agency, staffId } = worker;
  const actor = { agency, staffId };
  const id = `00000000-0000-4000-8000-${position.toString(16).padStart(12, '0')}`;
  const head = { v: 1 as const, at: moment };
  const requester = { ...actor, clientId: `${agency}-system`, certificate: DIGEST, role: 'dai.daiw' };
  const asked = { questionId: id, route: 'disclosure' as const, purpose, caseRef };
  const body = ((): LogEntryBody => {
    if (what === 'attempt')
      return { kind: 'attempt-recorded', ...head, operations: ['collection'], actor, caseRef, attemptId: id };
    if (what === 'case-change')
      return { kind: 'case-changed', ...head, operations: ['alteration'], actor, caseRef, changes: ['category'] };
    if (refused !== undefined)
      return { kind: 'question-refused', ...head, operations: ['consultation'], ...asked, requester, code: refused };
    return {
      kind: 'question-consulted',
      ...{ ...head, ...asked, requester, subject: DIGEST, policyVersion: 'v1', regime: 'uk-gdpr' },
      operations: ['consultation'],
    };
  })();
  return { position, recordedAt: moment, body };
}

export interface UnusualFigures {
  readonly looks: number;
  readonly staff: number;
  readonly findings: number;
  readonly perDay: number;
  /** On nineteen working days of twenty there are no more than this. */
  readonly perDayP95: number;
  readonly recall: number;
  /** Share of the findings that rest on planted misuse. */
  readonly precision: number;
  readonly byMisuse: ReadonlyMap<Misuse, { readonly planted: number; readonly found: number }>;
  readonly byRule: ReadonlyMap<string, number>;
}

/**
 * The same year as it comes: the rules run every so many days over what the log has by then, and a review is opened for
 * what was not known. A rule may know later what it could not know on the day (that a colleague came back), so this is
 * what officers get. Each review has ended before the rules run again, rightly.
 */
export function measureUnusualLive({ everyDays, ...options }: YearOptions & { readonly everyDays: number }): {
  readonly perDay: number;
  readonly recall: number;
  readonly precision: number;
} {
  const year = boroughYear(options);
  const all = looksOf(year.events);
  const planted = new Set(year.incidents.flatMap(({ positions }) => [...positions]));
  const isRight = ({ positions }: Finding): boolean => positions.some((each) => planted.has(each));
  const opened: { readonly finding: Finding; readonly review: Parameters<typeof isKnown>[1] }[] = [];
  for (let day = everyDays; day <= DAYS; day += everyDays) {
    const until = BEGIN + day * DAY_MS;
    const looks = all.looks.filter(({ at }) => at < until && at >= until - LOOK_BACK_MS);
    const acts = all.acts.filter(({ at }) => at < until);
    for (const finding of findUnusual({ looks, acts, staff: year.staff, cases: year.cases, until })) {
      const ofHers = opened.filter((each) => each.finding.staff.staffId === finding.staff.staffId);
      if (finding.at < until - RECENT_MS || ofHers.some(({ review }) => isKnown(finding, review, until))) continue;
      opened.push({ finding, review: endedReviewOf(finding, until, isRight(finding)) });
    }
  }
  const named = new Set(opened.flatMap(({ finding }) => finding.positions));
  const found = year.incidents.filter(({ positions }) => [...positions].some((each) => named.has(each)));
  return {
    perDay: opened.length / DAYS,
    recall: found.length / year.incidents.length,
    precision: opened.filter(({ finding }) => isRight(finding)).length / opened.length,
  };
}

/** As `holdfast log unusual` does when nobody says from when: 42 days, and half a year of past to judge them by. */
const RECENT_MS = 42 * DAY_MS;
const LOOK_BACK_MS = RECENT_MS + 2 * 92 * DAY_MS;

const endedReviewOf = ({ caseRef, reasons, positions }: Finding, at: number, right: boolean) => ({
  ...{ about: 'unusual-access' as const, positions, rules: reasons.map(({ rule }) => rule) },
  ...(caseRef === undefined ? {} : { caseRef }),
  state: right ? ('not-justified' as const) : ('justified' as const),
  openedAt: new Date(at).toISOString(),
});

/** Runs the rules over a year. An incident is found when a finding rests on one of its looks. */
export function measureUnusual(options: YearOptions): UnusualFigures {
  const year = boroughYear(options);
  const { looks, acts } = looksOf(year.events);
  const findings = findUnusual({ looks, acts, staff: year.staff, cases: year.cases, until: BEGIN + DAYS * DAY_MS });
  const named = new Set(findings.flatMap(({ positions }) => positions));
  const planted = new Set(year.incidents.flatMap(({ positions }) => [...positions]));
  const isFound = ({ positions }: BoroughYear['incidents'][number]): boolean =>
    [...positions].some((position) => named.has(position));
  const byRule = new Map<string, number>();
  for (const { rule } of findings.flatMap(({ reasons }) => reasons)) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
  const days = findingsByDay(findings);
  return {
    ...{ looks: looks.length, staff: year.staff.length, findings: findings.length, byRule },
    perDay: findings.length / DAYS,
    perDayP95: days[Math.floor(days.length * 0.95)] ?? 0,
    recall: year.incidents.filter(isFound).length / year.incidents.length,
    precision: findings.filter(({ positions }) => positions.some((each) => planted.has(each))).length / findings.length,
    byMisuse: new Map(
      MISUSES.map((misuse) => {
        const of = year.incidents.filter((incident) => incident.misuse === misuse);
        return [misuse, { planted: of.length, found: of.filter(isFound).length }];
      }),
    ),
  };
}

function findingsByDay(findings: readonly Finding[]): number[] {
  const days = new Array<number>(DAYS).fill(0);
  for (const { at } of findings) {
    const day = Math.floor((at - BEGIN) / DAY_MS);
    if (days[day] !== undefined) days[day] += 1;
  }
  return days.sort((a, b) => a - b);
}

/** The figures as lines for people. */
export function unusualReport(figures: UnusualFigures): string[] {
  const { looks, staff, findings, perDay, perDayP95, recall, precision, byMisuse, byRule } = figures;
  return [
    `Unusual access: ${looks} looks of ${staff} staff in a year, ${findings} findings, ${perDay.toFixed(2)} a day (p95 ${perDayP95}), wanted at most 5: ${perDay <= 5 ? 'met' : 'MISSED'}`,
    `Recall ${recall.toFixed(3)}, wanted at least .9: ${recall >= 0.9 ? 'met' : 'MISSED'}; ${(precision * 100).toFixed(0)} % of the findings rest on planted misuse`,
    ...[...byMisuse].map(([misuse, { planted, found }]) => `  ${misuse.padEnd(24)} ${found} of ${planted}`),
    ...[...byRule].sort(([, a], [, b]) => b - a).map(([rule, count]) => `  ${rule.padEnd(24)} ${count}`),
  ];
}
