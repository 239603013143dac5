import { createHash } from 'node:crypto';

/**
 * Positions of one stretch of the log. A search goes through stretches from the newest on; the shorter they are, the
 * less a value costs that is everywhere, and the longer, the less one that is nowhere.
 */
export const STRETCH = 32_768;

export const stretchOf = (position: number): number => Math.floor(position / STRETCH);

/** The first 64 bits of a SHA-256 over stretch and facet, as PostgreSQL's signed bigint. */
export function facetHash(stretch: number, facet: string): string {
  return createHash('sha256').update(`${stretch}|${facet}`, 'utf8').digest().readBigInt64BE(0).toString();
}
