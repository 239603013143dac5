import type { DatedFacts } from '../../schemas/case.ts';
import type { Condition } from './bundle.ts';
import { readFact } from './dimensions.ts';

/**
 * Whether a set of conditions holds: `unknown` where it hangs on a fact that is missing or too old, `failed` where it
 * could not be worked out. Each rule then takes `unknown` in the way that discloses least: a grant does not apply, a
 * cap does.
 */
export type Truth = 'yes' | 'no' | 'unknown' | 'failed';

function truthOfOne({ fact, values, maxAgeMs }: Condition, dated: DatedFacts, atMs: number): Truth {
  const value = readFact(fact, dated, atMs, maxAgeMs);
  if (value === undefined) return 'unknown';
  return values.includes(value) ? 'yes' : 'no';
}

/**
 * Takes conditions, the dated facts of a case and the moment of the question in milliseconds; gives whether all hold.
 * One that certainly does not hold settles it, whatever is unknown about the others.
 */
export function truthOf(conditions: readonly Condition[], dated: DatedFacts, atMs: number): Truth {
  let truth: Truth = 'yes';
  try {
    for (const condition of conditions) {
      const one = truthOfOne(condition, dated, atMs);
      if (one === 'no') return 'no';
      if (one === 'unknown') truth = 'unknown';
    }
  } catch {
    // Facts come from other systems. A rule that cannot be worked out must deny, never be skipped (P2).
    return 'failed';
  }
  return truth;
}
