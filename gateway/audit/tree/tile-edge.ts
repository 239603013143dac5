import { appendLeaves, EMPTY_RANGE, rootOf } from './compact-range.ts';
import { HASH_BYTES } from './hash.ts';
import { hashesAtLevel, rootOfTile, TILE_WIDTH, type Tile } from './tile.ts';

/**
 * The growing edge of a tiled tree: at each tile level the hashes of the tile that is not full yet. With it, entries
 * are added and tiles finished without reading anything that is finished already.
 */
export interface TileEdge {
  readonly size: number;
  /** By tile level from 0, each fewer than 256 hashes. */
  readonly rows: readonly (readonly Uint8Array[])[];
}

/** A tile that became full. */
export interface FullTile {
  readonly level: number;
  readonly index: number;
  readonly hashes: readonly Uint8Array[];
  readonly root: Uint8Array;
}

export const EMPTY_EDGE: TileEdge = { size: 0, rows: [] };

/** The partial tiles that make up the edge of a tree of this size, by level from 0; none for a level that is even. */
export function edgeTiles(size: number): readonly (Tile | undefined)[] {
  const tiles: (Tile | undefined)[] = [];
  for (let level = 0; hashesAtLevel(size, level) > 0; level += 1) {
    const hashes = hashesAtLevel(size, level);
    const width = hashes % TILE_WIDTH;
    tiles.push(width === 0 ? undefined : { level, index: (hashes - width) / TILE_WIDTH, width });
  }
  return tiles;
}

/** Adds leaves; gives the edge after them and the tiles that they finished, lower levels first. */
export function growEdge(
  edge: TileEdge,
  leafHashes: Iterable<Uint8Array>,
): { readonly edge: TileEdge; readonly finished: readonly FullTile[] } {
  const rows = edge.rows.map((row) => [...row]);
  const finished: FullTile[] = [];
  let { size } = edge;
  const put = (level: number, hash: Uint8Array): void => {
    const row = (rows[level] ??= []);
    row.push(hash);
    if (row.length < TILE_WIDTH) return;
    const root = rootOfTile(row);
    finished.push({ level, index: hashesAtLevel(size, level + 1) - 1, hashes: row, root });
    rows[level] = [];
    put(level + 1, root);
  };
  for (const leaf of leafHashes) {
    size += 1;
    put(0, leaf);
  }
  return { edge: { size, rows }, finished };
}

/** Root of the tree. */
export function rootOfEdge({ rows }: TileEdge): Uint8Array {
  let right: Uint8Array | undefined;
  for (const row of rows) {
    // Whatever is less than a tile below stands as the last hash of this row.
    const hashes = right === undefined ? row : [...row, right];
    if (hashes.length > 0) right = rootOf(appendLeaves(EMPTY_RANGE, hashes));
  }
  return right ?? rootOf(EMPTY_RANGE);
}

/** Cuts hashes that lie one after another apart. */
export function cutHashes(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: bytes.byteLength / HASH_BYTES }, (_, n) =>
    bytes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES),
  );
}
