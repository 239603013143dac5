import { createHash, createPrivateKey } from 'node:crypto';
import { createSigner, httpbis } from 'http-message-signatures';

/**
 * Signs what leaves (RFC 9421 with the components of the FAPI 2.0 HTTP signatures draft): whoever keeps an answer can
 * show later that the gateway gave it, to which request, and that not a byte was changed on the way.
 */

export interface ResponseSigner {
  readonly keyId: string;
  /** Headers that carry the digest and the signature for a response with this body. */
  sign(request: { method: string; path: string }, status: number, body: string, now: Date): Promise<SignedHeaders>;
}

export type SignedHeaders = Readonly<Record<'content-digest' | 'signature' | 'signature-input', string>>;

const FIELDS = ['@status', 'content-digest', '"@method";req', '"@path";req'];
const TAG = 'fapi-2-response';

/** @param keyPem PKCS#8 Ed25519 key of the gateway's answers; not the key of the access log */
export function makeResponseSigner(keyPem: string, keyId: string): ResponseSigner {
  // As a key object: read from PEM for each answer it would cost ten times the signature itself.
  const key = createSigner(createPrivateKey(keyPem), 'ed25519', keyId);
  return {
    keyId,
    sign: async (request, status, body, now) => {
      const contentDigest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
      const signed = await httpbis.signMessage(
        {
          key,
          name: 'sig',
          fields: FIELDS,
          params: ['created', 'keyid', 'tag'],
          paramValues: { created: now, tag: TAG },
        },
        { status, headers: { 'content-digest': contentDigest } },
        { method: request.method, url: `https://gateway.invalid${request.path}`, headers: {} },
      );
      return {
        'content-digest': contentDigest,
        signature: headerOf(signed.headers, 'Signature'),
        'signature-input': headerOf(signed.headers, 'Signature-Input'),
      };
    },
  };
}

function headerOf(headers: Record<string, string | string[]>, name: string): string {
  const value = headers[name] ?? headers[name.toLowerCase()];
  if (typeof value !== 'string') throw new Error(`the signature library gave no ${name} header`);
  return value;
}
