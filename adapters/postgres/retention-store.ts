import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';
import type { EntryLeaves, Receipt } from '../../gateway/ports/access-log.ts';
import type { EraseFault, Erasure, KeptCase, RetentionStore } from '../../gateway/ports/retention-store.ts';
import { caseRefSchema, type CaseRef } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createPool } from './pool.ts';
import { entriesOfReview, notesAfter, notesAreAsJudged } from './retention-notes.ts';
import { appendEntries } from './statements/append-entries.ts';
import { facetArray } from './statements/insert-index-rows.ts';
import { inTransaction } from './transaction.ts';

export interface PostgresRetentionStoreOptions {
  /** Address of a login that may do what `holdfast_retention` may, or of the owner; never the gateway's. */
  readonly url: string;
  readonly leaves: EntryLeaves;
}

/** The log's own lock (migration 0006): nothing is appended while a case is looked at a last time and erased. */
const LOG_LOCK = 7_246_002;

const KEPT = `
  select s.case_ref, c.revision, c.is_open,
    exists (select from holdfast.scope_key k where k.scope = s.case_ref and k.wrapped_key is not null) as words,
    (select count(*) from holdfast.review r where r.case_ref = s.case_ref
      and (r.state not in ('justified', 'not-justified') or r.under_way is not null)) as reviews
  from (
    select case_ref from holdfast.case_file
    union select scope from holdfast.scope_key where wrapped_key is not null and scope ~ '^[A-Z]{2,8}-[0-9]{4}-[0-9]{4,6}$'
  ) s left join holdfast.case_file c on c.case_ref = s.case_ref`;

const keptSchema = z
  .object({
    case_ref: caseRefSchema,
    revision: z.coerce.number().int().nullable(),
    is_open: z.boolean().nullable(),
    words: z.boolean(),
    reviews: z.coerce.number().int(),
  })
  .transform((row): KeptCase => ({
    caseRef: row.case_ref,
    // A case without a listing was stored long ago: taken for open, until it is stored again.
    ...(row.revision === null ? {} : { file: { revision: row.revision, isOpen: row.is_open ?? true } }),
    hasWordsKey: row.words,
    openReviews: row.reviews,
  }));

/** Thrown to undo the transaction; never leaves this file. */
class ChangedMeanwhile extends Error {}

