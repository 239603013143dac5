import type { LogEntryBody } from '../../schemas/entry.ts';
import type { CaseRef } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';
import type { PreparedEntry, Receipt } from './access-log.ts';
import type { EntryText, IndexRow } from './entry-index.ts';

/**
 * The port of retention: what is kept about a case beside the log, and its erasure. Erasing and the entry that says so
 * are one transaction, so neither is ever there without the other.
 */

/** What is kept about a case. The log itself is kept for ever: it holds references and codes, and nothing is cut out. */
export interface KeptCase {
  readonly caseRef: CaseRef;
  /** In the case register. */
  readonly file?: { readonly revision: number; readonly isOpen: boolean };
  /** A key under which words are sealed. */
  readonly hasWordsKey: boolean;
  /** Reviews of access to this case that nobody has ended. */
  readonly openReviews: number;
}

/** The log's entries about a case, as of a moment. */
export interface CaseEntries {
  /** Oldest first. */
  readonly entries: readonly EntryText[];
  /** The last position that was looked at: what comes after it was not. */
  readonly through: number;
}

export type KeyDestroyed = Extract<LogEntryBody, { kind: 'key-destroyed' }>;

export interface Erasure {
  readonly kept: KeptCase;
  readonly entry: PreparedEntry;
  /** No entry about the case may lie beyond this position. */
  readonly through: number;
  /** Rows of the search index as they are to be: without the words. */
  readonly rows: readonly IndexRow[];
}

/**
 * - `changed-meanwhile`: the case was changed, asked about or reviewed since it was judged; nothing was erased.
 * - `store-unavailable`: not known to be done. Judging again tells.
 */
export type EraseFault = 'changed-meanwhile' | 'store-unavailable';

/** The notes of a review that is about no case, sealed under a key of the review's own. */
export interface KeptNotes {
  readonly reviewId: string;
  /** In the register of reviews. */
  readonly review?: { readonly revision: number; readonly ended: boolean };
}

/** No word of a note is in the search index. */
export interface NotesErasure extends Omit<Erasure, 'kept' | 'rows'> {
  readonly kept: KeptNotes;
}

export interface RetentionStore {
  /** Cases of which anything is kept, by reference, after one; at most `limit`. */
  keptAfter(caseRef: string, limit: number): Promise<Result<readonly KeptCase[], 'store-unavailable'>>;
  entriesAbout(caseRef: CaseRef): Promise<Result<CaseEntries, 'store-unavailable'>>;
  erase(erasure: Erasure): Promise<Result<Receipt, EraseFault>>;
  /** Reviews about no case of which notes are kept, by id, after one; at most `limit`. */
  notesAfter(reviewId: string, limit: number): Promise<Result<readonly KeptNotes[], 'store-unavailable'>>;
  /** The log's entries of a review's steps. */
  entriesOfReview(reviewId: string): Promise<Result<CaseEntries, 'store-unavailable'>>;
  eraseNotes(erasure: NotesErasure): Promise<Result<Receipt, EraseFault>>;
  /**
   * Erases again what the log says was erased and is there all the same: rows that came back with a backup. Gives the
   * cases, and the ids of reviews about none.
   */
  finish(): Promise<Result<readonly string[], 'store-unavailable'>>;
  /** The database's clock: whoever sets the command's forward makes nothing due. */
  now(): Promise<Result<Date, 'store-unavailable'>>;
  close(): Promise<void>;
}
