import type { Pool, PoolClient } from 'pg';
import type { AppendFault, EntryLeaves, PreparedEntry, Receipt, RequestKey } from '../../gateway/ports/access-log.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { sqlState } from './pool.ts';
import { appendEntries, type AppendedRow } from './statements/append-entries.ts';

/** One batch of the log: one statement, which is its own transaction. */

export interface Appended {
  readonly entry: PreparedEntry;
  readonly requestKey?: RequestKey;
}

/**
 * - `committed`: the database said so; one result for each of the batch, in its order.
 * - `not-committed`: it was not sent, or the database said that it failed, so nothing of it can ever appear.
 * - `unknown`: it was sent, and nobody said what became of it.
 */
export type BatchOutcome =
  | { readonly state: 'committed'; readonly results: readonly Result<Receipt, AppendFault>[] }
  | { readonly state: 'not-committed' }
  | { readonly state: 'unknown' };

export interface BatchWriter {
  /** Writes a batch. Never rejects. One at a time. */
  write(batch: readonly Appended[]): Promise<BatchOutcome>;
  /** Gives the connection back. */
  close(): void;
}

/**
 * Holds one connection from batch to batch: then a batch is on its way before `write` returns, and the database works on
 * it while the next one gathers.
 */
export function createBatchWriter(pool: Pool, leaves: EntryLeaves): BatchWriter {
  let held: PoolClient | undefined;
  const drop = (client: PoolClient, broken: boolean): void => {
    if (held !== client) return;
    held = undefined;
    client.release(broken);
  };
  const connect = async (): Promise<PoolClient> => {
    const client = await pool.connect();
    held = client;
    // One that ends while nothing is written, as when the database is restarted, costs no entry.
    client.once('end', () => {
      drop(client, true);
    });
    return client;
  };
  const writeOn = async (client: PoolClient, batch: readonly Appended[]): Promise<BatchOutcome> => {
    const outcome = await append(client, leaves, batch);
    // A connection on which anything went wrong is not used again.
    if (outcome.state !== 'committed') drop(client, true);
    return outcome;
  };
  return {
    async write(batch) {
      if (held !== undefined) return writeOn(held, batch);
      let client: PoolClient;
      try {
        client = await connect();
      } catch {
        return { state: 'not-committed' };
      }
      return writeOn(client, batch);
    },
    close() {
      if (held !== undefined) drop(held, false);
    },
  };
}

/**
 * A warning means that the commit is not what it says: "canceling wait for synchronous replication" commits here and
 * perhaps nowhere else.
 */
async function append(client: PoolClient, leaves: EntryLeaves, batch: readonly Appended[]): Promise<BatchOutcome> {
  const notices: unknown[] = [];
  const onNotice = (notice: unknown) => {
    notices.push(notice);
  };
  client.on('notice', onNotice);
  try {
    const sent = firstOfEachKey(batch);
    const rows = await appendEntries(client, sent);
    if (notices.length > 0) return { state: 'unknown' };
    const receipts = receiptsOf(leaves, sent, rows);
    if (receipts === undefined) return { state: 'unknown' };
    return { state: 'committed', results: batch.map((each) => receipts.get(each) ?? err('request-replayed')) };
  } catch (error) {
    return { state: refusedByDatabase(error) ? 'not-committed' : 'unknown' };
  } finally {
    client.off('notice', onNotice);
  }
}

const keyText = (key: RequestKey) => JSON.stringify([key.clientId, key.requestId]);

/** Each key admits one entry: within one batch, the first that bears it. */
function firstOfEachKey(batch: readonly Appended[]): readonly Appended[] {
  const seen = new Set<string>();
  return batch.filter(({ requestKey }) => {
    if (requestKey === undefined) return true;
    const key = keyText(requestKey);
    return seen.has(key) ? false : seen.add(key);
  });
}

/**
 * Receipts by what they are for; undefined where the database hashed something else than we would have, which is a
 * fault in one of the two, and no entry that anybody could verify.
 */
function receiptsOf(
  leaves: EntryLeaves,
  sent: readonly Appended[],
  rows: readonly AppendedRow[],
): ReadonlyMap<Appended, Result<Receipt, AppendFault>> | undefined {
  const receipts = new Map<Appended, Result<Receipt, AppendFault>>();
  for (const { index, position, recordedAt, entryHash } of rows) {
    const appended = sent[index];
    if (appended === undefined) return undefined;
    if (leaves.place(appended.entry, { position, recordedAt }).entryHash !== entryHash) return undefined;
    receipts.set(appended, ok({ position, entryHash, at: recordedAt }));
  }
  return receipts;
}

/**
 * Whether the database itself said that the statement failed, and it was rolled back. A server that is shutting down
 * (class 57P) may say so after it has committed.
 */
function refusedByDatabase(error: unknown): boolean {
  const state = sqlState(error);
  return state !== undefined && !state.startsWith('57P');
}
