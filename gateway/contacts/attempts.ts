import type { AttemptOutcome, SealedAttempt } from '../../schemas/attempt.ts';
import type { AgencyId, IsoDate } from '../../schemas/names.ts';
import { daysBetween } from './dates.ts';

/**
 * What earlier attempts say of a contact point. README.md writes the arithmetic down: an outcome multiplies the odds
 * that it reaches him by how much likelier the outcome is where it does than where it does not.
 */

/** What the attempts on one contact point come to. */
export interface Tried {
  /** The odds that it reaches him are multiplied by this, for everything since he was last reached. */
  readonly factor: number;
  /** The last day on which he was reached by it. */
  readonly reachedOn?: IsoDate;
  /** The last outcome that says anything. */
  readonly last?: { readonly outcome: AttemptOutcome; readonly at: IsoDate };
}

/**
 * Bayes factors, P(outcome | reaches him) / P(outcome | does not). ASSUMPTIONS until outcomes are counted:
 * he picks up a strange number two times in five, a dead number is silent or announced as dead, a stranger says so.
 * `someone-else` is kinder than `not-his`, because a friend may have picked up his phone.
 */
export const BAYES_FACTORS: Readonly<Record<'no-answer' | 'not-his' | 'someone-else', number>> = {
  'no-answer': 0.55 / 0.7,
  'not-his': 0.02 / 0.25,
  'someone-else': 0.05 / 0.25,
};
/** A man who screens strange numbers screens them every time: further silence on other days adds nothing. */
const SILENCES_MAX = 3;
/** Assumption: numbers change hands, so what an outcome says against one halves its weight in bits every year. */
const HALF_WEIGHT_DAYS = 365;

/** By `seal kind seal`. An outcome dated after the day of the question says nothing. */
export type AttemptIndex = ReadonlyMap<string, readonly SealedAttempt[]>;

export function indexAttempts(attempts: readonly SealedAttempt[], asOf: IsoDate): AttemptIndex {
  const index = new Map<string, SealedAttempt[]>();
  for (const attempt of attempts) {
    if (attempt.at > asOf) continue;
    const { kind, seal } = attempt.sealedContact;
    const name = `seal ${kind} ${seal}`;
    const before = index.get(name);
    if (before === undefined) index.set(name, [attempt]);
    else before.push(attempt);
  }
  return index;
}

/**
 * Weighs the attempts on one candidate.
 *
 * @param seals every seal of the candidate, as the index names them
 * @param confirmed the last day on which a source confirmed it: silence before that says nothing
 */
export function weighAttempts(
  index: AttemptIndex,
  seals: ReadonlySet<string>,
  asOf: IsoDate,
  confirmed: IsoDate | undefined,
): Tried {
  const outcomes = [...seals].flatMap((seal) => index.get(seal) ?? []).filter(({ outcome }) => outcome !== 'not-tried');
  const reachedOn = latestOf(outcomes.filter(({ outcome }) => outcome === 'reached-him').map(({ at }) => at));
  // He had it then: what came before is explained some other way.
  const since = outcomes.filter(
    ({ outcome, at }) => outcome !== 'reached-him' && (reachedOn === undefined || at > reachedOn),
  );
  const silentDays = new Set(
    since.filter(({ outcome, at }) => outcome === 'no-answer' && at > (confirmed ?? '')).map(({ at }) => at),
  );
  const silences = [...silentDays].sort().slice(-SILENCES_MAX);
  const bits = [
    ...silences.map((at) => faded('no-answer', at, asOf)),
    ...distinctDays(since, 'not-his').map((at) => faded('not-his', at, asOf)),
    ...distinctDays(since, 'someone-else').map((at) => faded('someone-else', at, asOf)),
  ];
  const last = lastOf(outcomes);
  return {
    factor: 2 ** bits.sort((a, b) => a - b).reduce((sum, each) => sum + each, 0),
    ...(reachedOn === undefined ? {} : { reachedOn }),
    ...(last === undefined ? {} : { last: { outcome: last.outcome, at: last.at } }),
  };
}

/** Probability after odds were multiplied; 0 and 1 stay what they are. */
export function timesOdds(probability: number, factor: number): number {
  const odds = probability * factor;
  return odds / (1 - probability + odds);
}

function faded(outcome: keyof typeof BAYES_FACTORS, at: IsoDate, asOf: IsoDate): number {
  return Math.log2(BAYES_FACTORS[outcome]) * 0.5 ** (daysBetween(at, asOf) / HALF_WEIGHT_DAYS);
}

function distinctDays(attempts: readonly SealedAttempt[], wanted: AttemptOutcome): readonly IsoDate[] {
  return [...new Set(attempts.filter(({ outcome }) => outcome === wanted).map(({ at }) => at))];
}

const latestOf = (days: readonly IsoDate[]): IsoDate | undefined => [...days].sort().at(-1);

/** Of several on one day the gravest is told. */
function lastOf(attempts: readonly SealedAttempt[]): SealedAttempt | undefined {
  const grave = (outcome: AttemptOutcome): number => GRAVITY.indexOf(outcome);
  return [...attempts]
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : grave(a.outcome) - grave(b.outcome)))
    .at(-1);
}

const GRAVITY: readonly AttemptOutcome[] = [
  'not-tried',
  'no-answer',
  'reached-him',
  'someone-else',
  'not-his',
  'victim-answered-or-may-have',
];

/** What attempts found of the values that an agency holds. */
export interface Trials {
  readonly right: number;
  readonly wrong: number;
}

/**
 * Pseudo-attempts that an agency's prior reliability is worth (the strength of its Beta distribution). ASSUMPTION: a
 * dozen checked numbers would move a worker's trust in a register noticeably.
 */
export const PRIOR_TRIALS = 12;

/** Mean of the Beta distribution of an agency's reliability after trials: (prior × 12 + right) / (12 + right + wrong). */
export function reliability(prior: number, { right, wrong }: Trials): number {
  return (prior * PRIOR_TRIALS + right) / (PRIOR_TRIALS + right + wrong);
}

/** Whether an outcome says that the value was his, was not, or nothing. */
export function verdictOf({ last, reachedOn }: Tried): 'right' | 'wrong' | undefined {
  if (last?.outcome === 'not-his' || last?.outcome === 'someone-else') return 'wrong';
  return reachedOn === undefined ? undefined : 'right';
}

export type TrialsOf = (agency: AgencyId) => Trials;
