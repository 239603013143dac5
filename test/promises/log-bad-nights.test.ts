import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { createConnection } from '../../adapters/postgres/pool.ts';
import { entryLeaves, verifyEntries } from '../../gateway/audit/leaves.ts';
import type { AccessLog } from '../../gateway/ports/access-log.ts';
import { PROBLEMS } from '../../schemas/problem.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { consulted } from '../log-entries.ts';

const UNAVAILABLE = { ok: false, error: 'log-unavailable' };

describe('P1: bad nights of the log', () => {
  let database: FreshDatabase;
  let owner: Client;
  let log: AccessLog;
  beforeAll(async () => {
    database = await freshDatabase();
    owner = await connectTo(database.ownerUrl);
    log = createPostgresAccessLog({ url: database.url, leaves: entryLeaves });
    await log.append(consulted(0));
  });
  afterEach(async () => {
    const entries = await log.read(0, 10_000);
    expect(entries.ok && verifyEntries(entries.value)).toMatchObject({ ok: true });
  });
  afterAll(async () => {
    await log.close();
    await owner.end();
    await database.drop();
  });

  const count = async () =>
    Number((await owner.query<{ n: string }>('select count(*) n from holdfast.entry')).rows[0]?.n);

  // Codes of PostgreSQL: no room on the disk, no memory, a disk that fails, a page that is damaged.
  it.each(['53100', '53200', '58030', 'XX001'])(
    'a database that answers %s in the middle of a batch gives no receipt and keeps nothing of it; then all is well',
    async (code) => {
      const before = await count();
      await owner.query(`
        create function public.bad_night() returns trigger language plpgsql as
          $$ begin raise exception 'bad night' using errcode = '${code}'; end $$;
        create trigger bad_night after insert on holdfast.entry for each row execute function public.bad_night()`);
      const key = { clientId: 'c', requestId: `r-${code}` };
      const refused = await Promise.all([log.append(consulted(1), key), log.append(consulted(2))]);
      expect(refused).toEqual([UNAVAILABLE, UNAVAILABLE]);
      await owner.query('drop trigger bad_night on holdfast.entry; drop function public.bad_night()');
      expect(await count()).toBe(before);
      // The request key went with the entry: the same question may be asked again.
      expect(await log.append(consulted(1), key)).toMatchObject({ ok: true, value: { position: before } });
    },
  );

  it('a writer that stalls with the lock in its hand loses it, and another gateway takes over', async () => {
    // As a gateway's own connections are set up, with a shorter patience.
    const stalled = createConnection({
      ...{ url: database.url, connectWithinMs: 5_000, statementWithinMs: 200, name: 'stalled writer' },
    });
    await stalled.connect();
    await stalled.query('begin');
    await stalled.query('select pg_advisory_xact_lock(7246002)');
    const before = await count();
    const waiting = createPostgresAccessLog({
      url: database.url,
      leaves: entryLeaves,
      limits: { answerWithinMs: 100 },
      statementWithinMs: 100,
    });
    expect(await waiting.append(consulted(3))).toEqual(UNAVAILABLE);
    let taken = await waiting.append(consulted(4));
    for (let n = 0; !taken.ok && n < 200; n += 1) {
      await wait(50);
      taken = await waiting.append(consulted(4));
    }
    expect(taken).toMatchObject({ ok: true });
    // Nobody ended it but the database: it was idle in a transaction for longer than it may be.
    await expect(stalled.query('select 1')).rejects.toThrow();
    await waiting.close();
    expect(await count()).toBeGreaterThan(before);
  });

  it('a warning with the commit, as of a replica that did not confirm, is no receipt', async () => {
    await owner.query(`
      create function public.doubt() returns trigger language plpgsql as
        $$ begin raise warning 'the standby did not confirm'; return null; end $$;
      create trigger doubt after insert on holdfast.entry for each statement execute function public.doubt()`);
    const before = await count();
    expect(await log.append(consulted(5))).toEqual(UNAVAILABLE);
    // It is there: an entry too many, never one too few.
    expect(await count()).toBe(before + 1);
    await owner.query('drop trigger doubt on holdfast.entry; drop function public.doubt()');
  });

  it('a database that hashes another text than ours is not believed', async () => {
    const { rows } = await owner.query<{ definition: string }>(
      `select pg_get_functiondef('holdfast.append_entries(json[], text[], text[], text[])'::regprocedure) definition`,
    );
    const definition = rows[0]?.definition ?? '';
    await owner.query(definition.replace(`'{"body":'`, `'{ "body":'`));
    expect(await log.append(consulted(6))).toEqual(UNAVAILABLE);
    await owner.query(definition);
    // What it wrote meanwhile would fail every verification, so the test takes it away as only an owner can.
    await owner.query('alter table holdfast.entry disable trigger all');
    await owner.query(`delete from holdfast.entry where canonical like '{ %'`);
    await owner.query('alter table holdfast.entry enable always trigger entry_append_only');
    expect(await log.append(consulted(7))).toMatchObject({ ok: true });
  });

  it('and the caller reads what to do', () => {
    expect(PROBLEMS['log-unavailable']).toEqual([503, expect.stringContaining('Try again')]);
  });
});
