import { createPublicKey, type KeyObject } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';

/** The authoriser in front of the landlord's services: a bearer JWT, really verified. */

/** Audience that a token for these services names, unless a landlord chose another. */
export const HOUSING_AUDIENCE = 'housing-read-services';
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;

export type Authoriser = (authorization: string | undefined) => Promise<boolean>;

/**
 * Accepts a token whose signature, audience and life are right. A token with no end is refused.
 * @param now the clock; what was verified once is only checked for its end again
 */
export function makeAuthoriser(verificationKeyPem: string, audience: string, now: () => Date): Authoriser {
  const key = createPublicKey(verificationKeyPem);
  const goodUntil = new Map<string, number>();
  return async (authorization) => {
    const token = /^Bearer ([\w.-]+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) return false;
    const known = goodUntil.get(token);
    if (known !== undefined) return known * 1_000 > now().getTime();
    try {
      const { payload } = await jwtVerify(token, key, {
        audience,
        algorithms: [...ALGORITHMS],
        currentDate: now(),
        requiredClaims: ['exp', 'sub'],
      });
      goodUntil.set(token, payload.exp ?? 0);
      return true;
    } catch {
      return false;
    }
  };
}

export interface HousingTokenOptions {
  readonly audience?: string;
  /** Name under which the landlord knows our service. */
  readonly subject?: string;
  /** In a day where none is given. */
  readonly expiresAt?: Date;
}

const DAY_MS = 86_400_000;
const ALGORITHM_OF: Readonly<Record<string, (typeof ALGORITHMS)[number]>> = {
  ec: 'ES256',
  rsa: 'RS256',
  ed25519: 'EdDSA',
};

/** A token as the landlord issues one to a service. Throws where the key is of a kind that signs no such token. */
export async function issueHousingToken(signingKey: KeyObject, options: HousingTokenOptions = {}): Promise<string> {
  const alg = ALGORITHM_OF[signingKey.asymmetricKeyType ?? ''];
  if (alg === undefined) throw new Error('a private key of type EC, RSA or Ed25519 is needed');
  return new SignJWT({})
    .setProtectedHeader({ alg, typ: 'JWT' })
    .setSubject(options.subject ?? 'holdfast')
    .setAudience(options.audience ?? HOUSING_AUDIENCE)
    .setExpirationTime(options.expiresAt ?? new Date(Date.now() + DAY_MS))
    .sign(signingKey);
}
