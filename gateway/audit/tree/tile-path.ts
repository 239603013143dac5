import { TILE_WIDTH, type Tile } from './tile.ts';

/** What tiles and bundles are called below a log's prefix (C2SP tlog-tiles). */

const PATH = /^(0|[1-9]\d?)\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
const ENTRIES = /^entries\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d{0,2}))?$/;
const LEVEL_MAX = 63;

/** Path of a tile below the log's prefix, e.g. `tile/0/x001/234.p/17`. */
export const tilePath = ({ level, index, width }: Tile): string => `tile/${level}/${numbered(index, width)}`;

/** Path of a bundle of entries below the log's prefix. */
export const bundlePath = ({ index, width }: Omit<Tile, 'level'>): string => `tile/entries/${numbered(index, width)}`;

function numbered(index: number, width: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const path = groups.map((group, n) => (n < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}

/** What the part of a path after `tile/` names, or undefined where it names nothing or is spelt another way. */
export function parseTilePath(path: string): (Tile & { readonly entries: boolean }) | undefined {
  const entries = ENTRIES.exec(path);
  const [level, number, width] = entries === null ? (PATH.exec(path)?.slice(1) ?? []) : ['0', ...entries.slice(1)];
  if (level === undefined || number === undefined) return undefined;
  const tile = {
    level: Number(level),
    index: Number(number.replaceAll(/\D/g, '')),
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  if (tile.level > LEVEL_MAX || !Number.isSafeInteger(tile.index * TILE_WIDTH ** (tile.level + 1))) return undefined;
  const spelt = entries === null ? tilePath(tile) : bundlePath(tile);
  // One spelling for each: another would be a second name under which a cache keeps it. And 256 is not partial.
  if (spelt !== `tile/${path}` || tile.width > TILE_WIDTH || (width !== undefined && tile.width === TILE_WIDTH))
    return undefined;
  return { ...tile, entries: entries !== null };
}
