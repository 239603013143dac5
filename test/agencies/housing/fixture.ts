import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { makeHousingSource } from '../../../adapters/housing/source.ts';
import type { Holding } from '../../population/types.ts';
import { makeTestPki } from '../pki.ts';
import { AS_OF, questionsFor, runningOf, type Running } from '../running.ts';
import { issueHousingToken, type HousingTokenOptions } from './token.ts';
import { startHousing, type HousingOptions } from './housing.ts';

/** A running simulator with its adapter, and people made by hand. All invented; numbers from the drama ranges. */

export { AS_OF, seal, type Running } from '../running.ts';
export const HIS_ID = '7d0c3a52-1f4e-4c0b-9a55-0c1f6f0a0001';
export const HER_ID = '7d0c3a52-1f4e-4c0b-9a55-0c1f6f0a0002';
export const HIS_MOBILE = '07700 900123';
export const HER_MOBILE = '07700 900777';

/** A plain tenant, changed as a test needs it. */
export function holdingOf(parts: Partial<Holding> = {}): Holding {
  return {
    agency: 'housing',
    reference: HIS_ID,
    otherReferences: [],
    citizen: 'c1',
    names: [{ given: 'Dorian', middle: 'Lee', family: 'Ashgrove' }],
    aliases: [],
    dateOfBirth: '1985-05-05',
    sex: 'male',
    addresses: [
      {
        lines: ['14 Larch Road', 'Riverton'],
        postcode: 'ZE4 4AB',
        uprn: '999000000014',
        from: '2021-06-01',
        type: 'home',
      },
      {
        lines: ['2 Elm Close', 'Riverton'],
        postcode: 'ZE5 2BB',
        uprn: '999000000002',
        from: '2018-02-01',
        to: '2021-05-31',
        type: 'previous',
      },
    ],
    phones: [
      { number: HIS_MOBILE, type: 'mobile', recordedAs: 'self', from: '2024-02-01', lastConfirmed: '2025-10-01' },
    ],
    emails: ['dorian@example.org'],
    others: [],
    noFixedAbode: false,
    restricted: false,
    licenceConditions: [],
    orders: [],
    tenancy: { reference: 'RVT000123', type: 'Secure', from: '2021-06-01' },
    relationshipOnly: false,
    lastUpdated: '2026-01-15',
    ...parts,
  };
}

/** The joint tenant at the same home, with her own record and number. */
export function herHolding(parts: Partial<Holding> = {}): Holding {
  return holdingOf({
    reference: HER_ID,
    citizen: 'c2',
    names: [{ given: 'Wilhelmina', family: 'Thorne' }],
    dateOfBirth: '1987-08-09',
    sex: 'female',
    addresses: holdingOf().addresses.slice(0, 1),
    phones: [{ number: HER_MOBILE, type: 'mobile', recordedAs: 'self' }],
    emails: ['mina@example.org'],
    ...parts,
  });
}

export const ALL_FIELDS = [
  'hou.tenancy_ref',
  'hou.name',
  'hou.dob',
  'hou.address',
  'hou.phone',
  'hou.tenancy',
  'hou.markers',
];

/** A question about the plain tenant of `holdingOf`, by name and birth date, for every field. */
export const questionOf = questionsFor(ALL_FIELDS);

export interface RunningOptions extends Pick<HousingOptions, 'tamper' | 'alerts'> {
  readonly holdings?: readonly Holding[];
  /** What is wrong with the token that the adapter is given. */
  readonly token?: HousingTokenOptions & { readonly signingKey?: KeyObject };
}

const keyPair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });
const landlord = keyPair();
/** A key that the landlord has never seen. */
export const strangersKey = keyPair().privateKey;

const pki = makeTestPki();
const server = pki.then((made) => made.server('housing'));

/** Starts a simulator and the adapter that talks to it. */
export async function startRunning(options: RunningOptions = {}): Promise<Running> {
  const [{ authority }, certificate] = await Promise.all([pki, server]);
  const { tamper, alerts } = options;
  const simulator = await startHousing({
    holdings: options.holdings ?? [holdingOf()],
    asOf: AS_OF,
    tls: { cert: certificate.certificatePem, key: certificate.keyPem },
    verificationKeyPem: landlord.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    ...(tamper === undefined ? {} : { tamper }),
    ...(alerts === undefined ? {} : { alerts }),
  });
  const { signingKey = landlord.privateKey, ...claims } = options.token ?? {};
  const token = await issueHousingToken(signingKey, claims);
  const source = makeHousingSource({
    name: 'Riverton Homes',
    baseUrl: simulator.url,
    tls: { ca: authority.certificatePem },
    token,
  });
  return runningOf(source, simulator, questionOf);
}
