import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { entryHashOf, entryLeaves, treeHeadOf, verifyEntries } from '../../gateway/audit/leaves.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { consulted } from '../log-entries.ts';

const REWRITES = [
  "update holdfast.entry set canonical = replace(canonical, 'a.worker', 'b.worker')",
  'delete from holdfast.entry where position = 1',
  'delete from holdfast.entry where false',
  'truncate holdfast.entry',
  'truncate holdfast.entry cascade',
];

const INSERT = `insert into holdfast.entry (position, recorded_at, kind, entry_hash, canonical)
  select $1::bigint, clock_timestamp() + make_interval(secs => $2), 'question-consulted',
    sha256('\\x00'::bytea || convert_to($3, 'UTF8')), $4`;

const VAST = `"${'x'.repeat(65_534)}"`;

describe('P10: the database refuses to change the log', () => {
  let database: FreshDatabase;
  let gateway: Client;
  let owner: Client;
  beforeAll(async () => {
    database = await freshDatabase();
    const log = createPostgresAccessLog({ url: database.url, leaves: entryLeaves });
    await Promise.all([0, 1, 2, 3].map((n) => log.append(consulted(n), { clientId: 'c', requestId: `r${n}` })));
    await log.close();
    gateway = await connectTo(database.url);
    owner = await connectTo(database.ownerUrl);
  });
  afterAll(async () => {
    await gateway.end();
    await owner.end();
    await database.drop();
  });

  it.each(REWRITES)('to the gateway: %s', async (sql) => {
    await expect(gateway.query(sql)).rejects.toMatchObject({ code: '42501' });
  });

  it.each(REWRITES)('to the owner of the tables: %s', async (sql) => {
    await expect(owner.query(sql)).rejects.toMatchObject({ code: '42501', message: expect.stringContaining('append') });
  });

  it('to an owner who switches ordinary triggers off', async () => {
    await owner.query("set session_replication_role = 'replica'");
    await expect(owner.query('delete from holdfast.entry')).rejects.toMatchObject({ code: '42501' });
    await owner.query('reset session_replication_role');
  });

  it.each([
    ['leaves a gap', [6, 1, '{}', '{}'], '23000'],
    ['takes a place that is taken', [3, 1, '{}', '{}'], '23505'],
    ['is longer than a bundle can hold', [4, 1, VAST, VAST], '23514'],
    ['is dated before its predecessor', [4, -3600, '{}', '{}'], '23000'],
    ['starts a second log', [0, 1, '{}', '{}'], '23505'],
  ])('an entry that %s is refused', async (_what, values, code) => {
    await expect(owner.query(INSERT, values)).rejects.toMatchObject({ code });
    // The gateway's login cannot even try.
    await expect(gateway.query(INSERT, values)).rejects.toMatchObject({ code: '42501' });
  });

  it.each([
    'delete from holdfast.request_seen',
    "insert into holdfast.request_seen values ('c', 'r')",
    'update holdfast.request_seen set seen_at = now()',
    'drop table holdfast.entry',
    'alter table holdfast.entry disable trigger all',
    'create table holdfast.mine (a int)',
    'insert into holdfast.client_certificate values (repeat($$a$$, 43), $$police$$, now())',
    "update holdfast.oauth_client set purposes = '{ALL}'",
    'update holdfast.access_revision set revision = 0',
    'delete from holdfast.case_file',
    'select holdfast.raise_access_revision()',
  ])('the gateway may not: %s', async (sql) => {
    await expect(gateway.query(sql)).rejects.toHaveProperty('code');
    const code = await gateway.query(sql).catch((error: unknown) => error);
    expect(code).toMatchObject({ code: expect.stringMatching(/^(42501|0A000)$/) });
  });

  it('forgets request ids only when they are old', async () => {
    await gateway.query('select holdfast.forget_requests(100)');
    expect((await owner.query('select * from holdfast.request_seen')).rowCount).toBe(4);
    await owner.query("update holdfast.request_seen set seen_at = now() - interval '25 hours' where request_id = 'r1'");
    await gateway.query('select holdfast.forget_requests(100)');
    expect((await owner.query('select * from holdfast.request_seen')).rowCount).toBe(3);
  });

  it('and the tree shows what a superuser did all the same', async () => {
    const log = createPostgresAccessLog({ url: database.url, leaves: entryLeaves });
    const before = await log.read(0, 100);
    const verified = verifyEntries(before.ok ? before.value : []);
    if (!verified.ok) throw new Error('does not hold');
    const head = treeHeadOf(verified.value);
    await owner.query('alter table holdfast.entry disable trigger all');
    await owner.query(
      "update holdfast.entry set canonical = replace(canonical, 'a.worker', 'b.worker') where position = 2",
    );
    await owner.query('alter table holdfast.entry enable always trigger entry_append_only');
    const entries = await log.read(0, 100);
    await log.close();
    if (!entries.ok) throw new Error('not readable');
    expect(verifyEntries(entries.value)).toEqual({ ok: false, error: { code: 'hash-differs', position: 2 } });
    // Whoever can do that can hash the text as well. The head that somebody else kept is what they cannot reach.
    const rehashed = entries.value.map((entry) => ({ ...entry, entryHash: entryHashOf(entry.canonical) }));
    expect(verifyEntries(rehashed)).toMatchObject({ ok: true });
    expect(verifyEntries(rehashed, { head })).toEqual({ ok: false, error: { code: 'root-differs', position: 3 } });
  });
});
