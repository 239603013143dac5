import { z } from 'zod';
import { agencyIdSchema, isoInstantSchema, purposeSchema, requesterGroupSchema, roleSchema } from './names.ts';

/** What people recorded on a case, from which policy works out facts: who consented, judged, approved, and when. */

/** A staff member's id in the agency's own system. No run of nine digits: a telephone number is not an id (P8). */
export const staffIdSchema = z.string().regex(/^(?!.*\d{9})[a-z0-9][a-z0-9._-]{1,63}$/);

/** A named person of a named agency. Two people of one team share a desk and a manager: they are not two opinions. */
export const recordedPersonSchema = z.strictObject({
  agency: agencyIdSchema,
  group: requesterGroupSchema,
  role: roleSchema,
  staffId: staffIdSchema,
  /** The team's own name. One that works across agencies has one name, and is one team. */
  team: z.string().regex(/^(?!.*\d{5})[a-z][a-z0-9-]{1,39}$/),
});
export type RecordedPerson = z.infer<typeof recordedPersonSchema>;

export const CONSENT_SCOPES = ['homelessness-referral', 'health-contact'] as const;

export const consentSchema = z.strictObject({
  scope: z.enum(CONSENT_SCOPES),
  givenAt: isoInstantSchema,
  /** After it the consent says nothing. */
  expiresAt: isoInstantSchema.optional(),
  withdrawnAt: isoInstantSchema.optional(),
});
export type Consent = z.infer<typeof consentSchema>;

export const opinionSchema = z.strictObject({
  /** Whether disclosure would be likely to cause serious harm to anybody's health (DPA 2018 Sch 3). */
  seriousHarm: z.boolean(),
  by: recordedPersonSchema,
  at: isoInstantSchema,
});
export type Opinion = z.infer<typeof opinionSchema>;

export const APPROVAL_KINDS = ['owner', 'caldicott', 'chair', 'second-person'] as const;

/** One person's approval of what one other person asks for one purpose. */
export const approvalSchema = z.strictObject({
  kind: z.enum(APPROVAL_KINDS),
  purpose: purposeSchema,
  requestedBy: recordedPersonSchema,
  by: recordedPersonSchema,
  at: isoInstantSchema,
  withdrawnAt: isoInstantSchema.optional(),
});
export type Approval = z.infer<typeof approvalSchema>;

/** A decision of the disclosure scheme; it counts only once a second officer of another team has agreed. */
export const disclosureDecisionSchema = z.strictObject({
  by: recordedPersonSchema,
  secondOfficer: recordedPersonSchema,
  at: isoInstantSchema,
});

export const caseRecordsSchema = z.strictObject({
  consents: z.array(consentSchema).max(100).optional(),
  opinions: z.array(opinionSchema).max(100).optional(),
  approvals: z.array(approvalSchema).max(500).optional(),
  disclosureDecision: disclosureDecisionSchema.optional(),
});
export type CaseRecords = z.infer<typeof caseRecordsSchema>;
