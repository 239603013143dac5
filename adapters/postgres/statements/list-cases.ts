import type { Pool } from 'pg';
import { z } from 'zod';
import type { CaseListQuery, SealedCase } from '../../../gateway/ports/case-register.ts';
import { caseRefSchema, isoDateSchema, type CaseRef } from '../../../schemas/names.ts';
import { SEALED_COLUMNS, sealedCaseOf } from './case-row.ts';

export interface SealedList {
  readonly sealed: readonly SealedCase[];
  readonly unreadable: readonly CaseRef[];
  readonly next?: string;
}

/** Where a page begins: after this day and reference. The front is before every day and every reference. */
const FRONT = { day: '-infinity', caseRef: '' };
type Place = typeof FRONT;

interface Statement {
  readonly where: string;
  /** By what it is sorted, then by reference: the order of one index, so that a page is read from where it begins. */
  readonly day?: string;
  /** $1 and $2 are the day and reference of the place, $3 the lead agency; these follow. */
  readonly values: readonly unknown[];
}

function statementFor({ wanted }: CaseListQuery, workers: readonly string[]): Statement {
  switch (wanted.of) {
    case 'worker':
      return { where: 'lead_agency = $3 and worker = any($4::text[])', values: [workers] };
    case 'open':
    case 'closed':
      return { where: 'lead_agency = $3', values: [] };
    case 'gaps':
      return { where: 'lead_agency = $3 and has_gap', day: 'opened_on', values: [] };
    case 'reviews-due':
      return { where: 'lead_agency = $3 and review_due_on <= $4::date', day: 'review_due_on', values: [wanted.by] };
  }
}

/** A page of a list; one row more is read to know whether there is a next. A cursor that is none begins at the front. */
export async function listCases(pool: Pool, query: CaseListQuery, workers: readonly string[]): Promise<SealedList> {
  const { where, day, values } = statementFor(query, workers);
  const sorted = day === undefined ? 'case_ref' : `${day}, case_ref`;
  // A reference sorts after every place of its own day alone.
  const beyond = day === undefined ? '$1::date is not null and case_ref > $2' : `(${day}, case_ref) > ($1::date, $2)`;
  const text = `select ${SEALED_COLUMNS}, ${day === undefined ? 'null' : `${day}::text`} as day
    from holdfast.case_file
    where ${query.wanted.of === 'closed' ? 'not is_open' : 'is_open'} and ${where} and ${beyond}
    order by ${sorted} limit ${query.limit + 1}`;
  const from = readCursor(query.after);
  const { rows } = await pool.query<Record<string, unknown>>(text, [
    from.day,
    from.caseRef,
    query.leadAgency,
    ...values,
  ]);
  return pageOf(rows, query.limit);
}

const placeSchema = z.object({ day: isoDateSchema.nullable(), case_ref: z.string() });

export function pageOf(rows: readonly Record<string, unknown>[], limit: number): SealedList {
  const sealed: SealedCase[] = [];
  const unreadable: CaseRef[] = [];
  const shown = rows.slice(0, limit);
  for (const row of shown) {
    const one = sealedCaseOf(row);
    if (one === undefined) unreadable.push(placeSchema.parse(row).case_ref);
    else sealed.push(one);
  }
  const last = shown.at(-1);
  if (rows.length <= limit || last === undefined) return { sealed, unreadable };
  const place = placeSchema.parse(last);
  return { sealed, unreadable, next: `${place.day ?? FRONT.day}~${place.case_ref}` };
}

const cursorSchema = z.tuple([z.union([isoDateSchema, z.literal(FRONT.day)]), caseRefSchema]);

export function readCursor(after: string | undefined): Place {
  const read = cursorSchema.safeParse(after?.split('~'));
  return read.success ? { day: read.data[0], caseRef: read.data[1] } : FRONT;
}
