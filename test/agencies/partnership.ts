import { createPublicKey } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAuthority, openAuthority, type Authority, type IssuedCertificate } from '../../adapters/keys/authority.ts';
import { createAccessRegistrar } from '../../adapters/postgres/access-registrar.ts';
import { createPostgresCaseRegister } from '../../adapters/postgres/case-register.ts';
import { startGateway, type GatewayOptions, type RunningGateway } from '../../deploy/gateway.ts';
import { KEY_FILES, makeOwnKeys, MASTER_KEY_ID, readKeysFolder, type GatewayKeys } from '../../deploy/keys-folder.ts';
import { readPoliciesFolder } from '../../deploy/policies-folder.ts';
import { readSignedPolicies } from '../../gateway/cli/signed-folder.ts';
import type { ReadBundle } from '../../gateway/operations/policy-holder.ts';
import { makeWitnessing, type WitnessingClock } from '../../deploy/witnesses.ts';
import { makeVerifierKey, rawPublicKey } from '../../gateway/audit/note/verifier-key.ts';
import { sealCaseContacts } from '../../gateway/cases/case-as-told.ts';
import { createCaseCipher } from '../../gateway/cases/case-cipher.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';
import { saysNothing } from '../../gateway/operations/messages.ts';
import type { AgencySource } from '../../gateway/ports/agency-source.ts';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import type { Agency, Case } from '../../schemas/case.ts';
import type { IsoDate, RequesterGroup } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';
import type { CastCase } from '../population/cast-cases.ts';
import type { Holding } from '../population/types.ts';
import { makeAsker, type Asker } from './asker.ts';
import { sourcesOver, startFiveAgencies, type FiveAgencies } from './five-agencies.ts';
import { openPeople } from './identity/open-people.ts';
import { pkiOf, type TestPki } from './pki.ts';
import { startKeptWitness, type StartedWitness } from './witnesses.ts';

/**
 * A whole partnership on one machine: an authority, five agencies that really speak their protocols, the registers
 * filled, and the gateway as production starts it. The demo, the journeys and the benchmarks begin here.
 */

export interface PartnershipOptions {
  /** Address of the gateway's login, and of the owner who fills the registers. */
  readonly database: { readonly url: string; readonly ownerUrl: string };
  /** Where authority and keys are kept; what is there is used again. */
  readonly folder: string;
  readonly policiesFolder: string;
  /** Who has to have signed the agreements; left out, nobody. */
  readonly policySignersFile?: string;
  readonly asOf: IsoDate;
  readonly holdings: readonly Holding[];
  readonly cases: readonly CastCase[];
  readonly port?: number;
  readonly operationsPort?: number;
  readonly delayMs?: number;
  /** False in long benchmarks. */
  readonly recordAsked?: boolean;
  readonly healthRequestsPerSecond?: number;
  /** As of `FiveAgenciesOptions`. */
  readonly healthKeyPem?: string;
  readonly gateway?: Partial<
    Pick<
      GatewayOptions,
      'readPolicies' | 'say' | 'askLimits' | 'roomLimits' | 'now' | 'processMetrics' | 'minTlsVersion'
    >
  >;
  /** Agencies that run a witness; two of them are enough, or the one there is. What they keep lies in the folder. */
  readonly witnesses?: readonly string[];
  /** How time passes for the alarm about them; the machine's clock by default. */
  readonly witnessClock?: WitnessingClock;
  /** Whether people have pages, and an identity provider to sign in at; at these ports, or any that are free. */
  readonly pages?: { readonly port?: number; readonly identityPort?: number };
  /** Other sources in place of the five, for tests of the pipeline alone. */
  readonly sources?: (five: readonly AgencySource[]) => readonly AgencySource[];
}

export interface Partnership {
  /** `https://127.0.0.1:port` of the gateway that was started last. */
  readonly url: string;
  readonly gateway: RunningGateway;
  readonly pki: TestPki;
  readonly keys: GatewayKeys;
  readonly bundle: PolicyBundle;
  readonly agencies: FiveAgencies;
  readonly registrar: Registrar;
  readonly witnesses: readonly StartedWitness[];
  /** The client certificate of each registered agency. */
  readonly certificates: ReadonlyMap<string, IssuedCertificate>;
  /** Where people's browsers connect, where there are pages. */
  readonly pagesUrl?: string;
  /** Where people sign in. */
  readonly identityUrl?: string;
  /** An agency's own system, connected with its own certificate or with another that is handed over. */
  asker(agency: string, options?: { readonly connections?: number; readonly certificate?: IssuedCertificate }): Asker;
  /** Stores a case with its protected contacts sealed. */
  putCase(castCase: CastCase): Promise<void>;
  stop(): Promise<void>;
}

