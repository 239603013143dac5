import type { LogEntryBody, LogEntryKind } from '../../schemas/entry.ts';
import type { IsoInstant } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';

/** The port of the access log (P1, P10): append, and read what was appended. There is nothing else one may do. */

/** Given only after the entry is durably committed. */
export interface Receipt {
  /** Place in the log, from 0, without gaps. */
  readonly position: number;
  /**
   * RFC 6962 leaf hash of the entry with its place and time, base64url. With the position it is the log's promise that
   * a checkpoint will cover this entry; once one does, the promise is exchanged for a proof.
   */
  readonly entryHash: string;
  /** When it was recorded, by the log's clock. */
  readonly at: IsoInstant;
}

/** Makes a request count once: the same pair again is refused, by whichever gateway it comes (replay). */
export interface RequestKey {
  readonly clientId: string;
  readonly requestId: string;
}

/**
 * - `log-unavailable`: not known to be committed. The entry may be there or not; nothing may be disclosed on it. An
 *   entry too many says more was consulted than was; an entry too few cannot happen.
 * - `log-full`: too many are waiting; certainly not written.
 * - `request-replayed`: the request key was seen before; certainly not written. After `log-unavailable` the key may
 *   count as seen: whoever tries again takes a new request id.
 * - `entry-invalid`: the entry or the request key is not of its closed shape, a bug in the caller; certainly not
 *   written.
 * All but `request-replayed` are a 503 to whoever asks.
 */
export type AppendFault = 'log-unavailable' | 'log-full' | 'request-replayed' | 'entry-invalid';

export interface LogHead {
  readonly position: number;
  readonly entryHash: string;
}

export interface StoredEntry {
  readonly position: number;
  readonly entryHash: string;
  /** The exact text that was hashed, the leaf: canonical JSON of a `LoggedEntry`. */
  readonly canonical: string;
}

export interface AccessLog {
  /** Resolves only when the entry is durably committed, or with a fault. Never rejects. */
  append(entry: LogEntryBody, requestKey?: RequestKey): Promise<Result<Receipt, AppendFault>>;
  /** The newest entry, or undefined for an empty log. */
  head(): Promise<Result<LogHead | undefined, 'log-unavailable'>>;
  /** Entries from a position on, oldest first; at most `limit`, which is at most 10,000. */
  read(from: number, limit: number): Promise<Result<readonly StoredEntry[], 'log-unavailable'>>;
  /** Waits for what is being written, refuses what comes after, and releases connections. Safe to call twice. */
  close(): Promise<void>;
}

/** An entry that was checked and brought into its canonical form, waiting for its place. */
export interface PreparedEntry {
  readonly kind: LogEntryKind;
  readonly canonicalBody: string;
}

export interface EntryPlace {
  readonly position: number;
  readonly recordedAt: IsoInstant;
}

/** How entries become leaves of a tree. The composition root hands `entryLeaves` of gateway/audit/leaves.ts. */
export interface EntryLeaves {
  prepare(body: LogEntryBody): Result<PreparedEntry, 'entry-invalid'>;
  place(entry: PreparedEntry, place: EntryPlace): StoredEntry;
}
