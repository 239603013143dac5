import { err, ok, type Result } from '../../../schemas/result.ts';
import type { Checkpoint } from '../note/checkpoint.ts';
import { verifyNote, type VerifiedSignature } from '../note/signed-note.ts';
import type { VerifierKey } from '../note/verifier-key.ts';
import { EMPTY_ROOT, sameHash } from '../tree/hash.ts';
import { verifyConsistency } from '../tree/verify.ts';
import type { ReadAddCheckpoint } from './add-checkpoint.ts';

/**
 * What a witness decides, and why it exists: whoever runs the gateway may sign whatever tree they like, and a witness
 * puts its name only to a tree that continues the last one it has seen. It never goes back and never takes two ways.
 */

/** The newest tree of a log that this witness has put its name to. */
export type SeenTree = Pick<Checkpoint, 'size' | 'root'>;

export type WitnessRefusal =
  | { readonly code: 'log-unknown' }
  | { readonly code: 'log-signature-missing' }
  | { readonly code: 'log-signature-wrong' }
  | { readonly code: 'old-size-over-size' }
  /** The asker is behind, or ahead: this is what the witness has. */
  | { readonly code: 'size-differs'; readonly size: number }
  /** Another history than the one that was cosigned: the fraud that witnesses are there for. */
  | { readonly code: 'not-consistent' };

export type Judgement = { readonly checkpoint: Checkpoint; readonly logSignatures: readonly VerifiedSignature[] };

/** The keys of a request's log among those the witness was given; empty for a log it does not know. */
export const keysOfLog = (logs: readonly VerifierKey[], origin: string): readonly VerifierKey[] =>
  logs.filter(({ name }) => name === origin);

/**
 * Decides whether to cosign, in the order of C2SP tlog-witness.
 * @param logs keys of the logs that this witness follows, each named for its log's origin
 * @param seen the last tree cosigned for this origin, or undefined for none
 */
export function judgeCheckpoint(
  { oldSize, proof, signed }: ReadAddCheckpoint,
  logs: readonly VerifierKey[],
  seen: SeenTree | undefined,
): Result<Judgement, WitnessRefusal> {
  const { checkpoint, note } = signed;
  const keys = keysOfLog(logs, checkpoint.origin);
  if (keys.length === 0) return err({ code: 'log-unknown' });
  const byLog = verifyNote(note, keys);
  if (!byLog.ok)
    return err({ code: byLog.error.code === 'signature-wrong' ? 'log-signature-wrong' : 'log-signature-missing' });
  if (oldSize > checkpoint.size) return err({ code: 'old-size-over-size' });
  if (oldSize !== (seen?.size ?? 0)) return err({ code: 'size-differs', size: seen?.size ?? 0 });
  const before = seen ?? { size: 0, root: EMPTY_ROOT };
  if (!continues(before, checkpoint, proof)) return err({ code: 'not-consistent' });
  return ok({ checkpoint, logSignatures: byLog.value });
}

function continues(before: SeenTree, now: SeenTree, proof: readonly Uint8Array[]): boolean {
  if (now.size === 0 && !sameHash(now.root, EMPTY_ROOT)) return false;
  // Every tree continues the empty one, and a proof of it could only be there to mislead.
  if (before.size === 0) return proof.length === 0;
  return verifyConsistency(before.size, now.size, proof, before.root, now.root);
}
