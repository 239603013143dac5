import { HASH_BYTES, nodeHash } from './hash.ts';
import { foldSubtrees, type Subtree } from './subtrees.ts';

/** Tiles of C2SP tlog-tiles: 256 neighbouring hashes of a tree, eight levels high. */

export const TILE_WIDTH = 256;
export const TILE_BYTES = TILE_WIDTH * HASH_BYTES;
export const TILE_HEIGHT = 8;

/** The tile `index` at `level`, of which `width` hashes exist; 256 for one that is full and never changes again. */
export interface Tile {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** How many hashes there are at a tile level in a tree of `size` leaves. */
export const hashesAtLevel = (size: number, level: number): number => Math.floor(size / TILE_WIDTH ** level);

/** The rightmost tile at a level if it is not full, or undefined where there is none. */
export function partialTile(size: number, level: number): Tile | undefined {
  const hashes = hashesAtLevel(size, level);
  const width = hashes % TILE_WIDTH;
  return width === 0 ? undefined : { level, index: (hashes - width) / TILE_WIDTH, width };
}

/** Whether a tree of this size has this tile. */
export const hasTile = (size: number, { level, index, width }: Tile): boolean =>
  index * TILE_WIDTH + width <= hashesAtLevel(size, level);

/** The tile that a complete subtree is read from: of the hashes in it, `count` from `from` on fold into its hash. */
export interface TilePart {
  readonly level: number;
  readonly index: number;
  readonly from: number;
  readonly count: number;
}

/** Where in the tiles a complete subtree is found. */
export function partOf({ level, index }: Subtree): TilePart {
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const count = 2 ** (level % TILE_HEIGHT);
  const first = index * count;
  return { level: tileLevel, index: Math.floor(first / TILE_WIDTH), from: first % TILE_WIDTH, count };
}

/** Hash of a complete subtree out of the bytes of its tile. A tile that is cut short throws. */
export function hashFromTile(part: TilePart, bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength % HASH_BYTES !== 0) throw new RangeError('the tile is cut short');
  const hashes = bytes.subarray(part.from * HASH_BYTES, (part.from + part.count) * HASH_BYTES);
  return foldComplete(hashesOfTile(hashes), part.count);
}

/** The hashes of a tile, left to right. Bytes that are no whole number of hashes throw. */
export function hashesOfTile(bytes: Uint8Array): readonly Uint8Array[] {
  if (bytes.byteLength % HASH_BYTES !== 0 || bytes.byteLength > TILE_BYTES) throw new RangeError('not a tile');
  return Array.from({ length: bytes.byteLength / HASH_BYTES }, (_, n) =>
    bytes.subarray(n * HASH_BYTES, (n + 1) * HASH_BYTES),
  );
}

/** Root of a full tile, which is one hash of the level above. */
export const rootOfTile = (hashes: readonly Uint8Array[]): Uint8Array => foldComplete(hashes, TILE_WIDTH);

function pairsOf(row: readonly Uint8Array[]): readonly Uint8Array[] {
  const above: Uint8Array[] = [];
  let left: Uint8Array | undefined;
  for (const hash of row) {
    if (left === undefined) left = hash;
    else {
      above.push(nodeHash(left, hash));
      left = undefined;
    }
  }
  return above;
}

function foldComplete(hashes: readonly Uint8Array[], count: number): Uint8Array {
  if (hashes.length !== count) throw new RangeError('the tile is cut short');
  let row = hashes;
  while (row.length > 1) {
    row = pairsOf(row);
  }
  return foldSubtrees(row);
}
