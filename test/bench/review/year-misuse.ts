import type { CaseKnown } from '../../../gateway/review/unusual/context.ts';
import type { CaseTruth } from './year-cases.ts';
import type { Worker } from './year-staff.ts';
import { onLeave, purposeOf, workMoment, type Draft, type Year } from './year-usual.ts';

/**
 * What people have been disciplined and prosecuted for, as the Information Commissioner and police misconduct panels
 * publish it: looking themselves up, following a former partner, a neighbour or a name in the news, trying references to
 * find somebody, and trying purposes until one lets them in. Drawn from what such people do, and from nothing that the
 * rules look for: most of it happens in working hours.
 */

export const MISUSES = ['self-look-up', 'ex-partner', 'curiosity', 'fishing', 'purpose-shopping'] as const;
export type Misuse = (typeof MISUSES)[number];

export interface Incident {
  readonly number: number;
  readonly misuse: Misuse;
}

export interface Planted {
  readonly drafts: readonly Draft[];
  readonly incidents: readonly Incident[];
  /** What misuse presupposes of a case: that a worker's own name or home is in it. */
  readonly changed: ReadonlyMap<string, Partial<CaseKnown>>;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

interface Plot extends Year {
  readonly number: number;
  readonly worker: Worker;
  readonly target: CaseTruth;
  readonly from: number;
}

/** @param count how many of each kind */
export function plantMisuse(year: Year, count: Readonly<Record<Misuse, number>>): Planted {
  const { random, workers, cases } = year;
  const drafts: Draft[] = [];
  const incidents: Incident[] = [];
  const changed = new Map<string, Partial<CaseKnown>>();
  for (const misuse of MISUSES) {
    for (let n = 0; n < count[misuse]; n += 1) {
      const from = random.between(40, 330);
      const worker = random.pick(workers.filter(({ startsOn }) => startsOn < from));
      const others = cases.filter(
        (kase) =>
          kase.opened < from - 5 && !changed.has(kase.caseRef) && !kase.leads.some((lead) => lead.worker === worker),
      );
      const number = incidents.length;
      const plot: Plot = { ...year, number, worker, target: random.pick(others), from };
      const played = PLAYS[misuse](plot);
      drafts.push(...played.drafts);
      if (played.known !== undefined) changed.set(plot.target.caseRef, played.known);
      incidents.push({ number, misuse });
    }
  }
  return { drafts, incidents, changed };
}

interface Played {
  readonly drafts: readonly Draft[];
  readonly known?: Partial<CaseKnown>;
}

const PLAYS: Readonly<Record<Misuse, (plot: Plot) => Played>> = {
  'self-look-up': (plot) => {
    const { random, worker, target } = plot;
    const days = spread(plot, random.between(1, 4), 25);
    const marriedName = random.chance(0.2);
    return {
      drafts: days.map((day) => lookOn(plot, day, 0.15)),
      known: {
        ...(marriedName ? {} : { names: [`${worker.first} ${worker.surname}`], surnames: [worker.surname] }),
        homes: marriedName || random.chance(0.7) ? [...target.known.homes, worker.home] : target.known.homes,
      },
    };
  },
  'ex-partner': (plot) => {
    const { random, worker, target } = plot;
    const days = spread(plot, random.between(3, 12), random.between(20, 150));
    return {
      drafts: days.map((day) => lookOn(plot, day, 0.4)),
      ...(random.chance(0.15) ? { known: { homes: [...target.known.homes, worker.home] } } : {}),
    };
  },
  curiosity: (plot) => {
    const { random, worker, target } = plot;
    const days = spread(
      plot,
      random.weighted([
        [1, 5],
        [2, 3],
        [3, 2],
      ]),
      10,
    );
    const link = random.weighted([
      ['neighbour', 3],
      ['relative', 2],
      ['news', 5],
    ]);
    const drafts = days.map((day) => lookOn(plot, day, 0.3));
    if (link === 'neighbour') return { drafts, known: { homes: [...target.known.homes, worker.home] } };
    if (link === 'relative') return { drafts, known: { surnames: [worker.surname] } };
    return { drafts };
  },
  fishing: (plot) => {
    const { random, cases } = plot;
    const tries = random.between(8, 45);
    const known = 0.1 + random.fraction() * 0.4;
    const over = random.chance(0.5) ? HOUR_MS : 3 * DAY_MS;
    const begin = momentOf(plot, plot.from, 0.3);
    return {
      drafts: Array.from({ length: tries }, (_, n) => {
        const at = begin + (over * n) / tries;
        const hit = random.chance(known);
        const caseRef = hit ? random.pick(cases).caseRef : `DAPG-2025-${random.between(10_000, 49_999)}`;
        const draft = { ...draftOf(plot, at), caseRef };
        return hit ? draft : { ...draft, refused: 'case-not-known' };
      }),
    };
  },
  'purpose-shopping': (plot) => {
    const { random, worker } = plot;
    const tried = shuffled(plot, ['MAPPA', 'S47', 'BREACH', 'HOUSING', 'DVDS']).slice(0, random.between(1, 4));
    const begin = momentOf(plot, plot.from, 0.25);
    const step = random.chance(0.6) ? 90_000 : 20 * HOUR_MS;
    const refused = tried.map((purpose, n) => ({
      ...draftOf(plot, begin + n * step),
      purpose,
      refused: random.pick(['purpose-not-supported', 'role-may-not-claim']),
    }));
    const granted = { ...draftOf(plot, begin + tried.length * step), purpose: purposeOf(random, worker) };
    return { drafts: [...refused, granted] };
  },
};

const draftOf = ({ worker, target, random, number }: Plot, at: number): Draft => ({
  ...{ at, what: 'look', worker, caseRef: target.caseRef, purpose: purposeOf(random, worker), incident: number },
});

/** A look on a day, at work or, so often, not. */
const lookOn = (plot: Plot, day: number, outsideWork: number): Draft => draftOf(plot, momentOf(plot, day, outsideWork));

function momentOf(plot: Plot, day: number, outsideWork: number): number {
  const { random, begin, worker } = plot;
  if (random.chance(outsideWork)) return begin + day * DAY_MS + ((19 + random.fraction() * 9) % 24) * HOUR_MS;
  for (let later = day; later < day + 30; later += 1) {
    const at = onLeave(worker, begin, later) ? undefined : workMoment(plot, worker, later);
    if (at !== undefined) return at;
  }
  return begin + day * DAY_MS;
}

const spread = ({ random, from }: Plot, looks: number, days: number): number[] =>
  Array.from({ length: looks }, () => Math.min(360, from + random.between(0, days))).sort((a, b) => a - b);

function shuffled({ random }: Plot, list: readonly string[]): string[] {
  return list
    .map((each) => ({ each, order: random.fraction() }))
    .sort((a, b) => a.order - b.order)
    .map(({ each }) => each);
}
