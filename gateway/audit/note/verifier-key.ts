import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';

/** Whose signatures are taken: a name, a type of signature and a public key (C2SP signed-note, "Verifier keys"). */

/** Type bytes of C2SP signed-note: a log's own signature, and a witness's cosignature with its time. */
export const SIGNATURE_TYPES = { ed25519: 0x01, 'cosignature/v1': 0x04 } as const;
export type SignatureType = keyof typeof SIGNATURE_TYPES;

export interface VerifierKey {
  readonly name: string;
  readonly type: SignatureType;
  /** First four bytes of SHA-256 over name, type and key, as an unsigned number. An identifier, not a safeguard. */
  readonly keyId: number;
  /** 32 bytes, RFC 8032. */
  readonly publicKey: Uint8Array;
}

export type VerifierKeyFault =
  | 'vkey-malformed' // not name+hex+base64
  | 'key-name-unusable' // empty, or with a space or a plus
  | 'key-id-differs' // the id does not belong to this name and key: one of the three was mistyped or exchanged
  | 'signature-type-unknown' // a type this product does not verify
  | 'public-key-unusable'; // not 32 bytes, or no point of the curve

const PUBLIC_KEY_BYTES = 32;
const NAME_MAX = 255;
/** DER of SubjectPublicKeyInfo for Ed25519 (RFC 8410 section 4) up to the key itself. */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** A name may stand in a signature line: not empty, no Unicode space, no plus, nothing that is not a character. */
export function isKeyName(name: string): boolean {
  return name.length > 0 && name.length <= NAME_MAX && !/[\p{White_Space}\p{Cc}\p{Surrogate}+]/u.test(name);
}

/** `SHA-256(name || 0x0A || type || public key)[:4]`, C2SP signed-note, "Signatures". */
export function keyIdOf(name: string, type: SignatureType, publicKey: Uint8Array): number {
  const hash = createHash('sha256');
  hash.update(name, 'utf8').update(Uint8Array.of(0x0a, SIGNATURE_TYPES[type])).update(publicKey);
  return hash.digest().readUInt32BE(0);
}

/** Takes the parts of a key, gives the key with its id, or what is wrong with a part. */
export function makeVerifierKey(
  name: string,
  type: SignatureType,
  publicKey: Uint8Array,
): Result<VerifierKey, VerifierKeyFault> {
  if (!isKeyName(name)) return err('key-name-unusable');
  if (!isUsable(publicKey)) return err('public-key-unusable');
  return ok({ name, type, keyId: keyIdOf(name, type, publicKey), publicKey: Uint8Array.from(publicKey) });
}

/** The key as the text that people pass on: `name+id in hex+base64 of type and key`. */
export function formatVerifierKey({ name, type, keyId, publicKey }: VerifierKey): string {
  const id = keyId.toString(16).padStart(8, '0');
  return `${name}+${id}+${encodeBase64(Uint8Array.of(SIGNATURE_TYPES[type], ...publicKey))}`;
}

/** Reads that text, or says what does not hold. Whoever mistypes a character gets a fault, never another key. */
export function parseVerifierKey(text: string): Result<VerifierKey, VerifierKeyFault> {
  const parts = /^([^+]*)\+([0-9a-f]{8})\+(.+)$/u.exec(text);
  const [, name = '', id = '', encoded = ''] = parts ?? [];
  const bytes = decodeBase64(encoded);
  if (parts === null || bytes === undefined || bytes.length === 0) return err('vkey-malformed');
  const type = typeOf(bytes[0]);
  if (type === undefined) return err('signature-type-unknown');
  const key = makeVerifierKey(name, type, bytes.subarray(1));
  if (key.ok && key.value.keyId !== Number.parseInt(id, 16)) return err('key-id-differs');
  return key;
}

/** The 32 bytes of an Ed25519 key, private or public; throws for a key of another kind, which is a bug. */
export function rawPublicKey(key: KeyObject): Uint8Array {
  if (key.asymmetricKeyType !== 'ed25519') throw new TypeError('not an Ed25519 key');
  const publicKey = key.type === 'public' ? key : createPublicKey(key);
  const der = publicKey.export({ format: 'der', type: 'spki' });
  return new Uint8Array(der.subarray(der.length - PUBLIC_KEY_BYTES));
}

/** Whether the key made this signature of this message (RFC 8032, pure Ed25519). */
export function verifyEd25519({ publicKey }: VerifierKey, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, keyObjectOf(publicKey), signature);
}

function typeOf(byte: number | undefined): SignatureType | undefined {
  if (byte === SIGNATURE_TYPES.ed25519) return 'ed25519';
  return byte === SIGNATURE_TYPES['cosignature/v1'] ? 'cosignature/v1' : undefined;
}

const keyObjectOf = (publicKey: Uint8Array): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI_PREFIX, publicKey]), format: 'der', type: 'spki' });

/**
 * Points of small order verify signatures that nobody made (the key of all zeroes, of one and their like). An honest
 * key is never one of them; a line with one in an agency's configuration is an attack or a slip.
 */
const SMALL_ORDER = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

function isUsable(publicKey: Uint8Array): boolean {
  if (publicKey.length !== PUBLIC_KEY_BYTES) return false;
  // The sign bit of the x-coordinate gives each of them a second spelling.
  const [low, high] = [Uint8Array.from(publicKey), publicKey[PUBLIC_KEY_BYTES - 1] ?? 0];
  low[PUBLIC_KEY_BYTES - 1] = high & 0x7f;
  if (SMALL_ORDER.has(Buffer.from(low).toString('hex'))) return false;
  try {
    keyObjectOf(publicKey);
    return true;
  } catch {
    return false;
  }
}
