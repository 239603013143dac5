import type { Pool } from 'pg';
import { z } from 'zod';
import type { SealedCase } from '../../../gateway/ports/case-register.ts';
import { agencyIdSchema, caseRefSchema } from '../../../schemas/names.ts';

/** One look-up by primary key, with the agency in it: an unknown case and another agency's are the same empty answer. */
const SQL = `
  select case_ref, agencies, revision, master_key_id, wrapped_key, subject, protected_contacts, particulars
  from holdfast.case_file
  where case_ref = $1 and agencies @> array[$2]`;

const bytes = z.instanceof(Uint8Array);
const rowSchema = z.object({
  case_ref: caseRefSchema,
  agencies: z.array(agencyIdSchema),
  revision: z.coerce.number().int(),
  master_key_id: z.string(),
  wrapped_key: bytes,
  subject: bytes,
  protected_contacts: bytes,
  particulars: bytes,
});

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
  if (first === undefined) return undefined;
  const row = rowSchema.safeParse(first);
  if (!row.success) return 'unreadable';
  return {
    caseRef: row.data.case_ref,
    agencies: row.data.agencies,
    revision: row.data.revision,
    masterKeyId: row.data.master_key_id,
    wrappedKey: row.data.wrapped_key,
    subject: row.data.subject,
    protectedContacts: row.data.protected_contacts,
    particulars: row.data.particulars,
  };
}
