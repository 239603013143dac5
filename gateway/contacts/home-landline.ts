import type { Candidate, Holding } from './candidate.ts';
import { isLandline } from './wear.ts';

/**
 * Whether a landline rings in a home that is withheld because a protected person lives there: a record of his holds both.
 * It was theirs; he has left, and she answers it. Not one that he had only after he left, or that is a hostel's or work's.
 *
 * @param candidate a phone number
 * @param homes of his records, withheld as the home of a protected person
 */
export function ringsInTheirHome({ kind, holdings }: Candidate, homes: readonly Candidate[]): boolean {
  if (kind !== 'phone') return false;
  const held = homes.flatMap((home) => home.holdings);
  return holdings.some((line) => isOfHome(line) && held.some((home) => isBeside(line, home)));
}

function isOfHome({ normalised, contact: { recordedAs = 'unknown' } }: Holding): boolean {
  return isLandline(normalised.value) && (recordedAs === 'self' || recordedAs === 'unknown');
}

function isBeside(line: Holding, home: Holding): boolean {
  const { from } = line.contact;
  const { to } = home.contact;
  const isOneRecord = line.record.recordId === home.record.recordId && line.record.agency === home.record.agency;
  return isOneRecord && (from === undefined || to === undefined || from < to);
}
