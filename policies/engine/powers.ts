import type { Power } from './bundle.ts';

const HOUR_MS = 3_600_000;

/** The two calendar days, in UTC, between which the day in the United Kingdom lies. */
export interface Days {
  readonly earliest: string;
  readonly latest: string;
}

/** The days of a moment. In summer the United Kingdom is an hour ahead of UTC; the engine knows no time zones. */
export function daysOf(atMs: number): Days | undefined {
  if (!(Math.abs(atMs) < 8e15)) return undefined;
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  return { earliest: day(atMs), latest: day(atMs + HOUR_MS) };
}

/** Whether a power is in force, taking the later start and the earlier end where an hour's doubt remains. */
export function inForce(power: Pick<Power, 'inForceFrom' | 'inForceTo'>, days: Days): boolean {
  if (power.inForceFrom === null) return false;
  if (power.inForceFrom !== 'not-recorded' && power.inForceFrom > days.earliest) return false;
  return power.inForceTo === null || power.inForceTo >= days.latest;
}
