import { z } from 'zod';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createConnection } from './pool.ts';

export interface LogForRotation {
  /** The log's name; undefined where nothing was ever written. */
  readonly origin: string | undefined;
  /** Size of the newest checkpoint, 0 before the first. */
  readonly signedUpTo: number;
  /** Connections of gateways that could sign one more. */
  readonly gateways: number;
}

const rowSchema = z.object({
  origin: z.string().nullable(),
  signed: z.coerce.number().int(),
  gateways: z.coerce.number().int(),
});

/** What has to be known of a log before its key is replaced. */
export async function readLogForRotation(url: string): Promise<Result<LogForRotation, 'log-unavailable'>> {
  const connection = createConnection({
    url,
    connectWithinMs: 5_000,
    statementWithinMs: 10_000,
    name: 'holdfast keys',
  });
  try {
    await connection.connect();
    const { rows } = await connection.query(
      `select (select origin from holdfast.log) as origin,
        coalesce((select max(size) from holdfast.checkpoint), 0) as signed,
        (select count(*) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()
           and application_name in ('holdfast log writer', 'holdfast publisher', 'holdfast access')) as gateways`,
    );
    const [row] = z.array(rowSchema).length(1).parse(rows);
    if (row === undefined) return err('log-unavailable');
    return ok({ origin: row.origin ?? undefined, signedUpTo: row.signed, gateways: row.gateways });
  } catch {
    return err('log-unavailable');
  } finally {
    await connection.end().catch(() => undefined);
  }
}
