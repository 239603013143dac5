import type { Pool } from 'pg';
import { z } from 'zod';
import type { SessionFault, SessionStore, StoredSession } from '../../gateway/ports/session-store.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';

const rowSchema = z.object({
  id: z.string(),
  staff: z.string(),
  sealed: z.instanceof(Uint8Array),
  ends_at: z.date(),
  seen_at: z.date(),
});

/** Sessions of staff in PostgreSQL, so that any gateway serves any page and all of them forget a session at once. */
export function createPostgresSessionStore(options: { readonly url: string; readonly max?: number }): SessionStore {
  const pool = createPool({
    url: options.url,
    max: options.max ?? 4,
    connectWithinMs: CONNECT_WITHIN_MS,
    statementWithinMs: 2_000,
    name: 'holdfast sessions',
  });
  let closing: Promise<void> | undefined;
  return {
    put: (session) => changes(pool, PUT, valuesOf(session)),
    find: (id) => find(pool, id),
    touch: (id, seenAtMs) =>
      changes(pool, 'update holdfast.staff_session set seen_at = $2 where id = $1', [id, new Date(seenAtMs)]),
    remove: (id) => changes(pool, 'delete from holdfast.staff_session where id = $1', [id]),
    removeAllOf: (staff) => changes(pool, 'delete from holdfast.staff_session where staff = $1', [staff]),
    sweep: (nowMs) => changes(pool, 'delete from holdfast.staff_session where ends_at <= $1', [new Date(nowMs)]),
    close: () => (closing ??= pool.end()),
  };
}

const PUT = 'insert into holdfast.staff_session (id, staff, sealed, ends_at, seen_at) values ($1, $2, $3, $4, $5)';

function valuesOf({ id, staff, sealed, endsAtMs, seenAtMs }: StoredSession): unknown[] {
  return [id, staff, Buffer.from(sealed), new Date(endsAtMs), new Date(seenAtMs)];
}

async function changes(pool: Pool, sql: string, values: readonly unknown[]): Promise<Result<void, SessionFault>> {
  try {
    await pool.query(sql, [...values]);
    return ok(undefined);
  } catch {
    return err('sessions-unavailable');
  }
}

async function find(pool: Pool, id: string): Promise<Result<StoredSession | undefined, SessionFault>> {
  try {
    const { rows } = await pool.query<Record<string, unknown>>(
      'select id, staff, sealed, ends_at, seen_at from holdfast.staff_session where id = $1',
      [id],
    );
    const [first] = rows;
    if (first === undefined) return ok(undefined);
    const row = rowSchema.parse(first);
    return ok({
      id: row.id,
      staff: row.staff,
      sealed: row.sealed,
      endsAtMs: row.ends_at.getTime(),
      seenAtMs: row.seen_at.getTime(),
    });
  } catch {
    return err('sessions-unavailable');
  }
}
