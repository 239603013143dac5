import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import type { AgencySource, SourceQuestion } from '../../../gateway/ports/agency-source.ts';
import { HEALTH_FIELDS } from '../../../adapters/health/map.ts';
import { makeHealthSource, type HealthSourceOptions } from '../../../adapters/health/source.ts';
import type { HeldOther, HeldPhone, Holding } from '../../population/types.ts';
import { makeTestPki, type TestPki } from '../pki.ts';
import { startHealth, type HealthOptions, type HealthSimulator } from './simulator.ts';
import { withCheckDigit } from './number.ts';

/** The adapter and its simulator, wired to each other, over people made by hand. */

export const AS_OF = '2026-03-02';

/** The n-th synthetic NHS number, of the range 999 that is never issued. */
export function nhsNumber(n: number): string {
  const number = withCheckDigit(`999${String(n).padStart(6, '0')}`);
  // Some nine digits have no check digit: the next hundred thousand always has a neighbour that does.
  return number ?? nhsNumber(n + 100_000);
}

/** A plain man with everything, changed as a test needs it. */
export function holdingOf(change: Partial<Holding> = {}): Holding {
  const number = change.reference ?? nhsNumber(1);
  return {
    agency: 'health',
    reference: number,
    otherReferences: [],
    citizen: 'c1',
    names: [{ given: 'Daniel', middle: 'Peter', family: 'Okafor' }],
    aliases: [],
    dateOfBirth: '1985-05-17',
    sex: 'male',
    nhsNumber: number,
    addresses: [
      {
        lines: ['12 Alder Road', 'Riverton'],
        postcode: 'RV3 4AB',
        uprn: '100012345678',
        from: '2021-06-01',
        type: 'home',
      },
    ],
    phones: [phoneOf('07700900111')],
    emails: ['daniel.okafor@example.com'],
    others: [otherOf('07700900222')],
    noFixedAbode: false,
    restricted: false,
    worker: { name: 'Riverton Practice', team: 'A20047' },
    licenceConditions: [],
    orders: [],
    relationshipOnly: false,
    lastUpdated: '2025-11-01',
    ...change,
  };
}

export const phoneOf = (number: string, change: Partial<HeldPhone> = {}): HeldPhone => ({
  number,
  type: 'mobile',
  recordedAs: 'self',
  from: '2022-01-01',
  ...change,
});

export const otherOf = (phone: string): HeldOther => ({
  citizen: 'c2',
  as: 'partner',
  name: { given: 'Amara', family: 'Okafor' },
  phones: [phone],
});

/** A seal that tests can compute: the gateway's own is keyed by the case. */
export const testSeal: SourceQuestion['seal'] = (kind, value) => {
  const plain = kind === 'phone' ? value.replace(/\D/g, '').replace(/^(?:44|0)/, '') : value.trim().toLowerCase();
  return plain === ''
    ? undefined
    : createHmac('sha256', 'a key for tests').update(`${kind} ${plain}`).digest('base64url');
};

/** A question about the plain man, with all fields. */
export function questionOf(change: Partial<SourceQuestion> = {}): SourceQuestion {
  return {
    questionId: randomUUID(),
    subject: {
      names: [{ given: 'Daniel', family: 'Okafor' }],
      dateOfBirth: '1985-05-17',
      identifiers: [{ type: 'NHS', value: nhsNumber(1) }],
    },
    fields: HEALTH_FIELDS,
    asOf: AS_OF,
    asker: { agency: 'riverton-council', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0042', at: '2026-03-02T09:00:00.000Z' },
    seal: testSeal,
    ...change,
  };
}

/** The same question when his NHS number is not known. */
export const byName = (change: Partial<SourceQuestion['subject']> = {}): Partial<SourceQuestion> => ({
  subject: { names: [{ given: 'Daniel', family: 'Okafor' }], dateOfBirth: '1985-05-17', ...change },
});

export interface HealthPair {
  readonly source: AgencySource;
  readonly simulator: HealthSimulator;
  readonly pki: TestPki;
  readonly keys: { readonly signingKey: string; readonly publicKeyPem: string };
  readonly stop: () => Promise<void>;
}

export const CLIENT_ID = 'riverton-health-api-key';
export const KID = 'riverton-2026-1';

let made: Promise<{ pki: TestPki; server: { cert: string; key: string }; keys: HealthPair['keys'] }> | undefined;

/** Certificates and RSA keys cost a quarter of a second: one set serves a whole test file. */
const makeOnce = () =>
  (made ??= (async () => {
    const pki = await makeTestPki();
    const server = await pki.server('pds');
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    return {
      pki,
      server: { cert: server.certificatePem, key: server.keyPem },
      keys: {
        signingKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        publicKeyPem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      },
    };
  })());

/** Starts both. Rates are out of the way unless a test sets them. */
export async function startPair(
  options: Partial<HealthOptions> = {},
  adapter: Partial<HealthSourceOptions> = {},
): Promise<HealthPair> {
  const { pki, server, keys } = await makeOnce();
  const simulator = await startHealth({
    holdings: [holdingOf()],
    asOf: AS_OF,
    tls: server,
    clients: [{ clientId: CLIENT_ID, kid: KID, publicKeyPem: keys.publicKeyPem }],
    requestsPerSecond: 1_000,
    ...options,
  });
  const source = sourceOf({ simulator, pki, keys }, adapter);
  const stop = async (): Promise<void> => {
    await source.close();
    await simulator.stop();
  };
  return { source, simulator, pki, keys, stop };
}

/** Another adapter of the same simulator. */
export function sourceOf(
  { simulator, pki, keys }: Pick<HealthPair, 'simulator' | 'pki' | 'keys'>,
  adapter: Partial<HealthSourceOptions> = {},
): AgencySource {
  return makeHealthSource({
    name: 'Riverton Health Partnership',
    baseUrl: simulator.url,
    tokenUrl: simulator.tokenUrl,
    tls: { ca: pki.authority.certificatePem },
    signingKey: keys.signingKey,
    kid: KID,
    clientId: CLIENT_ID,
    odsCode: 'RVH01',
    now: () => new Date(),
    newId: randomUUID,
    requestsPerSecond: 1_000,
    ...adapter,
  });
}
