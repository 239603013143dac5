import type { Link } from '../../../schemas/linkage.ts';
import type { Person } from '../../../schemas/person.ts';
import { PROBABLE, TOGETHER } from '../weigh/weights.ts';
import { VALUE_KINDS, visibleValues, type Sight, type ValueKind } from './masks.ts';

/** One of the two that a link is between, as a viewer may see it. */
export interface WaterfallEnd {
  /** Record id, `subject`, or what the viewer calls it. */
  readonly source: string;
  readonly person: Person;
  readonly sight: Sight;
}

export interface WaterfallBar {
  readonly comparison: string;
  readonly rule: string;
  /** One sentence without a value. */
  readonly because: string;
  readonly bits: number;
  /** The sum before and after this bar. */
  readonly from: number;
  readonly to: number;
  /** What each end holds, by source, as far as the viewer may see it. */
  readonly values: readonly { readonly source: string; readonly values: readonly string[] }[];
}

export interface Waterfall {
  readonly between: readonly [string, string];
  readonly bars: readonly WaterfallBar[];
  readonly bits: number;
  readonly verdict: 'together' | 'probable' | 'apart';
}

const isKind = (comparison: string): comparison is ValueKind => VALUE_KINDS.some((kind) => kind === comparison);

function valuesFor(comparison: string, ends: readonly WaterfallEnd[]): WaterfallBar['values'] {
  if (!isKind(comparison)) return [];
  return ends
    .map(({ source, person, sight }) => ({ source, values: visibleValues(person, comparison, sight) }))
    .filter(({ values }) => values.length > 0);
}

const rounded = (bits: number): number => Math.round(bits * 100) / 100;

/**
 * A link as a waterfall in bits: one bar for each piece of evidence in the order it was weighed, and the verdict of the
 * thresholds, which barriers and other records may still overrule. Values of either end appear only as far as its
 * `sight` allows.
 */
export function makeWaterfall(link: Link, a: WaterfallEnd, b: WaterfallEnd): Waterfall {
  let sum = 0;
  const bars = link.evidence.map(({ comparison, rule, bits, because }): WaterfallBar => {
    const from = sum;
    sum = rounded(sum + bits);
    return { comparison, rule, because, bits, from, to: sum, values: valuesFor(comparison, [a, b]) };
  });
  const verdict = link.bits >= TOGETHER ? 'together' : link.bits >= PROBABLE ? 'probable' : 'apart';
  return { between: [a.source, b.source], bars, bits: link.bits, verdict };
}

const VERDICTS: Readonly<Record<Waterfall['verdict'], string>> = {
  together: `one person (${TOGETHER} bits or more)`,
  probable: `perhaps one person, for a human to confirm (${PROBABLE} to ${TOGETHER} bits)`,
  apart: `not enough for one person (less than ${PROBABLE} bits)`,
};

/** The verdict in words. */
export const verdictOf = ({ verdict }: Waterfall): string => VERDICTS[verdict];

/** Bits with their sign and two decimals, `+13.87`. */
export const signed = (bits: number): string => `${bits < 0 ? '−' : '+'}${Math.abs(bits).toFixed(2)}`;
