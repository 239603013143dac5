import type { PolicyBundle } from '../../policies/engine/index.ts';
import { maySucceed } from '../../policies/engine/sign/succeed.ts';
import type { VerifiedBundle } from '../../policies/engine/sign/verify-bundle.ts';
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

/** Agreements, with how they were signed where they have to be. */
export interface ReadBundle extends PolicyBundle {
  readonly provenance?: Pick<VerifiedBundle, 'signed' | 'chain'>;
}

/** A bundle as it was read: checked, or the sentences that say what is wrong with it. */
export type ReadPolicies = () => Promise<Result<ReadBundle, readonly string[]>>;

export interface PolicyHolderDeps {
  readonly first: ReadBundle;
  readonly read: ReadPolicies;
  readonly log: Pick<AccessLog, 'append'>;
  readonly say: Say;
  readonly metrics: Pick<Metrics, 'policyLoaded' | 'policyRefused'>;
  readonly now: () => Date;
}

const noOperations: [] = [];

/** The entry under which everything that follows was decided. */
export function policyLoadedEntry(bundle: ReadBundle, at: Date) {
  const signed = bundle.provenance?.signed;
  return {
    kind: 'policy-loaded' as const,
    v: 1 as const,
    at: at.toISOString(),
    operations: noOperations,
    policyVersion: bundle.version,
    bundleDigest: base64url(bundle.version),
    agreements: [...bundle.agreements.keys()],
    ...(signed === undefined
      ? {}
      : {
          signed: {
            ...{ number: signed.number, digest: base64url(signed.digest), signers: base64url(signed.signers) },
            ...{ author: signed.author, by: [...signed.by] },
          },
        }),
  };
}

const base64url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');

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

  const confirm = (bundle: ReadBundle, outcome: ReloadOutcome): Result<ReloadOutcome, never> => {
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
    // Somebody who cannot sign can still put back what was good once.
    const last = current.provenance?.signed;
    if (!maySucceed(read.value.provenance, last).ok) return keep('bundle-refused', 1);
    if (read.value.version === current.version && read.value.provenance?.signed.digest === last?.digest)
      return confirm(current, 'unchanged');
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
