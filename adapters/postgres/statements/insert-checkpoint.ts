import type { ClientBase, Pool } from 'pg';
import type { FinishedTile, KeptCheckpoint, KeptCosignature } from '../../../gateway/ports/log-tree.ts';

const TILES = `
  insert into holdfast.tile (level, index, root, hashes)
  select * from unnest($1::smallint[], $2::bigint[], $3::bytea[], $4::bytea[])`;

/** Keeps tiles that have become full. */
export async function insertTiles(client: ClientBase, tiles: readonly FinishedTile[]): Promise<void> {
  if (tiles.length === 0) return;
  await client.query({
    name: 'insert-tiles',
    text: TILES,
    values: [
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ root }) => root),
      tiles.map(({ hashes }) => hashes),
    ],
  });
}

/** Keeps a checkpoint; the database refuses one that does not come after all others. */
export async function insertCheckpoint(
  client: ClientBase,
  { size, root, note }: Omit<KeptCheckpoint, 'signedAt'>,
): Promise<void> {
  await client.query({
    name: 'insert-checkpoint',
    text: 'insert into holdfast.checkpoint (size, root, note) values ($1, $2, $3)',
    values: [size, root, note],
  });
}

/** Keeps cosignatures of the checkpoint of a size, each witness's first. */
export async function insertCosignatures(
  database: ClientBase | Pool,
  size: number,
  cosignatures: readonly KeptCosignature[],
): Promise<void> {
  await database.query({
    name: 'insert-cosignatures',
    text: `insert into holdfast.cosignature (size, witness, line)
           select $1, * from unnest($2::text[], $3::text[]) on conflict do nothing`,
    values: [size, cosignatures.map(({ witness }) => witness), cosignatures.map(({ line }) => line)],
  });
}
