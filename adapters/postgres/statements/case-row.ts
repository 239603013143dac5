import { z } from 'zod';
import type { SealedCase } from '../../../gateway/ports/case-register.ts';
import { agencyIdSchema, caseRefSchema } from '../../../schemas/names.ts';

export const SEALED_COLUMNS =
  'case_ref, agencies, revision, master_key_id, wrapped_key, subject, protected_contacts, particulars';

const bytes = z.instanceof(Uint8Array);
/** A row of the cases as it lies in the database. */
export const caseRowSchema = z.object({
  case_ref: caseRefSchema,
  agencies: z.array(agencyIdSchema),
  revision: z.coerce.number().int(),
  master_key_id: z.string(),
  wrapped_key: bytes,
  subject: bytes,
  protected_contacts: bytes,
  particulars: bytes,
});

/** A row as a sealed case; undefined where it is not of our shape. */
export function sealedCaseOf(row: unknown): SealedCase | undefined {
  const read = caseRowSchema.safeParse(row);
  if (!read.success) return undefined;
  return {
    caseRef: read.data.case_ref,
    agencies: read.data.agencies,
    revision: read.data.revision,
    masterKeyId: read.data.master_key_id,
    wrappedKey: read.data.wrapped_key,
    subject: read.data.subject,
    protectedContacts: read.data.protected_contacts,
    particulars: read.data.particulars,
  };
}
