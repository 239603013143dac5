import { z } from 'zod';
import type { Review, ReviewRegister } from '../../gateway/ports/review-register.ts';
import { agencyIdSchema, caseRefSchema } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { reviewStateSchema, reviewSubjectSchema, unusualRuleSchema } from '../../schemas/review.ts';
import { createPool } from './pool.ts';

const COLUMNS = `review_id, agency, about, state, subject_agency, subject_staff, subject_team, case_ref, rules,
  positions::text[] as positions, opened_at, due_at, revision`;

const PUT = `
  insert into holdfast.review (review_id, agency, about, state, subject_agency, subject_staff, subject_team, case_ref,
    rules, positions, opened_at, due_at, revision)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  on conflict (review_id) do update set state = excluded.state, due_at = excluded.due_at, revision = excluded.revision
  where review.revision = excluded.revision - 1`;

const rowSchema = z
  .object({
    review_id: z.uuid(),
    agency: agencyIdSchema,
    about: reviewSubjectSchema,
    state: reviewStateSchema,
    subject_agency: agencyIdSchema,
    subject_staff: z.string(),
    subject_team: z.string().nullable(),
    case_ref: caseRefSchema.nullable(),
    rules: z.array(unusualRuleSchema),
    positions: z.array(z.coerce.number().int()),
    opened_at: z.date(),
    due_at: z.date(),
    revision: z.coerce.number().int(),
  })
  .transform((row): Review => ({
    reviewId: row.review_id,
    agency: row.agency,
    about: row.about,
    state: row.state,
    subjectStaff: {
      agency: row.subject_agency,
      staffId: row.subject_staff,
      ...(row.subject_team === null ? {} : { team: row.subject_team }),
    },
    ...(row.case_ref === null ? {} : { caseRef: row.case_ref }),
    rules: row.rules,
    positions: row.positions,
    openedAt: row.opened_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    revision: row.revision,
  }));

/** Reviews in PostgreSQL. */
export function createPostgresReviewRegister(options: { readonly url: string; readonly max?: number }): ReviewRegister {
  const pool = createPool({
    url: options.url,
    max: options.max ?? 2,
    connectWithinMs: 1_000,
    statementWithinMs: 2_500,
    name: 'holdfast reviews',
  });
  let closing: Promise<void> | undefined;
  return {
    find: (reviewId, agency) =>
      available(async () => {
        const text = `select ${COLUMNS} from holdfast.review where review_id = $1 and agency = $2`;
        const { rows } = await pool.query(text, [reviewId, agency]);
        return z.array(rowSchema).parse(rows)[0];
      }),
    list: (agency, { ended, limit }) =>
      available(async () => {
        const text = `select ${COLUMNS} from holdfast.review
          where agency = $1 and ($2 or state not in ('justified', 'not-justified'))
          order by due_at, review_id limit $3`;
        const { rows } = await pool.query(text, [agency, ended, limit]);
        return z.array(rowSchema).parse(rows);
      }),
    put: async (review) => {
      const stored = await available(() => pool.query(PUT, valuesOf(review)));
      if (!stored.ok) return stored;
      return stored.value.rowCount === 1 ? ok(true) : err('changed-meanwhile');
    },
    close: () => (closing ??= pool.end()),
  };
}

function valuesOf(review: Review): unknown[] {
  const { subjectStaff: staff } = review;
  return [
    ...[review.reviewId, review.agency, review.about, review.state, staff.agency, staff.staffId, staff.team ?? null],
    ...[review.caseRef ?? null, review.rules, review.positions, review.openedAt, review.dueAt, review.revision],
  ];
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, 'register-unavailable'>> {
  try {
    return ok(await query());
  } catch {
    return err('register-unavailable');
  }
}
