import type { Pool } from 'pg';
import type { SharedCasesQuery } from '../../../gateway/ports/case-register.ts';
import { SEALED_COLUMNS } from './case-row.ts';
import { pageOf, readCursor, type SealedList } from './list-cases.ts';

const SHARED = 'agencies @> array[$1] and case_ref > $2';

/** A page of the cases of which an agency is one; one row more is read to know whether there is a next. */
export async function listSharedCases(pool: Pool, { agency, of, limit, after }: SharedCasesQuery): Promise<SealedList> {
  const wanted = of === 'unacknowledged' ? 'unacknowledged' : 'is_open';
  const { rows } = await pool.query<Record<string, unknown>>(
    `select ${SEALED_COLUMNS}, null as day from holdfast.case_file
     where ${SHARED} and ${wanted} order by case_ref limit ${limit + 1}`,
    [agency, readCursor(after).caseRef],
  );
  return pageOf(rows, limit);
}
