import { ok, type Result } from '../../../schemas/result.ts';
import { parseDecimal } from '../note/decimal.ts';
import { parseSignatureLines, verifySignature, type NoteSignature } from '../note/signed-note.ts';
import type { VerifierKey } from '../note/verifier-key.ts';
import type { SignedCheckpoint } from '../note/checkpoint.ts';
import type { WitnessAnswer, WitnessCallFault, WitnessClient } from '../../ports/witness.ts';
import { formatAddCheckpoint } from './add-checkpoint.ts';

/** One witness asked for its name under one checkpoint. Nothing it answers is believed that its key has not signed. */

/** A witness as the gateway is told of it. */
export interface KnownWitness {
  readonly client: WitnessClient;
  /** Of type `cosignature/v1`. */
  readonly key: VerifierKey;
}

/**
 * - `log-refused`: it does not follow this log, or not under this key.
 * - `history-refused`: it says that this tree does not continue the one it cosigned. Somebody rewrote the log, or it
 *   lies: either way a human has to look.
 * - `witness-ahead`: it says that it has cosigned a larger tree than ours. The log was rolled back, or it lies.
 * - `overtaken`: it has cosigned a larger tree, and our log has a checkpoint of that size: another gateway over the same
 *   database has shown it meanwhile. Nothing is wrong.
 * - `answer-malformed`: nothing of what the protocol knows, or no signature of its key.
 * - `signature-wrong`: a signature in its name that does not hold.
 * - `time-wrong`: it states a time that is not now: an old cosignature played again, or a clock that is wrong.
 * - `witness-busy`: it could not record the checkpoint.
 * - `proof-unavailable`: our own tree could not be read, so it was not asked.
 */
export type WitnessFault =
  | WitnessCallFault
  | 'log-refused'
  | 'history-refused'
  | 'witness-ahead'
  | 'overtaken'
  | 'answer-malformed'
  | 'signature-wrong'
  | 'time-wrong'
  | 'witness-busy'
  | 'proof-unavailable';

export type AskedWitness =
  | { readonly outcome: 'cosigned'; readonly signature: NoteSignature; readonly timestamp: number }
  | { readonly outcome: WitnessFault };

export interface AskWitnessOptions {
  /** Consistency proof between two sizes of our own tree (RFC 6962 section 2.1.2); 0 < from < to. */
  readonly proof: (from: number, to: number) => Promise<Result<readonly Uint8Array[], 'log-unavailable'>>;
  /** Size of the newest checkpoint that any gateway signed; where left out, or undefined, ours is the newest. */
  readonly newestSize?: () => Promise<number | undefined>;
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** Between the witness's clock and ours, in seconds. */
export const CLOCKS_APART_MAX = 300;
const CALLS_MAX = 4;
const BACK_OFF_MS = 250;

/** What a fault may be that the next moment cures. */
const PASSING: ReadonlySet<WitnessFault> = new Set(['witness-unreachable', 'witness-slow', 'witness-busy']);

/**
 * Asks a witness, catching up where it is behind us and trying again where it does not answer: at most four calls.
 * @param text the signed checkpoint, verbatim
 * @param sizeHint what the witness is believed to have cosigned last
 */
export async function askWitness(
  { client, key }: KnownWitness,
  { checkpoint, note }: SignedCheckpoint,
  text: string,
  sizeHint: number,
  { proof, newestSize, now, wait }: AskWitnessOptions,
): Promise<AskedWitness> {
  let oldSize = Math.min(sizeHint, checkpoint.size);
  let last: AskedWitness = { outcome: 'answer-malformed' };
  for (let call = 0; call < CALLS_MAX; call += 1) {
    const from = oldSize;
    const hashes = from === 0 || from === checkpoint.size ? ok([]) : await proof(from, checkpoint.size);
    if (!hashes.ok) return { outcome: 'proof-unavailable' };
    const request = { oldSize: from, proof: hashes.value, checkpoint: text };
    const answer = await client.addCheckpoint(formatAddCheckpoint(request));
    if (answer.ok && answer.value.status === 409) {
      const size = sizeOf(answer.value);
      if (size === undefined) return { outcome: 'answer-malformed' };
      if (size > checkpoint.size)
        return { outcome: size <= ((await newestSize?.()) ?? 0) ? 'overtaken' : 'witness-ahead' };
      oldSize = size;
      continue;
    }
    last = answer.ok ? judgeAnswer(answer.value, note.text, key, now()) : { outcome: answer.error };
    if (last.outcome === 'cosigned' || !PASSING.has(last.outcome)) return last;
    if (call < CALLS_MAX - 1) await wait(BACK_OFF_MS * 2 ** call);
  }
  return last;
}

function sizeOf({ contentType, body }: WitnessAnswer): number | undefined {
  return contentType === 'text/x.tlog.size' && body.endsWith('\n') ? parseDecimal(body.slice(0, -1)) : undefined;
}

function judgeAnswer({ status, body }: WitnessAnswer, text: string, key: VerifierKey, now: number): AskedWitness {
  if (status === 422) return { outcome: 'history-refused' };
  if (status === 403 || status === 404) return { outcome: 'log-refused' };
  if (status >= 500) return { outcome: 'witness-busy' };
  const lines = status === 200 ? parseSignatureLines(body) : undefined;
  if (lines?.ok !== true) return { outcome: 'answer-malformed' };
  const signature = lines.value.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
  if (signature === undefined) return { outcome: 'answer-malformed' };
  const verified = verifySignature(text, signature, key);
  if (verified?.timestamp === undefined) return { outcome: 'signature-wrong' };
  const { timestamp } = verified;
  return Math.abs(timestamp - now) > CLOCKS_APART_MAX
    ? { outcome: 'time-wrong' }
    : { outcome: 'cosigned', signature, timestamp };
}
