import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { followAccessRegister } from '../adapters/postgres/access-register.ts';
import type { IssuedCertificate } from '../adapters/keys/authority.ts';
import type { AccessSnapshot } from '../gateway/ports/access-register.ts';
import { makeTestPki, type TestPki } from '../test/agencies/pki.ts';
import { freshDatabase, type FreshDatabase } from '../test/database.ts';
import { readAgenciesFile, registerAgencies, revokeCertificate, suspendClient } from './register.ts';

const now = new Date();
let folder: string;
let pki: TestPki;
let council: IssuedCertificate;
let database: FreshDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-register-'));
  pki = await makeTestPki();
  council = await pki.client('riverton-council');
  database = await freshDatabase();
  await writeFile(join(folder, 'council.crt'), council.certificatePem);
  await writeFile(join(folder, 'police.crt'), (await pki.client('police')).certificatePem);
  await writeFile(join(folder, 'server.crt'), (await pki.server('gateway')).certificatePem);
  await writeFile(join(folder, 'text.crt'), 'no certificate');
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const entry = (more: object = {}) => ({
  id: 'riverton-council',
  name: 'Riverton Council',
  group: 'council',
  certificates: ['council.crt'],
  clients: [{ id: 'riverton-council-system', purposes: ['ENGAGE', 'DAPG'] }],
  ...more,
});

async function read(agencies: readonly object[], more: object = {}) {
  const file = join(folder, 'agencies.yaml');
  await writeFile(file, stringify({ agencies, ...more }));
  return readAgenciesFile(file, now);
}

async function problemsOf(agency: object): Promise<readonly string[]> {
  const found = await read([agency]);
  return found.ok ? [] : found.error;
}

/** The register as a gateway reads it. */
async function asRead(): Promise<AccessSnapshot> {
  const register = await followAccessRegister({ url: database.url });
  const snapshot = register.snapshot();
  await register.close();
  return snapshot;
}

describe('the agencies file', () => {
  it.each([
    ['an unknown key', { trusted: true }, /trusted/],
    ['a group that no agreement speaks of', { group: 'friends' }, /group/],
    ['a certificate that is not there', { certificates: ['gone.crt'] }, /gone\.crt cannot be read/],
    ['a certificate that is none', { certificates: ['text.crt'] }, /no certificate/],
    ['a certificate of another agency', { certificates: ['police.crt'] }, /another agency/],
    ['a certificate that the door would refuse', { certificates: ['server.crt'] }, /profile/],
  ])('refuses %s with one sentence', async (_name, more, expected) => {
    const problems = await problemsOf(entry(more));
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });

  it('refuses a certificate that has ended', async () => {
    const file = join(folder, 'later.yaml');
    await writeFile(file, stringify({ agencies: [entry()] }));
    const later = await readAgenciesFile(file, new Date(now.getTime() + 200 * 86_400_000));
    expect(later.ok ? [] : later.error).toEqual([expect.stringMatching(/not in force \(expired\)/)]);
  });
});

describe('registering', () => {
  it('lets a gateway know agency, certificate and client; revoking and suspending take them away', async () => {
    const agencies = await read([entry()]);
    if (!agencies.ok) throw new Error(agencies.error.join(' '));
    expect(await registerAgencies(database.ownerUrl, agencies.value)).toEqual({ ok: true, value: 1 });
    const before = await asRead();
    expect(before.agencies.get('riverton-council')).toMatchObject({
      group: 'council',
      sanUri: 'urn:agency:riverton-council',
    });
    expect(before.certificates.get(council.thumbprint)).toMatchObject({ status: 'active' });
    expect(before.clients.get('riverton-council-system')).toMatchObject({
      purposes: ['ENGAGE', 'DAPG'],
      status: 'active',
    });

    expect(await revokeCertificate(database.ownerUrl, council.thumbprint)).toEqual({ ok: true, value: true });
    expect(await suspendClient(database.ownerUrl, 'riverton-council-system')).toEqual({ ok: true, value: true });
    const suspended = [{ id: 'riverton-council-system', purposes: ['ENGAGE'], suspended: true }];
    const again = await read([entry({ clients: suspended })]);
    if (!again.ok) throw new Error(again.error.join(' '));
    await registerAgencies(database.ownerUrl, again.value);
    const after = await asRead();
    // A revoked certificate stays revoked, however often its file is registered.
    expect(after.certificates.get(council.thumbprint)).toMatchObject({ status: 'revoked' });
    expect(after.clients.get('riverton-council-system')).toMatchObject({ status: 'suspended' });
  });

  it('says in one sentence what cannot be taken away, or that the database is out of reach', async () => {
    expect(await revokeCertificate(database.ownerUrl, 'A'.repeat(43))).toMatchObject({ ok: false });
    expect(await suspendClient(database.ownerUrl, 'nobody')).toMatchObject({ ok: false });
    const nowhere = await revokeCertificate('postgres://nobody@127.0.0.1:1/none', council.thumbprint);
    expect(nowhere).toEqual({ ok: false, error: 'The database cannot be reached under this login.' });
  });
});
