import type { PolicyBundle } from '../../policies/engine/index.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { AccessLog } from '../ports/access-log.ts';
import type { Say } from './messages.ts';
import type { Metrics } from './metrics.ts';

/**
 * Holds the agreements that are in force. Told to reload, it takes the new ones whole or not at all: where they have a
 * single problem, or the log cannot record the change, what was in force stays in force, and the operator is told.
 */
export interface PolicyHolder {
  /** The bundle in force. A question takes it once, so that it is decided by one version from beginning to end. */
  readonly current: () => PolicyBundle;
  /** Whether a newer bundle was refused since the one in force was loaded, or last confirmed. */
  readonly refused: () => boolean;
  /** Reads the bundle again. Never throws, and two calls at once read one after the other, the later one last. */
  readonly reload: () => Promise<Result<ReloadOutcome, ReloadFault>>;
}

export type ReloadOutcome = 'loaded' | 'unchanged';
export type ReloadFault = 'bundle-refused' | 'bundle-unreadable' | 'log-unavailable';

/** A bundle as it was read: checked, or the sentences that say what is wrong with it. */
export type ReadPolicies = () => Promise<Result<PolicyBundle, readonly string[]>>;

export interface PolicyHolderDeps {
  readonly first: PolicyBundle;
  readonly read: ReadPolicies;
  readonly log: Pick<AccessLog, 'append'>;
  readonly say: Say;
  readonly metrics: Pick<Metrics, 'policyLoaded' | 'policyRefused'>;
  readonly now: () => Date;
}

const noOperations: [] = [];

/** The entry under which everything that follows was decided. */
export function policyLoadedEntry(bundle: PolicyBundle, at: Date) {
  return {
    kind: 'policy-loaded' as const,
    v: 1 as const,
    at: at.toISOString(),
    operations: noOperations,
    policyVersion: bundle.version,
    bundleDigest: Buffer.from(bundle.version, 'hex').toString('base64url'),
    agreements: [...bundle.agreements.keys()],
  };
}

/** Makes a holder. `first` is in force from the start and already recorded. */
export function createPolicyHolder(deps: PolicyHolderDeps): PolicyHolder {
  let current = deps.first;
  let refused = false;
  let last: Promise<unknown> = Promise.resolve();

  const keep = async (fault: ReloadFault, problems: number): Promise<Result<never, ReloadFault>> => {
    refused = true;
    deps.metrics.policyRefused();
    deps.say('error', { message: 'policy-refused', code: fault, problems, policyVersion: current.version });
    // Recorded where it can be; the log being down is a fault of its own, and nothing was disclosed here.
    await deps.log.append({
      kind: 'policy-refused',
      v: 1,
      at: deps.now().toISOString(),
      operations: noOperations,
      policyVersion: current.version,
      code: fault,
      problems,
    });
    return err(fault);
  };

  const confirm = (bundle: PolicyBundle, outcome: ReloadOutcome): Result<ReloadOutcome, never> => {
    current = bundle;
    refused = false;
    deps.metrics.policyLoaded(bundle.version);
    deps.say('info', { message: 'policy-loaded', outcome, policyVersion: bundle.version });
    return ok(outcome);
  };

  const reloadOnce = async (): Promise<Result<ReloadOutcome, ReloadFault>> => {
    let read: Awaited<ReturnType<ReadPolicies>>;
    try {
      read = await deps.read();
    } catch {
      // Whatever a folder, a disk or a check does wrong must not take the good bundle away.
      return keep('bundle-unreadable', 1);
    }
    if (!read.ok) return keep('bundle-refused', read.error.length);
    if (read.value.version === current.version) return confirm(current, 'unchanged');
    // The entry first: no question may be decided by rules of which the log does not know (P1).
    const recorded = await deps.log.append(policyLoadedEntry(read.value, deps.now()));
    return recorded.ok ? confirm(read.value, 'loaded') : keep('log-unavailable', 0);
  };

  deps.metrics.policyLoaded(current.version);
  return {
    current: () => current,
    refused: () => refused,
    reload: () => {
      const reloading = last.then(reloadOnce);
      last = reloading.catch(() => undefined);
      return reloading;
    },
  };
}
