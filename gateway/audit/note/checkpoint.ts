import { err, ok, type Result } from '../../../schemas/result.ts';
import { decodeBase64Of, encodeBase64 } from './base64.ts';
import { parseDecimal } from './decimal.ts';
import { parseNote, verifyNote, type Note, type NoteFault, type VerifiedSignature } from './signed-note.ts';
import type { VerifierKey } from './verifier-key.ts';

/** What a log says of itself: so many entries, and this root over them (C2SP tlog-checkpoint). */

export interface Checkpoint {
  /** The log's own name, the same for ever. */
  readonly origin: string;
  /** Number of entries. */
  readonly size: number;
  /** Root of the RFC 6962 tree of that size, 32 bytes. */
  readonly root: Uint8Array;
  /** Lines that this product neither writes nor believes; signed, so kept. */
  readonly extensions: readonly string[];
}

export type CheckpointFault =
  | 'checkpoint-lines' // fewer than three lines, or an empty one
  | 'checkpoint-size' // no decimal, with leading zeroes, or over 2^53 - 1
  | 'checkpoint-root'; // not 32 bytes of base64

const HASH_BYTES = 32;

/** Takes origin, size and root, gives the text to sign. A part that cannot be written in it is a bug. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  if (root.length !== HASH_BYTES || !Number.isSafeInteger(size) || size < 0) throw new RangeError('no checkpoint');
  const lines = [origin, String(size), encodeBase64(root), ...extensions];
  // eslint-disable-next-line no-control-regex -- what the format forbids
  if (lines.some((line) => line === '' || /[\u0000-\u001f\p{Surrogate}]/u.test(line)))
    throw new RangeError('a line of a checkpoint is not empty and holds no control character');
  return `${lines.join('\n')}\n`;
}

/** Takes the text of a note, gives the checkpoint it is, or what makes it none. */
export function parseCheckpoint(text: string): Result<Checkpoint, CheckpointFault> {
  const lines = text.split('\n');
  const last = lines.pop();
  const [origin = '', sizeText = '', rootText = '', ...extensions] = lines;
  if (last !== '' || lines.length < 3 || lines.includes('')) return err('checkpoint-lines');
  const size = parseDecimal(sizeText);
  if (size === undefined) return err('checkpoint-size');
  const root = decodeBase64Of(rootText, HASH_BYTES);
  if (root === undefined) return err('checkpoint-root');
  return ok({ origin, size, root, extensions });
}

export interface SignedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: Note;
}

/** Takes a signed checkpoint as it travels, gives what it says and who claims to have signed, unverified. */
export function readSignedCheckpoint(note: Uint8Array | string): Result<SignedCheckpoint, NoteFault | CheckpointFault> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const checkpoint = parseCheckpoint(parsed.value.text);
  return checkpoint.ok ? ok({ checkpoint: checkpoint.value, note: parsed.value }) : checkpoint;
}

export interface OpenedCheckpoint extends SignedCheckpoint {
  /** The log's signature first among them; then the cosignatures of witnesses that are known. */
  readonly signatures: readonly VerifiedSignature[];
}

export type OpenCheckpointFault =
  | { readonly code: NoteFault | CheckpointFault }
  | { readonly code: 'origin-differs'; readonly origin: string } // a checkpoint of another log
  | { readonly code: 'log-signature-missing' }
  | { readonly code: 'signature-wrong'; readonly name: string };

/**
 * Opens a checkpoint of one log: its origin is the name of the log's key, the log signed it, and every cosignature
 * that claims a known witness holds. How many witnesses are enough is for the caller (`gateway/audit/witness`).
 * @param logKeys the log's keys, of type `ed25519`, all named for the origin; several while one is being replaced
 */
export function openCheckpoint(
  note: Uint8Array | string,
  logKeys: readonly VerifierKey[],
  witnessKeys: readonly VerifierKey[] = [],
): Result<OpenedCheckpoint, OpenCheckpointFault> {
  const read = readSignedCheckpoint(note);
  if (!read.ok) return err({ code: read.error });
  const { origin } = read.value.checkpoint;
  const ours = logKeys.filter(({ name }) => name === origin);
  if (ours.length === 0) return err({ code: 'origin-differs', origin });
  const byLog = verifyNote(read.value.note, ours);
  if (!byLog.ok) return err(byLog.error.code === 'signature-wrong' ? byLog.error : { code: 'log-signature-missing' });
  const byWitnesses = verifyNote(read.value.note, witnessKeys);
  if (!byWitnesses.ok && byWitnesses.error.code === 'signature-wrong') return err(byWitnesses.error);
  return ok({ ...read.value, signatures: [...byLog.value, ...(byWitnesses.ok ? byWitnesses.value : [])] });
}
