import { z } from 'zod';

/** How long things took, in milliseconds. */
export const quantilesSchema = z.strictObject({ count: z.number(), p50: z.number(), p99: z.number(), max: z.number() });
export type Quantiles = z.infer<typeof quantilesSchema>;

/** Quantiles of durations in any order; the smallest value that at least the named share does not exceed. */
export function quantilesOf(milliseconds: readonly number[]): Quantiles {
  const sorted = Float64Array.from(milliseconds).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}