/** Retention in PostgreSQL. */
export function createPostgresRetentionStore({ url, leaves }: PostgresRetentionStoreOptions): RetentionStore {
  const pool = createPool({
    url,
    max: 1,
    connectWithinMs: 5_000,
    statementWithinMs: 60_000,
    name: 'holdfast retention',
  });
  return {
    keptAfter: (caseRef, limit) =>
      available(async () => {
        const { rows } = await pool.query(`${KEPT} where s.case_ref > $1 order by s.case_ref limit $2`, [
          caseRef,
          limit,
        ]);
        return z.array(keptSchema).parse(rows);
      }),
    entriesAbout: (caseRef) => available(() => entriesAbout(pool, caseRef)),
    erase: (erasure) =>
      erase(pool, (client) =>
        eraseIn(client, leaves, erasure, {
          refuseIfChanged: () => refuseIfChanged(client, erasure.kept, erasure.through),
          scope: erasure.kept.caseRef,
        }),
      ),
    notesAfter: (reviewId, limit) => available(() => notesAfter(pool, reviewId, limit)),
    entriesOfReview: (reviewId) => available(() => entriesOfReview(pool, reviewId)),
    eraseNotes: (erasure) =>
      erase(pool, (client) =>
        eraseIn(
          client,
          leaves,
          { ...erasure, rows: [] },
          {
            refuseIfChanged: async () => {
              if (!(await notesAreAsJudged(client, erasure.kept, erasure.through))) throw new ChangedMeanwhile();
            },
            scope: erasure.kept.reviewId,
          },
        ),
      ),
    finish: () => available(() => finish(pool)),
    now: () =>
      available(async () => {
        const { rows } = await pool.query('select clock_timestamp() as now');
        return (
          z
            .array(z.object({ now: z.date() }))
            .length(1)
            .parse(rows)[0]?.now ?? new Date(0)
        );
      }),
    close: () => pool.end(),
  };
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, 'store-unavailable'>> {
  try {
    return ok(await query());
  } catch {
    return err('store-unavailable');
  }
}

const entriesSchema = z.array(z.object({ position: z.coerce.number().int(), canonical: z.string() }));

/** Through the index as far as it goes, and then through the entries themselves. */
const ABOUT = `
  select e.position, e.canonical from holdfast.review_entry r join holdfast.entry e using (position)
  where r.case_ref = $1 and r.position < $2
  union all
  select position, canonical from holdfast.entry
  where position >= $2 and canonical::json -> 'body' ->> 'caseRef' = $1
  order by position`;

const headSchema = z.array(z.object({ next: z.coerce.number().int(), through: z.coerce.number().int() })).length(1);

async function entriesAbout(pool: Pool, caseRef: CaseRef) {
  const head = await pool.query(
    `select (select next from holdfast.review_index) as next,
      coalesce((select max(position) from holdfast.entry), -1) as through`,
  );
  const [{ next, through } = { next: 0, through: -1 }] = headSchema.parse(head.rows);
  const { rows } = await pool.query(ABOUT, [caseRef, next]);
  return { entries: entriesSchema.parse(rows).filter(({ position }) => position <= through), through };
}

async function erase(pool: Pool, work: (client: ClientBase) => Promise<Receipt>): Promise<Result<Receipt, EraseFault>> {
  try {
    return ok(await inTransaction(pool, work));
  } catch (error) {
    return err(error instanceof ChangedMeanwhile ? 'changed-meanwhile' : 'store-unavailable');
  }
}

/** What is erased, and how it is looked at a last time. */
interface Target {
  readonly refuseIfChanged: () => Promise<void>;
  /** The case, or the review. */
  readonly scope: string;
}

async function eraseIn(
  client: ClientBase,
  leaves: EntryLeaves,
  { entry, rows }: Pick<Erasure, 'entry' | 'rows'>,
  { refuseIfChanged: refuse, scope }: Target,
): Promise<Receipt> {
  await client.query('select pg_advisory_xact_lock($1)', [LOG_LOCK]);
  await refuse();
  await eraseRows(client, scope);
  if (rows.length > 0) {
    await client.query(
      `update holdfast.review_entry r set facets = g.facets::bigint[]
       from unnest($1::bigint[], $2::text[]) as g (position, facets) where r.position = g.position`,
      [rows.map(({ position }) => position), rows.map(facetArray)],
    );
  }
  const [appended] = await appendEntries(client, [{ entry }]);
  if (appended === undefined) throw new Error('the log did not take the entry');
  const { position, recordedAt, entryHash } = appended;
  if (leaves.place(entry, { position, recordedAt }).entryHash !== entryHash) throw new Error('the hashes differ');
  return { position, entryHash, at: recordedAt };
}

/** Somebody may have asked about the case, stored it or begun a review since it was judged. */
async function refuseIfChanged(client: ClientBase, kept: KeptCase, through: number): Promise<void> {
  const { rows } = await client.query(`${KEPT} where s.case_ref = $1`, [kept.caseRef]);
  const [now] = z.array(keptSchema).parse(rows);
  if (JSON.stringify(now) !== JSON.stringify(kept)) throw new ChangedMeanwhile();
  const { rowCount } = await client.query(
    `select from holdfast.entry where position > $2 and canonical::json -> 'body' ->> 'caseRef' = $1 limit 1`,
    [kept.caseRef, through],
  );
  if (rowCount !== 0) throw new ChangedMeanwhile();
}

/**
 * The key stays as a row that says when it was destroyed; everything that lay under it goes, and so do the reviews that
 * have ended. The scope is a case's reference, or the id of a review that is about no case.
 */
async function eraseRows(client: ClientBase, scope: string, until?: string): Promise<number> {
  const made = [scope, until ?? 'infinity'];
  const gone: { rowCount: number | null }[] = [
    await client.query(
      `delete from holdfast.sealed_words w using holdfast.scope_key k
       where k.key_id = w.key_id and k.scope = $1 and k.made_at <= $2::timestamptz`,
      made,
    ),
    await client.query(
      `update holdfast.scope_key set wrapped_key = null, destroyed_at = clock_timestamp()
       where scope = $1 and made_at <= $2::timestamptz and wrapped_key is not null`,
      made,
    ),
    await client.query('delete from holdfast.case_file where case_ref = $1 and stored_at <= $2::timestamptz', made),
    await client.query(
      `delete from holdfast.review where (case_ref = $1 or case_ref is null and review_id::text = $1)
         and opened_at <= $2::timestamptz and state in ('justified', 'not-justified') and under_way is null`,
      made,
    ),
  ];
  return gone.reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
}

const erasuresSchema = z.array(z.object({ scope: z.string(), recorded_at: z.string() }));

async function finish(pool: Pool): Promise<readonly string[]> {
  const { rows } = await pool.query(
    `select coalesce(canonical::json -> 'body' ->> 'caseRef', canonical::json -> 'body' ->> 'reviewId') as scope,
       canonical::json ->> 'recordedAt' as recorded_at
     from holdfast.entry where kind = 'key-destroyed' order by position`,
  );
  const again = new Set<string>();
  for (const { scope, recorded_at: until } of erasuresSchema.parse(rows)) {
    const erased = await inTransaction(pool, (client) => eraseRows(client, scope, until));
    if (erased > 0) again.add(scope);
  }
  return [...again];
}
