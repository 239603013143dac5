import { permittedOf, type Candidate } from './candidate.ts';
import { blocksOf, isCrowded, slipsOf } from './near-number.ts';

/**
 * Numbers of his that are one number, once written wrong. A clerk hears eleven digits and types ten of them right, and the
 * newest number on file is nobody's. Two numbers of one man that differ by one slip meet by chance once in millions.
 */

/** Of a number that is like another of his: the one that was written wrong, or one of two of which nobody can say which. */
export type Slip = 'written-wrong' | 'either';

export interface SlipFacts {
  readonly candidate: Candidate;
  /** He was reached by it. */
  readonly reached: boolean;
}

/** What is left of the probability of such a number; the rest are slips and numbers of strangers. ASSUMPTION. */
export const LEFT_OF: Readonly<Record<Slip, number>> = { 'written-wrong': 0.1, either: 0.5 };

export interface Slips {
  readonly of: ReadonlyMap<Candidate, Slip>;
  /** For a number that was written wrong elsewhere: as which. */
  readonly versions: ReadonlyMap<Candidate, Candidate>;
}

/** @param shown numbers that nobody marks as another's: what is withheld must not show through them (P4) */
export function findSlips(shown: readonly SlipFacts[]): Slips {
  const byNumber = new Map(
    shown.flatMap((one) => (one.candidate.kind === 'phone' ? [[numberOf(one), one] as const] : [])),
  );
  const blocks = blocksOf(new Set(byNumber.keys()));
  const of = new Map<Candidate, Slip>();
  const versions = new Map<Candidate, Candidate>();
  for (const [number, one] of byNumber) {
    if (isCrowded(number, blocks)) continue;
    const [other, ...more] = [...slipsOf(number)].flatMap((slip) => byNumber.get(slip) ?? []);
    // Numbers in a row were handed out so.
    if (other === undefined || more.length > 0) continue;
    const slip = slipBetween(one, other);
    if (slip === undefined) versions.set(one.candidate, other.candidate);
    else of.set(one.candidate, slip);
  }
  return { of, versions };
}

function slipBetween(one: SlipFacts, other: SlipFacts): Slip | undefined {
  const [own, best] = [votesFor(one), votesFor(other)];
  return own < best ? 'written-wrong' : own === best ? 'either' : undefined;
}

const numberOf = ({ candidate }: SlipFacts): string => candidate.holdings[0]?.normalised.key ?? '';

/** One for each agency that wrote it so; among equals the one that an agency rang; two more where he answered. */
function votesFor({ candidate, reached }: SlipFacts): number {
  const holdings = permittedOf(candidate);
  const agencies = new Set(holdings.map(({ record }) => record.agency)).size;
  const rang = holdings.some(({ contact }) => contact.verified === true);
  return agencies + (rang ? RANG : 0) + (reached ? REACHED : 0);
}

const RANG = 0.5;
const REACHED = 2;
