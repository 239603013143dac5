import { assembleBundle } from '../assemble.ts';
import type { PolicyBundle } from '../bundle.ts';
import { diffBundles } from '../diff/diff-bundles.ts';
import type { PolicyDiff } from '../diff/diff-bundles.ts';
import type { PowerText } from '../language.ts';
import { daysOf, inForce } from '../powers.ts';
import type { Days } from '../powers.ts';
import type { IsoDate } from '../../../schemas/names.ts';

/**
 * What the law itself changes: the same agreements on two days. Each bundle is taken as if its day lasted for ever, and
 * the two are compared like two versions, over every cell.
 */

/** A power or a cited law that is in force on one of two days and not on the other; everywhere, or in an area. */
export interface PowerChange {
  readonly code: string;
  readonly area?: string;
  readonly change: 'commences' | 'ends';
}

export interface DatesCompared {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly powers: readonly PowerChange[];
  /** What becomes of decisions. Its versions are those of bundles that exist nowhere else. */
  readonly diff: PolicyDiff;
}

const NOON_MS = 12 * 3_600_000;

/** Midday of a day: in the United Kingdom it is that day whatever the season. Undefined where there is no such day. */
export function middayOf(day: IsoDate): Days | undefined {
  return daysOf(Date.parse(day) + NOON_MS);
}

/** Takes a bundle and two days that exist; gives which powers commence or end between them, and what that changes. */
export function compareDates(bundle: PolicyBundle, from: IsoDate, to: IsoDate): DatesCompared | undefined {
  const [before, after] = [middayOf(from), middayOf(to)];
  if (before === undefined || after === undefined) return undefined;
  return {
    ...{ from, to },
    powers: [...bundle.powers].flatMap(([code, power]) => changesOf(code, power, before, after)),
    diff: diffBundles(asOn(bundle, before), asOn(bundle, after)),
  };
}

function changesOf(code: string, power: PowerText, before: Days, after: Days): readonly PowerChange[] {
  const areas = power.areas === undefined ? [undefined] : [...new Set(power.areas.map(({ area }) => area))];
  return areas.flatMap((area): readonly PowerChange[] => {
    const [was, is] = [inForce(power, before, area), inForce(power, after, area)];
    if (was === is) return [];
    return [{ code, ...(area === undefined ? {} : { area }), change: is ? 'commences' : 'ends' }];
  });
}

/** The bundle with its powers as they are on a day, in force without end or not at all. */
function asOn(bundle: PolicyBundle, days: Days): PolicyBundle {
  return assembleBundle({
    ...bundle,
    powers: new Map([...bundle.powers].map(([code, power]) => [code, asOnOne(power, days)])),
  });
}

function asOnOne({ areas, ...power }: PowerText, days: Days): PowerText {
  const covered = areas?.filter(({ area }) => inForce({ ...power, areas }, days, area));
  const holds = areas === undefined ? inForce(power, days) : covered !== undefined && covered.length > 0;
  if (!holds) return { ...power, inForceFrom: null, inForceTo: null };
  const always = { ...power, inForceFrom: 'not-recorded', inForceTo: null } as const;
  if (covered === undefined) return always;
  const names = [...new Set(covered.map(({ area }) => area))];
  return { ...always, areas: names.map((area) => ({ area, from: '0001-01-01', to: null })) };
}
