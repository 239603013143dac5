import { z } from 'zod';
import type { HeldReview, Review, ReviewRegister, StepUnderWay } from '../../gateway/ports/review-register.ts';
import { entryActorSchema, type EntryActor } from '../../schemas/entry-parts.ts';
import { reviewStepSchema } from '../../schemas/entry-events.ts';
import { agencyIdSchema, caseRefSchema, isoInstantSchema } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { reviewStateSchema, reviewSubjectSchema, unusualRuleSchema } from '../../schemas/review.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';

const SELECT = `select review_id, agency, about, state, subject_agency, subject_staff, subject_team, case_ref, rules,
  sentences, positions::text[] as positions, opened_at, due_at, revision, under_way, note_ids,
  stepped_by from holdfast.review`;

const LAY = `
  insert into holdfast.review (review_id, agency, about, state, subject_agency, subject_staff, subject_team, case_ref,
    rules, sentences, positions, opened_at, due_at, revision, under_way, under_way_since)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $14, clock_timestamp())
  on conflict (review_id) do nothing`;

/** One step at a time: of two reviewers who act on the same state, the second finds the first's step under way. */
const BEGIN = `
  update holdfast.review set under_way = $2::jsonb, under_way_since = clock_timestamp()
  where review_id = $1 and revision = $3 - 1 and under_way is null`;

const SETTLE = `
  update holdfast.review set state = under_way->>'state', due_at = (under_way->>'dueAt')::timestamptz,
    revision = (under_way->>'revision')::bigint, stepped_by = under_way->'entry'->'actor', under_way = null,
    under_way_since = null,
    note_ids = case when under_way ? 'noteId' then note_ids || (under_way->>'noteId')::uuid else note_ids end
  where review_id = $1 and (under_way->>'revision')::bigint = $2`;

const FORGET_STEP = `
  update holdfast.review set under_way = null, under_way_since = null
  where review_id = $1 and (under_way->>'revision')::bigint = $2 and $2 > 1`;

const FORGET_REVIEW = `
  delete from holdfast.review where review_id = $1 and (under_way->>'revision')::bigint = $2 and $2 = 1`;

const underWaySchema = z.strictObject({
  state: reviewStateSchema,
  dueAt: isoInstantSchema,
  revision: z.number().int(),
  entry: reviewStepSchema,
  noteId: z.uuid().optional(),
});

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
    sentences: z.array(z.string()),
    positions: z.array(z.coerce.number().int()),
    opened_at: z.date(),
    due_at: z.date(),
    revision: z.coerce.number().int(),
    under_way: underWaySchema.nullable(),
    note_ids: z.array(z.uuid()),
    stepped_by: entryActorSchema.nullable(),
  })
  .transform(({ under_way: underWay, ...row }): HeldReview => ({
    review: reviewOf(row),
    ...(underWay === null ? {} : { underWay: stepOf(underWay) }),
  }));

function stepOf({ noteId, ...step }: z.infer<typeof underWaySchema>): StepUnderWay {
  return noteId === undefined ? step : { ...step, noteId };
}

interface Row {
  review_id: string;
  agency: string;
  about: Review['about'];
  state: Review['state'];
  subject_agency: string;
  subject_staff: string;
  subject_team: string | null;
  case_ref: string | null;
  rules: Review['rules'];
  sentences: string[];
  positions: number[];
  opened_at: Date;
  due_at: Date;
  revision: number;
  note_ids: string[];
  stepped_by: EntryActor | null;
}

const reviewOf = (row: Row): Review => ({
  ...{ reviewId: row.review_id, agency: row.agency, about: row.about, state: row.state },
  subjectStaff: {
    agency: row.subject_agency,
    staffId: row.subject_staff,
    ...(row.subject_team === null ? {} : { team: row.subject_team }),
  },
  ...(row.case_ref === null ? {} : { caseRef: row.case_ref }),
  ...{ rules: row.rules, sentences: row.sentences, positions: row.positions, revision: row.revision },
  noteIds: row.note_ids,
  ...steppedBy(row.stepped_by),
  openedAt: row.opened_at.toISOString(),
  dueAt: row.due_at.toISOString(),
});

const steppedBy = (actor: EntryActor | null): Pick<Review, 'steppedBy'> =>
  actor === null || typeof actor !== 'object' ? {} : { steppedBy: { agency: actor.agency, staffId: actor.staffId } };

/** Reviews in PostgreSQL. */
export function createPostgresReviewRegister(options: { readonly url: string; readonly max?: number }): ReviewRegister {
  const pool = createPool({
    url: options.url,
    max: options.max ?? 2,
    connectWithinMs: CONNECT_WITHIN_MS,
    statementWithinMs: 2_500,
    name: 'holdfast reviews',
  });
  let closing: Promise<void> | undefined;
  const held = (where: string, values: readonly unknown[]): Promise<Result<HeldReview[], 'register-unavailable'>> =>
    available(async () => z.array(rowSchema).parse((await pool.query(`${SELECT} ${where}`, [...values])).rows));
  const changed = async (text: string, values: readonly unknown[]) => {
    const stored = await available(() => pool.query(text, [...values]));
    if (!stored.ok) return stored;
    return stored.value.rowCount === 1 ? ok(true as const) : err('changed-meanwhile' as const);
  };
  const done = async (texts: readonly string[], reviewId: string, revision: number) =>
    available(async () => {
      for (const text of texts) await pool.query(text, [reviewId, revision]);
      return true as const;
    });
  return {
    find: async (reviewId, agency) => {
      const found = await held('where review_id = $1 and agency = $2', [reviewId, agency]);
      return found.ok ? ok(found.value[0]) : found;
    },
    list: (agency, { ended, limit }) =>
      held(
        `where agency = $1 and ($2 or state not in ('justified', 'not-justified')) order by due_at, review_id limit $3`,
        [agency, ended, limit],
      ),
    ofStaff: ({ agency, staffId }) =>
      held('where subject_agency = $1 and subject_staff = $2 order by opened_at desc limit 1000', [agency, staffId]),
    underWay: (forMs, limit) =>
      held(`where under_way_since < clock_timestamp() - make_interval(secs => $1) order by under_way_since limit $2`, [
        forMs / 1_000,
        limit,
      ]),
    lay: (review, step) => changed(LAY, [...valuesOf(review), JSON.stringify(step)]),
    begin: (reviewId, step) => changed(BEGIN, [reviewId, JSON.stringify(step), step.revision]),
    settle: (reviewId, revision) => done([SETTLE], reviewId, revision),
    forget: (reviewId, revision) => done([FORGET_STEP, FORGET_REVIEW], reviewId, revision),
    close: () => (closing ??= pool.end()),
  };
}

function valuesOf(review: Review): unknown[] {
  const { subjectStaff: staff } = review;
  return [
    ...[review.reviewId, review.agency, review.about, review.state, staff.agency, staff.staffId, staff.team ?? null],
    ...[review.caseRef ?? null, review.rules, review.sentences, review.positions, review.openedAt, review.dueAt],
  ];
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, 'register-unavailable'>> {
  try {
    return ok(await query());
  } catch {
    return err('register-unavailable');
  }
}
