import type { Pool } from 'pg';
import { z } from 'zod';
import type { SealedCase } from '../../../gateway/ports/case-register.ts';

const PUT = `
  insert into holdfast.case_file
    (case_ref, agencies, revision, master_key_id, wrapped_key, subject, protected_contacts, particulars)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (case_ref) do update set
    agencies = excluded.agencies,
    revision = excluded.revision,
    master_key_id = excluded.master_key_id,
    wrapped_key = excluded.wrapped_key,
    subject = excluded.subject,
    protected_contacts = excluded.protected_contacts,
    particulars = excluded.particulars,
    stored_at = clock_timestamp()
  where case_file.revision = excluded.revision - 1`;

/** The revision that is stored, or 0. */
export async function storedRevision(pool: Pool, caseRef: string): Promise<number> {
  const { rows } = await pool.query('select revision from holdfast.case_file where case_ref = $1', [caseRef]);
  const [row] = z.array(z.object({ revision: z.coerce.number().int() })).parse(rows);
  return row?.revision ?? 0;
}

/** Stores a revision on top of the one before it; false where somebody else stored one in between. */
export async function putCase(pool: Pool, sealed: SealedCase): Promise<boolean> {
  const { rowCount } = await pool.query(PUT, [
    sealed.caseRef,
    sealed.agencies,
    sealed.revision,
    sealed.masterKeyId,
    sealed.wrappedKey,
    sealed.subject,
    sealed.protectedContacts,
    sealed.particulars,
  ]);
  return rowCount === 1;
}
