import type { Currency } from './currency.ts';
import type { ContactWeights } from './weights.ts';

/** What of a judged contact point tells whether another one has taken its place. */
export interface Judged {
  readonly currency: Currency;
  /** Probability that it is his. */
  readonly his: number;
}

/**
 * How likely a contact point has outlived the newer ones of its kind, 0 to 1: each later mobile or home of his takes its
 * share. Where the newer one was already held while this one was still confirmed, the two were in use side by side, and
 * it takes less. Landlines and mailboxes are kept beside one another, so it is only for mobiles and homes. Only what the
 * asker is shown may be compared with: a withheld value that lowered another's probability would show through it (P4).
 *
 * @param all every contact point that will be shown, this one included
 */
export function outlivesNewer(one: Judged, all: readonly Judged[], weights: ContactWeights): number {
  const place = placeOf(one.currency);
  const { latest, notifiedOn } = one.currency;
  if (place === undefined || latest === undefined || notifiedOn !== undefined) return 1;
  const takes = all.flatMap(({ currency, his }) => {
    if (placeOf(currency) !== place || currency.beginsOn !== undefined || !isNewer(currency, one.currency)) return [];
    const sideBySide = currency.first !== undefined && currency.first <= latest;
    return [his * (sideBySide ? weights.givenUpSideBySide : weights.givenUp)];
  });
  // Multiplied in one order, so that the order of the answers cannot change a digit.
  return takes.sort((a, b) => a - b).reduce((left, take) => left * (1 - take), 1);
}

/** Seen on a later day; or undated, but used by a worker who deals with him now, as this one is not. */
function isNewer(other: Currency, than: Currency): boolean {
  if (other.latest !== undefined) return than.latest !== undefined && other.latest > than.latest;
  return other.usedNow && !than.usedNow;
}

/** What a man has one of at a time: a mobile in his pocket, a roof over his head. */
function placeOf({ wear }: Currency): 'pocket' | 'roof' | undefined {
  if (wear === 'mobile') return 'pocket';
  return wear === 'address' || wear === 'hostel' ? 'roof' : undefined;
}
