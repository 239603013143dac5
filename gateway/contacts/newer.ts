import type { Currency } from './currency.ts';

/** What of a judged contact point tells whether another one has taken its place. */
export interface Judged {
  readonly currency: Currency;
  /** Probability that it is his. */
  readonly his: number;
}

/**
 * Assumption: when a later mobile or home of his is on file, the earlier one is given up this often. Some men carry two
 * phones, so it is no certainty; landlines and mailboxes are kept side by side, so it is only for these.
 */
const GIVEN_UP = 0.5;

/**
 * How likely a contact point has outlived the newer ones of its kind, 0 to 1. Only what the asker is shown may be
 * compared with: a withheld value that lowered another's probability would show through it (P4).
 *
 * @param all every contact point that will be shown, this one included
 */
export function outlivesNewer(one: Judged, all: readonly Judged[]): number {
  const place = placeOf(one.currency);
  const { latest, notifiedOn } = one.currency;
  if (place === undefined || latest === undefined || notifiedOn !== undefined) return 1;
  let surest = 0;
  for (const { currency, his } of all) {
    const isNewer = currency.latest !== undefined && currency.latest > latest && placeOf(currency) === place;
    if (isNewer && currency.beginsOn === undefined) surest = Math.max(surest, his);
  }
  return 1 - GIVEN_UP * surest;
}

/** What a man has one of at a time: a mobile in his pocket, a roof over his head. */
function placeOf({ wear }: Currency): 'pocket' | 'roof' | undefined {
  if (wear === 'mobile') return 'pocket';
  return wear === 'address' || wear === 'hostel' ? 'roof' : undefined;
}
