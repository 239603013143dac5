import type { Pool } from 'pg';
import { z } from 'zod';
import type { Advanced, EntryIndex, IndexFault } from '../../gateway/ports/entry-index.ts';
import { agencyIdSchema } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';
import { insertIndexRows } from './statements/insert-index-rows.ts';
import { searchStretches } from './statements/search-index.ts';
import { inTransaction } from './transaction.ts';

export interface PostgresEntryIndexOptions {
  /** Connection address of the gateway's login. */
  readonly url: string;
  /** Connections at most; 6 when not given. */
  readonly max?: number;
  /** Newest positions that a search reads through before it asks the index over facets; 2,048 when not given. */
  readonly readThrough?: number;
}

/** The same in every gateway: whoever holds it is the one that follows the log. */
const FOLLOWER_LOCK = 7_246_010;
const STEP_MAX = 500;
const NEXT = 'select next from holdfast.review_index';
const nextSchema = z.array(z.object({ next: z.coerce.number().int() })).length(1);
const staffSchema = z.array(z.object({ agency: agencyIdSchema, staff_id: z.string() }));
const entriesSchema = z.array(z.object({ position: z.coerce.number().int(), canonical: z.string() }));

/** The search index in PostgreSQL. */
export function createPostgresEntryIndex(options: PostgresEntryIndexOptions): EntryIndex {
  const pool = createPool({
    url: options.url,
    max: options.max ?? 6,
    connectWithinMs: CONNECT_WITHIN_MS,
    statementWithinMs: 10_000,
    name: 'holdfast review',
  });
  let closing: Promise<void> | undefined;
  return {
    advance: (read) => available(() => advance(pool, read)),
    next: () => available(async () => nextSchema.parse((await pool.query(NEXT)).rows)[0]?.next ?? 0),
    search: (query) => available(() => searchStretches(pool, query, options.readThrough)),
    staffWithId: (contains, limit) => available(() => staffWithId(pool, contains, limit)),
    entriesAt: (positions) =>
      available(async () => {
        const { rows } = await pool.query({
          name: 'entries-at',
          text: 'select position, canonical from holdfast.entry where position = any($1::bigint[]) order by position',
          values: [positions],
        });
        return entriesSchema.parse(rows);
      }),
    empty: () =>
      available(async () => {
        await inTransaction(pool, async (client) => {
          await client.query('select pg_advisory_xact_lock($1)', [FOLLOWER_LOCK]);
          await client.query('truncate holdfast.review_entry, holdfast.review_staff, holdfast.review_facet');
          await client.query('update holdfast.review_index set next = 0');
        });
        return true as const;
      }),
    close: () => (closing ??= pool.end()),
  };
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, IndexFault>> {
  try {
    return ok(await query());
  } catch {
    return err('index-unavailable');
  }
}

/** A reading that gives nothing rolls back and is a failure of this turn, not of the index. */
function advance(pool: Pool, read: Parameters<EntryIndex['advance']>[0]): Promise<Advanced> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query('select pg_try_advisory_xact_lock($1) as held', [FOLLOWER_LOCK]);
    const [lock] = z.array(z.object({ held: z.boolean() })).parse(rows);
    if (lock?.held !== true) return { state: 'busy' };
    const from = nextSchema.parse((await client.query(NEXT)).rows)[0]?.next ?? 0;
    const read_ = await read(from, STEP_MAX);
    if (read_ === undefined) throw new Error('the log could not be read');
    if (read_.some(({ position }, n) => position !== from + n)) throw new Error('the log was read with a gap');
    if (read_.length > 0) {
      await insertIndexRows(client, read_);
      await client.query('update holdfast.review_index set next = $1', [from + read_.length]);
    }
    return { state: 'at', next: from + read_.length };
  });
}

async function staffWithId(pool: Pool, contains: string, limit: number) {
  const { rows } = await pool.query(
    `select agency, staff_id from holdfast.review_staff where position($1 in staff_id) > 0
     order by agency, staff_id limit $2`,
    [contains, limit],
  );
  return staffSchema.parse(rows).map(({ agency, staff_id: staffId }) => ({ agency, staffId }));
}
