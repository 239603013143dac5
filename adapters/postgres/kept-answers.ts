import type { Pool } from 'pg';
import { z } from 'zod';
import type { KeptAnswer, KeptAnswers, KeptFault } from '../../gateway/ports/kept-answers.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';

const rowSchema = z.object({ sealed: z.instanceof(Uint8Array), ends_at: z.date() });

/** Answers kept for minutes in PostgreSQL, so that any gateway can show the page that another one made. */
export function createPostgresKeptAnswers(options: { readonly url: string; readonly max?: number }): KeptAnswers {
  const pool = createPool({
    url: options.url,
    max: options.max ?? 4,
    connectWithinMs: CONNECT_WITHIN_MS,
    statementWithinMs: 2_000,
    name: 'holdfast kept answers',
  });
  let closing: Promise<void> | undefined;
  return {
    put: ({ session, requestId, sealed, endsAtMs }) =>
      changes(pool, PUT, [session, requestId, Buffer.from(sealed), new Date(endsAtMs)]),
    find: (session, requestId) => find(pool, session, requestId),
    removeAllOf: (session) => changes(pool, 'delete from holdfast.kept_answer where session = $1', [session]),
    sweep: (nowMs) => changes(pool, 'delete from holdfast.kept_answer where ends_at <= $1', [new Date(nowMs)]),
    close: () => (closing ??= pool.end()),
  };
}

const PUT = `insert into holdfast.kept_answer (session, request_id, sealed, ends_at) values ($1, $2, $3, $4)
  on conflict do nothing`;

async function changes(pool: Pool, sql: string, values: readonly unknown[]): Promise<Result<void, KeptFault>> {
  try {
    await pool.query(sql, [...values]);
    return ok(undefined);
  } catch {
    return err('store-unavailable');
  }
}

async function find(
  pool: Pool,
  session: string,
  requestId: string,
): Promise<Result<KeptAnswer | undefined, KeptFault>> {
  try {
    const { rows } = await pool.query<Record<string, unknown>>(
      'select sealed, ends_at from holdfast.kept_answer where session = $1 and request_id = $2',
      [session, requestId],
    );
    const [first] = rows;
    if (first === undefined) return ok(undefined);
    const row = rowSchema.parse(first);
    return ok({ session, requestId, sealed: row.sealed, endsAtMs: row.ends_at.getTime() });
  } catch {
    return err('store-unavailable');
  }
}
