import type { Result } from '../../schemas/result.ts';

/** The port of staff sessions: kept on the server, sealed with a key that only the browser's cookie gives. */

export interface StoredSession {
  /** SHA-256 of the session's secret, base64url: whoever reads the table cannot use a row to sign in. */
  readonly id: string;
  /** Keyed digest of agency and staff id, so that all sessions of one person can be ended. */
  readonly staff: string;
  readonly sealed: Uint8Array;
  /** When it ends whatever happens, in milliseconds since 1970. */
  readonly endsAtMs: number;
  /** When it was last used, in milliseconds since 1970. */
  readonly seenAtMs: number;
}

export type SessionFault = 'sessions-unavailable';

export interface SessionStore {
  put(session: StoredSession): Promise<Result<void, SessionFault>>;
  /** Undefined where there is none; an ended one may still be returned, so the caller compares the times. */
  find(id: string): Promise<Result<StoredSession | undefined, SessionFault>>;
  /** Notes that it was used. */
  touch(id: string, seenAtMs: number): Promise<Result<void, SessionFault>>;
  remove(id: string): Promise<Result<void, SessionFault>>;
  /** Ends every session of one person, on whatever machine. */
  removeAllOf(staff: string): Promise<Result<void, SessionFault>>;
  /** Removes what has ended; called now and then. */
  sweep(nowMs: number): Promise<Result<void, SessionFault>>;
  close(): Promise<void>;
}
