import { z } from 'zod';
import { openAuthority } from '../../adapters/keys/authority.ts';
import { startFiveAgencies } from '../agencies/five-agencies.ts';
import { pkiOf } from '../agencies/pki.ts';
import { startSimulator } from '../agencies/simulator.ts';
import { boroughSchema, populationOf } from './borough.ts';
import { serveParent } from './parent.ts';

/** The five agencies in a process of their own, and beside them one that does nothing but answer. */

const openSchema = z.strictObject({
  authority: z.strictObject({ certificatePem: z.string(), keyPem: z.string() }),
  gatewayClient: z.strictObject({
    certificatePem: z.string(),
    keyPem: z.string(),
    thumbprint: z.string(),
    serialNumber: z.string(),
  }),
  borough: boroughSchema,
  delayMs: z.number(),
});

/** Lifted far beyond what is asked here: the real service grants five a second, which would be all that is measured. */
const HEALTH_REQUESTS_PER_SECOND = 5_000;

/** About what one record of an agency weighs on the wire. */
const PLAIN_ANSWER = { reference: 'A-1', lines: Array.from({ length: 24 }, (_, n) => `Line ${n} of a plain record.`) };

const stops: (() => Promise<void>)[] = [];

serveParent(
  {
    open: async (told) => {
      const { authority, gatewayClient, borough, delayMs } = openSchema.parse(told);
      const pki = pkiOf(await openAuthority(authority.certificatePem, authority.keyPem), Date.now());
      const { holdings, asOf } = populationOf(borough);
      const agencies = await startFiveAgencies({
        ...{ pki, gatewayClient, holdings, asOf, delayMs },
        recordAsked: false,
        healthRequestsPerSecond: HEALTH_REQUESTS_PER_SECOND,
      });
      stops.push(() => agencies.stop());
      const server = await pki.server('plain');
      const plain = await startSimulator({
        name: 'plain',
        tls: { cert: server.certificatePem, key: server.keyPem, clientCa: pki.authority.certificatePem },
        delayMs,
        recordAsked: false,
        handle: () => ({ status: 200, json: PLAIN_ANSWER }),
      });
      stops.push(() => plain.stop());
      return { credentials: agencies.credentials, plainUrl: plain.url };
    },
  },
  async () => {
    await Promise.all(stops.map((stop) => stop()));
  },
);
