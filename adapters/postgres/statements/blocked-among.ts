import type { Pool } from 'pg';
import { z } from 'zod';

/** Which case it is stays in the database: whoever asks learns that some case closes the value, and not which. */
const SQL = `
  select distinct digest
  from holdfast.case_file, unnest(blocked) as digest
  where blocked && $1::text[] and digest = any($1::text[])`;

const rowsSchema = z.array(z.object({ digest: z.string() }));

/** Those of the digests that any case has. One indexed query, whatever the number of cases. */
export async function blockedAmong(pool: Pool, digests: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query({ name: 'blocked-among', text: SQL, values: [digests] });
  return new Set(rowsSchema.parse(rows).map(({ digest }) => digest));
}
