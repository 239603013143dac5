import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { Provider, errors, type Adapter, type AdapterPayload, type Configuration, type JWK } from 'oidc-provider';
import requestContext from 'oidc-provider/lib/helpers/als.js';
import { z } from 'zod';
import { caseRefSchema, purposeSchema } from '../../schemas/names.ts';
import { QUESTION_DETAIL_TYPE } from './access-token.ts';

/**
 * The embedded authorization server: client credentials only, authenticated by mutual TLS, each token bound to the
 * certificate it was asked with and to one purpose and case. Tokens are signed and not stored, so it keeps no state.
 */

export const TOKEN_LIFETIME_SECONDS = 300;
/** The paths of the server that are reachable; everything else it could do is not mounted. */
export const AUTHORIZATION_PATHS = ['/token', '/jwks', '/.well-known/openid-configuration'] as const;

export interface AuthorizationServerOptions {
  /** `https://host:port/oauth`. */
  readonly issuer: string;
  readonly audience: string;
  /** Private ES256 keys with `kid`; the first signs, the others stay published while their tokens live. */
  readonly signingKeys: readonly JWK[];
  /** The certificate URI of a registered client, or undefined. */
  readonly sanUriOf: (clientId: string) => string | undefined;
  /** The agency URI of the connection's certificate when certificate and registration hold now, or undefined. */
  readonly admittedSanUri: (socket: TLSSocket) => string | undefined;
}

export type AuthorizationHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const questionDetailSchema = z.strictObject({
  type: z.literal(QUESTION_DETAIL_TYPE),
  purpose: purposeSchema,
  caseRef: caseRefSchema,
});
const detailsParameterSchema = z.array(questionDetailSchema).length(1);

/** Builds the server. The handler is mounted under the issuer's path. */
export function makeAuthorizationServer(options: AuthorizationServerOptions): AuthorizationHandler {
  const provider = new Provider(options.issuer, configurationOf(options));
  return withoutLastingHooks(provider.callback());
}

/**
 * The library keeps the request at hand in asynchronous storage. Once used, that hooks every promise of the process for
 * good; so it is switched off again as soon as no token is being asked for.
 */
function withoutLastingHooks(handle: AuthorizationHandler): AuthorizationHandler {
  let underWay = 0;
  return async (request, response) => {
    underWay += 1;
    try {
      await handle(request, response);
    } finally {
      underWay -= 1;
      if (underWay === 0) requestContext.disable();
    }
  };
}

function configurationOf(options: AuthorizationServerOptions): Configuration {
  return {
    adapter: clientStore(options.sanUriOf),
    jwks: { keys: [...options.signingKeys] },
    clientAuthMethods: ['tls_client_auth'],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    responseTypes: ['none'],
    scopes: [],
    ttl: { ClientCredentials: TOKEN_LIFETIME_SECONDS },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      clientCredentials: { enabled: true },
      mTLS: mutualTls(options),
      resourceIndicators: {
        enabled: true,
        defaultResource: () => options.audience,
        getResourceServerInfo: (ctx, resource) => {
          if (resource !== options.audience) throw new errors.InvalidTarget();
          // Here because every token passes here: the library's own check is skipped where no detail is sent at all.
          detailsOf(ctx.oidc.params?.authorization_details);
          return {
            scope: '',
            audience: options.audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: TOKEN_LIFETIME_SECONDS,
            jwt: { sign: { alg: 'ES256' } },
          };
        },
      },
      richAuthorizationRequests: {
        enabled: true,
        types: { [QUESTION_DETAIL_TYPE]: { validate: refuseOtherDetails } },
        authorizationDetailsForAccessToken: (ctx) => detailsOf(ctx.oidc.params?.authorization_details),
        authorizationDetailsForGrantSource: () => [],
      },
    },
  };
}

function mutualTls({ admittedSanUri }: AuthorizationServerOptions) {
  return {
    enabled: true,
    certificateBoundAccessTokens: true,
    tlsClientAuth: true,
    getCertificate: (ctx: { socket: unknown }) =>
      ctx.socket instanceof TLSSocket ? ctx.socket.getPeerX509Certificate() : undefined,
    // Not only signed by our authority: registered, in force, not revoked, and of our profile.
    certificateAuthorized: (ctx: { socket: unknown }) =>
      ctx.socket instanceof TLSSocket && admittedSanUri(ctx.socket) !== undefined,
    certificateSubjectMatches: (ctx: { socket: unknown }, property: string, expected: string) =>
      property === 'tls_client_auth_san_uri' &&
      ctx.socket instanceof TLSSocket &&
      admittedSanUri(ctx.socket) === expected,
  };
}

/** A token without a purpose and a case would be a key to everything: exactly one detail, of our shape. */
function detailsOf(parameter: unknown) {
  let parsed: unknown;
  try {
    parsed = typeof parameter === 'string' ? JSON.parse(parameter) : undefined;
  } catch {
    parsed = undefined;
  }
  const details = detailsParameterSchema.safeParse(parsed);
  if (!details.success) throw new errors.InvalidAuthorizationDetails('exactly one purpose and case must be claimed');
  return details.data;
}

function refuseOtherDetails(_ctx: unknown, detail: unknown): void {
  if (!questionDetailSchema.safeParse(detail).success) {
    throw new errors.InvalidAuthorizationDetails(
      'a purpose code and a case reference must be claimed, and nothing else',
    );
  }
}

/** Clients come from the access register; nothing else is ever stored. */
function clientStore(sanUriOf: AuthorizationServerOptions['sanUriOf']) {
  return (model: string): Adapter => ({
    find: (id) => Promise.resolve(model === 'Client' ? clientMetadata(id, sanUriOf(id)) : undefined),
    upsert: () => Promise.reject(new Error('the authorization server keeps no state')),
    findByUserCode: () => Promise.resolve(undefined),
    findByUid: () => Promise.resolve(undefined),
    consume: () => Promise.resolve(),
    destroy: () => Promise.resolve(),
    revokeByGrantId: () => Promise.resolve(),
  });
}

function clientMetadata(clientId: string, sanUri: string | undefined): AdapterPayload | undefined {
  if (sanUri === undefined) return undefined;
  return {
    client_id: clientId,
    token_endpoint_auth_method: 'tls_client_auth',
    tls_client_auth_san_uri: sanUri,
    tls_client_certificate_bound_access_tokens: true,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    authorization_details_types: [QUESTION_DETAIL_TYPE],
  };
}
