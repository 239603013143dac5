import type { SealedAttempt } from '../../schemas/attempt.ts';
import type { Case } from '../../schemas/case.ts';
import type { IsoDate } from '../../schemas/names.ts';
import { latestOf } from './days.ts';

/**
 * Whether anybody can reach him, from what attempts found. The gateway keeps no contact point, so that one is usable is
 * known only by having reached him: a number that was merely given out may be dead.
 */
export interface ContactStanding {
  /** The first day on which he was reached. */
  readonly firstReachedOn?: IsoDate;
  readonly lastReachedOn?: IsoDate;
  readonly lastAttempt?: Pick<SealedAttempt, 'outcome' | 'at'>;
  /** The case is in the category contact, and no contact point is known to reach him. */
  readonly hasGap: boolean;
}

export function contactStanding(kase: Case): ContactStanding {
  const tried = (kase.attempts ?? []).filter(({ outcome }) => outcome !== 'not-tried');
  const reached = tried.filter(({ outcome }) => outcome === 'reached-him').map(({ at }) => at);
  const [firstReachedOn] = [...reached].sort();
  const lastReachedOn = latestOf(reached);
  const last = newest(kase.attempts ?? []);
  return {
    ...(firstReachedOn === undefined ? {} : { firstReachedOn }),
    ...(lastReachedOn === undefined ? {} : { lastReachedOn }),
    ...(last === undefined ? {} : { lastAttempt: { outcome: last.outcome, at: last.at } }),
    hasGap: kase.category === 'contact' && !hasUsable(kase, tried),
  };
}

/** Of one day the one that was recorded last. */
function newest(attempts: readonly SealedAttempt[]): SealedAttempt | undefined {
  return attempts.reduce<SealedAttempt | undefined>(
    (last, each) => (last === undefined || each.at >= last.at ? each : last),
    undefined,
  );
}

/** Some contact point reached him, and nothing since says that it is not his or must not be used. Silence says neither. */
function hasUsable({ safetyBlocks = [] }: Case, tried: readonly SealedAttempt[]): boolean {
  if (safetyBlocks.some(({ sealedContact }) => sealedContact === undefined)) return false;
  const blocked = new Set(safetyBlocks.flatMap(({ sealedContact }) => sealedContact?.seal ?? []));
  return [...bySealOf(tried)].some(([seal, attempts]) => {
    if (blocked.has(seal)) return false;
    // She answered there once: whatever came after, it is not to be used.
    if (attempts.some(({ outcome }) => outcome === 'victim-answered-or-may-have')) return false;
    return newest(attempts.filter(({ outcome }) => outcome !== 'no-answer'))?.outcome === 'reached-him';
  });
}

function bySealOf(tried: readonly SealedAttempt[]): ReadonlyMap<string, readonly SealedAttempt[]> {
  const bySeal = new Map<string, SealedAttempt[]>();
  for (const attempt of tried) {
    const { seal } = attempt.sealedContact;
    bySeal.set(seal, [...(bySeal.get(seal) ?? []), attempt]);
  }
  return bySeal;
}