type Registrar = ReturnType<typeof createAccessRegistrar>;

const named = (id: string, name: string, group: RequesterGroup): Agency => ({
  id,
  name,
  group,
  sanUri: `urn:agency:${id}`,
});

/** Who may ask. Westmarsh is on no case of Riverton's: what it is told must look like nothing being there (P6). */
export const REGISTERED_AGENCIES: readonly Agency[] = [
  named('riverton-council', 'Riverton Council', 'council'),
  named('police', 'Riverton Police', 'police'),
  named('probation', 'Riverton Probation', 'probation'),
  named('housing', 'Riverton Homes', 'housing'),
  named('health', 'Riverton Health Partnership', 'health'),
  named('childrens', 'Riverton Children’s Services', 'childrens'),
  named('riverton-idva', 'Riverton Victim Support', 'victim-services'),
  named('westmarsh-council', 'Westmarsh Council', 'council'),
];

const DAY_MS = 86_400_000;

export const clientIdOf = (agency: string): string => `${agency}-system`;

/** Starts everything, or throws with the sentence that says what kept it from starting. */
export async function startPartnership(options: PartnershipOptions): Promise<Partnership> {
  const pki = pkiOf(await keptAuthority(options.folder), Date.now());
  const keys = await keptKeys(options.folder, pki);
  const bundle = valueOf(await readPolicies(options));
  const gatewayClient = await pki.client('holdfast-gateway');
  const agencies = await startFiveAgencies({ ...options, pki, gatewayClient });
  const registrar = createAccessRegistrar({ ownerUrl: options.database.ownerUrl });
  const certificates = await register(registrar, pki, bundle);
  const cases = createPostgresCaseRegister({
    url: options.database.url,
    cipher: createCaseCipher({ current: { id: MASTER_KEY_ID, key: keys.masterKey } }),
  });
  const putCase = async (castCase: CastCase): Promise<void> => {
    valueOf(await cases.put(sealed(castCase, keys)));
  };
  for (const castCase of options.cases) await putCase(castCase);
  const five = sourcesOver(agencies.credentials);
  const people = options.pages === undefined ? undefined : await openPeople(pki, options.pages);
  const witnesses = await startWitnesses(options, keys, pki);
  const gateway = valueOf(
    await startGateway({
      ...gatewayOptions(options, keys, bundle, options.sources?.(five) ?? five),
      ...witnessesOf(witnesses, options),
      ...(people === undefined ? {} : { pages: people.pages }),
    }),
  );
  const url = `https://127.0.0.1:${gateway.port}`;
  return {
    ...{ url, gateway, pki, keys, bundle, agencies, registrar, certificates, putCase, witnesses },
    ...(people === undefined ? {} : { pagesUrl: people.url, identityUrl: people.identityUrl }),
    asker: (agency, { connections, certificate } = {}) => {
      const own = certificate ?? certificates.get(agency);
      return makeAsker({
        gatewayUrl: url,
        ca: pki.authority.certificatePem,
        clientId: clientIdOf(agency),
        ...(own === undefined ? {} : { certificate: own }),
        ...(connections === undefined ? {} : { connections }),
      });
    },
    stop: async () => {
      await gateway.stop();
      await people?.stop();
      await Promise.all([...witnesses.map((each) => each.stop()), agencies.stop(), registrar.close(), cases.close()]);
    },
  };
}

function readPolicies(options: PartnershipOptions): Promise<Result<ReadBundle, readonly string[]>> {
  const { policiesFolder, policySignersFile } = options;
  return policySignersFile === undefined
    ? readPoliciesFolder(policiesFolder)
    : readSignedPolicies(policiesFolder, policySignersFile);
}

const PUBLIC_URL = 'https://gateway.riverton.example';

