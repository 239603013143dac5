import { createHash } from 'node:crypto';

/**
 * Positions of one stretch of the log. A search goes through stretches from the newest on; the shorter they are, the
 * less a value costs that is everywhere, and the longer, the less one that is nowhere.
 */
export const STRETCH = 32_768;

export const stretchOf = (position: number): number => Math.floor(position / STRETCH);

/** In place of a stretch: the hash by which it is told in which stretches a facet occurs. */
export const EVERYWHERE = 'everywhere';

const REMEMBERED_MAX = 100_000;
const remembered = new Map<string, string>();

/**
 * The first 64 bits of a SHA-256 over stretch and facet, as PostgreSQL's signed bigint. What one stretch says again and
 * again is worked out once.
 */
export function facetHash(stretch: number | typeof EVERYWHERE, facet: string): string {
  const text = `${stretch}|${facet}`;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const hash = createHash('sha256').update(text, 'utf8').digest().readBigInt64BE(0).toString();
  if (remembered.size >= REMEMBERED_MAX) remembered.clear();
  remembered.set(text, hash);
  return hash;
}
