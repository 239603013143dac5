import { CONTACT_FLAGS } from '../../schemas/reach.ts';
import type { ContactFlag, RankedContact } from '../../schemas/reach.ts';
import { sayWhy } from './because.ts';
import type { Candidate, ContactSource, Holding } from './candidate.ts';
import { permittedOf, sourceOf } from './candidate.ts';
import type { Judged } from './newer.ts';
import { outlivesNewer } from './newer.ts';
import type { Ownership } from './ownership.ts';
import { compareText } from './order.ts';
import { timesOdds, type Tried } from './attempts.ts';
import type { Slip } from './slip.ts';
import type { Situation } from './whereabouts.ts';
import type { ContactWeights } from './weights.ts';

/**
 * Records are wrong in ways that no date shows, so nothing is called more certain than this. An address that he must
 * notify by law may pass it, and so ranks above everything that somebody once wrote down.
 */
const MOST_CERTAIN = 0.93;

/**
 * Assumption: how often a record of a death is not of his. What remains of every probability keeps their order, for the
 * day on which somebody finds that the record was wrong; none comes above this.
 */
const LIVES_THOUGH_RECORDED_DEAD = 0.02;

/** A candidate that is his, with everything that was judged about it. */
export interface JudgedCandidate extends Judged {
  readonly candidate: Candidate;
  readonly ownership: Extract<Ownership, { readonly shared: boolean }>;
  readonly tried: Tried;
  /** An order in force obliges him to live there. */
  readonly required: boolean;
  /** It is one slip away from another number of his that is shown. */
  readonly slip?: Slip;
}

/** What holds of every contact point of the answer. */
export interface Standing {
  readonly situation: Situation;
  /** The panel monitors or holds the case. */
  readonly onHold: boolean;
}

/**
 * Puts the candidates that are his into their order and shape for the answer: probability = P(his) × P(works), in
 * thousandths, where P(his) falls once a number may have been issued again and P(works) falls where a newer one is on
 * file; its odds are then multiplied by what earlier attempts say. What the asker may not see adds nothing, not even a
 * digit of a probability.
 *
 * @param judged candidates with at least one permitted holding
 */
export function rank(judged: readonly JudgedCandidate[], standing: Standing, weights: ContactWeights): RankedContact[] {
  return judged.map((one) => describe(one, outlivesNewer(one, judged, weights), standing)).sort(compareRanked);
}

function describe(judged: JudgedCandidate, outlives: number, { situation, onHold }: Standing): RankedContact {
  const { candidate, ownership, currency, tried, required } = judged;
  const { kind } = candidate;
  const { shared, calledAs } = ownership;
  const holdings = permittedOf(candidate);
  const product = timesOdds(judged.his * currency.stillHis * currency.works * outlives, tried.factor);
  const capped = currency.notifiedOn === undefined ? Math.min(product, MOST_CERTAIN) : product;
  const living = situation.death === undefined ? 1 : LIVES_THOUGH_RECORDED_DEAD;
  return {
    kind,
    value: fullestSpelling(holdings),
    probability: Math.round(capped * living * 1000) / 1000,
    sources: sourcesOf(holdings),
    ...(currency.lastConfirmed === undefined ? {} : { lastConfirmed: currency.lastConfirmed }),
    flags: flagsOf(judged, situation, onHold),
    because: sayWhy({
      kind,
      holdings,
      calledAs,
      shared,
      currency,
      situation,
      hasNewer: outlives < 1,
      slip: judged.slip,
      tried,
      required,
      onHold,
    }),
  };
}

function flagsOf(judged: JudgedCandidate, situation: Situation, onHold: boolean): ContactFlag[] {
  const { ownership, currency, tried, required } = judged;
  const flags = new Set<ContactFlag>(currency.flags);
  if (situation.death !== undefined) flags.add('recorded-as-dead');
  if (ownership.shared) flags.add('shared-with-others');
  if (ownership.calledAs === 'unknown') flags.add('whose-unknown');
  if (onHold) flags.add('on-hold');
  if (required) flags.add('required-by-order');
  if (tried.last !== undefined)
    flags.add(tried.last.outcome === 'reached-him' ? 'reached-before' : 'not-reached-before');
  return CONTACT_FLAGS.filter((flag) => flags.has(flag));
}

/** Best first, and the same whatever order the agencies answered in: the last resort is the value itself. */
function compareRanked(a: RankedContact, b: RankedContact): number {
  return (
    b.probability - a.probability ||
    compareText(b.lastConfirmed ?? '', a.lastConfirmed ?? '') ||
    compareText(a.kind, b.kind) ||
    compareText(a.value, b.value)
  );
}

/** Every source once, in a fixed order. */
export function sourcesOf(holdings: readonly Holding[]): ContactSource[] {
  return distinctSources(holdings.map(({ record, contact }) => sourceOf(record, contact)));
}

export function distinctSources(sources: readonly ContactSource[]): ContactSource[] {
  const byName = new Map(sources.map((source) => [sourceName(source), source]));
  return [...byName].sort(([a], [b]) => compareText(a, b)).map(([, source]) => source);
}

export function sourceName({ recordId, field }: ContactSource): string {
  return JSON.stringify([recordId, field ?? '']);
}

/** The longest spelling says most about where to go; equal ones by code units. */
function fullestSpelling(holdings: readonly Holding[]): string {
  const [fullest = ''] = holdings
    .map(({ normalised }) => normalised.value)
    .sort((a, b) => b.length - a.length || compareText(a, b));
  return fullest;
}
