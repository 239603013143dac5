import type { StandardName } from '../standardise/standard-person.ts';
import { sameGivenFamily } from '../standardise/name-families.ts';
import { frequencyBits } from '../weigh/frequency.ts';
import type { Finding } from '../weigh/finding.ts';
import { LEVEL_SHARE, PUBLISHED, roundBits } from '../weigh/weights.ts';
import { givenNameShare } from './frequencies.ts';
import { jaroWinkler } from './jaro-winkler.ts';

/** The published model's bound. */
const NEAR = 0.85;

const middleNames = (names: readonly StandardName[]): Set<string> => new Set(names.flatMap((name) => name.middle));

function exactBits(shared: readonly string[]): number {
  const weights = shared.map(
    (name) => PUBLISHED['middle-name-exact'] + frequencyBits(LEVEL_SHARE.middleName, givenNameShare(name)),
  );
  return roundBits(Math.max(...weights));
}

/** Compares all middle names; undefined where one of the two has none. */
export function compareMiddleNames(a: readonly StandardName[], b: readonly StandardName[]): Finding | undefined {
  const [ofA, ofB] = [middleNames(a), middleNames(b)];
  if (ofA.size === 0 || ofB.size === 0) return undefined;
  const comparison = 'middle-name';
  const shared = [...ofA].filter((name) => ofB.has(name));
  if (shared.length > 0) return { comparison, rule: 'middle-name-exact', bits: exactBits(shared) };
  const others = [...ofB];
  const near = [...ofA].some((one) =>
    others.some((other) => sameGivenFamily(one, other) || jaroWinkler(one, other) >= NEAR),
  );
  const rule = near ? 'middle-name-near' : 'middle-name-different';
  return { comparison, rule, bits: PUBLISHED[rule] };
}
