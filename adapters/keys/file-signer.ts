import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { Signer } from '../../gateway/ports/signer.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/** A log's key in a file: Ed25519, PKCS#8 PEM. */

/**
 * Takes the text of the key file, gives a signer under a name (for a log, its origin).
 * `key-unusable`: not a PEM private key of Ed25519.
 */
export function makeFileSigner(name: string, keyPem: string): Result<Signer, 'key-unusable'> {
  try {
    const key = createPrivateKey(keyPem);
    const { x } = createPublicKey(key).export({ format: 'jwk' });
    if (key.asymmetricKeyType !== 'ed25519' || x === undefined) return err('key-unusable');
    return ok({
      name,
      publicKey: new Uint8Array(Buffer.from(x, 'base64url')),
      sign: (bytes) => Promise.resolve(new Uint8Array(sign(null, bytes, key))),
    });
  } catch {
    return err('key-unusable');
  }
}
