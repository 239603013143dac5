import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connectTo } from '../../test/database-address.ts';
import { freshDatabase, type FreshDatabase } from '../../test/database.ts';
import { migrate, readMigrations } from './migrate.ts';

describe('migrations', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('applies each file once: a second run does no harm', async () => {
    const again = await migrate({ ownerUrl: database.ownerUrl });
    expect(again).toEqual({ ok: true, value: [] });
  });

  it('refuses a database that a newer version has migrated', async () => {
    const older = (await readMigrations()).slice(0, -1);
    const result = await migrate({ ownerUrl: database.ownerUrl, migrations: older });
    expect(result).toMatchObject({ ok: false, error: { code: 'database-newer' } });
  });

  it('refuses a database whose applied files were different', async () => {
    const [first, ...rest] = await readMigrations();
    expect(first).toBeDefined();
    const edited = first === undefined ? [] : [{ ...first, sql: `${first.sql}\n-- edited` }, ...rest];
    const result = await migrate({ ownerUrl: database.ownerUrl, migrations: edited });
    expect(result).toMatchObject({ ok: false, error: { code: 'migration-changed' } });
  });

  it('keeps nothing of a migration that fails', async () => {
    const broken = { number: 9998, name: '9998-broken.sql', sql: 'create table holdfast.half (a int); select 1 / 0' };
    const result = await migrate({
      ownerUrl: database.ownerUrl,
      migrations: [...(await readMigrations()), broken],
    });
    expect(result).toMatchObject({ ok: false, error: { code: 'migration-failed' } });
    const owner = await connectTo(database.ownerUrl);
    const { rows } = await owner.query("select to_regclass('holdfast.half') as half");
    await owner.end();
    expect(rows).toEqual([{ half: null }]);
  });

  it('lets two gateways start at once on a new database', async () => {
    const extra = { number: 9999, name: '9999-once.sql', sql: 'create table holdfast.once (a int)' };
    const migrations = [...(await readMigrations()), extra];
    const both = await Promise.all([
      migrate({ ownerUrl: database.ownerUrl, migrations }),
      migrate({ ownerUrl: database.ownerUrl, migrations }),
    ]);
    expect(both.map((result) => result.ok && result.value.length).sort()).toEqual([0, 1]);
  });

  it('says in one sentence that the database cannot be reached', async () => {
    const result = await migrate({ ownerUrl: 'postgres://nobody:x@127.0.0.1:1/none' });
    expect(result).toMatchObject({ ok: false, error: { code: 'database-unreachable' } });
  });
});
