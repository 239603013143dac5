import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { checkDurability } from '../../adapters/postgres/durability.ts';
import { entryLeaves, verifyEntries } from '../../gateway/audit/leaves.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { consulted } from '../log-entries.ts';

describe('P10: the time of an entry', () => {
  let database: FreshDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => database.drop());

  it('never goes back, also when the clock of the database was set back an hour', async () => {
    // An entry from before the clock was set back: as seen from now, an hour ahead.
    const recordedAt = new Date(Date.now() + 3_600_000).toISOString();
    const prepared = entryLeaves.prepare(consulted(0));
    if (!prepared.ok) throw new Error(prepared.error);
    const stored = entryLeaves.place(prepared.value, { position: 0, recordedAt });
    const owner = await connectTo(database.ownerUrl);
    await owner.query(
      `insert into holdfast.entry (position, recorded_at, kind, entry_hash, canonical)
       values (0, $1, 'question-consulted', decode($2, 'hex'), $3)`,
      [recordedAt, Buffer.from(stored.entryHash, 'base64url').toString('hex'), stored.canonical],
    );
    await owner.end();

    const log = createPostgresAccessLog({ url: database.url, leaves: entryLeaves });
    expect(await log.append(consulted(1))).toMatchObject({ ok: true, value: { position: 1, at: recordedAt } });
    const entries = await log.read(0, 10);
    await log.close();
    expect(entries.ok && verifyEntries(entries.value)).toMatchObject({ ok: true, value: { range: { size: 2 } } });
  });
});

describe('P1: durability', () => {
  it('a database that may forget what it acknowledged is recognised', async () => {
    const database = await freshDatabase();
    expect(await checkDurability(database.url)).toEqual({ ok: true, value: 'not-durable' });
    await database.drop();
    expect(await checkDurability(database.url)).toEqual({ ok: false, error: 'database-unreachable' });
  });
});
