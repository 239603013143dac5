import { z } from 'zod';
import {
  agencyIdSchema,
  areaSchema,
  caseRefSchema,
  isoDateSchema,
  isoInstantSchema,
  requesterGroupSchema,
} from './names.ts';
import { breakGlassSchema } from './break-glass.ts';
import { categorySchema } from './case-category.ts';
import { caseHistory, maracReferenceSchema } from './case-history.ts';
import { caseRecordsSchema, staffIdSchema } from './case-records.ts';
import { exclusionZoneSchema, requiredAddressSchema, safetyBlockSchema, sealedAttemptSchema } from './attempt.ts';
import { caseSafety, protectedContactSchema } from './case-safety.ts';
import { judgementSchema } from './judgement.ts';
import { personSchema } from './person.ts';

/** The case register's shapes (design section 1 of the Greenwich evaluation: monitor, contact, hold, closed). */

export { CATEGORIES, categorySchema, type Category } from './case-category.ts';

const consentFactSchema = z.enum(['withdrawn', 'none', 'given']);
/** `unstated`: the request carries the general fact `approved` alone. The gateway always states the particular ones. */
const approvalFactSchema = z.enum(['not-given', 'unstated', 'given']);

/**
 * Facts that somebody had to record. Where there is no record the fact is absent, and says just that: nobody can
 * withdraw what was never given. A record that is there but undated, stale or of the future counts as unknown.
 */
const recordedFacts = {
  /** His consent to a homelessness referral: to the referral, the authority and the passing on of contact details. */
  referralConsent: consentFactSchema.optional(),
  /** His consent that those who treat him tell the worker how to reach him. */
  healthConsent: consentFactSchema.optional(),
  /** A health professional's opinion whether disclosure would cause serious harm to anybody. */
  seriousHarmOpinion: z.enum(['serious-harm', 'none', 'no-serious-harm']).optional(),
  /** Approval by the agency that owns the data, by a Caldicott Guardian, by the chair, by a second person. */
  ownerApproval: approvalFactSchema.optional(),
  caldicottApproval: approvalFactSchema.optional(),
  chairApproval: approvalFactSchema.optional(),
  secondPerson: approvalFactSchema.optional(),
  /** Whether somebody to be protected is a child or an adult at risk, on whom a lawful basis then rests. */
  protectedPerson: z.enum(['none', 'adult-at-risk', 'child']).optional(),
};

/**
 * Case facts that policy reads (reference matrix `caseFacts`), each asserted by a named system at a moment. A fact
 * that is missing or stale counts as the value that discloses least (P2).
 */
export const caseFactsSchema = z.strictObject({
  category: categorySchema.optional(),
  marac: z.enum(['none', 'referred', 'listed']).optional(),
  mappa: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]).optional(),
  s47Open: z.boolean().optional(),
  orderInForce: z.boolean().optional(),
  dvds: z.enum(['none', 'open', 'decided']).optional(),
  approved: z.boolean().optional(),
  emergency: z.boolean().optional(),
  ...recordedFacts,
});
export type CaseFacts = z.infer<typeof caseFactsSchema>;

export const datedFactsSchema = z.strictObject({
  facts: caseFactsSchema,
  /** When each fact was last asserted; a fact without a date is missing. */
  asAt: z.partialRecord(caseFactsSchema.keyof(), isoInstantSchema),
});
export type DatedFacts = z.infer<typeof datedFactsSchema>;

export { staffIdSchema };

export const caseSchema = z.strictObject({
  caseRef: caseRefSchema,
  maracReference: maracReferenceSchema,
  maracMeetingOn: isoDateSchema.optional(),
  category: categorySchema,
  leadAgency: agencyIdSchema,
  /** Agencies whose staff may claim a purpose on this case; the lead agency is one of them. */
  agencies: z.array(agencyIdSchema).min(1).max(30),
  /** Worker to whom the case is allocated: the only one who may make a contact request. */
  allocatedTo: staffIdSchema.optional(),
  /** Further members of the case team. */
  team: z.array(staffIdSchema).max(50),
  facts: datedFactsSchema,
  /** Consents, opinions and approvals. Policy works facts out of them, in place of what `facts` says of the same. */
  records: caseRecordsSchema.optional(),
  /** The police force area, in which a power may be in force before it is elsewhere. */
  area: areaSchema.optional(),
  subject: personSchema,
  /** Contact points of protected persons of the case, as keyed hashes only. */
  protectedContacts: z.array(protectedContactSchema).max(200),
  /** What came of earlier attempts to reach him, the newest last. */
  attempts: z.array(sealedAttemptSchema).max(1_000).optional(),
  safetyBlocks: z.array(safetyBlockSchema).max(200).optional(),
  exclusionZones: z.array(exclusionZoneSchema).max(100).optional(),
  requiredAddresses: z.array(requiredAddressSchema).max(20).optional(),
  /** What people said of records that may be his: each person's last word on each record. */
  judgements: z.array(judgementSchema).max(500).optional(),
  /** Emergencies that were declared on it, the newest last. */
  breakGlass: z.array(breakGlassSchema).max(500).optional(),
  openedOn: isoDateSchema,
  ...caseHistory,
  ...caseSafety,
});
export type Case = z.infer<typeof caseSchema>;

export const agencySchema = z.strictObject({
  id: agencyIdSchema,
  name: z.string().min(1).max(120),
  group: requesterGroupSchema,
  /** The one URI that its client certificates carry: `urn:agency:<id>`. */
  sanUri: z.string().regex(/^urn:agency:[a-z][a-z0-9-]{1,39}$/),
});
export type Agency = z.infer<typeof agencySchema>;
