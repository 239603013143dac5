import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';
import type { TilePlace } from '../../../gateway/ports/log-tree.ts';

type Queryable = ClientBase | Pool;

const bytes = z.instanceof(Uint8Array);

/**
 * Each tile as far as it was asked for: kept whole, or made of the rows below it, which are the entries for level 0 and
 * the roots of finished tiles above. One round trip and a handful of rows by primary key.
 */
const TILES = `
  select coalesce(
    (select substring(kept.hashes for want.width * 32)
     from holdfast.tile kept where kept.level = want.level and kept.index = want.index),
    case when want.level = 0
      then (select string_agg(e.entry_hash, ''::bytea order by e.position) from holdfast.entry e
            where e.position >= want.index * 256 and e.position < want.index * 256 + want.width)
      else (select string_agg(below.root, ''::bytea order by below.index) from holdfast.tile below
            where below.level = want.level - 1
              and below.index >= want.index * 256 and below.index < want.index * 256 + want.width)
    end,
    ''::bytea) as hashes
  from unnest($1::smallint[], $2::bigint[], $3::int[]) with ordinality as want (level, index, width, place)
  order by want.place`;

/** The hashes of tiles, in the order asked for; fewer than asked for where there are no more. */
export async function readTiles(database: Queryable, places: readonly TilePlace[]): Promise<readonly Uint8Array[]> {
  if (places.length === 0) return [];
  const { rows } = await database.query<Record<string, unknown>>({
    name: 'read-tiles',
    text: TILES,
    values: [places.map(({ level }) => level), places.map(({ index }) => index), places.map(({ width }) => width)],
  });
  return z
    .array(z.object({ hashes: bytes }))
    .length(places.length)
    .parse(rows)
    .map(({ hashes }) => hashes);
}

/** Leaf hashes from a position on, one after another. */
export async function readLeafHashes(database: Queryable, from: number, limit: number): Promise<Uint8Array> {
  const { rows } = await database.query<Record<string, unknown>>({
    name: 'read-leaf-hashes',
    text: `select coalesce(string_agg(entry_hash, ''::bytea order by position), ''::bytea) as hashes
           from holdfast.entry where position >= $1 and position < $2`,
    values: [from, from + limit],
  });
  const [row] = z
    .array(z.object({ hashes: bytes }))
    .length(1)
    .parse(rows);
  if (row === undefined) throw new Error('no answer to an aggregate');
  return row.hashes;
}

/** Number of committed entries: positions are contiguous from 0. */
export async function readSize(database: Queryable): Promise<number> {
  const { rows } = await database.query<Record<string, unknown>>({
    name: 'read-size',
    text: 'select coalesce(max(position) + 1, 0) as size from holdfast.entry',
  });
  const [row] = z.array(z.object({ size: z.coerce.number().int() })).parse(rows);
  return row?.size ?? 0;
}
