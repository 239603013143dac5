import { err, ok, type Result } from '../../../schemas/result.ts';
import type { FinishedTile, KeptCheckpoint, LogTree, PublishTurn } from '../../ports/log-tree.ts';
import type { Signer } from '../../ports/signer.ts';
import { formatCheckpoint } from '../note/checkpoint.ts';
import { formatNote, noteMessage, verifyNote } from '../note/signed-note.ts';
import { makeVerifierKey } from '../note/verifier-key.ts';
import { sameHash } from '../tree/hash.ts';
import { cutHashes, edgeTiles, growEdge, rootOfEdge, type FullTile, type TileEdge } from '../tree/tile-edge.ts';
import { TILE_WIDTH } from '../tree/tile.ts';

/** One step of publishing: what was committed since the last checkpoint becomes tiles, a root and a signed note. */

/**
 * - `not-our-turn`: another gateway is publishing.
 * - `log-differs`: the rows no longer make the tree that was signed last. Somebody changed or removed entries.
 * - `signer-unavailable`: the key could not be reached, or signed something else.
 */
export type PublishFault = 'log-unavailable' | 'not-our-turn' | 'log-differs' | 'signer-unavailable';

export type Published =
  | { readonly state: 'nothing-new' }
  /** `more`: so much was waiting that another step should follow at once. */
  | { readonly state: 'published'; readonly size: number; readonly note: string; readonly more: boolean };

/** Entries of one step: two megabytes of hashes, and half a second of work. */
const STEP_MAX = 65_536;

/**
 * Publishes a checkpoint if there is something new. Never signs a tree that does not continue the one signed before: a
 * log that signs two histories can never take it back.
 */
export async function publishOnce(tree: LogTree, signer: Signer): Promise<Result<Published, PublishFault>> {
  const published = await tree.inTurn((turn) => publish(turn, signer));
  return published.ok ? published.value : published;
}

async function publish(turn: PublishTurn, signer: Signer): Promise<Result<Published, PublishFault>> {
  const last = await turn.newestCheckpoint();
  const size = await turn.size();
  const from = last?.size ?? 0;
  if (size < from) return err('log-differs');
  if (size === from) return ok({ state: 'nothing-new' });
  const upTo = Math.min(size, from + STEP_MAX);
  const grown = await growFrom(turn, last, upTo);
  if (!grown.ok) return grown;
  const { edge, finished } = grown.value;
  const checkpoint = { size: edge.size, root: rootOfEdge(edge) };
  const note = await sign(signer, checkpoint);
  if (!note.ok) return note;
  await turn.keep(finished.map(asKept), { ...checkpoint, note: note.value });
  return ok({ state: 'published', size: upTo, note: note.value, more: upTo < size });
}

/** Grows the tree from the last full tile on, through the checkpoint signed last, whose root has to come out again. */
async function growFrom(
  turn: PublishTurn,
  last: KeptCheckpoint | undefined,
  upTo: number,
): Promise<Result<{ edge: TileEdge; finished: readonly FullTile[] }, 'log-differs'>> {
  const signed = last?.size ?? 0;
  const base = signed - (signed % TILE_WIDTH);
  const hashes = cutHashes(await turn.leafHashes(base, upTo - base));
  if (hashes.length !== upTo - base) return err('log-differs');
  const atSigned = growEdge(await readEdge(turn, base), hashes.slice(0, signed - base));
  if (last !== undefined && !sameHash(rootOfEdge(atSigned.edge), last.root)) return err('log-differs');
  return ok(growEdge(atSigned.edge, hashes.slice(signed - base)));
}

/** The edge of the tree of a size, read from tiles. */
export async function readEdge(turn: Pick<PublishTurn, 'tiles'>, size: number): Promise<TileEdge> {
  const tiles = edgeTiles(size);
  const read = await turn.tiles(tiles.filter((tile) => tile !== undefined));
  let next = 0;
  return { size, rows: tiles.map((tile) => (tile === undefined ? [] : cutHashes(read[next++] ?? Buffer.alloc(0)))) };
}

const asKept = ({ level, index, hashes, root }: FullTile): FinishedTile => ({
  level,
  index,
  root,
  hashes: Buffer.concat(hashes),
});

async function sign(
  signer: Signer,
  { size, root }: { readonly size: number; readonly root: Uint8Array },
): Promise<Result<string, 'signer-unavailable'>> {
  const key = makeVerifierKey(signer.name, 'ed25519', signer.publicKey);
  if (!key.ok) return err('signer-unavailable');
  const text = formatCheckpoint({ origin: signer.name, size, root, extensions: [] });
  const bytes = await signer.sign(noteMessage(text)).catch(() => undefined);
  if (bytes === undefined) return err('signer-unavailable');
  const note = { text, signatures: [{ name: signer.name, keyId: key.value.keyId, bytes }] };
  // A token that signs with another key than it says would make a checkpoint that every agency throws away.
  return verifyNote(note, [key.value]).ok ? ok(formatNote(note)) : err('signer-unavailable');
}