function startWitnesses(
  { witnesses = [], folder }: PartnershipOptions,
  keys: GatewayKeys,
  pki: TestPki,
): Promise<readonly StartedWitness[]> {
  const publicKey = rawPublicKey(createPublicKey(keys.logKeyPem));
  const logKey = valueOf(makeVerifierKey(`${new URL(PUBLIC_URL).host}/log`, 'ed25519', publicKey));
  return Promise.all(
    witnesses.map((agency) => startKeptWitness(agency, logKey, pki, join(folder, 'witnesses', agency))),
  );
}

function witnessesOf(
  started: readonly StartedWitness[],
  { gateway, witnessClock }: PartnershipOptions,
): Pick<GatewayOptions, 'witnesses'> {
  if (started.length === 0) return {};
  const settings = { quorum: Math.min(2, started.length), witnesses: started.map(({ setting }) => setting) };
  return { witnesses: makeWitnessing(settings, gateway?.say ?? saysNothing, witnessClock) };
}

function gatewayOptions(
  options: PartnershipOptions,
  keys: GatewayKeys,
  bundle: ReadBundle,
  sources: readonly AgencySource[],
): GatewayOptions {
  return {
    databaseUrl: options.database.url,
    // The issuer is a name; what answers under it is whichever port was free.
    publicUrl: PUBLIC_URL,
    host: '127.0.0.1',
    port: options.port ?? 0,
    operationsHost: '127.0.0.1',
    operationsPort: options.operationsPort ?? 0,
    minTlsVersion: 'TLSv1.3',
    say: saysNothing,
    processMetrics: false,
    ...{ keys, bundle, sources },
    ...options.gateway,
  };
}

function valueOf<T>(result: Result<T, string | readonly string[]>): T {
  if (result.ok) return result.value;
  throw new Error(typeof result.error === 'string' ? result.error : result.error.join('\n'));
}

async function keptAuthority(folder: string): Promise<Authority> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const [certificateFile, keyFile] = [join(folder, 'authority.crt'), join(folder, 'authority.key')];
  try {
    return await openAuthority(await readFile(certificateFile, 'utf8'), await readFile(keyFile, 'utf8'));
  } catch {
    const now = Date.now();
    const authority = await makeAuthority('Riverton test authority', {
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + 365 * DAY_MS),
    });
    await writeFile(certificateFile, authority.certificatePem, { mode: 0o600 });
    await writeFile(keyFile, authority.keyPem, { mode: 0o600 });
    return authority;
  }
}

/** The gateway's own keys are kept; its server certificate is issued anew at each start. */
async function keptKeys(folder: string, pki: TestPki): Promise<GatewayKeys> {
  await makeOwnKeys(folder);
  const server = await pki.server('gateway');
  await writeFile(join(folder, KEY_FILES.tlsCertificate), server.certificatePem, { mode: 0o600 });
  await writeFile(join(folder, KEY_FILES.tlsKey), server.keyPem, { mode: 0o600 });
  await writeFile(join(folder, KEY_FILES.clientAuthority), pki.authority.certificatePem, { mode: 0o600 });
  return valueOf(await readKeysFolder(folder));
}

async function register(
  registrar: Registrar,
  pki: TestPki,
  bundle: PolicyBundle,
): Promise<ReadonlyMap<string, IssuedCertificate>> {
  const certificates = new Map<string, IssuedCertificate>();
  for (const agency of REGISTERED_AGENCIES) {
    const certificate = await pki.client(agency.id);
    certificates.set(agency.id, certificate);
    valueOf(await registrar.putAgency(agency));
    const notAfter = new Date(Date.now() + 89 * DAY_MS).toISOString();
    valueOf(await registrar.putCertificate({ thumbprint: certificate.thumbprint, agency: agency.id, notAfter }));
    valueOf(
      await registrar.putClient({
        clientId: clientIdOf(agency.id),
        agency: agency.id,
        sanUri: agency.sanUri,
        purposes: [...bundle.purposes.keys()],
        status: 'active',
      }),
    );
  }
  return certificates;
}

/** The case as the register keeps it: what is known of protected persons only as keyed hashes (P4, P8). */
function sealed({ subjectIs: _truth, ...told }: CastCase, keys: GatewayKeys): Case {
  const kase = sealCaseContacts({ ...told, protectedContacts: [...told.protectedContacts] }, makeSeal(keys.sealKey));
  if (!kase.ok) throw new Error(`a protected contact of ${told.caseRef} cannot be sealed`);
  return kase.value;
}
