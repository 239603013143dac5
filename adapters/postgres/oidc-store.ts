import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import type { Pool } from 'pg';
import { z } from 'zod';

/**
 * What the authorization server (oidc-provider) keeps between requests. Short-lived by its nature; expired rows are
 * never returned and soon removed. A database that does not answer makes these reject, and no token is issued.
 */

const UPSERT = `
  insert into holdfast.oidc_payload (model, id, payload, grant_id, user_code, uid, expires_at)
  values ($1, $2, $3, $4, $5, $6, clock_timestamp() + make_interval(secs => $7))
  on conflict (model, id) do update set
    payload = excluded.payload, grant_id = excluded.grant_id, user_code = excluded.user_code, uid = excluded.uid,
    expires_at = excluded.expires_at`;

const find = (column: 'id' | 'user_code' | 'uid') => `
  select payload, floor(extract(epoch from consumed_at))::bigint as consumed
  from holdfast.oidc_payload
  where model = $1 and ${column} = $2 and (expires_at is null or expires_at > clock_timestamp())
  limit 1`;

const CONSUME = `
  update holdfast.oidc_payload set consumed_at = coalesce(consumed_at, clock_timestamp()) where model = $1 and id = $2`;
const DESTROY = 'delete from holdfast.oidc_payload where model = $1 and id = $2';
const REVOKE = 'delete from holdfast.oidc_payload where grant_id = $1';
const PRUNE = `
  delete from holdfast.oidc_payload where ctid in (
    select ctid from holdfast.oidc_payload where expires_at <= clock_timestamp() limit 10000 for update skip locked)`;

const PRUNE_EVERY_MS = 60_000;
const rowSchema = z.object({
  payload: z.custom<AdapterPayload>((value) => typeof value === 'object' && value !== null),
  consumed: z.coerce.number().nullable(),
});

/** For oidc-provider's `adapter` setting. The pool is the caller's to close. */
export function createOidcStore(pool: Pool): AdapterFactory {
  let prunedAt = Number.NEGATIVE_INFINITY;
  const prune = () => {
    if (performance.now() - prunedAt < PRUNE_EVERY_MS) return;
    prunedAt = performance.now();
    pool.query(PRUNE).catch(() => undefined);
  };
  const read = async (column: 'id' | 'user_code' | 'uid', model: string, value: string) => {
    const { rows } = await pool.query(find(column), [model, value]);
    const [row] = z.array(rowSchema).parse(rows);
    if (row === undefined) return undefined;
    return row.consumed === null ? row.payload : { ...row.payload, consumed: row.consumed };
  };
  return (model): Adapter => ({
    async upsert(id, payload, expiresIn) {
      prune();
      await pool.query(UPSERT, [
        model,
        id,
        JSON.stringify(payload),
        payload.grantId ?? null,
        payload.userCode ?? null,
        payload.uid ?? null,
        expiresIn ?? null,
      ]);
    },
    find: (id) => read('id', model, id),
    findByUserCode: (userCode) => read('user_code', model, userCode),
    findByUid: (uid) => read('uid', model, uid),
    async consume(id) {
      await pool.query(CONSUME, [model, id]);
    },
    async destroy(id) {
      await pool.query(DESTROY, [model, id]);
    },
    async revokeByGrantId(grantId) {
      await pool.query(REVOKE, [grantId]);
    },
  });
}
