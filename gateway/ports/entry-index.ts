import type { AgencyId, CaseRef, IsoInstant } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';

/**
 * The port of the search index: what the log says, by what it can be found. It holds nothing that the log does not, can
 * be thrown away and built again, and says up to where it goes. Appending to the log knows nothing of it.
 */

/** One entry as it is indexed. */
export interface IndexRow {
  readonly position: number;
  readonly recordedAt: IsoInstant;
  readonly caseRef?: CaseRef;
  readonly staff?: { readonly agency: AgencyId; readonly staffId: string };
  /** By what it can be found: short texts of gateway/review/index/facets.ts. */
  readonly facets: readonly string[];
}

/** An entry as the log keeps it. */
export interface EntryText {
  readonly position: number;
  readonly canonical: string;
}

export interface IndexQuery {
  /** The entry has all of these. */
  readonly all: readonly string[];
  /** And of each of these groups at least one; an empty group finds nothing. */
  readonly anyOf: readonly (readonly string[])[];
  /** Recorded at or after, and before. */
  readonly from?: IsoInstant;
  readonly to?: IsoInstant;
  /** Only positions before this one: where the page before ended. */
  readonly before?: number;
  /** 1 to 1,000. */
  readonly limit: number;
}

export interface IndexPage {
  /** Newest first. */
  readonly positions: readonly number[];
  /** Whether there are more before the last of them. */
  readonly more: boolean;
}

/** What became of one step of following: how far the index goes now, or that another gateway is at it. */
export type Advanced = { readonly state: 'at'; readonly next: number } | { readonly state: 'busy' };

export type IndexFault = 'index-unavailable';

export interface EntryIndex {
  /**
   * Reads on from where the index ends and adds what it is given, in one transaction that only one gateway holds at a
   * time. The rows must be of consecutive positions from `from` on.
   */
  advance(
    read: (from: number, limit: number) => Promise<readonly IndexRow[] | undefined>,
  ): Promise<Result<Advanced, IndexFault>>;
  /** The first position that is not in the index. */
  next(): Promise<Result<number, IndexFault>>;
  search(query: IndexQuery): Promise<Result<IndexPage, IndexFault>>;
  /** Staff that occur in the log and whose id contains a text, at most `limit`. */
  staffWithId(
    contains: string,
    limit: number,
  ): Promise<Result<readonly { readonly agency: AgencyId; readonly staffId: string }[], IndexFault>>;
  /** The entries at some positions, in the order of positions. */
  entriesAt(positions: readonly number[]): Promise<Result<readonly EntryText[], IndexFault>>;
  /** Empties the index, so that following begins anew. */
  empty(): Promise<Result<true, IndexFault>>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}
