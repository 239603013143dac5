import type { IsoInstant } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';

/** The port of what is kept beside the entries so that they can be proven: tiles, checkpoints, cosignatures (P10). */

/** A tile of C2SP tlog-tiles: `width` of its 256 hashes are there. */
export interface TilePlace {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** A tile of 256 hashes, which never changes again, and the hash that stands for it a level above. */
export interface FinishedTile {
  readonly level: number;
  readonly index: number;
  /** 8,192 bytes. */
  readonly hashes: Uint8Array;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/** A checkpoint that was signed and given out. */
export interface KeptCheckpoint {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
  /** The signed note, with such cosignatures as have come in. */
  readonly note: string;
  readonly signedAt: IsoInstant;
}

export interface KeptCosignature {
  /** Name of the witness's key. */
  readonly witness: string;
  /** Its signature line, with the newline. */
  readonly line: string;
}

export type LogTreeFault = 'log-unavailable';

/** What may be read of the tree at any time, by anybody who may. */
export interface ReadLogTree {
  /** Number of entries that are committed. */
  size(): Promise<Result<number, LogTreeFault>>;
  /**
   * The hashes of tiles, in the order asked for: `width` hashes of each, fewer only where the log has no more. A
   * finished tile that was not kept yet is put together from the rows below it.
   */
  tiles(places: readonly TilePlace[]): Promise<Result<readonly Uint8Array[], LogTreeFault>>;
  /** The newest checkpoint, or undefined before the first. */
  newestCheckpoint(): Promise<Result<KeptCheckpoint | undefined, LogTreeFault>>;
  /**
   * The earliest checkpoint of at least this size that a witness cosigned; where none has one, the earliest; undefined
   * where there is none of that size.
   */
  checkpointFrom(size: number): Promise<Result<KeptCheckpoint | undefined, LogTreeFault>>;
}

/** What the one publisher of a moment may do; all of it takes place, or none. */
export interface PublishTurn {
  /** As those of `ReadLogTree`, within the turn. They reject where the database fails. */
  size(): Promise<number>;
  tiles(places: readonly TilePlace[]): Promise<readonly Uint8Array[]>;
  newestCheckpoint(): Promise<KeptCheckpoint | undefined>;
  /** Leaf hashes from a position on, 32 bytes each, one after another; as many as are there, at most `limit`. */
  leafHashes(from: number, limit: number): Promise<Uint8Array>;
  keep(tiles: readonly FinishedTile[], checkpoint: Omit<KeptCheckpoint, 'signedAt'>): Promise<void>;
}

export interface LogTree extends ReadLogTree {
  /** Names the log where it has no name yet; gives the name that it has. */
  claimOrigin(origin: string, instance: string): Promise<Result<string, LogTreeFault>>;
  /** Gives the turn to publish to `work`, or `not-our-turn` at once where another gateway has it. */
  inTurn<T>(work: (turn: PublishTurn) => Promise<T>): Promise<Result<T, LogTreeFault | 'not-our-turn'>>;
  /** Keeps what witnesses put to the checkpoint of a size. One that is kept already is left as it is. */
  keepCosignatures(size: number, cosignatures: readonly KeptCosignature[]): Promise<Result<true, LogTreeFault>>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}

/** A tree that the witnesses have put their names to. */
export interface CosignedHead {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array;
}

/**
 * The newest tree that any witness says it has cosigned for this log, each cosignature verified; undefined where all
 * that answered have none. `witnesses-unreachable`: nobody answered.
 */
export interface NewestCosigned {
  newestCosigned(): Promise<Result<CosignedHead | undefined, 'witnesses-unreachable'>>;
}
