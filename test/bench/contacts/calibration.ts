/** How honest probabilities are: said against found. */

export interface Said {
  readonly probability: number;
  readonly isRight: boolean;
}

export interface Bin {
  readonly from: number;
  readonly count: number;
  /** Mean of what was said, and share that was right. */
  readonly said: number;
  readonly found: number;
}

const BINS = 10;

/** Ten equal bins of probability; empty ones are left out. */
export function binsOf(said: readonly Said[]): readonly Bin[] {
  return Array.from({ length: BINS }, (_, bin) => {
    const inBin = said.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin);
    const count = inBin.length;
    const mean = inBin.reduce((sum, { probability }) => sum + probability, 0) / Math.max(1, count);
    return {
      from: bin / BINS,
      count,
      said: mean,
      found: inBin.filter(({ isRight }) => isRight).length / Math.max(1, count),
    };
  }).filter(({ count }) => count > 0);
}

/** Expected calibration error (Naeini, Cooper and Hauskrecht 2015): the mean gap over the bins, by their size. */
export function calibrationError(bins: readonly Bin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.reduce((sum, { count, said, found }) => sum + (count / Math.max(1, all)) * Math.abs(said - found), 0);
}
