import { z } from 'zod';
import { caseRefSchema, fieldIdSchema, isoInstantSchema, purposeSchema, roleSchema } from './names.ts';
import { staffIdSchema } from './case.ts';
import { OBLIGATION_KINDS } from './decision.ts';
import { personSchema } from './person.ts';

/** What an agency system or a worker may ask. Unknown keys are refused; every text has a limit (P11). */

const staffSchema = z.strictObject({ id: staffIdSchema, role: roleSchema });

const claim = {
  /** A fresh UUID for each question; a second use is refused. */
  requestId: z.uuid(),
  /** When the asker's system made the request; refused beyond a minute of the gateway's clock. */
  sentAt: isoInstantSchema,
  /** The named member of staff on whose behalf the question is asked. */
  staff: staffSchema,
  caseRef: caseRefSchema,
  /** Why, in the asker's words; kept for the information-governance officer, never sent to a source. */
  reason: z.string().min(10).max(500),
  /** Obligation kinds that the asking system can fulfil; what carries another obligation comes at a lower level. */
  canFulfil: z.array(z.enum(OBLIGATION_KINDS)).max(OBLIGATION_KINDS.length).optional(),
};

/** `POST /v1/disclosures`: any agency system, for any purpose of the agreements. */
export const disclosureRequestSchema = z.strictObject({
  ...claim,
  purpose: purposeSchema,
  /** What the asker knows of the person. Must be the subject of the case: the gateway compares. */
  subject: personSchema.optional(),
  fields: z.union([z.literal('all'), z.array(fieldIdSchema).min(1).max(100)]),
});
export type DisclosureRequest = z.infer<typeof disclosureRequestSchema>;

/** `POST /v1/contact-requests`: a worker asks how to reach the subject of an allocated case (purpose ENGAGE). */
export const contactRequestSchema = z.strictObject(claim);
export type ContactRequest = z.infer<typeof contactRequestSchema>;
