import { createHash } from 'node:crypto';
import { Pool, type PoolClient } from 'pg';
import type { Receipt } from '../../../gateway/ports/access-log.ts';
import { ok } from '../../../schemas/result.ts';
import { createSequencer } from '../../../adapters/postgres/sequencer.ts';
import { ACCESS_LOG_LIMITS } from '../../../adapters/postgres/access-log.ts';
import type { Pace } from '../../../adapters/postgres/pace.ts';
import { createPool } from '../../../adapters/postgres/pool.ts';

/** What else one could do with the same database and the same bytes. */

export interface Rival {
  append(text: string): Promise<void>;
  close(): Promise<void>;
}

const TABLES = `
  drop schema if exists rival cascade;
  create schema rival;
  create table rival.plain (id bigserial primary key, recorded_at timestamptz not null default clock_timestamp(),
    canonical text not null);
  create table rival.chain (position bigint primary key, recorded_at timestamptz not null default clock_timestamp(),
    entry_hash bytea not null, canonical text not null);
  create table rival.head (position bigint not null, entry_hash bytea not null);
  insert into rival.head values (-1, decode(repeat('00', 32), 'hex'))`;

/** Makes the rivals' tables anew, under the owner's login. */
export async function makeRivalTables(ownerUrl: string): Promise<void> {
  const owner = new Pool({ connectionString: ownerUrl, max: 1 });
  await owner.query(TABLES);
  await owner.end();
}

const NOWHERE: Receipt = { position: 0, entryHash: '', at: '' };

/** All who wait go together, one transaction after the other: what group commit means where nobody tunes it. */
const TOGETHER: Pace = { enough: () => Infinity, ahead: () => false, sent: () => undefined };

/**
 * Plain inserts, gathered while the one before is flushed: the most that one connection gets durable. No order, no
 * hash, no check.
 * @param asLog also sends half of its callers ahead where that pays, as the log does
 */
export function plainInserts(ownerUrl: string, { asLog = false } = {}): Rival {
  const pool = createPool({ url: ownerUrl, max: 1, connectWithinMs: 1_000, statementWithinMs: 30_000, name: 'plain' });
  let connection: PoolClient | undefined;
  const sequencer = createSequencer(
    async (batch) => {
      connection ??= await pool.connect();
      await connection.query({
        name: 'plain',
        text: 'insert into rival.plain (canonical) select * from unnest($1::text[])',
        values: [batch.map(({ entry }) => entry.canonicalBody)],
      });
      return { state: 'committed', results: batch.map(() => ok(NOWHERE)) };
    },
    { ...ACCESS_LOG_LIMITS, answerWithinMs: 60_000 },
    ...(asLog ? [] : [TOGETHER]),
  );
  return {
    append: async (text) => {
      const appended = await sequencer.append({ entry: { kind: 'question-disclosed', canonicalBody: text } });
      if (!appended.ok) throw new Error(appended.error);
    },
    close: async () => {
      await sequencer.close();
      connection?.release();
      await pool.end();
    },
  };
}

/** A hash chain whose head row each caller locks for the whole of its own transaction. */
export function rowLockedChain(ownerUrl: string, connections: number): Rival {
  const pool = createPool({
    ...{ url: ownerUrl, max: connections, connectWithinMs: 60_000, statementWithinMs: 60_000, name: 'chain' },
  });
  return {
    append: async (text) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const { rows } = await client.query<{ position: string; entry_hash: Buffer }>(
          'select position, entry_hash from rival.head for update',
        );
        const [head] = rows;
        if (head === undefined) throw new Error('no head');
        const hash = createHash('sha256').update(head.entry_hash).update(text).digest();
        await client.query({
          name: 'chain',
          text: 'insert into rival.chain (position, entry_hash, canonical) values ($1, $2, $3)',
          values: [Number(head.position) + 1, hash, text],
        });
        await client.query('update rival.head set position = position + 1, entry_hash = $1', [hash]);
        await client.query('commit');
        client.release();
      } catch (error) {
        client.release(true);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}
