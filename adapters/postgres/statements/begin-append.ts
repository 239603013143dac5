import type { ClientBase } from 'pg';
import { z } from 'zod';

/** The same number in every gateway that appends to this log: whoever holds the lock is its one writer. */
const SEQUENCER_LOCK = 7_246_002;

const SQL = `
  begin isolation level read committed;
  select pg_advisory_xact_lock(${SEQUENCER_LOCK});
  select
    coalesce(head.position + 1, 0) as next,
    to_char(
      date_trunc('milliseconds', greatest(clock_timestamp(), head.recorded_at)) at time zone 'UTC',
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'
    ) as recorded_at
  from (select) one
  left join lateral (
    select position, recorded_at from holdfast.entry order by position desc limit 1
  ) head on true`;

const resultsSchema = z.array(z.object({ rows: z.array(z.unknown()) })).length(3);
const rowSchema = z.object({
  next: z.coerce.number().int(),
  recorded_at: z.iso.datetime(),
});

export interface AppendStart {
  /** The place that the next entry takes. */
  readonly next: number;
  /** The database's clock, held back where it was turned behind the newest entry. */
  readonly recordedAt: string;
}

/**
 * Opens the transaction of a batch: takes the writer's lock and, only then and with a fresh view, reads the head. One
 * round trip. The lock is given back by the commit, after the entries have become visible to the next writer.
 */
export async function beginAppend(client: ClientBase): Promise<AppendStart> {
  const results: unknown = await client.query(SQL);
  const [row] = z.array(rowSchema).length(1).parse(resultsSchema.parse(results)[2]?.rows);
  if (row === undefined) throw new Error('the head of the log was not answered');
  return { next: row.next, recordedAt: row.recorded_at };
}
