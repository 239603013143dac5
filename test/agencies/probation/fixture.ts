import { makeProbationSource } from '../../../adapters/probation/source.ts';
import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../../gateway/ports/agency-source.ts';
import type { Holding } from '../../population/types.ts';
import { makeTestPki } from '../pki.ts';
import type { Simulator } from '../simulator.ts';
import { startProbation, type ProbationOptions } from './probation.ts';
import { PARTNERSHIP, type ProbationRole } from './roles.ts';

/** A running simulator with its adapter, and people made by hand. All invented; numbers from the drama ranges. */

export const AS_OF = '2026-03-02';
export const API_KEY = 'key-of-the-partnership';

/** A holding with the parts that a test cares about; the rest is a plain man known to probation and prison. */
export function holdingOf(parts: Partial<Holding> = {}): Holding {
  return {
    agency: 'probation',
    reference: 'X100001',
    otherReferences: [{ type: 'NOMS', value: 'A1001AA' }],
    citizen: 'c1',
    names: [{ given: 'Dorian', middle: 'Lee', family: 'Ashgrove' }],
    aliases: [{ given: 'Dory', family: 'Ashgrove' }],
    dateOfBirth: '1985-05-05',
    sex: 'male',
    pnc: '2012/0394773H',
    cro: '29906/12J',
    addresses: [
      { lines: ['14 Larch Road', 'Riverton'], postcode: 'RV1 4AB', from: '2024-01-10', type: 'home' },
      {
        lines: ['2 Elm Close', 'Riverton'],
        postcode: 'RV2 2BB',
        from: '2020-01-01',
        to: '2024-01-09',
        type: 'previous',
      },
    ],
    phones: [{ number: '07700 900123', type: 'mobile', recordedAs: 'self' }],
    emails: ['dorian@example.org'],
    others: [
      {
        citizen: 'c2',
        as: 'mother',
        name: { given: 'Wilhelmina', family: 'Ashgrove' },
        phones: ['020 7946 0456'],
      },
    ],
    noFixedAbode: false,
    restricted: false,
    worker: {
      name: 'Priya Okafor',
      team: 'Riverton East',
      phone: '01632 960111',
      email: 'priya.okafor@probation.example',
    },
    mappa: { category: 2, level: 1, from: '2025-06-01' },
    licenceConditions: ['Be well behaved.'],
    orders: [],
    relationshipOnly: false,
    lastUpdated: '2026-01-15',
    ...parts,
  };
}

export const ALL_FIELDS = [
  'pro.crn',
  'pro.name',
  'pro.dob',
  'pro.address',
  'pro.phone',
  'pro.licence',
  'pro.release',
  'pro.mappa',
  'pro.officer',
];

/** A question about the plain man of `holdingOf`, by names and birth date, for every field. */
export function questionOf(parts: Partial<SourceQuestion> = {}): SourceQuestion {
  return {
    questionId: '00000000-0000-4000-8000-000000000001',
    subject: { names: [{ given: 'Dorian', family: 'Ashgrove' }], dateOfBirth: '1985-05-05' },
    fields: ALL_FIELDS,
    asOf: AS_OF,
    asker: { agency: 'riverton-council', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0042', at: '2026-03-02T09:00:00.000Z' },
    // A stand-in that keeps nothing of the value: as long as a seal, different for different digits.
    seal: (kind, value) =>
      Buffer.from(`${kind}${checksum(value)}`)
        .toString('base64url')
        .padEnd(43, 'A')
        .slice(0, 43),
    ...parts,
  };
}

function checksum(value: string): number {
  let sum = 7;
  for (const char of value) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 1_000_003;
  return sum;
}

export interface Running {
  readonly source: AgencySource;
  readonly simulator: Simulator;
  readonly ask: (parts?: Partial<SourceQuestion>, limits?: Partial<SourceLimits>) => Promise<SourceAnswer>;
  /** Paths asked so far, with the query of a search. */
  readonly paths: () => string[];
  readonly stop: () => Promise<void>;
}

export interface RunningOptions {
  readonly holdings?: readonly Holding[];
  readonly role?: ProbationRole;
  readonly apiKey?: string;
  /** Another agency's certificate of the same authority in place of the registered one. */
  readonly presents?: string;
  readonly tamper?: ProbationOptions['tamper'];
}

const pki = makeTestPki();
const server = pki.then((made) => made.server('external-api'));
const partner = pki.then((made) => made.client('holdfast'));

/** Starts a simulator and the adapter that talks to it. */
export async function startRunning(options: RunningOptions = {}): Promise<Running> {
  const [made, serverCertificate, client] = await Promise.all([pki, server, partner]);
  const { authority } = made;
  const presented = options.presents === undefined ? client : await made.client(options.presents);
  const simulator = await startProbation({
    holdings: options.holdings ?? [holdingOf()],
    asOf: AS_OF,
    tls: {
      cert: serverCertificate.certificatePem,
      key: serverCertificate.keyPem,
      clientCa: authority.certificatePem,
    },
    consumers: [
      {
        thumbprint: client.thumbprint,
        commonName: 'holdfast',
        apiKey: API_KEY,
        role: options.role ?? PARTNERSHIP,
      },
    ],
    ...(options.tamper === undefined ? {} : { tamper: options.tamper }),
  });
  const source = makeProbationSource({
    name: 'Riverton Probation',
    baseUrl: simulator.url,
    tls: { ca: authority.certificatePem, cert: presented.certificatePem, key: presented.keyPem },
    apiKey: options.apiKey ?? API_KEY,
  });
  return {
    source,
    simulator,
    ask: (parts, limits) =>
      source.ask(questionOf(parts), { signal: new AbortController().signal, timeoutMs: 3_000, ...limits }),
    paths: () => simulator.asked.map(({ path, query }) => (query.size === 0 ? path : `${path}?${query.toString()}`)),
    stop: async () => {
      await source.close();
      await simulator.stop();
    },
  };
}
