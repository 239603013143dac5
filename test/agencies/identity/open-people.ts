import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:net';
import { makeOpenidProvider } from '../../../adapters/identity/openid-provider.ts';
import type { PagesOptions } from '../../../deploy/pages.ts';
import type { TestPki } from '../pki.ts';
import { DEMO_ROLES } from './people.ts';
import { ASKED_AGAIN, startIdentityProvider } from './provider.ts';

/** Pages with somebody to sign in: an identity provider, and the gateway's client of it. */

const CLIENT = { clientId: 'holdfast', clientKeyId: 'holdfast-pages' };

export interface OpenPeople {
  readonly url: string;
  readonly identityUrl: string;
  readonly pages: PagesOptions;
  stop(): Promise<void>;
}

/** Starts the provider and tells the gateway how to use it. Ports are free ones where none is named. */
export async function openPeople(
  pki: TestPki,
  ports: { readonly port?: number; readonly identityPort?: number },
): Promise<OpenPeople> {
  const port = ports.port ?? (await freePort());
  const url = `https://127.0.0.1:${port}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ways = { returnTo: `${url}/sign-in/return`, signedOutAt: `${url}/signed-out` };
  const { clientId, clientKeyId } = CLIENT;
  const publicKey = createPublicKey(privateKey).export({ format: 'jwk' });
  const provider = await startIdentityProvider({
    pki,
    clientId,
    clientKey: { ...publicKey, kty: 'EC', kid: clientKeyId, alg: 'ES256', use: 'sig' },
    ...ways,
    ...(ports.identityPort === undefined ? {} : { port: ports.identityPort }),
  });
  const identity = makeOpenidProvider({
    issuer: provider.issuer,
    clientId,
    clientKey: privateKey,
    clientKeyId,
    authorityPem: pki.authority.certificatePem,
    ...ways,
    claims: { staffId: 'staff_id', agency: 'agency', groups: 'groups' },
    stepUpAcr: [ASKED_AGAIN],
  });
  const rolesOfGroups = new Map(
    Object.entries(DEMO_ROLES).map(([agency, groups]) => [agency, new Map(Object.entries(groups))]),
  );
  return {
    url,
    identityUrl: provider.issuer,
    pages: { host: '127.0.0.1', port, identity, rolesOfGroups },
    stop: () => provider.stop(),
  };
}

/** A port that was free a moment ago: the provider must know the address of the pages before they are served. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
