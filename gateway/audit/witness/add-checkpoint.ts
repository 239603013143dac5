import { err, ok, type Result } from '../../../schemas/result.ts';
import { decodeBase64Of, encodeBase64 } from '../note/base64.ts';
import { readSignedCheckpoint, type CheckpointFault, type SignedCheckpoint } from '../note/checkpoint.ts';
import { parseDecimal } from '../note/decimal.ts';
import type { NoteFault } from '../note/signed-note.ts';

/** The one question a witness is asked, as it travels (C2SP tlog-witness, `add-checkpoint`). */

export interface AddCheckpoint {
  /** Size of the tree that the witness is believed to have cosigned last; 0 for none. */
  readonly oldSize: number;
  /** From the old size to the checkpoint's (RFC 6962 section 2.1.2), 32 bytes each. */
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

export interface ReadAddCheckpoint extends AddCheckpoint {
  readonly signed: SignedCheckpoint;
}

export type AddCheckpointFault = 'old-size' | 'proof-line' | 'proof-too-long' | 'checkpoint-missing';

/** More than this no consistency proof of a tree of at most 2^63 leaves has. */
export const PROOF_LINES_MAX = 63;

/** The request body. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  return `${[`old ${oldSize}`, ...proof.map(encodeBase64)].join('\n')}\n\n${checkpoint}`;
}

/** Reads a request body, or says what is malformed. Nothing of it is verified. */
export function readAddCheckpoint(
  body: string,
): Result<ReadAddCheckpoint, AddCheckpointFault | NoteFault | CheckpointFault> {
  const end = body.indexOf('\n\n');
  if (end < 0) return err('checkpoint-missing');
  const [first = '', ...lines] = body.slice(0, end).split('\n');
  const oldSize = first.startsWith('old ') ? parseDecimal(first.slice('old '.length)) : undefined;
  if (oldSize === undefined) return err('old-size');
  if (lines.length > PROOF_LINES_MAX) return err('proof-too-long');
  const proof: Uint8Array[] = [];
  for (const line of lines) {
    const hash = decodeBase64Of(line, 32);
    if (hash === undefined) return err('proof-line');
    proof.push(hash);
  }
  const checkpoint = body.slice(end + 2);
  const signed = readSignedCheckpoint(checkpoint);
  return signed.ok ? ok({ oldSize, proof, checkpoint, signed: signed.value }) : signed;
}
