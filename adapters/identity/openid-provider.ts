import type { KeyObject, webcrypto } from 'node:crypto';
import * as client from 'openid-client';
import { Agent, fetch as undiciFetch } from 'undici';
import { z } from 'zod';
import type {
  IdentityProvider,
  PendingSignIn,
  ProvenStaff,
  SignInFault,
} from '../../gateway/ports/identity-provider.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/** Signs staff in at an OpenID provider: authorization code flow with PKCE, and a client that proves itself with a key. */

export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  /** Private key of the client (P-256), for private_key_jwt (RFC 7523). */
  readonly clientKey: KeyObject;
  readonly clientKeyId: string;
  /** Certificates that the provider's own may rest on, where it is not a public one. */
  readonly authorityPem?: string;
  /** The address the browser comes back to, and the one after sign-out. */
  readonly returnTo: string;
  readonly signedOutAt: string;
  /** Names of the claims that hold the staff id, the agency and the groups. */
  readonly claims: { readonly staffId: string; readonly agency: string; readonly groups: string };
  /** The authentication contexts (`acr`) of which a step-up must be one, the wished-for first. At least one. */
  readonly stepUpAcr: readonly string[];
}

const SCOPE = 'openid profile';
const ANSWER_WITHIN_SECONDS = 10;
/** How far the provider's clock may be from ours. */
const CLOCKS_APART_SECONDS = 30;

/** Makes the port over one provider. Its description is read when first needed, and again after it could not be. */
export function makeOpenidProvider(settings: ProviderSettings): IdentityProvider {
  let discovered: Promise<client.Configuration> | undefined;
  const configuration = (): Promise<client.Configuration> => {
    discovered ??= discover(settings).catch((error: unknown) => {
      discovered = undefined;
      throw error;
    });
    return discovered;
  };
  let known: client.Configuration | undefined;
  return {
    origin: new URL(settings.issuer).origin,
    async start({ stepUp }) {
      try {
        known = await configuration();
        return ok(await startAt(known, settings, stepUp));
      } catch {
        return err('provider-unavailable');
      }
    },
    async redeem(query, pending) {
      try {
        known = await configuration();
      } catch {
        return err('provider-unavailable');
      }
      return redeemAt(known, settings, query, pending);
    },
    signOutUrl() {
      if (known?.serverMetadata().end_session_endpoint === undefined) return undefined;
      return client.buildEndSessionUrl(known, { post_logout_redirect_uri: settings.signedOutAt }).href;
    },
  };
}

async function discover(settings: ProviderSettings): Promise<client.Configuration> {
  const key = await cryptoKeyOf(settings.clientKey);
  const authentication = client.PrivateKeyJwt({ key, kid: settings.clientKeyId });
  const { authorityPem } = settings;
  return client.discovery(new URL(settings.issuer), settings.clientId, undefined, authentication, {
    timeout: ANSWER_WITHIN_SECONDS,
    ...(authorityPem === undefined ? {} : { [client.customFetch]: fetchTrusting(authorityPem) }),
  });
}

function cryptoKeyOf(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  return globalThis.crypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), algorithm, false, [
    'sign',
  ]);
}

/** A provider of the partnership's own authority; everything else about the connection stays as strict as it is. */
function fetchTrusting(authorityPem: string): client.CustomFetch {
  const dispatcher = new Agent({ connect: { ca: authorityPem } });
  return async (url, options) => {
    const { body, headers, method, redirect, signal } = options;
    const answer = await undiciFetch(url, {
      ...{ headers, method, redirect, dispatcher },
      ...(signal === undefined ? {} : { signal }),
      ...(typeof body === 'string' || body instanceof URLSearchParams ? { body: body.toString() } : {}),
    });
    return new Response(await answer.arrayBuffer(), { status: answer.status, headers: [...answer.headers] });
  };
}

async function startAt(configuration: client.Configuration, settings: ProviderSettings, stepUp: boolean) {
  const pending: PendingSignIn = {
    state: client.randomState(),
    nonce: client.randomNonce(),
    verifier: client.randomPKCECodeVerifier(),
    stepUp,
    startedAt: Math.floor(Date.now() / 1000),
  };
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: settings.returnTo,
    scope: SCOPE,
    state: pending.state,
    nonce: pending.nonce,
    code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
    code_challenge_method: 'S256',
    ...(stepUp ? { prompt: 'login', max_age: '0', acr_values: settings.stepUpAcr.join(' ') } : {}),
  });
  return { url: url.href, pending };
}

async function redeemAt(
  configuration: client.Configuration,
  settings: ProviderSettings,
  query: string,
  pending: PendingSignIn,
): Promise<Result<ProvenStaff, SignInFault>> {
  try {
    const cameTo = new URL(settings.returnTo);
    cameTo.search = query;
    const tokens = await client.authorizationCodeGrant(configuration, cameTo, {
      pkceCodeVerifier: pending.verifier,
      expectedState: pending.state,
      expectedNonce: pending.nonce,
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (claims === undefined) return err('sign-in-refused');
    return pending.stepUp && !wasAskedAgain(claims, pending, settings)
      ? err('step-up-refused')
      : readClaims(claims, settings);
  } catch (error) {
    return err(isOurs(error) ? 'sign-in-refused' : 'provider-unavailable');
  }
}

const askedAgainSchema = z.object({ auth_time: z.number().int(), acr: z.string() });

/**
 * Whether he proved himself after we had sent him, and by a way that counts. Providers may leave `prompt`, `max_age` and
 * `acr_values` unheeded (OpenID Connect Core 3.1.2.1): the attacker sits before a screen that was left open, and would
 * come back vouched for without having been asked anything.
 */
function wasAskedAgain(
  claims: Readonly<Record<string, unknown>>,
  { startedAt }: PendingSignIn,
  { stepUpAcr }: ProviderSettings,
): boolean {
  const said = askedAgainSchema.safeParse(claims);
  if (!said.success) return false;
  return said.data.auth_time >= startedAt - CLOCKS_APART_SECONDS && stepUpAcr.includes(said.data.acr);
}

/** What the library refuses is a refusal; what never came back is a provider that is not there. */
function isOurs(error: unknown): boolean {
  return error instanceof Error && error.name !== 'TimeoutError' && !('cause' in error && isNetwork(error.cause));
}

const isNetwork = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && /^(E[A-Z]+|UND_)/u.test(cause.code);

const groupsSchema = z.array(z.string().max(100)).max(100);
const textSchema = z.string().min(1).max(200);

function readClaims(
  claims: Readonly<Record<string, unknown>>,
  { claims: names }: ProviderSettings,
): Result<ProvenStaff, SignInFault> {
  const staffId = textSchema.safeParse(claims[names.staffId]);
  const agency = textSchema.safeParse(claims[names.agency]);
  const name = textSchema.safeParse(claims.name);
  const groups = groupsSchema.safeParse(claims[names.groups] ?? []);
  const authTime = z.number().safeParse(claims.auth_time ?? claims.iat);
  if (!staffId.success || !agency.success || !name.success || !groups.success || !authTime.success)
    return err('sign-in-refused');
  return ok({
    staffId: staffId.data,
    name: name.data,
    agency: agency.data,
    groups: groups.data,
    provenAt: new Date(authTime.data * 1000).toISOString(),
  });
}
