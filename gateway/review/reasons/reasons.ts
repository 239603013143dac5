import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { MasterKey } from '../../cases/case-cipher.ts';
import type { ReasonStore, ScopeKey, SealedWords } from '../../ports/reason-store.ts';
import { KEY_BYTES, openWords, sealWords, type Random } from './box.ts';
import { makeWordTokens, type WordTokens } from './word-tokens.ts';

/**
 * The words of reasons, sealed beside the log (P8). Each case has a key of its own, wrapped by a master key: destroying
 * the case's key destroys its reasons wherever a copy of them lies, and with them the power to test a guess against the
 * digest in the log, because the digest is made with the same key.
 */

export interface WordsToKeep extends Pick<SealedWords, 'id' | 'what' | 'agency' | 'scope'> {
  readonly text: string;
}

/** Words that are sealed and not yet kept. */
export interface WordsSealed {
  /** For the entry: HMAC-SHA-256 under the scope's key, bound to the id, base64url. */
  readonly digest: string;
  /** Resolves only when the words are durably kept. Nothing may be answered on words that are not. */
  keep(): Promise<Result<true, 'reasons-unavailable'>>;
}

export interface Reasons {
  seal(words: WordsToKeep): Promise<Result<WordsSealed, 'reasons-unavailable'>>;
  /** The texts of ids that are kept and can be opened, for reviewers of one agency; others are absent. */
  read(agency: string, ids: readonly string[]): Promise<Result<ReadonlyMap<string, string>, 'reasons-unavailable'>>;
  /** Keyed tokens of each id's words, for the search index. */
  tokensOf(ids: readonly string[]): Promise<Result<ReadonlyMap<string, readonly string[]>, 'reasons-unavailable'>>;
  /** Keyed tokens of what somebody searches for. */
  readonly wordTokens: WordTokens;
  /** Keyed digest of what somebody typed to search by, base64url. */
  readonly queryDigest: (typed: string) => string;
}

export interface ReasonsOptions {
  readonly store: ReasonStore;
  /** Wraps the keys of cases, as in the case register. */
  readonly current: MasterKey;
  readonly retired?: readonly MasterKey[];
  /** At least 32 bytes, apart from the database. */
  readonly wordKey: Uint8Array;
  /** For tests; the operating system's by default. */
  readonly random?: Random;
  readonly newId?: () => string;
}

/** Opened keys that are remembered. Whether one still holds is asked of the store with every text. */
const KEYS_REMEMBERED_MAX = 2_000;

interface OpenKey {
  readonly keyId: string;
  readonly key: Uint8Array;
}

export function makeReasons(options: ReasonsOptions): Reasons {
  const { store, current, retired = [], random = randomBytes, newId = randomUUID } = options;
  const masters = new Map([...retired, current].map(({ id, key }) => [id, key]));
  const wordTokens = makeWordTokens(options.wordKey);
  const remembered = new Map<string, OpenKey>();

  const keyFor = async (scope: string): Promise<Result<OpenKey, 'reasons-unavailable'>> => {
    const known = remembered.get(scope);
    if (known !== undefined) return ok(known);
    const found = await store.findKey(scope);
    if (!found.ok) return err('reasons-unavailable');
    const held = found.value === undefined ? await store.putKey(newKey(scope, current, { random, newId })) : found;
    if (!held.ok || held.value === undefined) return err('reasons-unavailable');
    const key = unwrap(held.value, masters);
    if (key === undefined) return err('reasons-unavailable');
    if (remembered.size >= KEYS_REMEMBERED_MAX) remembered.clear();
    const open = { keyId: held.value.keyId, key };
    remembered.set(scope, open);
    return ok(open);
  };

  const keep = async (words: WordsToKeep, under: OpenKey): Promise<Result<true, 'reasons-unavailable'>> => {
    const kept = await store.put(sealed(words, under, wordTokens, random));
    if (kept.ok) return kept;
    // The digest in the entry is bound to the key that is gone: the whole question starts again.
    if (kept.error === 'key-gone') remembered.delete(words.scope);
    return err('reasons-unavailable');
  };

  return {
    wordTokens,
    queryDigest: (typed) =>
      createHmac('sha256', options.wordKey).update(`holdfast query 1\n${typed}`).digest('base64url'),
    seal: async (words) => {
      const under = await keyFor(words.scope);
      if (!under.ok) return under;
      return ok({ digest: digestOf(under.value.key, words), keep: () => keep(words, under.value) });
    },
    read: async (agency, ids) => {
      const found = await store.find(ids);
      if (!found.ok) return err('reasons-unavailable');
      return ok(new Map(found.value.flatMap(({ words, key }) => opened(agency, words, unwrap(key, masters)))));
    },
    tokensOf: (ids) => tokensIn(store, ids),
  };
}

