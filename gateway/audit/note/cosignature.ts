import { err, ok, type Result } from '../../../schemas/result.ts';

/**
 * What a witness says of a checkpoint: "at this time the largest tree of this log that I have seen is this one, and it
 * continues every one before" (C2SP tlog-cosignature, Ed25519, `cosignature/v1`).
 */

export interface Cosignature {
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** 64 bytes, RFC 8032. */
  readonly signature: Uint8Array;
}

export type CosignatureFault = 'cosignature-length' | 'cosignature-time';

const SIGNATURE_BYTES = 64;
const TIME_BYTES = 8;

/** The bytes that a witness signs: a header that no checkpoint begins with, the time, and the checkpoint's whole text. */
export function cosignedMessage(timestamp: number, checkpointText: string): Uint8Array {
  return new Uint8Array(Buffer.from(`cosignature/v1\ntime ${timestamp}\n${checkpointText}`, 'utf8'));
}

/** Takes the bytes after the key id of a signature line: big-endian time, then the signature. */
export function readCosignature(bytes: Uint8Array): Result<Cosignature, CosignatureFault> {
  if (bytes.length !== TIME_BYTES + SIGNATURE_BYTES) return err('cosignature-length');
  const timestamp = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
  // A witness states a time; zero says that it states none. Beyond 2^53 is no time either.
  if (timestamp === 0n || timestamp > BigInt(Number.MAX_SAFE_INTEGER)) return err('cosignature-time');
  return ok({ timestamp: Number(timestamp), signature: bytes.slice(TIME_BYTES) });
}

/** The bytes that `readCosignature` reads. The time is a whole number of seconds over zero; anything else is a bug. */
export function writeCosignature({ timestamp, signature }: Cosignature): Uint8Array {
  if (!Number.isSafeInteger(timestamp) || timestamp <= 0) throw new RangeError('a cosignature has a time');
  if (signature.length !== SIGNATURE_BYTES) throw new RangeError('an Ed25519 signature has 64 bytes');
  const bytes = new Uint8Array(TIME_BYTES + SIGNATURE_BYTES);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(timestamp));
  bytes.set(signature, TIME_BYTES);
  return bytes;
}
