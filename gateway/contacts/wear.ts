import type { IsoDate } from '../../schemas/names.ts';
import type { Holding } from './candidate.ts';
import { daysBetween, past } from './dates.ts';
import type { ContactWeights, Wear } from './weights.ts';

/** How fast a contact point wears out. */

export function wearOf(holdings: readonly Holding[]): Wear {
  const [first] = holdings;
  if (first === undefined || first.contact.kind === 'email') return 'email';
  if (first.contact.kind === 'phone') return isLandline(first.normalised.value) ? 'landline' : 'mobile';
  const temporary = holdings.some(
    ({ contact }) => contact.recordedAs === 'hostel' || contact.basis === 'approved-address',
  );
  return temporary ? 'hostel' : 'address';
}

/** Ofcom's plan: 07 is mobile, but 070 is a personal number that forwards anywhere. Abroad nothing is assumed fixed. */
export function isLandline(number: string): boolean {
  return number.startsWith('+44') && !/^\+447[1-9]/.test(number);
}

/** Men who kept a number for years keep it for more: the half-life grows with the time over which it was seen. */
export function halfLifeOf(holdings: readonly Holding[], wear: Wear, asOf: IsoDate, weights: ContactWeights): number {
  const days = holdings
    .flatMap(({ contact }) => [past(contact.from, asOf), past(contact.lastConfirmed, asOf)])
    .filter((day) => day !== undefined)
    .sort();
  const [oldest, newest] = [days[0], days.at(-1)];
  const years = oldest === undefined || newest === undefined ? 0 : daysBetween(oldest, newest) / 365;
  return weights.halfLifeDays[wear] * (1 + weights.longerEachYearHeld * years);
}
