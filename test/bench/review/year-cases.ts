import type { CaseKnown } from '../../../gateway/review/unusual/context.ts';
import type { Random } from '../../population/random.ts';
import { AGENCIES, nameOf, POSTCODES, type Worker } from './year-staff.ts';

/** The cases of a year, who works them, and how they change hands. */

const DAY_MS = 86_400_000;
const NEW_A_WEEK = 9;
const OPEN_AT_BEGIN = 170;
const MEAN_DAYS_OPEN = 140;

export interface CaseTruth {
  readonly caseRef: string;
  /** Days from the begin of the year; negative before. */
  readonly opened: number;
  readonly closed: number;
  /** Who works it for each agency, from which day. */
  readonly leads: readonly { readonly worker: Worker; readonly from: number; readonly until: number }[];
  readonly known: CaseKnown;
}

const exponential = (random: Random, mean: number): number => -Math.log(1 - random.fraction()) * mean;

export function casesOf(random: Random, workers: readonly Worker[], begin: number): readonly CaseTruth[] {
  const openings = [
    ...Array.from({ length: OPEN_AT_BEGIN }, () => -random.between(1, 150)),
    ...Array.from({ length: 52 * NEW_A_WEEK }, () => random.between(0, 362)),
  ].sort((a, b) => a - b);
  return openings.map((opened, n) => caseOf(random, workers, { begin, opened, number: n + 1 }));
}

interface CaseSeed {
  readonly begin: number;
  readonly opened: number;
  readonly number: number;
}

export function caseOf(random: Random, workers: readonly Worker[], { begin, opened, number }: CaseSeed): CaseTruth {
  const closed = opened + 21 + Math.round(exponential(random, MEAN_DAYS_OPEN));
  const agencies = AGENCIES.filter((agency) => agency === 'riverton-council' || random.chance(0.75));
  const leads = agencies.flatMap((agency) => leadsOf(random, workers, { agency, opened, closed }));
  const { first, surname } = nameOf(random);
  const homes = Array.from({ length: random.between(1, 3) }, () => `postcode ${random.between(0, POSTCODES - 1)}`);
  const recorded = leads.filter(({ worker }) => worker.agency === 'riverton-council' || random.chance(0.5));
  return {
    ...{ opened, closed, leads },
    caseRef: `DAPG-2025-${String(number).padStart(4, '0')}`,
    known: {
      names: [`${first} ${surname}`],
      surnames: [surname],
      homes,
      team: recorded.map(({ worker }) => worker.staffId),
      openedAt: begin + opened * DAY_MS,
      ...(closed > 365 ? {} : { closedAt: begin + closed * DAY_MS }),
    },
  };
}

/** One person for an agency, or two where the case is handed over, sometimes to another team. */
function leadsOf(
  random: Random,
  workers: readonly Worker[],
  { agency, opened, closed }: { agency: string; opened: number; closed: number },
): CaseTruth['leads'] {
  const possible = workers.filter(
    (worker) => worker.agency === agency && !worker.manager && worker.team !== 'Control room',
  );
  const one = (from: number): Worker => random.pick(possible.filter(({ startsOn }) => startsOn <= from));
  const from = opened + random.between(0, 10);
  if (!random.chance(0.12)) return [{ worker: one(from), from, until: closed }];
  const handed = random.between(from, Math.max(from, closed));
  return [
    { worker: one(from), from, until: handed },
    { worker: one(handed), from: handed, until: closed },
  ];
}
