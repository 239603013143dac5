import { FREQUENCY_BOUNDS, roundBits } from './weights.ts';

/**
 * Term-frequency adjustment in bits (Splink's): what a level's average share understates or overstates for one value.
 * `levelShare` and `valueShare` are shares of other pairs and of people, 0 to 1.
 */
export function frequencyBits(levelShare: number, valueShare: number): number {
  const adjustment = Math.log2(levelShare / valueShare);
  return roundBits(Math.min(FREQUENCY_BOUNDS.most, Math.max(FREQUENCY_BOUNDS.least, adjustment)));
}
