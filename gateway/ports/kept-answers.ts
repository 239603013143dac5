import type { Result } from '../../schemas/result.ts';

/** The port of answers that are kept for minutes, so that a page can be opened again. Sealed before they get here (P8). */

export interface KeptAnswer {
  /** Names the session that asked; no other finds it. */
  readonly session: string;
  /** The form's own id. */
  readonly requestId: string;
  readonly sealed: Uint8Array;
  /** In milliseconds since 1970. */
  readonly endsAtMs: number;
}

export type KeptFault = 'store-unavailable';

export interface KeptAnswers {
  /** Keeps it unless there is one of this id already. */
  put(answer: KeptAnswer): Promise<Result<void, KeptFault>>;
  /** Undefined where there is none; an ended one may still be returned, so the caller compares the times. */
  find(session: string, requestId: string): Promise<Result<KeptAnswer | undefined, KeptFault>>;
  /** Forgets all of one session. */
  removeAllOf(session: string): Promise<Result<void, KeptFault>>;
  /** Removes what has ended; called now and then. */
  sweep(nowMs: number): Promise<Result<void, KeptFault>>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}
