import { z } from 'zod';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createConnection } from './pool.ts';

const rowsSchema = z.array(z.object({ name: z.string(), setting: z.string() }));

/**
 * Whether a commit of this database outlives a power cut. A server that was set up for speed (`fsync` off) acknowledges
 * entries that it may forget, and breaks P1 without any error: a gateway that is not for tests refuses to start on it.
 */
export async function checkDurability(url: string): Promise<Result<'durable' | 'not-durable', 'database-unreachable'>> {
  const connection = createConnection({
    url,
    connectWithinMs: 5_000,
    statementWithinMs: 5_000,
    name: 'holdfast check',
  });
  try {
    await connection.connect();
    const { rows } = await connection.query(
      "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')",
    );
    const settings = rowsSchema.parse(rows);
    const kept = settings.every(({ name, setting }) =>
      name === 'synchronous_commit' ? ['on', 'remote_write', 'remote_apply'].includes(setting) : setting === 'on',
    );
    return ok(kept && settings.length === 3 ? 'durable' : 'not-durable');
  } catch {
    return err('database-unreachable');
  } finally {
    await connection.end().catch(() => undefined);
  }
}
