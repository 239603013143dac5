import type { Pool } from 'pg';
import { z } from 'zod';
import type { ScopeKey, SealedWords } from '../../../gateway/ports/reason-store.ts';
import { agencyIdSchema } from '../../../schemas/names.ts';

const bytes = z.instanceof(Uint8Array);
const keySchema = z.object({ key_id: z.uuid(), scope: z.string(), master_key_id: z.string(), wrapped_key: bytes });

/** PostgreSQL's bigint is signed, a token is not: the same 64 bits. */
const asBigint = (token: string): string => BigInt.asIntN(64, BigInt(`0x${token}`)).toString();
const asToken = (bigint: string): string => BigInt.asUintN(64, BigInt(bigint)).toString(16).padStart(16, '0');

const keyOf = (row: z.infer<typeof keySchema>): ScopeKey => ({
  keyId: row.key_id,
  scope: row.scope,
  masterKeyId: row.master_key_id,
  wrappedKey: row.wrapped_key,
});

/** The key in force of a scope, or undefined. */
export async function findScopeKey(pool: Pool, scope: string): Promise<ScopeKey | undefined> {
  const { rows } = await pool.query({
    name: 'find-scope-key',
    text: `select key_id, scope, master_key_id, wrapped_key from holdfast.scope_key
           where scope = $1 and wrapped_key is not null`,
    values: [scope],
  });
  const [row] = z.array(keySchema).parse(rows);
  return row && keyOf(row);
}

/** Stores a key unless the scope has one in force. */
export async function insertScopeKey(pool: Pool, key: ScopeKey): Promise<void> {
  await pool.query(
    `insert into holdfast.scope_key (key_id, scope, master_key_id, wrapped_key) values ($1, $2, $3, $4)
     on conflict (scope) where wrapped_key is not null do nothing`,
    [key.keyId, key.scope, key.masterKeyId, key.wrappedKey],
  );
}

/** False where the key is not there any more: words under it could be read by nobody. */
export async function insertWords(pool: Pool, words: SealedWords): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'insert-words',
    text: `insert into holdfast.sealed_words (id, what, agency, key_id, sealed, tokens)
           select $1, $2, $3, key_id, $5, $6::bigint[]
           from holdfast.scope_key where key_id = $4 and wrapped_key is not null`,
    values: [words.id, words.what, words.agency, words.keyId, words.sealed, words.tokens.map(asBigint)],
  });
  return rowCount === 1;
}

const wordsSchema = keySchema.extend({
  id: z.uuid(),
  what: z.enum(['reason', 'declaration', 'note']),
  agency: agencyIdSchema,
  sealed: bytes,
  tokens: z.array(z.string()),
});

/** The words of some ids, each with its key. */
export async function findWords(
  pool: Pool,
  ids: readonly string[],
): Promise<readonly { readonly words: SealedWords; readonly key: ScopeKey }[]> {
  const { rows } = await pool.query({
    name: 'find-words',
    text: `select w.id, w.what, w.agency, w.sealed, w.tokens::text[] as tokens,
                  k.key_id, k.scope, k.master_key_id, k.wrapped_key
           from holdfast.sealed_words w join holdfast.scope_key k using (key_id)
           where w.id = any($1::uuid[]) and k.wrapped_key is not null`,
    values: [ids],
  });
  return z
    .array(wordsSchema)
    .parse(rows)
    .map((row) => ({
      key: keyOf(row),
      words: {
        id: row.id,
        what: row.what,
        agency: row.agency,
        scope: row.scope,
        keyId: row.key_id,
        sealed: row.sealed,
        tokens: row.tokens.map(asToken),
      },
    }));
}
