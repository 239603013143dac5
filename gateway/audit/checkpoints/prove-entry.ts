import { err, ok, type Result } from '../../../schemas/result.ts';
import type { LogTreeFault, ReadLogTree } from '../../ports/log-tree.ts';
import { formatTlogProof } from '../note/tlog-proof.ts';
import { inclusionProof, consistencyProof, type ReadSubtrees } from '../tree/prove.ts';
import { HASH_BYTES } from '../tree/hash.ts';
import { hashesAtLevel, hashFromTile, partOf, TILE_WIDTH } from '../tree/tile.ts';

/** Proofs out of the tiles that are kept. */

class LogUnavailable extends Error {}

/** Reads the hashes of complete subtrees of a tree of `size` leaves, each tile once and all in one go. */
export const subtreesFromTiles =
  (tree: Pick<ReadLogTree, 'tiles'>, size: number): ReadSubtrees =>
  async (subtrees) => {
    const parts = subtrees.map(partOf);
    const places = new Map(
      parts.map(({ level, index }) => {
        const width = Math.min(TILE_WIDTH, hashesAtLevel(size, level) - index * TILE_WIDTH);
        return [`${level}/${index}`, { level, index, width }];
      }),
    );
    const tiles = await tree.tiles([...places.values()]);
    if (!tiles.ok) throw new LogUnavailable();
    const byPlace = new Map([...places.keys()].map((key, n) => [key, tiles.value[n]]));
    return parts.map((part) => {
      const place = `${part.level}/${part.index}`;
      const bytes = byPlace.get(place);
      if (bytes === undefined) throw new Error('a tile that was asked for was not given');
      // A damaged disk must not end the gateway, which shows the witnesses proofs on its own account.
      if (bytes.byteLength < (places.get(place)?.width ?? 0) * HASH_BYTES) throw new LogUnavailable();
      return hashFromTile(part, bytes);
    });
  };

/** Proof that one tree is the beginning of another, both signed by this log: what a witness wants to see. */
export const proveConsistency = (
  tree: Pick<ReadLogTree, 'tiles'>,
  size1: number,
  size2: number,
): Promise<Result<readonly Uint8Array[], LogTreeFault>> =>
  unlessUnavailable(() => consistencyProof(size1, size2, subtreesFromTiles(tree, size2)));

/** `not-yet`: no checkpoint covers the entry; the next one does, a second later. */
export type ProveEntryFault = LogTreeFault | 'not-yet';

/** What a receipt promised: the entry at this position is in the log, as a C2SP tlog-proof under a signed checkpoint. */
export async function proveEntry(tree: ReadLogTree, position: number): Promise<Result<string, ProveEntryFault>> {
  const checkpoint = await tree.checkpointFrom(position + 1);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value === undefined) return err('not-yet');
  const { size, note } = checkpoint.value;
  const hashes = await unlessUnavailable(() => inclusionProof(position, size, subtreesFromTiles(tree, size)));
  return hashes.ok ? ok(formatTlogProof({ index: position, hashes: hashes.value, checkpoint: note })) : hashes;
}

async function unlessUnavailable<T>(work: () => Promise<T>): Promise<Result<T, LogTreeFault>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof LogUnavailable) return err('log-unavailable');
    throw error;
  }
}
