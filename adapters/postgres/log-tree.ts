import type { Pool, PoolClient } from 'pg';
import type { LogTree, LogTreeFault, PublishTurn } from '../../gateway/ports/log-tree.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';
import { claimOrigin } from './statements/claim-origin.ts';
import { insertCheckpoint, insertCosignatures, insertTiles } from './statements/insert-checkpoint.ts';
import { readCheckpointFrom, readNewestCheckpoint } from './statements/read-checkpoints.ts';
import { readLeafHashes, readSize, readTiles } from './statements/read-tiles.ts';

export interface PostgresLogTreeOptions {
  /** Connection address of the gateway's login. */
  readonly url: string;
  /** For one statement. */
  readonly statementWithinMs?: number;
}

/** The same number in every gateway: whoever holds the lock is the one publisher of the moment. */
const PUBLISHER_LOCK = 7_246_003;

/**
 * Whoever reads for proofs asks the same few statements by key. Left to itself the database plans the one for tiles anew
 * each time, which takes longer than running it; and a plan made while the log was empty must not read whole tables later.
 */
const PLAN_ONCE = ['plan_cache_mode=force_generic_plan', 'enable_seqscan=off'];

/**
 * Tiles and checkpoints in PostgreSQL, beside the entries. Several gateways may publish over one database; a lock gives
 * each step to one of them, and goes back by itself when its connection ends.
 */
export function createPostgresLogTree(options: PostgresLogTreeOptions): LogTree {
  const within = { connectWithinMs: CONNECT_WITHIN_MS, statementWithinMs: options.statementWithinMs ?? 10_000 };
  const reader = createPool({ url: options.url, ...within, max: 3, name: 'holdfast tree reader', session: PLAN_ONCE });
  const publisher = createPool({ url: options.url, ...within, max: 1, name: 'holdfast publisher' });
  let closing: Promise<void> | undefined;
  return {
    size: () => available(() => readSize(reader)),
    tiles: (places) => available(() => readTiles(reader, places)),
    newestCheckpoint: () => available(() => readNewestCheckpoint(reader)),
    checkpointFrom: (size) => available(() => readCheckpointFrom(reader, size)),
    claimOrigin: (origin, instance) => available(() => claimOrigin(reader, origin, instance)),
    keepCosignatures: (size, cosignatures) =>
      available(async () => {
        await insertCosignatures(reader, size, cosignatures);
        return true as const;
      }),
    inTurn: (work) => inTurn(publisher, work),
    close: () => (closing ??= Promise.all([reader.end(), publisher.end()]).then(() => undefined)),
  };
}

async function inTurn<T>(
  pool: Pool,
  work: (turn: PublishTurn) => Promise<T>,
): Promise<Result<T, LogTreeFault | 'not-our-turn'>> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch {
    return err('log-unavailable');
  }
  try {
    // Each statement sees what is committed when it runs, so after the lock also what the publisher before us kept.
    await client.query('begin isolation level read committed');
    const { rows } = await client.query<{ ours: boolean }>(`select pg_try_advisory_xact_lock(${PUBLISHER_LOCK}) ours`);
    const worked = rows[0]?.ours === true ? ok(await work(turnOf(client))) : err('not-our-turn' as const);
    await client.query('commit');
    client.release();
    return worked;
  } catch {
    // Ending the connection ends the transaction. Where only the answer to the commit was lost, the checkpoint may be
    // there: the next step finds it and goes on from it.
    client.release(true);
    return err('log-unavailable');
  }
}

const turnOf = (client: PoolClient): PublishTurn => ({
  size: () => readSize(client),
  tiles: (places) => readTiles(client, places),
  newestCheckpoint: () => readNewestCheckpoint(client),
  leafHashes: (from, limit) => readLeafHashes(client, from, limit),
  keep: async (tiles, checkpoint) => {
    await insertTiles(client, tiles);
    await insertCheckpoint(client, checkpoint);
  },
});

async function available<T>(query: () => Promise<T>): Promise<Result<T, LogTreeFault>> {
  try {
    return ok(await query());
  } catch {
    return err('log-unavailable');
  }
}
