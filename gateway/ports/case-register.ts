import type { Case } from '../../schemas/case.ts';
import type { AgencyId, CaseRef } from '../../schemas/names.ts';
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
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}

/** A case as it lies in the database. Only the reference and the agencies can be read without the key. */
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

/** Seals and opens cases. The composition root hands the one of gateway/cases, which holds the master key. */
export interface CaseCipher {
  seal(kase: Case, revision: number): SealedCase;
  open(sealed: SealedCase): Result<Case, 'case-unreadable'>;
}
