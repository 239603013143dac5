import type { PowerText } from './language.ts';

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

type Dated = Pick<PowerText, 'inForceFrom' | 'inForceTo' | 'areas'>;

/**
 * Whether a power is in force on the day and in the area, taking the later start and the earlier end where an hour's
 * doubt remains. One that is limited to areas is in force only where the area is known to be one of them.
 */
export function inForce(power: Dated, days: Days, area?: string): boolean {
  if (power.inForceFrom === null) return false;
  if (power.inForceFrom !== 'not-recorded' && power.inForceFrom > days.earliest) return false;
  if (power.inForceTo !== null && power.inForceTo < days.latest) return false;
  return power.areas === undefined || power.areas.some((each) => covers(each, days, area));
}

type PowerArea = NonNullable<PowerText['areas']>[number];

function covers(each: PowerArea, days: Days, area: string | undefined): boolean {
  return each.area === area && each.from <= days.earliest && (each.to === null || each.to >= days.latest);
}

/** Codes of the powers in force at a moment (milliseconds) and in an area; undefined where there is no such moment. */
export function powersInForce(
  powers: ReadonlyMap<string, Dated>,
  atMs: number,
  area: string | undefined,
): ReadonlySet<string> | undefined {
  const days = daysOf(atMs);
  if (days === undefined) return undefined;
  return new Set([...powers].flatMap(([code, power]) => (inForce(power, days, area) ? [code] : [])));
}
