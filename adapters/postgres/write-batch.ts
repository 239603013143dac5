import type { Pool, PoolClient } from 'pg';
import type { AppendFault, EntryLeaves, PreparedEntry, Receipt, RequestKey } from '../../gateway/ports/access-log.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { beginAppend } from './statements/begin-append.ts';
import { insertEntries, type EntryRow } from './statements/insert-entries.ts';
import { insertRequests } from './statements/insert-requests.ts';

/** One transaction of the log: lock, head, request keys, entries, commit. */

export interface Appended {
  readonly entry: PreparedEntry;
  readonly requestKey?: RequestKey;
}

/**
 * - `committed`: the database said so; one result for each of the batch, in its order.
 * - `not-committed`: it failed before the commit was sent, so nothing of it can ever appear.
 * - `unknown`: the commit was sent and not confirmed.
 */
export type BatchOutcome =
  | { readonly state: 'committed'; readonly results: readonly Result<Receipt, AppendFault>[] }
  | { readonly state: 'not-committed' }
  | { readonly state: 'unknown' };

/** Writes a batch. Never rejects. */
export async function writeBatch(pool: Pool, leaves: EntryLeaves, batch: readonly Appended[]): Promise<BatchOutcome> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch {
    return { state: 'not-committed' };
  }
  let results: readonly Result<Receipt, AppendFault>[];
  try {
    results = await insertBatch(client, leaves, batch);
  } catch {
    // Closing the connection ends the transaction; nothing was committed, and a broken connection is not used again.
    client.release(true);
    return { state: 'not-committed' };
  }
  const state = await commit(client);
  client.release(state !== 'committed');
  return state === 'committed' ? { state, results } : { state };
}

/**
 * A warning with the commit means that it is not what it says: "canceling wait for synchronous replication" commits
 * here and perhaps nowhere else. And the commit of a transaction that failed is answered as a rollback, not an error.
 */
async function commit(client: PoolClient): Promise<BatchOutcome['state']> {
  const notices: unknown[] = [];
  const onNotice = (notice: unknown) => {
    notices.push(notice);
  };
  client.on('notice', onNotice);
  try {
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') return 'not-committed';
    return notices.length > 0 ? 'unknown' : 'committed';
  } catch {
    return 'unknown';
  } finally {
    client.off('notice', onNotice);
  }
}

const keyText = (key: RequestKey) => JSON.stringify([key.clientId, key.requestId]);

async function insertBatch(
  client: PoolClient,
  leaves: EntryLeaves,
  batch: readonly Appended[],
): Promise<readonly Result<Receipt, AppendFault>[]> {
  const start = await beginAppend(client);
  const fresh = await freshKeys(client, batch);
  let position = start.next;
  const rows: EntryRow[] = [];
  const results = batch.map(({ entry, requestKey }): Result<Receipt, AppendFault> => {
    // Each key admits one entry: within one batch, the first that bears it.
    if (requestKey !== undefined && !fresh.delete(keyText(requestKey))) return err('request-replayed');
    const stored = leaves.place(entry, { position, recordedAt: start.recordedAt });
    rows.push({ stored, kind: entry.kind });
    position += 1;
    return ok({ position: stored.position, entryHash: stored.entryHash, at: start.recordedAt });
  });
  if (rows.length > 0) await insertEntries(client, rows, start.recordedAt);
  return results;
}

async function freshKeys(client: PoolClient, batch: readonly Appended[]): Promise<Set<string>> {
  const keys = new Map(batch.flatMap(({ requestKey: key }) => (key === undefined ? [] : [[keyText(key), key]])));
  if (keys.size === 0) return new Set();
  return new Set((await insertRequests(client, [...keys.values()])).map(keyText));
}
