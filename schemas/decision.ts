import { z } from 'zod';
import {
  areaSchema,
  fieldIdSchema,
  isoInstantSchema,
  purposeSchema,
  agencyIdSchema,
  requesterGroupSchema,
  roleSchema,
} from './names.ts';
import { datedFactsSchema } from './case.ts';
import { levelSchema } from './level.ts';

/** What the policy engine is asked and what it answers. The engine is pure: the moment is an input. */

export const OBLIGATION_KINDS = [
  'retainMonths',
  'onward',
  'notifyOwner',
  'show',
  'loneWorkingCheck',
  'undertaking',
  'reviewWithinHours',
  'expiresAfterHours',
] as const;

export const obligationsSchema = z.strictObject({
  retainMonths: z.number().int().positive().max(1200).optional(),
  onward: z.enum(['none', 'owner-consent', 'case-team']).optional(),
  notifyOwner: z.enum(['at-once', 'monthly']).optional(),
  show: z
    .array(z.enum(['asAt', 'verifiedBy', 'reliability']))
    .max(3)
    .optional(),
  loneWorkingCheck: z.boolean().optional(),
  undertaking: z.boolean().optional(),
  reviewWithinHours: z.number().int().positive().max(8760).optional(),
  expiresAfterHours: z.number().int().positive().max(8760).optional(),
});
export type Obligations = z.infer<typeof obligationsSchema>;

/** How sure linkage is that the record is the subject's; a cap like any other (below `certain`, at most exists). */
export const MATCH_CONFIDENCES = ['none', 'probable', 'certain'] as const;
export const matchConfidenceSchema = z.enum(MATCH_CONFIDENCES);
export type MatchConfidence = z.infer<typeof matchConfidenceSchema>;

export const policyRequestSchema = z.strictObject({
  at: isoInstantSchema,
  requester: z.strictObject({ agency: agencyIdSchema, group: requesterGroupSchema, role: roleSchema }),
  purpose: purposeSchema,
  facts: datedFactsSchema,
  /** Where the case is, as powers name areas. Absent: outside every area to which a power is limited. */
  area: areaSchema.optional(),
  /** Absent while planning: what could be released at most. */
  confidence: matchConfidenceSchema.optional(),
  /** Obligation kinds that the requesting system has declared it can fulfil. */
  canFulfil: z.array(z.enum(OBLIGATION_KINDS)).max(OBLIGATION_KINDS.length),
});
export type PolicyRequest = z.infer<typeof policyRequestSchema>;

/** Closed: why a field came out at its level. The sentence beside it is for people, the code for machines. */
export const DECISION_REASONS = [
  'granted', // a grant decides
  'capped', // a cap lowers what a grant would give
  'no-grant', // nothing grants it
  'unknown-field',
  'unknown-role',
  'unknown-purpose',
  'role-may-not-claim', // this role may not claim this purpose
  'own-records',
  'fact-missing-or-stale',
  'rule-failed', // a rule errored: denied
  'obligation-not-declared',
  'match-not-certain',
] as const;
export const decisionReasonSchema = z.enum(DECISION_REASONS);
export type DecisionReason = z.infer<typeof decisionReasonSchema>;

export const fieldDecisionSchema = z.strictObject({
  field: fieldIdSchema,
  level: levelSchema,
  reason: decisionReasonSchema,
  /** One sentence that the asker may read. */
  because: z.string().max(400),
  /** Ids of the rules that decided, for the log. */
  grants: z.array(z.string().max(80)),
  caps: z.array(z.string().max(80)),
  powers: z.array(z.string().max(40)),
  obligations: obligationsSchema,
});
export type FieldDecision = z.infer<typeof fieldDecisionSchema>;
