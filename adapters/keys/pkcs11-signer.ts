import { spawn } from 'node:child_process';
import { createPublicKey } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import type { Signer } from '../../gateway/ports/signer.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/**
 * A log's key in a hardware token, by way of OpenSC's `pkcs11-tool`. Native bindings would run a vendor's library inside
 * the gateway, beside everything it knows; a child process sees only the bytes to sign and the token's PIN.
 */

export interface Pkcs11Options {
  /** Path of pkcs11-tool. */
  readonly tool: string;
  /** Path of the vendor's PKCS#11 library. */
  readonly module: string;
  readonly tokenLabel: string;
  /** CKA_ID of the Ed25519 key pair, in hex. By its label the tool finds no private key, and takes any. */
  readonly keyId: string;
  /** Handed over in the child's environment: an argument would show in the process list. */
  readonly pin: string;
  /** What the vendor's library needs, such as SOFTHSM2_CONF. The child gets nothing else of our environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** For one signature. */
  readonly withinMs?: number;
}

/**
 * - `token-unavailable`: tool, library, token or key not found, or the PIN is wrong.
 * - `key-unusable`: the key is no Ed25519 key.
 */
export type Pkcs11Fault = 'token-unavailable' | 'key-unusable';

const PIN_VARIABLE = 'HOLDFAST_TOKEN_PIN';
const WITHIN_MS = 5_000;
/** The tool reads what it signs into a buffer of 1,024 bytes. A checkpoint has a quarter of that. */
const MESSAGE_BYTES_MAX = 1_000;
const OUTPUT_BYTES_MAX = 4_096;

/** Reads the public key and gives a signer under a name (for a log, its origin). */
export async function makePkcs11Signer(name: string, options: Pkcs11Options): Promise<Result<Signer, Pkcs11Fault>> {
  const wrapped = await run(options, ['--read-object', '--type', 'pubkey', '--id', options.keyId]);
  if (wrapped === undefined) return err('token-unavailable');
  const publicKey = publicKeyOf(wrapped);
  if (publicKey === undefined) return err('key-unusable');
  const login = ['--login', '--pin', `env:${PIN_VARIABLE}`];
  return ok({
    name,
    publicKey,
    sign: async (bytes) => {
      if (bytes.byteLength > MESSAGE_BYTES_MAX) throw new RangeError('more than the token signs at once');
      const words = [...login, '--sign', '--mechanism', 'EDDSA', '--id', options.keyId];
      const signature = await run(options, words, bytes);
      if (signature?.byteLength !== 64) throw new Error('the token gave no signature');
      return signature;
    },
  });
}

/** The tool gives PEM or DER, as its version has it. */
function publicKeyOf(given: Buffer): Uint8Array | undefined {
  try {
    const pem = given.toString('latin1').includes('-----BEGIN PUBLIC KEY-----');
    const key = pem ? createPublicKey(given) : createPublicKey({ key: given, format: 'der', type: 'spki' });
    const { x } = key.export({ format: 'jwk' });
    return key.asymmetricKeyType === 'ed25519' && x !== undefined
      ? new Uint8Array(Buffer.from(x, 'base64url'))
      : undefined;
  } catch {
    return undefined;
  }
}

/** Runs the tool with some bytes on its standard input; gives its standard output, or undefined where it failed. */
async function run(options: Pkcs11Options, words: readonly string[], input?: Uint8Array): Promise<Buffer | undefined> {
  const child = spawn(options.tool, ['--module', options.module, '--token-label', options.tokenLabel, ...words], {
    env: { ...options.environment, [PIN_VARIABLE]: options.pin },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A token that hangs costs this one signature.
  const timer = setTimeout(() => child.kill('SIGKILL'), options.withinMs ?? WITHIN_MS);
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [status, output] = await Promise.all([ended, buffer(child.stdout).catch(() => undefined)]);
  clearTimeout(timer);
  return status === 0 && output !== undefined && output.length <= OUTPUT_BYTES_MAX ? output : undefined;
}
