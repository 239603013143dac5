import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Provider, type ClientMetadata, type Configuration, type JWK } from 'oidc-provider';
import type { TestPki } from '../pki.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { DEMO_PEOPLE, type DemoPerson } from './people.ts';

/**
 * An agency's identity provider: OpenID Connect as oidc-provider implements it, with people who do not exist and no
 * passwords. It asks who one is by a page with a button for each person.
 */

export interface IdentityProviderOptions {
  readonly pki: TestPki;
  readonly clientId: string;
  /** Public key of the client, for private_key_jwt. */
  readonly clientKey: JWK;
  readonly returnTo: string;
  readonly signedOutAt: string;
  readonly people?: readonly DemoPerson[];
  readonly port?: number;
}

export interface RunningIdentityProvider {
  readonly issuer: string;
  stop(): Promise<void>;
}

/** How strictly it asks: as at sign-in, and as before what cannot be taken back. */
const ASKED_ONCE = 'urn:riverton:acr:asked-once';
export const ASKED_AGAIN = 'urn:riverton:acr:asked-again';

/** Starts the provider on loopback. Stops with `stop`; what it knew of sessions is gone with it. */
export async function startIdentityProvider(options: IdentityProviderOptions): Promise<RunningIdentityProvider> {
  const certificate = await options.pki.server('identity');
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) => response.end();
  const server = createServer({ cert: certificate.certificatePem, key: certificate.keyPem }, (request, response) =>
    handle(request, response),
  );
  const issuer = `https://127.0.0.1:${await listen(server, options.port ?? 0)}`;
  const people = options.people ?? DEMO_PEOPLE;
  const provider = new Provider(issuer, configurationOf(options, people));
  const answer = provider.callback();
  handle = (request, response) => {
    if (request.url?.startsWith('/interaction/') === true) void interact(provider, people, request, response);
    else void answer(request, response);
  };
  return {
    issuer,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function configurationOf(options: IdentityProviderOptions, people: readonly DemoPerson[]): Configuration {
  const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  return {
    jwks: { keys: [{ ...signing, kty: 'EC', kid: 'identity', alg: 'ES256', use: 'sig' }] },
    cookies: { keys: [randomBytes(32).toString('base64url')] },
    adapter: memoryAdapter([clientOf(options)]),
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['ES256'], idTokenSigningAlgValues: ['ES256'] },
    scopes: ['openid', 'profile'],
    acrValues: [ASKED_ONCE, ASKED_AGAIN],
    claims: { acr: null, auth_time: null, openid: ['sub'], profile: ['name', 'staff_id', 'agency', 'groups'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: { Interaction: 600, Grant: 3_600, Session: 36_000, AccessToken: 300, IdToken: 3_600 },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: askWhetherToLeave },
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, id) => {
      const found = people.find(({ staffId }) => staffId === id);
      if (found === undefined) return undefined;
      const { staffId, name, agency, groups } = found;
      return {
        accountId: id,
        claims: () => ({ sub: id, name, staff_id: staffId, agency, groups: [...groups] }),
      };
    },
    // Agencies consent for their staff by contract: nobody is asked.
    async loadExistingGrant(ctx) {
      const { client, session, provider } = ctx.oidc;
      const accountId = session?.accountId;
      if (client === undefined || accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId });
      grant.addOIDCScope('openid profile');
      await grant.save();
      return grant;
    },
  };
}

function clientOf({ clientId, clientKey, returnTo, signedOutAt }: IdentityProviderOptions): ClientMetadata {
  return {
    client_id: clientId,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    jwks: { keys: [clientKey] },
    redirect_uris: [returnTo],
    post_logout_redirect_uris: [signedOutAt],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    id_token_signed_response_alg: 'ES256',
  };
}

function askWhetherToLeave(ctx: { body?: unknown }, form: string): void {
  ctx.body = page(
    'Sign out',
    `<h1>Sign out of Riverton’s sign-in service?</h1>${form}
    <button form="op.logoutForm" name="logout" value="yes">Yes, sign out</button>
    <button form="op.logoutForm">No, stay signed in there</button>`,
  );
}

async function interact(
  provider: Provider,
  people: readonly DemoPerson[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { params } = await provider.interactionDetails(request, response);
    if (request.method !== 'POST') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(choice(people));
      return;
    }
    const sent = new URLSearchParams(await textOf(request));
    const accountId = sent.get('person') ?? '';
    const result = people.some(({ staffId }) => staffId === accountId)
      ? { login: { accountId, remember: false, ...proofOf(params, sent.get('proof')) } }
      : { error: 'access_denied' };
    await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  } catch {
    response.statusCode = 400;
    response.end('This sign-in has ended. Go back and begin again.');
  }
}

/**
 * When and how it asked. `poor` is what a provider may get wrong at a step-up, and what a test sends beside the person: it
 * repeats what it knew an hour ago, asks less strictly than it was told to, or does not tell how it asked.
 */
function proofOf({ acr_values: wanted }: Readonly<Record<string, unknown>>, poor: string | null) {
  const ts = Math.floor(Date.now() / 1000) - (poor === 'hour-old' ? 3_600 : 0);
  if (poor === 'acr-untold') return { ts };
  return { ts, acr: wanted === ASKED_AGAIN && poor !== 'asked-once' ? ASKED_AGAIN : ASKED_ONCE };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const chunk of request) text += String(chunk);
  return text;
}

function choice(people: readonly DemoPerson[]): string {
  const rows = people.map(
    ({ staffId, name, about }) => `<p><button name="person" value="${staffId}">${name}</button> ${about}</p>`,
  );
  return page(
    'Sign in',
    `<h1>Who are you?</h1><p>A sign-in service with people who do not exist, in place of an agency’s own.</p>
    <form method="post">${rows.join('')}<p><button name="person" value="nobody">Cancel</button></p></form>`,
  );
}

const page = (title: string, body: string): string =>
  `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>${title} – Riverton sign-in</title>
<meta name="viewport" content="width=device-width"></head><body><main>${body}</main></body></html>`;
