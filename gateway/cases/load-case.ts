import type { Case } from '../../schemas/case.ts';
import type { IsoInstant } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { ChangeCaseDeps } from './change-case.ts';

/**
 * Stores a case that somebody else's system tells whole. The attacker is an old file: loaded again, it must not take away
 * a block, a protected contact point, that she answered, or what the panel decided since it was written (P4).
 */

/** - `changed-meanwhile`: somebody works on the case just now, or it is another agency's: load the line again later. */
export type LoadCaseFault = 'changed-meanwhile' | 'log-unavailable' | 'register-unavailable' | 'case-unreadable';

/** The case as loaded, with everything that protects somebody and everything that was decided kept from the stored one. */
export function mergeLoaded(stored: Case, loaded: Case): Case {
  const { referrals, decisions, allocations, reviews, policeChecks } = stored;
  const { safetySteps, acknowledgements, gapRequests } = stored;
  const kept = Object.fromEntries(
    Object.entries({
      ...{ referrals, decisions, allocations, reviews, policeChecks },
      ...{ safetySteps, acknowledgements, gapRequests },
    }).filter(([, list]) => list !== undefined),
  );
  const attempts = eachOnce([...(stored.attempts ?? []), ...(loaded.attempts ?? [])]);
  const safetyBlocks = eachOnce([...(stored.safetyBlocks ?? []), ...(loaded.safetyBlocks ?? [])]);
  const exclusionZones = eachOnce([...(stored.exclusionZones ?? []), ...(loaded.exclusionZones ?? [])]);
  return {
    ...loaded,
    ...kept,
    ...(decisions === undefined ? {} : { category: stored.category }),
    protectedContacts: eachOnce([...stored.protectedContacts, ...loaded.protectedContacts]),
    ...(attempts.length === 0 ? {} : { attempts }),
    ...(safetyBlocks.length === 0 ? {} : { safetyBlocks }),
    ...(exclusionZones.length === 0 ? {} : { exclusionZones }),
  };
}

/** A member that the file writes in another order is kept twice, which harms nothing. */
function eachOnce<T>(all: readonly T[]): T[] {
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}

/** Stores it with its entry first, as every change. */
export async function loadCase(
  { cases, log, pseudonymOf }: Omit<ChangeCaseDeps, 'seal' | 'now'>,
  loaded: Case,
  at: IsoInstant,
): Promise<Result<number, LoadCaseFault>> {
  const there = await cases.open(loaded.caseRef, loaded.leadAgency);
  if (!there.ok && there.error !== 'not-found') return err(there.error);
  const kase = there.ok ? mergeLoaded(there.value.kase, loaded) : loaded;
  const revision = there.ok ? there.value.revision : 0;
  const receipt = await log.append({
    kind: 'case-changed',
    v: 1,
    at,
    operations: there.ok ? ['alteration'] : ['collection'],
    actor: 'operator',
    caseRef: kase.caseRef,
    subject: pseudonymOf(kase),
    changes: ['loaded'],
    revision: revision + 1,
  });
  if (!receipt.ok) return err('log-unavailable');
  const stored = await cases.replace(kase, revision);
  return stored.ok ? ok(stored.value) : stored;
}
