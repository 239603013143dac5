import { z } from 'zod';
import { recordedPersonSchema, staffIdSchema } from './case-records.ts';
import { categorySchema } from './case-category.ts';
import { isoDateSchema, isoInstantSchema } from './names.ts';

/** What was decided on a case, by whom, when and why: the newest last, nothing ever taken out. */

export const maracReferenceSchema = z.string().regex(/^MARAC-\d{4}-\d{2}-\d{2}-\d{1,4}$/);

/** Whoever decides or records: a named person of a named agency, in one role. */
export const caseActorSchema = recordedPersonSchema.omit({ team: true });
export type CaseActor = z.infer<typeof caseActorSchema>;

/** One of which a referral has to meet. ASSUMPTION, see docs/decisions/0026-case-register.md. */
export const REFERRAL_CRITERIA = [
  'repeat', // again and again against the same person
  'serial', // against more than one person
  'high-harm', // a likelihood of serious harm or homicide
] as const;
export const referralCriterionSchema = z.enum(REFERRAL_CRITERIA);
export type ReferralCriterion = z.infer<typeof referralCriterionSchema>;

/** Control characters but for line ends and tabs, and marks that turn the text around them: words can hide behind them. */
const HIDING = /(?![\n\r\t])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u;

/** A reason in a person's words. Sealed with the case; it never enters the log. */
export const reasonWordsSchema = z
  .string()
  .trim()
  .min(3)
  .max(2_000)
  .refine((words) => !HIDING.test(words));

export const referralSchema = z.strictObject({
  maracReference: maracReferenceSchema,
  criterion: referralCriterionSchema,
  /** The day on which the MARAC referral was made. */
  referredOn: isoDateSchema,
  by: caseActorSchema,
  at: isoInstantSchema,
});
export type Referral = z.infer<typeof referralSchema>;

/** Why a case may be closed: the two rules that there are. */
export const CLOSURE_RULES = ['no-recent-abuse', 'cannot-mitigate-further'] as const;
export const closureRuleSchema = z.enum(CLOSURE_RULES);
export type ClosureRule = z.infer<typeof closureRuleSchema>;

export const categoryDecisionSchema = z.strictObject({
  from: categorySchema,
  to: categorySchema,
  by: caseActorSchema,
  at: isoInstantSchema,
  because: reasonWordsSchema,
  closure: closureRuleSchema.optional(),
});
export type CategoryDecision = z.infer<typeof categoryDecisionSchema>;

export const allocationSchema = z.strictObject({ to: staffIdSchema, by: caseActorSchema, at: isoInstantSchema });
export const caseReviewSchema = z.strictObject({ by: caseActorSchema, at: isoInstantSchema });

/** What police said when they were asked for domestic abuse reported to them. Absent `lastReportedOn`: none at all. */
export const policeCheckSchema = z.strictObject({
  lastReportedOn: isoDateSchema.optional(),
  by: caseActorSchema,
  at: isoInstantSchema,
});
export type PoliceCheck = z.infer<typeof policeCheckSchema>;

/** Members that a case has since the register keeps its history; a case that was loaded before has none of them. */
export const caseHistory = {
  referrals: z.array(referralSchema).max(100).optional(),
  decisions: z.array(categoryDecisionSchema).max(500).optional(),
  allocations: z.array(allocationSchema).max(200).optional(),
  reviews: z.array(caseReviewSchema).max(500).optional(),
  policeChecks: z.array(policeCheckSchema).max(500).optional(),
};
