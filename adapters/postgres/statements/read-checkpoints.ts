import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';
import type { KeptCheckpoint } from '../../../gateway/ports/log-tree.ts';

type Queryable = ClientBase | Pool;

/** A note ends in its signature lines, so cosignatures are put behind it as they are. */
const SELECT = `
  select c.size, c.root,
    c.note || coalesce((
      select string_agg(s.line, '' order by s.received_at, s.witness) from holdfast.cosignature s where s.size = c.size
    ), '') as note,
    to_char(c.signed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as signed_at
  from holdfast.checkpoint c`;

const rowsSchema = z
  .array(
    z.object({
      size: z.coerce.number().int(),
      root: z.instanceof(Uint8Array),
      note: z.string(),
      signed_at: z.iso.datetime(),
    }),
  )
  .max(1);

async function only(database: Queryable, query: { name: string; text: string; values?: unknown[] }) {
  const { rows } = await database.query<Record<string, unknown>>(query);
  const [row] = rowsSchema.parse(rows);
  return row === undefined ? undefined : asKept(row);
}

const asKept = ({ signed_at: signedAt, ...rest }: z.infer<typeof rowsSchema>[number]): KeptCheckpoint => ({
  ...rest,
  signedAt,
});

/** The newest checkpoint, or undefined before the first. */
export const readNewestCheckpoint = (database: Queryable): Promise<KeptCheckpoint | undefined> =>
  only(database, { name: 'read-newest-checkpoint', text: `${SELECT} order by c.size desc limit 1` });

/**
 * The earliest checkpoint of at least a size that a witness cosigned; where none has one, the earliest; undefined where
 * none is.
 */
export const readCheckpointFrom = (database: Queryable, size: number): Promise<KeptCheckpoint | undefined> =>
  only(database, {
    name: 'read-checkpoint-from',
    text: `${SELECT} where c.size = coalesce(
      (select min(size) from holdfast.cosignature where size >= $1),
      (select min(size) from holdfast.checkpoint where size >= $1))`,
    values: [size],
  });
