import type { Pool } from 'pg';
import type { SealedCase } from '../../../gateway/ports/case-register.ts';
import { SEALED_COLUMNS, sealedCaseOf } from './case-row.ts';

/** One look-up by primary key, with the agency in it: an unknown case and another agency's are the same empty answer. */
const SQL = `
  select ${SEALED_COLUMNS}
  from holdfast.case_file
  where case_ref = $1 and agencies @> array[$2]`;

/** The sealed case, `unreadable` for a row that is not of our shape, or undefined for none that this agency may see. */
export async function findCase(
  pool: Pool,
  caseRef: string,
  agency: string,
): Promise<SealedCase | 'unreadable' | undefined> {
  const { rows } = await pool.query<Record<string, unknown>>({
    name: 'find-case',
    text: SQL,
    values: [caseRef, agency],
  });
  const [first] = rows;
  return first === undefined ? undefined : (sealedCaseOf(first) ?? 'unreadable');
}
