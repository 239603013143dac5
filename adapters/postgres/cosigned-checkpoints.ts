import type { Pool } from 'pg';
import { z } from 'zod';
import type { CosignedCheckpoint, CosignedCheckpoints } from '../../gateway/ports/cosigned-checkpoints.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createPool } from './pool.ts';

/** Checkpoints with what was added to each, one row a size. */
const COSIGNED = `
  select p.size, p.note || coalesce(string_agg(c.line, '' order by c.witness), '') as checkpoint,
    count(c.witness)::int as cosigners
  from holdfast.checkpoint p left join holdfast.cosignature c using (size)`;

const BETWEEN = `
  with found as (${COSIGNED} where p.size between $1 and $2 group by p.size having count(c.witness) >= $3),
  placed as (select *, row_number() over (order by size) - 1 as place, count(*) over () as total from found)
  select size, checkpoint, cosigners from placed
  where total <= $4 or place = total - 1 or place % ceil((total - 1)::numeric / ($4 - 1)) = 0
  order by size`;

const NEWEST = `${COSIGNED} group by p.size having count(c.witness) >= $1 order by p.size desc limit 1`;

const rowsSchema = z.array(
  z.object({ size: z.coerce.number().int(), checkpoint: z.string(), cosigners: z.number().int() }),
);

/** What the witnesses signed, in PostgreSQL, under any login that may read the log. */
export function createPostgresCosignedCheckpoints(options: { readonly url: string }): CosignedCheckpoints {
  const pool = createPool({
    url: options.url,
    max: 1,
    connectWithinMs: 2_000,
    statementWithinMs: 30_000,
    name: 'holdfast cosignatures',
  });
  let closing: Promise<void> | undefined;
  return {
    between: ({ from, to, cosigners, limit }) =>
      available(() => read(pool, BETWEEN, [from, to, cosigners, Math.max(2, limit)])),
    newest: (cosigners) => available(async () => (await read(pool, NEWEST, [cosigners]))[0]),
    close: () => (closing ??= pool.end()),
  };
}

async function read(pool: Pool, sql: string, values: readonly number[]): Promise<readonly CosignedCheckpoint[]> {
  const { rows } = await pool.query(sql, [...values]);
  return rowsSchema.parse(rows);
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, 'log-unavailable'>> {
  try {
    return ok(await query());
  } catch {
    return err('log-unavailable');
  }
}
