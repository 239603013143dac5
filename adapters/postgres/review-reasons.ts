import type { ReasonStore } from '../../gateway/ports/reason-store.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';
import { findScopeKey, findWords, insertScopeKey, insertWords } from './statements/sealed-words.ts';

export interface PostgresReasonStoreOptions {
  /** Connection address of the gateway's login. */
  readonly url: string;
  /** Connections at most; 8 when not given. */
  readonly max?: number;
}

/** Sealed words in PostgreSQL. Each text is committed for itself; many at once share the disk's flush. */
export function createPostgresReasonStore(options: PostgresReasonStoreOptions): ReasonStore {
  const pool = createPool({
    url: options.url,
    max: options.max ?? 8,
    connectWithinMs: CONNECT_WITHIN_MS,
    statementWithinMs: 2_500,
    name: 'holdfast reasons',
  });
  let closing: Promise<void> | undefined;
  return {
    findKey: (scope) => available(() => findScopeKey(pool, scope)),
    putKey: (key) =>
      available(async () => {
        await insertScopeKey(pool, key);
        return (await findScopeKey(pool, key.scope)) ?? key;
      }),
    put: async (words) => {
      const inserted = await available(() => insertWords(pool, words));
      if (!inserted.ok) return inserted;
      return inserted.value ? ok(true) : err('key-gone');
    },
    find: (ids) => available(() => (ids.length === 0 ? Promise.resolve([]) : findWords(pool, ids))),
    close: () => (closing ??= pool.end()),
  };
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, 'store-unavailable'>> {
  try {
    return ok(await query());
  } catch {
    return err('store-unavailable');
  }
}
