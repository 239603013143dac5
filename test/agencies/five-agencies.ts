import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, type KeyObject } from 'node:crypto';
import type { IssuedCertificate } from '../../adapters/keys/authority.ts';
import { makeChildrensSource } from '../../adapters/childrens/source.ts';
import { makeHealthSource } from '../../adapters/health/source.ts';
import { makeHousingSource } from '../../adapters/housing/source.ts';
import { makePoliceSource } from '../../adapters/police/source.ts';
import { makeProbationSource } from '../../adapters/probation/source.ts';
import type { AgencySource } from '../../gateway/ports/agency-source.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { Holding } from '../population/types.ts';
import { startChildrens } from './childrens/childrens.ts';
import { startHealth, type HealthSimulator } from './health/simulator.ts';
import { startHousing } from './housing/housing.ts';
import { issueHousingToken } from './housing/token.ts';
import type { TestPki } from './pki.ts';
import { startPolice, type PoliceSimulator } from './police/start.ts';
import { startProbation } from './probation/probation.ts';
import { PARTNERSHIP } from './probation/roles.ts';
import type { Simulator } from './simulator.ts';

/** The five agencies of one borough, each speaking its own protocol, and the adapters with credentials for them. */

export interface FiveAgenciesOptions {
  readonly pki: TestPki;
  /** The gateway's certificate as a client of the agencies. */
  readonly gatewayClient: IssuedCertificate;
  readonly holdings: readonly Holding[];
  readonly asOf: IsoDate;
  readonly delayMs?: number;
  readonly recordAsked?: boolean;
  readonly healthRequestsPerSecond?: number;
  /** The gateway's RSA key at the health agency, PKCS#8; a new one of 4,096 bits when not given. */
  readonly healthKeyPem?: string;
}

export interface FiveAgencies {
  readonly police: PoliceSimulator;
  readonly probation: Simulator;
  readonly housing: Simulator;
  readonly health: HealthSimulator;
  readonly childrens: Simulator;
  /** What adapters need to reach them; a benchmark hands these to another process. */
  readonly credentials: AgencyCredentials;
  stop(): Promise<void>;
}

/** Plain data, so that it can cross to another process. */
export interface AgencyCredentials {
  readonly ca: string;
  readonly client: { readonly cert: string; readonly key: string };
  readonly urls: Readonly<Record<'police' | 'probation' | 'housing' | 'health' | 'healthToken' | 'childrens', string>>;
  readonly probationKey: string;
  readonly housingToken: string;
  readonly childrensKey: string;
  readonly health: {
    readonly signingKey: string;
    readonly kid: string;
    readonly clientId: string;
    readonly requestsPerSecond: number;
  };
}

const rsaKey = (pem: string | undefined): KeyObject =>
  pem === undefined ? generateKeyPairSync('rsa', { modulusLength: 4096 }).privateKey : createPrivateKey(pem);

/** Starts the five simulators on free ports of loopback. */
export async function startFiveAgencies(options: FiveAgenciesOptions): Promise<FiveAgencies> {
  const { pki, gatewayClient, holdings, asOf } = options;
  const common = {
    holdings,
    asOf,
    ...(options.delayMs === undefined ? {} : { delayMs: options.delayMs }),
    ...(options.recordAsked === undefined ? {} : { recordAsked: options.recordAsked }),
  };
  const serverTls = async (name: string) => {
    const { certificatePem: cert, keyPem: key } = await pki.server(name);
    return { cert, key };
  };
  const clientCa = pki.authority.certificatePem;
  const healthKey = rsaKey(options.healthKeyPem);
  const housingKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [probationKey, childrensKey] = [randomUUID(), randomUUID()];
  const requestsPerSecond = options.healthRequestsPerSecond ?? 5;
  const { thumbprint } = gatewayClient;
  const [police, probation, housing, health, childrens] = await Promise.all([
    startPolice({ ...common, tls: { ...(await serverTls('police')), clientCa }, gatewayThumbprints: [thumbprint] }),
    startProbation({
      ...common,
      tls: { ...(await serverTls('probation')), clientCa },
      consumers: [{ thumbprint, apiKey: probationKey, role: PARTNERSHIP }],
    }),
    startHousing({
      ...common,
      tls: await serverTls('housing'),
      verificationKeyPem: housingKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    }),
    startHealth({
      ...common,
      tls: await serverTls('health'),
      requestsPerSecond,
      clients: [
        {
          clientId: 'riverton-partnership',
          kid: 'health-1',
          publicKeyPem: createPublicKey(healthKey).export({ type: 'spki', format: 'pem' }).toString(),
        },
      ],
    }),
    startChildrens({ ...common, tls: await serverTls('childrens'), apiKeys: [childrensKey] }),
  ]);
  return {
    ...{ police, probation, housing, health, childrens },
    credentials: {
      ca: clientCa,
      client: { cert: gatewayClient.certificatePem, key: gatewayClient.keyPem },
      urls: {
        police: police.url,
        probation: probation.url,
        housing: housing.url,
        health: health.url,
        healthToken: health.tokenUrl,
        childrens: childrens.url,
      },
      probationKey,
      childrensKey,
      housingToken: await issueHousingToken(housingKeys.privateKey),
      health: {
        signingKey: healthKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
        kid: 'health-1',
        clientId: 'riverton-partnership',
        requestsPerSecond,
      },
    },
    stop: async () => {
      await Promise.all([police, probation, housing, health, childrens].map((each) => each.stop()));
    },
  };
}

/** The real adapters over these agencies. */
export function sourcesOver({ ca, client, urls, health, ...keys }: AgencyCredentials): AgencySource[] {
  const mutual = { ca, ...client };
  return [
    makePoliceSource({ name: 'Riverton Police', client: { baseUrl: urls.police, tls: mutual } }),
    makeProbationSource({
      name: 'Riverton Probation',
      baseUrl: urls.probation,
      tls: mutual,
      apiKey: keys.probationKey,
    }),
    makeHousingSource({ name: 'Riverton Homes', baseUrl: urls.housing, tls: { ca }, token: keys.housingToken }),
    makeHealthSource({
      name: 'Riverton Health Partnership',
      baseUrl: urls.health,
      tokenUrl: urls.healthToken,
      tls: { ca },
      odsCode: 'RVT01',
      now: () => new Date(),
      newId: randomUUID,
      ...health,
    }),
    makeChildrensSource({
      name: 'Riverton Children’s Services',
      baseUrl: urls.childrens,
      tls: { ca },
      apiKey: keys.childrensKey,
    }),
  ];
}
