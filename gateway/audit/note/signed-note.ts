import { err, ok, type Result } from '../../../schemas/result.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { readCosignature, cosignedMessage } from './cosignature.ts';
import { isKeyName, verifyEd25519, type VerifierKey } from './verifier-key.ts';

/** Text signed by one or more keys (C2SP signed-note). Read strictly; what is not trusted is ignored, never believed. */

export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  /** What follows the key id: a signature, or a time and a signature. */
  readonly bytes: Uint8Array;
}

export interface Note {
  /** Ends in a newline. Not to be believed before `verifyNote` has said so. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export type NoteFault =
  | 'note-too-large'
  | 'note-not-utf8'
  | 'note-control-character'
  | 'note-unsigned' // no blank line with signatures after it
  | 'note-signature-line' // a line after the blank one that is no signature
  | 'note-too-many-signatures';

/** A note over this is refused unread; it holds sixteen signatures of the largest assigned type many times over. */
export const NOTE_BYTES_MAX = 262_144;
export const NOTE_SIGNATURES_MAX = 64;

const SIGNATURE_LINE = /^— ([^ ]+) ([^ ]+)$/u;

/** Takes a whole note as bytes or text, gives text and signatures, or what makes it no note. */
export function parseNote(note: Uint8Array | string): Result<Note, NoteFault> {
  if (note.length > NOTE_BYTES_MAX) return err('note-too-large');
  const whole = typeof note === 'string' ? note : decodeUtf8(note);
  if (whole === undefined || /\p{Surrogate}/u.test(whole)) return err('note-not-utf8');
  // eslint-disable-next-line no-control-regex -- what the format forbids
  if (/[\u0000-\u0009\u000b-\u001f]/u.test(whole)) return err('note-control-character');
  const end = whole.lastIndexOf('\n\n');
  if (end < 0) return err('note-unsigned');
  const signatures = parseSignatureLines(whole.slice(end + 2));
  return signatures.ok ? ok({ text: whole.slice(0, end + 1), signatures: signatures.value }) : signatures;
}

/** Takes signature lines as a witness answers them, each ending in a newline; at least one. */
export function parseSignatureLines(text: string): Result<readonly NoteSignature[], NoteFault> {
  if (text === '') return err('note-unsigned');
  if (!text.endsWith('\n')) return err('note-signature-line');
  const lines = text.slice(0, -1).split('\n');
  if (lines.length > NOTE_SIGNATURES_MAX) return err('note-too-many-signatures');
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name = '', encoded = ''] = SIGNATURE_LINE.exec(line) ?? [];
    const bytes = decodeBase64(encoded);
    if (!isKeyName(name) || bytes === undefined || bytes.length < 5) return err('note-signature-line');
    const keyId = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    signatures.push({ name, keyId, bytes: bytes.slice(4) });
  }
  return ok(signatures);
}

/** One signature as its line, with the newline. */
export function formatSignatureLine({ name, keyId, bytes }: NoteSignature): string {
  const whole = new Uint8Array(4 + bytes.length);
  new DataView(whole.buffer).setUint32(0, keyId);
  whole.set(bytes, 4);
  return `— ${name} ${encodeBase64(whole)}\n`;
}

/** The whole note. The text ends in a newline and was made by a formatter of this folder; anything else is a bug. */
export function formatNote({ text, signatures }: Note): string {
  if (!text.endsWith('\n')) throw new RangeError('a note’s text ends in a newline');
  if (signatures.length === 0) throw new RangeError('a note has a signature');
  return `${text}\n${signatures.map(formatSignatureLine).join('')}`;
}

/** The bytes a key of type `ed25519` signs: the text itself. */
export const noteMessage = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf8'));

/** A signature that holds, by a key that is known. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  readonly signature: NoteSignature;
  /** For a cosignature: when the witness says it signed, in seconds since 1970. */
  readonly timestamp?: number;
}

export type VerifyNoteFault =
  | { readonly code: 'signature-wrong'; readonly name: string } // name and id of a known key, and it did not sign this
  | { readonly code: 'no-known-signature' };

/**
 * Takes a note and the keys that are trusted; gives the signatures that hold, each key at most once. A signature of an
 * unknown key is ignored, also where it bears a known name. One that claims a known key and does not hold rejects the
 * whole note: somebody made it.
 */
export function verifyNote(
  note: Note,
  keys: readonly VerifierKey[],
): Result<readonly VerifiedSignature[], VerifyNoteFault> {
  const verified: VerifiedSignature[] = [];
  for (const signature of note.signatures) {
    const key = keys.find(({ name, keyId }) => name === signature.name && keyId === signature.keyId);
    if (key === undefined) continue;
    const holds = verifySignature(note.text, signature, key);
    if (holds === undefined) return err({ code: 'signature-wrong', name: key.name });
    if (!verified.some((each) => each.key === key)) verified.push(holds);
  }
  return verified.length === 0 ? err({ code: 'no-known-signature' }) : ok(verified);
}

/** One signature against one key of its name and id; undefined where it does not hold. */
export function verifySignature(
  text: string,
  signature: NoteSignature,
  key: VerifierKey,
): VerifiedSignature | undefined {
  if (key.type === 'ed25519') {
    return verifyEd25519(key, noteMessage(text), signature.bytes) ? { key, signature } : undefined;
  }
  const stamped = readCosignature(signature.bytes);
  if (!stamped.ok) return undefined;
  const { timestamp, signature: bytes } = stamped.value;
  return verifyEd25519(key, cosignedMessage(timestamp, text), bytes) ? { key, signature, timestamp } : undefined;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
