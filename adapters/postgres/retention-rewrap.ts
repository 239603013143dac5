import type { Pool } from 'pg';
import { z } from 'zod';
import type { SealedCase } from '../../gateway/ports/case-register.ts';
import type { ScopeKey } from '../../gateway/ports/reason-store.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createPool } from './pool.ts';
import { caseRowSchema } from './statements/case-row.ts';

/** Wraps the keys of cases and of words anew, under the retention login: the gateway's may not change keys. */

/** How a key is wrapped anew; undefined where it cannot be opened. */
export interface Rewrapping {
  caseKey(sealed: SealedCase): (Pick<SealedCase, 'masterKeyId' | 'wrappedKey'> & { worker?: string }) | undefined;
  scopeKey(key: ScopeKey): ScopeKey | undefined;
}

export interface Rewrapped {
  readonly rewrapped: number;
  /** Cases and scopes whose key could not be opened; left as they were. */
  readonly unreadable: readonly string[];
}

export interface KeyRewrap {
  /** Everything that is not yet under the master key of this name. May be stopped and run again. */
  all(masterKeyId: string, how: Rewrapping): Promise<Result<Rewrapped, 'store-unavailable'>>;
  close(): Promise<void>;
}

const PAGE = 200;
const bytes = z.instanceof(Uint8Array);
const casesSchema = z.array(caseRowSchema);
const scopesSchema = z.array(
  z.object({ key_id: z.uuid(), scope: z.string(), master_key_id: z.string(), wrapped_key: bytes }),
);

/** @param options.url address of a login that may do what `holdfast_retention` may, or of the owner */
export function createPostgresKeyRewrap(options: { readonly url: string }): KeyRewrap {
  const pool = createPool({
    url: options.url,
    max: 1,
    connectWithinMs: 5_000,
    statementWithinMs: 30_000,
    name: 'holdfast keys',
  });
  return {
    async all(masterKeyId, how) {
      try {
        const cases = await rewrapPages((after) => casesPage(pool, masterKeyId, after, how));
        const scopes = await rewrapPages((after) => scopesPage(pool, masterKeyId, after, how));
        return ok({
          rewrapped: cases.rewrapped + scopes.rewrapped,
          unreadable: [...cases.unreadable, ...scopes.unreadable],
        });
      } catch {
        return err('store-unavailable');
      }
    },
    close: () => pool.end(),
  };
}

type Page = Rewrapped & { readonly last?: string };

async function rewrapPages(page: (after: string) => Promise<Page>): Promise<Rewrapped> {
  let rewrapped = 0;
  const unreadable: string[] = [];
  for (let after: string | undefined = ''; after !== undefined;) {
    const done: Page = await page(after);
    rewrapped += done.rewrapped;
    unreadable.push(...done.unreadable);
    after = done.last;
  }
  return { rewrapped, unreadable };
}

async function casesPage(pool: Pool, masterKeyId: string, after: string, how: Rewrapping): Promise<Page> {
  const { rows } = await pool.query(
    `select case_ref, agencies, revision, master_key_id, wrapped_key, subject, protected_contacts, particulars
     from holdfast.case_file where case_ref > $1 and master_key_id <> $2 order by case_ref limit $3`,
    [after, masterKeyId, PAGE],
  );
  const found = casesSchema.parse(rows);
  const unreadable: string[] = [];
  let rewrapped = 0;
  for (const row of found) {
    const { case_ref: caseRef, revision, agencies, subject, particulars } = row;
    const wrapped = how.caseKey({
      ...{ caseRef, revision, agencies, subject, particulars, protectedContacts: row.protected_contacts },
      ...{ masterKeyId: row.master_key_id, wrappedKey: row.wrapped_key },
    });
    if (wrapped === undefined) unreadable.push(caseRef);
    else {
      // A case that was stored meanwhile is under the new key already.
      await pool.query(
        `update holdfast.case_file set master_key_id = $3, wrapped_key = $4, worker = coalesce($6, worker)
         where case_ref = $1 and revision = $2 and master_key_id = $5`,
        [caseRef, revision, wrapped.masterKeyId, wrapped.wrappedKey, row.master_key_id, wrapped.worker ?? null],
      );
      rewrapped += 1;
    }
  }
  const last = found.at(-1)?.case_ref;
  return { rewrapped, unreadable, ...(last === undefined ? {} : { last }) };
}

async function scopesPage(pool: Pool, masterKeyId: string, after: string, how: Rewrapping): Promise<Page> {
  const { rows } = await pool.query(
    `select key_id, scope, master_key_id, wrapped_key from holdfast.scope_key
     where scope > $1 and master_key_id <> $2 and wrapped_key is not null order by scope limit $3`,
    [after, masterKeyId, PAGE],
  );
  const found = scopesSchema.parse(rows);
  const unreadable: string[] = [];
  let rewrapped = 0;
  for (const row of found) {
    const { key_id: keyId, scope, master_key_id: from, wrapped_key: wrappedKey } = row;
    const wrapped = how.scopeKey({ keyId, scope, masterKeyId: from, wrappedKey });
    if (wrapped === undefined) unreadable.push(scope);
    else {
      // Never over a key that was destroyed meanwhile.
      await pool.query(
        `update holdfast.scope_key set master_key_id = $2, wrapped_key = $3
         where key_id = $1 and wrapped_key is not null`,
        [keyId, wrapped.masterKeyId, wrapped.wrappedKey],
      );
      rewrapped += 1;
    }
  }
  const last = found.at(-1)?.scope;
  return { rewrapped, unreadable, ...(last === undefined ? {} : { last }) };
}
