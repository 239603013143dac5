import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { caseRefSchema, purposeSchema, type CaseRef, type Purpose } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/**
 * Reads an access token (RFC 9068) that our own authorization server issued, bound to the client's certificate
 * (RFC 8705) and to one purpose and case (RFC 9396). Only ES256 under a known key id: whatever else a header asks for
 * (none, HS256 with our public key, an embedded or linked key) is not looked at.
 */

/** The one `authorization_details` type: a purpose claimed on a case. */
export const QUESTION_DETAIL_TYPE = 'holdfast_question';

export interface TokenClaim {
  readonly clientId: string;
  readonly purpose: Purpose;
  readonly caseRef: CaseRef;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  readonly tokenId: string;
}

export type TokenFault = 'token-invalid' | 'token-expired' | 'token-not-bound';

export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** Signing keys in force, by key id. */
  readonly keys: ReadonlyMap<string, KeyObject>;
  /** Longest life a token may have, in seconds; one that claims more was not issued by us. */
  readonly lifetimeSecondsMax: number;
}

/** FAPI 2.0 asks to accept a clock up to ten seconds ahead. */
const CLOCK_AHEAD_SECONDS = 10;
const TOKEN_CHARACTERS_MAX = 4096;
const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{86})$/;

const headerSchema = z.strictObject({ alg: z.literal('ES256'), typ: z.literal('at+jwt'), kid: z.string().max(100) });

const payloadSchema = z.object({
  iss: z.string(),
  aud: z.string(),
  sub: z.string(),
  client_id: z.string().min(1).max(100),
  jti: z.string().min(8).max(200),
  iat: z.number().int(),
  exp: z.number().int(),
  cnf: z.strictObject({ 'x5t#S256': z.string().length(43) }),
  authorization_details: z
    .array(z.strictObject({ type: z.literal(QUESTION_DETAIL_TYPE), purpose: purposeSchema, caseRef: caseRefSchema }))
    .length(1),
});

/**
 * Verifies a token against our keys and the certificate of the connection it came in on.
 * @param token the compact JWS
 * @param thumbprint SHA-256 of the connection's client certificate, base64url
 */
export function readAccessToken(
  token: string,
  thumbprint: string,
  now: Date,
  rules: TokenRules,
): Result<TokenClaim, TokenFault> {
  const parts = token.length > TOKEN_CHARACTERS_MAX ? null : COMPACT.exec(token);
  const [, head, body, signature] = parts ?? [];
  if (head === undefined || body === undefined || signature === undefined) return err('token-invalid');
  const header = headerSchema.safeParse(decode(head));
  const key = header.success ? rules.keys.get(header.data.kid) : undefined;
  if (key === undefined || !signatureHolds(`${head}.${body}`, signature, key)) return err('token-invalid');
  const payload = payloadSchema.safeParse(decode(body));
  return payload.success ? checkClaims(payload.data, thumbprint, now, rules) : err('token-invalid');
}

function checkClaims(
  claims: z.infer<typeof payloadSchema>,
  thumbprint: string,
  now: Date,
  rules: TokenRules,
): Result<TokenClaim, TokenFault> {
  const seconds = now.getTime() / 1000;
  if (claims.iss !== rules.issuer || claims.aud !== rules.audience) return err('token-invalid');
  if (claims.iat > seconds + CLOCK_AHEAD_SECONDS) return err('token-invalid');
  if (claims.exp - claims.iat > rules.lifetimeSecondsMax) return err('token-invalid');
  if (seconds >= claims.exp) return err('token-expired');
  // A stolen token is worth nothing on another connection.
  if (claims.cnf['x5t#S256'] !== thumbprint) return err('token-not-bound');
  const [detail] = claims.authorization_details;
  if (detail === undefined) return err('token-invalid');
  return ok({
    clientId: claims.client_id,
    purpose: detail.purpose,
    caseRef: detail.caseRef,
    expiresAt: claims.exp,
    tokenId: claims.jti,
  });
}

function signatureHolds(input: string, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  // base64url that does not encode back to itself is a second spelling of the same token.
  if (bytes.toString('base64url') !== signature) return false;
  return verify('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }, bytes);
}

function decode(part: string): unknown {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return parsed;
  } catch {
    return undefined;
  }
}

/** Public key of a JWK for `TokenRules.keys`. */
export function publicKeyOf(jwk: { kty: string; crv: string; x: string; y: string }): KeyObject {
  return createPublicKey({ key: jwk, format: 'jwk' });
}

const CACHE_ENTRIES_MAX = 10_000;

/**
 * Remembers tokens that verified, until they expire, keyed by the hash of token and certificate: the signature is
 * checked once per token, the binding and the expiry at every request. Holds hashes and codes, nothing personal.
 */
export function cachedTokenReader(
  rules: TokenRules,
): (token: string, thumbprint: string, now: Date) => Result<TokenClaim, TokenFault> {
  const known = new Map<string, TokenClaim>();
  return (token, thumbprint, now) => {
    const key = createHash('sha256').update(thumbprint).update('.').update(token).digest('base64url');
    const claim = known.get(key);
    if (claim !== undefined) {
      if (now.getTime() / 1000 < claim.expiresAt) return ok(claim);
      known.delete(key);
    }
    const read = readAccessToken(token, thumbprint, now, rules);
    if (read.ok) {
      if (known.size >= CACHE_ENTRIES_MAX) known.clear();
      known.set(key, read.value);
    }
    return read;
  };
}
