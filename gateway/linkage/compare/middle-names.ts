import { sameGivenFamily } from '../standardise/name-families.ts';
import { frequencyBits } from '../weigh/frequency.ts';
import type { Finding } from '../weigh/finding.ts';
import { LEVEL_SHARE, PUBLISHED, roundBits } from '../weigh/weights.ts';
import { givenNameShare } from './frequencies.ts';
import { jaroWinkler } from './jaro-winkler.ts';

/** The published model's bound. */
const NEAR = 0.85;

/** A name off the table of first names may still be a common middle name (`Rose`), so that rarity earns nothing. */
function exactBits(shared: readonly string[]): number {
  const weights = shared.map(
    (name) => PUBLISHED['middle-name-exact'] + Math.min(0, frequencyBits(LEVEL_SHARE.middleName, givenNameShare(name))),
  );
  return roundBits(Math.max(...weights));
}

/** Compares all middle names; undefined where one of the two has none. */
export function compareMiddleNames(a: readonly string[], b: readonly string[]): Finding | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const comparison = 'middle-name';
  const shared = a.filter((name) => b.includes(name));
  if (shared.length > 0) return { comparison, rule: 'middle-name-exact', bits: exactBits(shared) };
  const near = a.some((one) => b.some((other) => sameGivenFamily(one, other) || jaroWinkler(one, other) >= NEAR));
  const rule = near ? 'middle-name-near' : 'middle-name-different';
  return { comparison, rule, bits: PUBLISHED[rule] };
}
