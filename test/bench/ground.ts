import { randomBytes } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { makeAuthority, type Authority, type IssuedCertificate } from '../../adapters/keys/authority.ts';
import { createAccessRegistrar } from '../../adapters/postgres/access-registrar.ts';
import { createPostgresCaseRegister } from '../../adapters/postgres/case-register.ts';
import { createGatewayLogin } from '../../adapters/postgres/gateway-login.ts';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { startEmbeddedPostgres } from '../../deploy/embedded-postgres.ts';
import { KEY_FILES, makeOwnKeys, readKeysFolder, type GatewayKeys } from '../../deploy/keys-folder.ts';
import { readPoliciesFolder } from '../../deploy/policies-folder.ts';
import { createCaseCipher } from '../../gateway/cases/case-cipher.ts';
import { makeSeal, sealsFor } from '../../gateway/contacts/seal.ts';
import type { Case } from '../../schemas/case.ts';
import { pkiOf, type TestPki } from '../agencies/pki.ts';
import { connectTo } from '../database-address.ts';
import type { Man } from './borough.ts';
import type { Closings } from './closings.ts';
import { wanted } from './wanted.ts';

/** What stands before anything is measured: a durable database, an authority, keys, and the registers filled. */

export interface Ground {
  readonly database: DatabaseGround;
  readonly authority: Authority;
  readonly pki: TestPki;
  readonly keys: GatewayKeys;
  readonly keysFolder: string;
  /** The council's certificate, which asks, and the gateway's own towards the agencies. */
  readonly council: IssuedCertificate;
  readonly gatewayClient: IssuedCertificate;
  readonly clientId: string;
}

interface DatabaseGround {
  readonly pid: number;
  readonly version: string;
  /** On the database's own disk, and ours to write to. */
  readonly folder: string;
  readonly gateway: Addresses;
  /** A second database, for what is measured of the log alone. */
  readonly log: Addresses;
}

interface Addresses {
  readonly url: string;
  readonly ownerUrl: string;
}

export const COUNCIL = 'riverton-council';
const DAY_MS = 86_400_000;

/** Lays the ground; what has to be ended is added to the closings as it comes. */
export async function layGround(folder: string, policiesFolder: string, closings: Closings): Promise<Ground> {
  const database = await makeDatabases(folder, closings);
  const now = Date.now();
  const authority = await makeAuthority('Riverton test authority', {
    notBefore: new Date(now - DAY_MS),
    notAfter: new Date(now + 30 * DAY_MS),
  });
  const pki = pkiOf(authority, now);
  const keysFolder = join(folder, 'keys');
  await rm(keysFolder, { recursive: true, force: true });
  closings.add(() => rm(keysFolder, { recursive: true, force: true }));
  const keys = await makeKeys(keysFolder, pki);
  const council = await pki.client(COUNCIL);
  const gatewayClient = await pki.client('holdfast-gateway');
  const { purposes } = wanted(await readPoliciesFolder(policiesFolder));
  const clientId = await registerCouncil(database.gateway.ownerUrl, council, [...purposes.keys()]);
  return { database, authority, pki, keys, keysFolder, council, gatewayClient, clientId };
}

async function makeDatabases(folder: string, closings: Closings): Promise<DatabaseGround> {
  await mkdir(folder, { recursive: true });
  const server = wanted(await startEmbeddedPostgres({ folder: join(folder, 'database'), durable: true }));
  closings.add(() => server.stop());
  const owner = await connectTo(server.url);
  try {
    const gateway = await makeDatabase(server.url, owner, 'bench_gateway');
    const log = await makeDatabase(server.url, owner, 'bench_log');
    const { rows } = await owner.query(
      `select current_setting('server_version') as version, current_setting('data_directory') as data`,
    );
    const [about] = z.array(z.object({ version: z.string(), data: z.string() })).parse(rows);
    if (about === undefined) throw new Error('the database did not say what it is');
    // One password for the one role: the second login would otherwise lock out the first.
    const password = randomBytes(18).toString('base64url');
    return {
      pid: server.pid,
      version: about.version,
      folder: dirname(about.data),
      gateway: { ownerUrl: gateway, url: wanted(await createGatewayLogin(gateway, password)) },
      log: { ownerUrl: log, url: wanted(await createGatewayLogin(log, password)) },
    };
  } finally {
    await owner.end();
  }
}

/** Empty at every start: a run that was killed leaves its database behind. */
async function makeDatabase(
  serverUrl: string,
  owner: Awaited<ReturnType<typeof connectTo>>,
  name: string,
): Promise<string> {
  await owner.query(`drop database if exists ${name} with (force)`);
  await owner.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const migrated = await migrate({ ownerUrl: url.toString() });
  if (!migrated.ok) throw new Error(migrated.error.sentence);
  return url.toString();
}

async function makeKeys(folder: string, pki: TestPki): Promise<GatewayKeys> {
  await makeOwnKeys(folder);
  const server = await pki.server('gateway');
  await writeFile(join(folder, KEY_FILES.tlsCertificate), server.certificatePem, { mode: 0o600 });
  await writeFile(join(folder, KEY_FILES.tlsKey), server.keyPem, { mode: 0o600 });
  await writeFile(join(folder, KEY_FILES.clientAuthority), pki.authority.certificatePem, { mode: 0o600 });
  return wanted(await readKeysFolder(folder));
}

async function registerCouncil(
  ownerUrl: string,
  { thumbprint }: IssuedCertificate,
  purposes: readonly string[],
): Promise<string> {
  const registrar = createAccessRegistrar({ ownerUrl });
  const [agency, sanUri, clientId] = [COUNCIL, `urn:agency:${COUNCIL}`, `${COUNCIL}-system`];
  try {
    const notAfter = new Date(Date.now() + 29 * DAY_MS).toISOString();
    wanted(await registrar.putAgency({ id: COUNCIL, name: 'Riverton Council', group: 'council', sanUri }));
    wanted(await registrar.putCertificate({ thumbprint, agency, notAfter }));
    wanted(await registrar.putClient({ clientId, agency, sanUri, purposes, status: 'active' }));
    return clientId;
  } finally {
    await registrar.close();
  }
}

/** Stores the men's cases as the register keeps them, and returns them so. */
export async function putCases(men: readonly Man[], { keys, database }: Ground): Promise<readonly Case[]> {
  const seal = makeSeal(keys.sealKey);
  const register = createPostgresCaseRegister({
    url: database.gateway.url,
    cipher: createCaseCipher({ current: { id: 'master-1', key: keys.masterKey } }),
  });
  const cases = men.map(({ kase, protectedContacts }): Case => ({
    ...kase,
    protectedContacts: protectedContacts.flatMap(({ kind, value, whose }) =>
      sealsFor(seal, kind, value).map((each) => ({ kind, seal: each, whose })),
    ),
  }));
  try {
    for (const kase of cases) wanted(await register.put(kase));
    return cases;
  } finally {
    await register.close();
  }
}

/** Entries of the gateway's log that record an answer. */
export async function countDisclosed({ database }: Ground): Promise<number> {
  const owner = await connectTo(database.gateway.ownerUrl);
  try {
    const { rows } = await owner.query(
      `select count(*)::int as entries from holdfast.entry where kind = 'question-disclosed'`,
    );
    return (
      z
        .array(z.object({ entries: z.number() }))
        .length(1)
        .parse(rows)[0]?.entries ?? 0
    );
  } finally {
    await owner.end();
  }
}
