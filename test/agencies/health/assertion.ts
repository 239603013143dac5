import { createPublicKey, randomBytes } from 'node:crypto';
import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload } from 'jose';
import type { SimulatedResponse, SimulatorRequest } from '../simulator.ts';

/**
 * The token endpoint of the NHS England API platform: client credentials with a signed JWT, every rule of which is
 * really checked, because an adapter that signs carelessly must fail here and not at onboarding.
 */

export interface RegisteredClient {
  /** The application's API key. */
  readonly clientId: string;
  readonly kid: string;
  readonly publicKeyPem: string;
}

const LIFE_SECONDS_MAX = 300;
const TOKEN_SECONDS = 599;
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

export interface TokenEndpoint {
  issue(request: SimulatorRequest): Promise<SimulatedResponse>;
  /** Whether the header `Authorization` carries a token that is good now. */
  accepts(authorization: string): boolean;
  /** Forgets every token: each is refused from now on. */
  readonly revoke: () => void;
  readonly issued: () => number;
}

interface Refused {
  readonly status: number;
  readonly error: string;
  readonly description: string;
}

const refuse = (error: string, description: string, status = 400): Refused => ({ status, error, description });

/** Opens the endpoint at `audience`, the full URL under which clients know it. */
export function makeTokenEndpoint(
  clients: readonly RegisteredClient[],
  audience: () => string,
  now: () => Date,
): TokenEndpoint {
  const keys = new Map(clients.map((client) => [client.kid, { ...client, key: createPublicKey(client.publicKeyPem) }]));
  const usedIds = new Map<string, number>();
  const goodUntil = new Map<string, number>();
  let issued = 0;

  const check = async (form: URLSearchParams): Promise<Refused | undefined> => {
    if (form.get('grant_type') !== 'client_credentials') {
      return refuse('unsupported_grant_type', 'grant_type is invalid');
    }
    if (form.get('client_assertion_type') !== ASSERTION_TYPE) {
      return refuse('invalid_request', `Missing or invalid client_assertion_type - must be '${ASSERTION_TYPE}'`);
    }
    const assertion = form.get('client_assertion') ?? '';
    const header = headerOf(assertion);
    if (header?.alg !== 'RS512')
      return refuse('invalid_request', "Invalid 'alg' header in JWT - unsupported JWT algorithm");
    const registered = keys.get(header.kid ?? '');
    if (registered === undefined) return refuse('invalid_request', "Invalid 'kid' header in client_assertion JWT", 401);
    try {
      const { payload } = await jwtVerify(assertion, registered.key, {
        algorithms: ['RS512'],
        issuer: registered.clientId,
        subject: registered.clientId,
        audience: audience(),
        currentDate: now(),
        requiredClaims: ['exp', 'jti'],
      });
      return checkOnce(payload);
    } catch (error) {
      const claim = error instanceof errors.JWTClaimValidationFailed ? error.claim : 'signature';
      return refuse('invalid_client', `Invalid client_assertion JWT: ${claim}`, 401);
    }
  };

  const checkOnce = (payload: JWTPayload): Refused | undefined => {
    const seconds = Math.floor(now().getTime() / 1_000);
    const { exp, jti } = payload;
    if (exp === undefined || exp - seconds > LIFE_SECONDS_MAX) {
      return refuse('invalid_request', "Invalid 'exp' claim in client_assertion JWT - more than 5 minutes in future");
    }
    if (typeof jti !== 'string' || jti === '') return refuse('invalid_request', "Invalid 'jti' claim");
    if ((usedIds.get(jti) ?? 0) >= seconds) return refuse('invalid_request', 'Non-unique jti claim');
    usedIds.set(jti, exp);
    return undefined;
  };

  return {
    issue: async (request) => {
      if (request.method !== 'POST') return { status: 405 };
      if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
        return oauthError(refuse('invalid_request', 'the form must be urlencoded'));
      }
      const refused = await check(new URLSearchParams(request.body));
      if (refused !== undefined) return oauthError(refused);
      issued += 1;
      const token = randomBytes(21).toString('base64url');
      goodUntil.set(token, now().getTime() + TOKEN_SECONDS * 1_000);
      // The platform sends the seconds as a string.
      return {
        status: 200,
        json: {
          access_token: token,
          expires_in: String(TOKEN_SECONDS),
          token_type: 'Bearer',
          issued_at: String(now().getTime()),
        },
      };
    },
    accepts: (authorization) => {
      const token = /^Bearer ([\w-]+)$/.exec(authorization)?.[1] ?? '';
      return (goodUntil.get(token) ?? 0) > now().getTime();
    },
    revoke: () => goodUntil.clear(),
    issued: () => issued,
  };
}

function headerOf(assertion: string): { alg?: string; kid?: string } | undefined {
  try {
    const { alg, kid } = decodeProtectedHeader(assertion);
    return { ...(alg === undefined ? {} : { alg }), ...(kid === undefined ? {} : { kid }) };
  } catch {
    return undefined;
  }
}

const oauthError = ({ status, error, description }: Refused): SimulatedResponse => ({
  status,
  json: { error, error_description: description },
});
