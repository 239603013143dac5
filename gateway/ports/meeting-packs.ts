import type { Result } from '../../schemas/result.ts';

/**
 * The port of meeting packs: a list of cases that is asked about in the background, part by part, and shown for some
 * minutes. Everything that says whom it is about is sealed before it gets here (P8).
 */

export interface MeetingPack {
  /** Names the session that began it; no other finds it. */
  readonly session: string;
  readonly packId: string;
  /** What is asked, of which cases. */
  readonly sealed: Uint8Array;
  /** How many parts it has, one a case, numbered from 0. */
  readonly parts: number;
  /** In milliseconds since 1970. */
  readonly endsAtMs: number;
}

/**
 * - `waiting`: nobody has asked yet.
 * - `asking`: some gateway asks, or fell silent while it did.
 * - `answered`, `refused`: there is something to open.
 */
export type PartState = 'waiting' | 'asking' | 'answered' | 'refused';

export interface PackPart {
  readonly part: number;
  readonly state: PartState;
  /** Until when the gateway that asks may take; past it another may. */
  readonly takenUntilMs?: number;
}

export interface PackWithParts extends MeetingPack {
  /** By number. */
  readonly states: readonly PackPart[];
}

export type PackFault = 'store-unavailable';

export interface MeetingPacks {
  /** Begins a pack, unless there is one of this id already: true where this call began it. */
  begin(pack: MeetingPack): Promise<Result<boolean, PackFault>>;
  /** Undefined where there is none; an ended one may still be returned, so the caller compares the times. */
  find(session: string, packId: string): Promise<Result<PackWithParts | undefined, PackFault>>;
  /** All of a session, the newest first. */
  list(session: string): Promise<Result<readonly MeetingPack[], PackFault>>;
  /**
   * Takes a part to ask about it: true for one caller only. A part that was taken and not settled in time can be taken
   * again; one that was refused, where `again` says so.
   */
  take(asked: PartTaken): Promise<Result<boolean, PackFault>>;
  /** Puts down what came of a part. A pack that was removed meanwhile stays removed. */
  settle(settled: PartSettled): Promise<Result<void, PackFault>>;
  /** What came of a part, sealed. */
  open(session: string, packId: string, part: number): Promise<Result<Uint8Array | undefined, PackFault>>;
  /** Forgets all of one session. */
  removeAllOf(session: string): Promise<Result<void, PackFault>>;
  /** Removes what has ended; called now and then. */
  sweep(nowMs: number): Promise<Result<void, PackFault>>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}

export interface PartTaken {
  readonly session: string;
  readonly packId: string;
  readonly part: number;
  readonly nowMs: number;
  readonly untilMs: number;
  readonly again: boolean;
}

export interface PartSettled {
  readonly session: string;
  readonly packId: string;
  readonly part: number;
  readonly state: 'answered' | 'refused';
  readonly sealed: Uint8Array;
}
