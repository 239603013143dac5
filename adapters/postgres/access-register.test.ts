import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { AccessRegister } from '../../gateway/ports/access-register.ts';
import { connectTo } from '../../test/database-address.ts';
import { freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { followAccessRegister } from './access-register.ts';
import { createAccessRegistrar } from './access-registrar.ts';

const police = { id: 'police', name: 'Riverton Police', group: 'police' as const, sanUri: 'urn:agency:police' };
const certificate = {
  thumbprint: createHash('sha256').update('police certificate').digest('base64url'),
  agency: 'police',
  notAfter: '2027-02-01T00:00:00.000Z',
};
const client = {
  clientId: 'riverton-police-cases',
  agency: 'police',
  sanUri: 'urn:agency:police',
  purposes: ['ENGAGE'],
  status: 'active' as const,
};

describe('access register', () => {
  let database: FreshDatabase;
  let registrar: ReturnType<typeof createAccessRegistrar>;
  const open: AccessRegister[] = [];
  let now = 0;
  const follow = async (checkEveryMs: number) => {
    const register = await followAccessRegister({
      url: database.url,
      checkEveryMs,
      staleAfterMs: 5_000,
      monotonicMs: () => now,
    });
    open.push(register);
    return register;
  };
  /** Waits for a condition that must come true; the test's own limit is the clock. */
  const until = async (condition: () => boolean) => {
    while (!condition()) await wait(10);
  };

  beforeEach(async () => {
    now = 0;
    database = await freshDatabase();
    registrar = createAccessRegistrar({ ownerUrl: database.ownerUrl });
    await registrar.putAgency(police);
    await registrar.putCertificate(certificate);
    await registrar.putClient(client);
  });
  afterEach(async () => {
    for (const register of open.splice(0)) await register.close();
    await registrar.close();
    await database.drop();
  });

  it('holds agencies, certificates and clients from the start', async () => {
    const snapshot = (await follow(60_000)).snapshot();
    expect(snapshot.agencies.get('police')).toEqual(police);
    expect(snapshot.certificates.get(certificate.thumbprint)).toEqual({ ...certificate, status: 'active' });
    expect(snapshot.clients.get(client.clientId)).toEqual(client);
    expect(snapshot.stale).toBe(false);
  });

  it('P2: follows a revocation at once, and tells who listens', async () => {
    const register = await follow(60_000);
    const heard: string[] = [];
    const stop = register.onChange(({ certificates }) => {
      heard.push(certificates.get(certificate.thumbprint)?.status ?? 'gone');
    });
    await registrar.revokeCertificate(certificate.thumbprint);
    await until(() => register.snapshot().certificates.get(certificate.thumbprint)?.status === 'revoked');
    expect(heard).toEqual(['revoked']);
    stop();
    await registrar.suspendClient(client.clientId);
    await until(() => register.snapshot().clients.get(client.clientId)?.status === 'suspended');
    expect(heard).toEqual(['revoked']);
  });

  it('P2: follows a revocation whose notification was lost', async () => {
    const register = await follow(50);
    const owner = await connectTo(database.ownerUrl);
    await owner.query('alter table holdfast.client_certificate disable trigger client_certificate_changed');
    await owner.query('update holdfast.client_certificate set revoked_at = now()');
    await owner.query('update holdfast.access_revision set revision = revision + 1');
    await owner.end();
    await until(() => register.snapshot().certificates.get(certificate.thumbprint)?.status === 'revoked');
    expect(register.snapshot().stale).toBe(false);
  });

  it('a revoked certificate is not revived by registering it again', async () => {
    await registrar.revokeCertificate(certificate.thumbprint);
    await registrar.putCertificate(certificate);
    const snapshot = (await follow(60_000)).snapshot();
    expect(snapshot.certificates.get(certificate.thumbprint)?.status).toBe('revoked');
  });

  it('P2: is stale when it could not be confirmed for too long, and fresh again afterwards', async () => {
    const register = await follow(20);
    const owner = await connectTo(database.ownerUrl);
    await owner.query('revoke select on holdfast.access_revision from holdfast_gateway');
    await wait(100);
    now = 5_001;
    await wait(100);
    expect(register.snapshot()).toMatchObject({ stale: true });
    expect(register.snapshot().clients.size).toBe(1);
    await owner.query('grant select on holdfast.access_revision to holdfast_gateway');
    await until(() => !register.snapshot().stale);
    await owner.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
      'holdfast access',
    ]);
    await owner.end();
    await registrar.revokeCertificate(certificate.thumbprint);
    await until(() => register.snapshot().certificates.get(certificate.thumbprint)?.status === 'revoked');
  });

  it('P2: starts empty and stale when there is no database', async () => {
    const register = await followAccessRegister({ url: 'postgres://nobody:x@127.0.0.1:1/none' });
    open.push(register);
    expect(register.snapshot()).toMatchObject({ stale: true, revision: -1 });
    expect(register.snapshot().agencies.size).toBe(0);
  });

  it.each([
    [() => registrar.putCertificate({ ...certificate, thumbprint: 'AB:CD' }), 'invalid'],
    [
      () => registrar.putCertificate({ ...certificate, thumbprint: 'A'.repeat(43), agency: 'nobody' }),
      'agency-unknown',
    ],
    [() => registrar.putClient({ ...client, clientId: 'client-07700900123' }), 'invalid'],
    [() => registrar.putClient({ ...client, sanUri: 'urn:agency:housing' }), 'invalid'],
    [() => registrar.putClient({ ...client, purposes: ['anything at all'] }), 'invalid'],
    [() => registrar.putAgency({ ...police, id: 'No Agency' }), 'invalid'],
    [() => registrar.putAgency({ ...police, id: 'other' }), 'invalid'],
    [() => registrar.revokeCertificate('B'.repeat(43)), 'certificate-unknown'],
    [() => registrar.suspendClient('nobody'), 'client-unknown'],
  ])('refuses what a gateway could not read back, case %#', async (change, error) => {
    expect(await change()).toEqual({ ok: false, error });
  });
});
