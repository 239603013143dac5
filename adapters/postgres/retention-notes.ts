import type { ClientBase, Pool } from 'pg';
import { z } from 'zod';
import type { KeptNotes } from '../../gateway/ports/retention-store.ts';

/** Notes of reviews that are about no case: their key's scope is the review's id. */

const KEPT = `
  select k.scope as review_id, r.revision, r.state in ('justified', 'not-justified') and r.under_way is null as ended
  from holdfast.scope_key k left join holdfast.review r on r.review_id::text = k.scope
  where k.wrapped_key is not null
    and k.scope ~ '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'`;

const keptSchema = z
  .object({ review_id: z.uuid(), revision: z.coerce.number().int().nullable(), ended: z.boolean().nullable() })
  .transform(({ review_id: reviewId, revision, ended }): KeptNotes =>
    revision === null ? { reviewId } : { reviewId, review: { revision, ended: ended === true } },
  );

/** Reviews of which notes are kept, by id, after one. */
export async function notesAfter(pool: Pool, reviewId: string, limit: number): Promise<readonly KeptNotes[]> {
  const { rows } = await pool.query(`${KEPT} and k.scope > $1 order by k.scope limit $2`, [reviewId, limit]);
  return z.array(keptSchema).parse(rows);
}

const entriesSchema = z.array(z.object({ position: z.coerce.number().int(), canonical: z.string() }));

/** The log's entries of a review's steps, and how far the log was looked at. */
export async function entriesOfReview(pool: Pool, reviewId: string) {
  const head = await pool.query('select coalesce(max(position), -1) as through from holdfast.entry');
  const [{ through } = { through: -1 }] = z
    .array(z.object({ through: z.coerce.number().int() }))
    .length(1)
    .parse(head.rows);
  const { rows } = await pool.query(
    `select position, canonical from holdfast.entry
     where kind = 'review-step' and position <= $2 and canonical::json -> 'body' ->> 'reviewId' = $1
     order by position`,
    [reviewId, through],
  );
  return { entries: entriesSchema.parse(rows), through };
}

/** Whether the review is still as it was judged. */
export async function notesAreAsJudged(client: ClientBase, kept: KeptNotes, through: number): Promise<boolean> {
  const { rows } = await client.query(`${KEPT} and k.scope = $1`, [kept.reviewId]);
  const [now] = z.array(keptSchema).parse(rows);
  const { rowCount } = await client.query(
    `select from holdfast.entry
     where kind = 'review-step' and position > $2 and canonical::json -> 'body' ->> 'reviewId' = $1 limit 1`,
    [kept.reviewId, through],
  );
  return JSON.stringify(now) === JSON.stringify(kept) && rowCount === 0;
}
