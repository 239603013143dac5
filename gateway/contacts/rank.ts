import type { IsoDate } from '../../schemas/names.ts';
import { CONTACT_FLAGS } from '../../schemas/reach.ts';
import type { ContactFlag, RankedContact } from '../../schemas/reach.ts';
import { sayWhy } from './because.ts';
import type { Candidate, ContactSource, Holding } from './candidate.ts';
import { sourceOf } from './candidate.ts';
import { judgeCurrency } from './currency.ts';
import type { Ownership } from './ownership.ts';
import { compareText } from './order.ts';
import type { Situation } from './whereabouts.ts';

/**
 * Records are wrong in ways that no date shows, so nothing is called more certain than this. An address that he must
 * notify by law may pass it, and so ranks above everything that somebody once wrote down.
 */
const MOST_CERTAIN = 0.93;

/**
 * Puts a candidate that is his into its shape for the answer: probability = P(his) × P(works), in thousandths.
 *
 * @param candidate with at least one permitted holding; the others add nothing, not even a digit of the probability
 * @param latestNotice the newest notification under a duty among his permitted addresses
 */
export function describe(
  candidate: Candidate,
  ownership: Extract<Ownership, { readonly his: number }>,
  situation: Situation,
  latestNotice: IsoDate | undefined,
): RankedContact {
  const { kind } = candidate;
  const holdings = candidate.holdings.filter(({ permitted }) => permitted);
  const currency = judgeCurrency(holdings, situation, latestNotice);
  const { his, shared, calledAs } = ownership;
  const product = his * currency.stillHis * currency.works;
  const capped = currency.notifiedOn === undefined ? Math.min(product, MOST_CERTAIN) : product;
  const flags = new Set<ContactFlag>(currency.flags);
  if (shared) flags.add('shared-with-others');
  if (calledAs === 'unknown') flags.add('whose-unknown');
  return {
    kind,
    value: fullestSpelling(holdings),
    probability: Math.round(capped * 1000) / 1000,
    sources: sourcesOf(holdings),
    ...(currency.lastConfirmed === undefined ? {} : { lastConfirmed: currency.lastConfirmed }),
    flags: CONTACT_FLAGS.filter((flag) => flags.has(flag)),
    because: sayWhy({ kind, holdings, calledAs, shared, currency, situation }),
  };
}

/** Best first, and the same whatever order the agencies answered in: the last resort is the value itself. */
export function compareRanked(a: RankedContact, b: RankedContact): number {
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
