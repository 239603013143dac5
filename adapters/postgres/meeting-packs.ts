import type { Pool } from 'pg';
import { z } from 'zod';
import type { MeetingPack, MeetingPacks, PackFault, PackPart } from '../../gateway/ports/meeting-packs.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';

/** Meeting packs in PostgreSQL, so that one gateway shows the progress of what another asks. */
export function createPostgresMeetingPacks(options: { readonly url: string; readonly max?: number }): MeetingPacks {
  const pool = createPool({
    url: options.url,
    max: options.max ?? 4,
    connectWithinMs: CONNECT_WITHIN_MS,
    statementWithinMs: 2_000,
    name: 'holdfast meeting packs',
  });
  let closing: Promise<void> | undefined;
  return {
    begin: ({ session, packId, sealed, parts, endsAtMs }) =>
      available(async () => {
        const values = [session, packId, Buffer.from(sealed), parts, new Date(endsAtMs)];
        return (await pool.query(BEGIN, values)).rowCount === parts;
      }),
    find: (session, packId) => available(() => find(pool, session, packId)),
    list: (session) =>
      available(async () => (await pool.query<Record<string, unknown>>(LIST, [session])).rows.map(packOf)),
    take: ({ session, packId, part, nowMs, untilMs, again }) =>
      available(async () => {
        const values = [session, packId, part, new Date(nowMs), new Date(untilMs), again];
        return (await pool.query(TAKE, values)).rowCount === 1;
      }),
    settle: ({ session, packId, part, state, sealed }) =>
      available(async () => {
        await pool.query(SETTLE, [session, packId, part, state, Buffer.from(sealed)]);
      }),
    open: (session, packId, part) =>
      available(async () => {
        const { rows } = await pool.query<Record<string, unknown>>(OPEN, [session, packId, part]);
        return rows[0] === undefined ? undefined : openedSchema.parse(rows[0]).sealed;
      }),
    removeAllOf: (session) =>
      available(async () => {
        await pool.query('delete from holdfast.meeting_pack where session = $1', [session]);
      }),
    sweep: (nowMs) =>
      available(async () => {
        await pool.query('delete from holdfast.meeting_pack where ends_at <= $1', [new Date(nowMs)]);
      }),
    close: () => (closing ??= pool.end()),
  };
}

/** One statement, so that a pack is never there without its parts; a second of the same id makes neither. */
const BEGIN = `with pack as (
    insert into holdfast.meeting_pack (session, pack_id, sealed, parts, ends_at) values ($1, $2, $3, $4, $5)
    on conflict do nothing returning session, pack_id, parts
  )
  insert into holdfast.meeting_pack_part (session, pack_id, part)
  select session, pack_id, part from pack, generate_series(0, pack.parts - 1) as part`;

const PACKS = 'select session, pack_id, sealed, parts, ends_at from holdfast.meeting_pack';
const FIND = `${PACKS} where session = $1 and pack_id = $2`;
const LIST = `${PACKS} where session = $1 order by ends_at desc`;

const STATES = `select part, state, taken_until from holdfast.meeting_pack_part
  where session = $1 and pack_id = $2 order by part`;

const TAKE = `update holdfast.meeting_pack_part set state = 'asking', taken_until = $5, sealed = null
  where session = $1 and pack_id = $2 and part = $3
    and (state = 'waiting' or (state = 'asking' and taken_until <= $4) or (state = 'refused' and $6))`;

const SETTLE = `update holdfast.meeting_pack_part set state = $4, sealed = $5, taken_until = null
  where session = $1 and pack_id = $2 and part = $3 and state = 'asking'`;

const OPEN = `select sealed from holdfast.meeting_pack_part
  where session = $1 and pack_id = $2 and part = $3 and sealed is not null`;

const openedSchema = z.object({ sealed: z.instanceof(Uint8Array) });
const packSchema = z.object({
  session: z.string(),
  pack_id: z.string(),
  sealed: z.instanceof(Uint8Array),
  parts: z.number(),
  ends_at: z.date(),
});
const stateSchema = z.object({
  part: z.number(),
  state: z.enum(['waiting', 'asking', 'answered', 'refused']),
  taken_until: z.date().nullable(),
});

function packOf(row: Record<string, unknown>): MeetingPack {
  const { session, pack_id, sealed, parts, ends_at } = packSchema.parse(row);
  return { session, packId: pack_id, sealed, parts, endsAtMs: ends_at.getTime() };
}

function partOf(row: Record<string, unknown>): PackPart {
  const { part, state, taken_until } = stateSchema.parse(row);
  return { part, state, ...(taken_until === null ? {} : { takenUntilMs: taken_until.getTime() }) };
}

async function find(pool: Pool, session: string, packId: string) {
  const { rows } = await pool.query<Record<string, unknown>>(FIND, [session, packId]);
  const [first] = rows;
  if (first === undefined) return undefined;
  const states = await pool.query<Record<string, unknown>>(STATES, [session, packId]);
  return { ...packOf(first), states: states.rows.map(partOf) };
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, PackFault>> {
  try {
    return ok(await query());
  } catch {
    return err('store-unavailable');
  }
}
