import type { OpenedCheckpoint } from '../note/checkpoint.ts';
import type { VerifierKey } from '../note/verifier-key.ts';

/** How many of the agencies' witnesses have to have put their name to a tree before it counts as witnessed. */

export interface WitnessPolicy {
  /** One key an agency, of type `cosignature/v1`. */
  readonly witnesses: readonly VerifierKey[];
  /** k of n. */
  readonly quorum: number;
}

export type PolicyFault =
  | 'quorum-out-of-range' // not from 1 to the number of witnesses
  | 'witness-twice' // the same name or the same key: one agency would count for two
  | 'witness-key-type'; // a key that signs no cosignatures

/** What is wrong with a policy, if anything. */
export function faultOfPolicy({ witnesses, quorum }: WitnessPolicy): PolicyFault | undefined {
  if (witnesses.some(({ type }) => type !== 'cosignature/v1')) return 'witness-key-type';
  const names = new Set(witnesses.map(({ name }) => name));
  const keys = new Set(witnesses.map(({ publicKey }) => Buffer.from(publicKey).toString('hex')));
  if (names.size < witnesses.length || keys.size < witnesses.length) return 'witness-twice';
  return Number.isInteger(quorum) && quorum >= 1 && quorum <= witnesses.length ? undefined : 'quorum-out-of-range';
}

/** A witness that holds to a checkpoint, and since when it says so. */
export interface Cosigner {
  readonly name: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
}

/** The witnesses of a policy whose cosignatures hold on an opened checkpoint. Each counts once. */
export function cosignersOf({ signatures }: OpenedCheckpoint, policy: WitnessPolicy): readonly Cosigner[] {
  return signatures.flatMap(({ key, timestamp }) =>
    timestamp !== undefined && policy.witnesses.includes(key) ? [{ name: key.name, timestamp }] : [],
  );
}

/** Whether enough of them did. */
export const hasQuorum = (opened: OpenedCheckpoint, policy: WitnessPolicy): boolean =>
  cosignersOf(opened, policy).length >= policy.quorum;
