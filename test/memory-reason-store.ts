import type { ReasonStore, ScopeKey, SealedWords } from '../gateway/ports/reason-store.ts';
import { makeReasons, type Reasons } from '../gateway/review/reasons/reasons.ts';
import { err, ok } from '../schemas/result.ts';

/** A store of sealed words for tests that need one and no database. It can be told to fail, and to destroy a key. */
export interface MemoryReasonStore extends ReasonStore {
  failing(fails: boolean): void;
  destroyKey(scope: string): void;
}

export function createMemoryReasonStore(): MemoryReasonStore {
  const keys = new Map<string, ScopeKey>();
  const words = new Map<string, SealedWords>();
  let fails = false;
  const answer = <T>(value: T) => Promise.resolve(fails ? err('store-unavailable' as const) : ok(value));
  return {
    failing: (now) => {
      fails = now;
    },
    destroyKey: (scope) => void keys.delete(scope),
    findKey: (scope) => answer(keys.get(scope)),
    putKey: (key) => {
      if (!fails && !keys.has(key.scope)) keys.set(key.scope, key);
      return answer(keys.get(key.scope) ?? key);
    },
    put: (each) => {
      if (fails) return Promise.resolve(err('store-unavailable'));
      if (keys.get(each.scope)?.keyId !== each.keyId) return Promise.resolve(err('key-gone'));
      words.set(each.id, each);
      return Promise.resolve(ok(true));
    },
    find: (ids) =>
      answer(
        ids.flatMap((id) => {
          const found = words.get(id);
          const key = found && keys.get(found.scope);
          return found !== undefined && key?.keyId === found.keyId ? [{ words: found, key }] : [];
        }),
      ),
    close: () => Promise.resolve(),
  };
}

/** Reasons over such a store, under keys that mean nothing. */
export const memoryReasons = (store: ReasonStore = createMemoryReasonStore()): Reasons =>
  makeReasons({
    store,
    current: { id: 'master-1', key: new Uint8Array(32).fill(7) },
    wordKey: new Uint8Array(32).fill(8),
  });