/** Keyed tokens of each id's words. Needs no key: they are found by them, not read. */
export async function tokensIn(
  store: Pick<ReasonStore, 'find'>,
  ids: readonly string[],
): Promise<Result<ReadonlyMap<string, readonly string[]>, 'reasons-unavailable'>> {
  const found = await store.find(ids);
  return found.ok ? ok(new Map(found.value.map(({ words }) => [words.id, words.tokens]))) : err('reasons-unavailable');
}

const boundTo = ({ id, what, agency, scope }: Omit<WordsToKeep, 'text'>, keyId: string): readonly string[] => [
  ...['words', id, what, agency, scope, keyId],
];

/**
 * Digest of a text for its log entry: whoever holds the text and the scope's key can prove that it is what was given,
 * and once the key is destroyed nobody can test a guess.
 */
export function digestOf(key: Uint8Array, { id, text }: Pick<WordsToKeep, 'id' | 'text'>): string {
  return createHmac('sha256', key).update(`holdfast reason 2\n${id}\n${text}`).digest('base64url');
}

function sealed(words: WordsToKeep, { keyId, key }: OpenKey, wordTokens: WordTokens, random: Random): SealedWords {
  const { text, ...rest } = words;
  const box = sealWords(key, Buffer.from(text, 'utf8'), boundTo(words, keyId), random);
  return { ...rest, keyId, sealed: box, tokens: wordTokens(text) };
}

function opened(agency: string, words: SealedWords, key: Uint8Array | undefined): [string, string][] {
  if (words.agency !== agency || key === undefined) return [];
  const plain = openWords(key, words.sealed, boundTo(words, words.keyId));
  return plain === undefined ? [] : [[words.id, Buffer.from(plain).toString('utf8')]];
}

function newKey(scope: string, master: MasterKey, made: { random: Random; newId: () => string }): ScopeKey {
  const keyId = made.newId();
  const wrappedKey = sealWords(master.key, made.random(KEY_BYTES), ['key', keyId, scope], made.random);
  return { keyId, scope, masterKeyId: master.id, wrappedKey };
}

/**
 * The same key wrapped by the master key in use: what lies under it stays as it is. Undefined where the key cannot be
 * opened: nothing is written over what somebody may still be able to read.
 */
export function rewrapScopeKey(
  key: ScopeKey,
  { current, retired = [], random = randomBytes }: Pick<ReasonsOptions, 'current' | 'retired' | 'random'>,
): ScopeKey | undefined {
  const plain = unwrap(key, new Map([...retired, current].map((each) => [each.id, each.key])));
  if (plain === undefined) return undefined;
  const wrappedKey = sealWords(current.key, plain, ['key', key.keyId, key.scope], random);
  return { ...key, masterKeyId: current.id, wrappedKey };
}

function unwrap(key: ScopeKey, masters: ReadonlyMap<string, Uint8Array>): Uint8Array | undefined {
  const master = masters.get(key.masterKeyId);
  return master && openWords(master, key.wrappedKey, ['key', key.keyId, key.scope]);
}
