import type { Pool } from 'pg';
import { z } from 'zod';

/** Names the log where it has no name yet, and gives the name that it has: the first gateway's, for ever. */
export async function claimOrigin(pool: Pool, origin: string, instance: string): Promise<string> {
  await pool.query('insert into holdfast.log (origin, begun_by) values ($1, $2) on conflict do nothing', [
    origin,
    instance,
  ]);
  const { rows } = await pool.query('select origin from holdfast.log');
  const [row] = z
    .array(z.object({ origin: z.string() }))
    .length(1)
    .parse(rows);
  if (row === undefined) throw new Error('the log has no name');
  return row.origin;
}
