import type { AgencyId } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';

/**
 * The port of the words that lie beside the log: reasons of questions, declarations of emergencies, notes of reviews.
 * Everything is sealed before it gets here. The log keeps only a keyed digest of them, so the words can be proven while
 * they are there, and destroyed without breaking a proof.
 */

/** A key under which the words of one scope are sealed: a case's reference, or a review's id. */
export interface ScopeKey {
  readonly keyId: string;
  readonly scope: string;
  /** Which master key wraps it. */
  readonly masterKeyId: string;
  readonly wrappedKey: Uint8Array;
}

export interface SealedWords {
  /** A question's, emergency's or review step's own id. */
  readonly id: string;
  readonly what: 'reason' | 'declaration' | 'note';
  /** Whose staff wrote them: only this agency's reviewers may read them. */
  readonly agency: AgencyId;
  readonly scope: string;
  readonly keyId: string;
  readonly sealed: Uint8Array;
  /** Keyed tokens of the words, for search: 16 hex digits each, equal for equal words, of no use without the key. */
  readonly tokens: readonly string[];
}

/** `key-gone`: the key under which it was sealed was destroyed meanwhile; a new one has to be made. */
export type ReasonFault = 'store-unavailable' | 'key-gone';

export interface ReasonStore {
  /** The key that holds for a scope; undefined where none was made, or the last one was destroyed. */
  findKey(scope: string): Promise<Result<ScopeKey | undefined, 'store-unavailable'>>;
  /** Stores a scope's key unless another came first; gives the one that holds. */
  putKey(key: ScopeKey): Promise<Result<ScopeKey, 'store-unavailable'>>;
  /** Resolves only when the words are durably kept under a key that is there. */
  put(words: SealedWords): Promise<Result<true, ReasonFault>>;
  /** The words of some ids with their keys. What was never kept or was destroyed is absent; the order is free. */
  find(
    ids: readonly string[],
  ): Promise<Result<readonly { readonly words: SealedWords; readonly key: ScopeKey }[], 'store-unavailable'>>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}
