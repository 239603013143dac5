import type { Population } from './types.ts';

/**
 * Truth must never be on the wire. A holding carries it in `citizen`, `reallyOf`, `others[].citizen`,
 * `others[].address.reallyOf` and `tenancy.jointWith`: a simulator may use these to find the other person's own record
 * and reference, and must not send them.
 */
const TRUTH_KEYS = /"(citizen|reallyOf)"\s*:/gu;

/** Every trace of truth in what a simulator is about to send: keys, and ids of citizens. Empty is as it must be. */
export function truthIn(wire: string, population: Population): readonly string[] {
  const ids = new Set(population.citizens.map(({ id }) => id));
  const keys = [...wire.matchAll(TRUTH_KEYS)].map(([, key = '']) => key);
  return [...keys, ...wire.split(/[^A-Za-z0-9-]+/u).filter((word) => ids.has(word))];
}
