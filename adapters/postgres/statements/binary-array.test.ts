import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Client } from 'pg';
import { connectTo } from '../../../test/database-address.ts';
import { freshDatabase, type FreshDatabase } from '../../../test/database.ts';
import { binaryArray, roomOf } from './binary-array.ts';

describe('arrays in the binary form', () => {
  let database: FreshDatabase;
  let client: Client;
  beforeAll(async () => {
    database = await freshDatabase();
    client = await connectTo(database.url);
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('the database reads each text as it was, whatever is in it and whatever lay in the room before', async () => {
    // PostgreSQL's text holds every character but the one of number zero.
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((each) => each.replaceAll('\u0000', ''));
    const room = roomOf(client);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(text), { maxLength: 12 }), async (items) => {
        const { rows } = await client.query<{ items: unknown }>('select $1::text[] as items', [
          binaryArray('text', items, room),
        ]);
        expect(rows[0]?.items).toEqual(items);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('what is not JSON is refused as such', async () => {
    const asked = client.query('select $1::json[]', [binaryArray('json', ['{"a":1}', '{"a":1},"position":9'])]);
    await expect(asked).rejects.toMatchObject({ code: '22P02' });
  });
});
