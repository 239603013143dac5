import type { RecordedAs } from '../../schemas/contact-point.ts';
import { reliability, type Tried, type TrialsOf } from './attempts.ts';
import type { Holding } from './candidate.ts';
import { together } from './together.ts';
import type { ContactWeights } from './weights.ts';

/** The best that a permitted source calls it. */
export type CalledAs = 'self' | 'work' | 'hostel' | 'unknown';

/** He gave it under a duty whose breach is an offence (Domestic Abuse Act 2021 s.43). */
const HIS_BY_DUTY = 0.985;
/** He answered it himself: only a man who passed it on the same day is missed. */
const HIS_IF_REACHED = 0.985;
/** An order obliges him to live there. */
const HIS_BY_ORDER = 0.97;
/** A letter or visit to a home that he shares may meet somebody else. */
const SHARED_HOME = 0.8;

export interface OwnershipFacts {
  readonly shared: boolean;
  readonly tried: Tried;
  readonly required: boolean;
  /** How often each agency was right about the other values that it holds of him. */
  readonly trialsOf: TrialsOf;
}

/**
 * How likely a candidate that nobody marks as another's is his own, 0 to 1. "It might be the number for the mum or the
 * victim" (Greenwich evaluation, 2023) is why even what every source calls his is well below certain.
 *
 * @param holdings those that the asker may see, at least one
 */
export function probabilityHis(holdings: readonly Holding[], facts: OwnershipFacts, weights: ContactWeights): number {
  const byAgency = new Map<string, number>();
  for (const { record, contact } of holdings) {
    const prior = probabilityFromOne(contact, weights);
    const p = contact.basis === 'statutory-notification' ? prior : reliability(prior, facts.trialsOf(record.agency));
    byAgency.set(record.agency, Math.max(byAgency.get(record.agency) ?? 0, p));
  }
  const said = together([...byAgency.values()], weights.hisAgreement);
  const reached = facts.tried.reachedOn === undefined ? said : Math.max(said, HIS_IF_REACHED);
  const his = facts.required ? Math.max(reached, HIS_BY_ORDER) : reached;
  return facts.shared ? his * SHARED_HOME : his;
}

/** The best that a source calls it. */
export function calledAs(holdings: readonly Holding[]): CalledAs {
  const words = holdings.map(({ contact }) => calls(contact.recordedAs));
  return HIS_ORDER.find((word) => words.includes(word)) ?? 'unknown';
}

const HIS_ORDER: readonly CalledAs[] = ['self', 'hostel', 'work', 'unknown'];

function calls(recordedAs: RecordedAs | undefined): CalledAs {
  return recordedAs === 'self' || recordedAs === 'work' || recordedAs === 'hostel' ? recordedAs : 'unknown';
}

function probabilityFromOne({ recordedAs, basis, verified }: Holding['contact'], weights: ContactWeights): number {
  if (basis === 'statutory-notification') return HIS_BY_DUTY;
  const called = calls(recordedAs);
  return verified === true && called === 'self' ? weights.hisIfVerified : weights.hisIfCalled[called];
}
