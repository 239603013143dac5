import { makeAuthority, type Authority, type IssuedCertificate } from '../../adapters/keys/authority.ts';

/** Certificates for tests, demo and benchmarks: one authority, a server and a client profile, all short-lived. */

const DAY_MS = 86_400_000;

export interface TestPki {
  readonly authority: Authority;
  /** A server certificate for 127.0.0.1 and localhost. */
  server(commonName: string): Promise<IssuedCertificate>;
  /** A client certificate of an agency: one `urn:agency:<id>` URI, clientAuth, 90 days. */
  client(agencyId: string): Promise<IssuedCertificate>;
}

/** Makes a fresh authority that is valid from yesterday for a year. */
export async function makeTestPki(name = 'Holdfast test authority'): Promise<TestPki> {
  const now = Date.now();
  const authority = await makeAuthority(name, {
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 365 * DAY_MS),
  });
  return pkiOf(authority, now);
}

/** The same over an authority that exists already. */
export function pkiOf(authority: Authority, now: number): TestPki {
  const life = { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + 89 * DAY_MS) };
  return {
    authority,
    server: (commonName) =>
      authority.issue({
        commonName,
        sanDnsNames: ['localhost'],
        sanIps: ['127.0.0.1'],
        extendedKeyUsage: ['serverAuth'],
        ...life,
      }),
    client: (agencyId) =>
      authority.issue({
        commonName: agencyId,
        sanUris: [`urn:agency:${agencyId}`],
        extendedKeyUsage: ['clientAuth'],
        ...life,
      }),
  };
}
