import type { Pool } from 'pg';
import { z } from 'zod';
import type { SealedCaseFile } from '../../../gateway/ports/case-register.ts';

const PUT = `
  insert into holdfast.case_file
    (case_ref, agencies, revision, master_key_id, wrapped_key, subject, protected_contacts, particulars,
     lead_agency, worker, is_open, opened_on, review_due_on, has_gap, first_reached_on, blocked, unacknowledged,
     blocked_made)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, true)
  on conflict (case_ref) do update set
    agencies = excluded.agencies,
    revision = excluded.revision,
    master_key_id = excluded.master_key_id,
    wrapped_key = excluded.wrapped_key,
    subject = excluded.subject,
    protected_contacts = excluded.protected_contacts,
    particulars = excluded.particulars,
    lead_agency = excluded.lead_agency,
    worker = excluded.worker,
    is_open = excluded.is_open,
    opened_on = excluded.opened_on,
    review_due_on = excluded.review_due_on,
    has_gap = excluded.has_gap,
    first_reached_on = excluded.first_reached_on,
    blocked = excluded.blocked,
    unacknowledged = excluded.unacknowledged,
    blocked_made = true,
    stored_at = clock_timestamp()
  where case_file.revision = excluded.revision - 1`;

/** The revision that is stored, or 0. */
export async function storedRevision(pool: Pool, caseRef: string): Promise<number> {
  const { rows } = await pool.query('select revision from holdfast.case_file where case_ref = $1', [caseRef]);
  const [row] = z.array(z.object({ revision: z.coerce.number().int() })).parse(rows);
  return row?.revision ?? 0;
}

/** Stores a revision on top of the one before it; false where somebody else stored one in between. */
export async function putCase(pool: Pool, sealed: SealedCaseFile): Promise<boolean> {
  const { listing } = sealed;
  const { rowCount } = await pool.query(PUT, [
    sealed.caseRef,
    sealed.agencies,
    sealed.revision,
    sealed.masterKeyId,
    sealed.wrappedKey,
    sealed.subject,
    sealed.protectedContacts,
    sealed.particulars,
    listing.leadAgency,
    listing.worker ?? null,
    listing.isOpen,
    listing.openedOn,
    listing.reviewDueOn,
    listing.hasGap,
    listing.firstReachedOn ?? null,
    listing.blocked,
    listing.isUnacknowledged,
  ]);
  return rowCount === 1;
}
