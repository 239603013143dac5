import type { Pool } from 'pg';
import { z } from 'zod';
import type { CaseCipher } from '../../../gateway/ports/case-register.ts';
import { SEALED_COLUMNS, sealedCaseOf } from './case-row.ts';

const PAGE = 200;

const MISSING = `
  select ${SEALED_COLUMNS} from holdfast.case_file
  where not blocked_made and case_ref > $1 order by case_ref limit ${PAGE}`;

/** A case that was stored meanwhile has its digests already. */
const FILL = `
  update holdfast.case_file set blocked = $3, unacknowledged = $4, blocked_made = true
  where case_ref = $1 and revision = $2 and not blocked_made`;

const refSchema = z.object({ case_ref: z.string() });

/**
 * Makes the digests of cases that were stored before there were any, from the sealed cases. One that cannot be opened is
 * left for the next time: it is told to an operator wherever it is looked up.
 */
export async function fillBlocked(pool: Pool, cipher: CaseCipher): Promise<void> {
  for (let after = '', more = true; more;) {
    const { rows } = await pool.query<Record<string, unknown>>(MISSING, [after]);
    for (const row of rows) {
      const sealed = sealedCaseOf(row);
      const kase = sealed === undefined ? undefined : cipher.open(sealed);
      if (sealed === undefined || kase?.ok !== true) continue;
      const { listing } = cipher.seal(kase.value, sealed.revision);
      await pool.query(FILL, [sealed.caseRef, sealed.revision, listing.blocked, listing.isUnacknowledged]);
    }
    const last = rows.at(-1);
    after = last === undefined ? '' : refSchema.parse(last).case_ref;
    more = rows.length === PAGE;
  }
}
