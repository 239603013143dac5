import type { Pool, PoolClient } from 'pg';

/** Works on one connection between `begin` and `commit`; whatever throws in between undoes all of it. */
export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed = true;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    failed = false;
    return result;
  } finally {
    // Closing the connection ends what was begun and not committed.
    client.release(failed);
  }
}
