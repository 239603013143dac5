import type { Case } from '../../schemas/case.ts';
import type { AgencyId, CaseRef, IsoDate } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';

/** The port of the case register: the only personal data kept at rest (P8), and only encrypted. */

/**
 * - `not-found`: no such case, or not one of this agency's; nobody can tell which (P6).
 * - `register-unavailable`: the database did not answer; nothing is known about the case.
 * - `case-unreadable`: the row is damaged, was moved or tampered with, or its key is not ours. An operator must look.
 */
export type FindCaseFault = 'not-found' | 'register-unavailable' | 'case-unreadable';

export interface CaseRegister {
  /** The case, where it exists and the agency is one of the case's. One indexed query whatever the answer. */
  find(caseRef: CaseRef, agency: AgencyId): Promise<Result<Case, FindCaseFault>>;
  /** Stores the whole case, in place of what was there. */
  put(kase: Case): Promise<Result<void, 'register-unavailable'>>;
  /**
   * Those of some digests (gateway/cases/blocked-digests.ts) of which any case closes the contact point. Which case it is
   * is not told.
   */
  blockedAmong(digests: readonly string[]): Promise<Result<ReadonlySet<string>, 'register-unavailable'>>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}

/** A case with the revision at which it was read. */
export interface CaseFile {
  readonly kase: Case;
  /** Counts from 1 the times the case was stored. Hand it back with a change: another tab may have been quicker. */
  readonly revision: number;
}

/** `changed-meanwhile`: somebody stored the case since it was read, or a new one is there already; read again. */
export type ReplaceCaseFault = 'changed-meanwhile' | 'register-unavailable';

/**
 * Which cases are wanted, always of one agency's. There is no way to ask for a person (no open search).
 * - `worker`: allocated to her, closed ones left out; by reference.
 * - `gaps`: without a usable contact point, longest open first.
 * - `reviews-due`: due on or before a day, longest due first.
 * - `open`: all that are not closed; by reference.
 * - `closed`: by reference.
 */
export type CaseListWanted =
  | { readonly of: 'worker'; readonly staffId: string }
  | { readonly of: 'gaps' }
  | { readonly of: 'reviews-due'; readonly by: IsoDate }
  | { readonly of: 'open' }
  | { readonly of: 'closed' };

export interface CaseListQuery {
  /** The lead agency of the cases. */
  readonly leadAgency: AgencyId;
  readonly wanted: CaseListWanted;
  /** 1 to 200. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

export interface CaseList {
  readonly files: readonly CaseFile[];
  /** Cases that belong here and could not be opened: an operator must look. They hide no other. */
  readonly unreadable: readonly CaseRef[];
  /** There is more. Opaque. */
  readonly next?: string;
}

/**
 * Cases of which an agency is one, whoever leads; by reference.
 * - `open`: all that are not closed.
 * - `unacknowledged`: closed ones too, in which the victim answered or may have, and nobody of victim services has
 *   acknowledged it.
 */
export interface SharedCasesQuery {
  readonly agency: AgencyId;
  readonly of: 'open' | 'unacknowledged';
  /** 1 to 200. */
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** How long it takes until somebody reaches him, over the cases of one lead agency. Days are whole days. */
export interface GapMeasure {
  readonly openCases: number;
  /** Open cases in the category contact without a usable contact point. */
  readonly withGap: number;
  /** Cases in which he was reached at least once. */
  readonly reached: number;
  /** From the opening of a case to the day he was first reached; absent where nobody was. */
  readonly medianDaysToFirstUsable?: number;
  readonly ninetiethPercentileDays?: number;
}

/** What people's work on cases needs beyond what a question does. Changes are made by gateway/cases/change-case.ts. */
export interface CaseWorkRegister extends CaseRegister {
  /** As `find`, with the revision. */
  open(caseRef: CaseRef, agency: AgencyId): Promise<Result<CaseFile, FindCaseFault>>;
  /** Stores a case on top of exactly this revision, 0 for a new one. Gives the revision that it made. */
  replace(kase: Case, revision: number): Promise<Result<number, ReplaceCaseFault>>;
  list(query: CaseListQuery): Promise<Result<CaseList, 'register-unavailable'>>;
  listShared(query: SharedCasesQuery): Promise<Result<CaseList, 'register-unavailable'>>;
  /** Over cases opened on or after a day. */
  measureGaps(leadAgency: AgencyId, openedSince: IsoDate): Promise<Result<GapMeasure, 'register-unavailable'>>;
}

/**
 * By what a case is found in lists, made when it is sealed. Days and digests only: which worker it is cannot be read,
 * and of the category no more than whether the case is open. Whoever alters it hides a case from a list or puts it into
 * one; what the list shows comes from the sealed case.
 */
export interface CaseListing {
  readonly leadAgency: AgencyId;
  /** Keyed digest of the worker it is allocated to. */
  readonly worker?: string;
  readonly isOpen: boolean;
  readonly openedOn: IsoDate;
  readonly reviewDueOn: IsoDate;
  /** In the category contact, and no contact point is known to reach him. */
  readonly hasGap: boolean;
  readonly firstReachedOn?: IsoDate;
  /** Digests of the contact points that the case closes for every case. */
  readonly blocked: readonly string[];
  /** The victim answered, or may have, and nobody of victim services has acknowledged it. */
  readonly isUnacknowledged: boolean;
}

/** A case as it lies in the database. Without the key only the reference, the agencies and the listing can be read. */
export interface SealedCase {
  readonly caseRef: CaseRef;
  readonly agencies: readonly AgencyId[];
  /** Counts the times the case was stored; sealed parts of different revisions do not fit together. */
  readonly revision: number;
  /** Which master key wraps the case's own key. */
  readonly masterKeyId: string;
  readonly wrappedKey: Uint8Array;
  readonly subject: Uint8Array;
  readonly protectedContacts: Uint8Array;
  readonly particulars: Uint8Array;
}

/** What `CaseCipher.seal` gives: the case, and beside it by what lists find it. */
export interface SealedCaseFile extends SealedCase {
  readonly listing: CaseListing;
}

/** Seals and opens cases. The composition root hands the one of gateway/cases, which holds the master key. */
export interface CaseCipher {
  seal(kase: Case, revision: number): SealedCaseFile;
  open(sealed: SealedCase): Result<Case, 'case-unreadable'>;
  /** The digests under which a worker's cases may lie: of the master key in use and of retired ones. */
  workerDigests(leadAgency: AgencyId, staffId: string): readonly string[];
}
