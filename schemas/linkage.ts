import { z } from 'zod';

/** What linkage answers: who is he. All weights are in bits (log2 of the likelihood ratio). */

export const evidenceSchema = z.strictObject({
  /** What was compared: `name`, `birth-date`, `postcode`, `identifier`, `sex`, `phone`, `household`, `prior`, … */
  comparison: z.string().max(40),
  /** The rule or level that applied, a name that is in the decision docs and tests. */
  rule: z.string().max(60),
  bits: z.number(),
  /** One sentence without any value, for example "same first and last name". */
  because: z.string().max(200),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const linkSchema = z.strictObject({
  a: z.string(),
  b: z.string(),
  bits: z.number(),
  evidence: z.array(evidenceSchema),
});
export type Link = z.infer<typeof linkSchema>;

export const attentionSchema = z.strictObject({
  reason: z.enum([
    'contradicting-identifiers',
    'two-candidates',
    'cluster-would-not-hold',
    'role-conflict',
    'human-decision-conflict',
  ]),
  recordIds: z.array(z.string()),
});
export type Attention = z.infer<typeof attentionSchema>;

export const linkageResultSchema = z.strictObject({
  /** Record ids judged to be the subject: safe to disclose on. */
  subjectRecords: z.array(z.string()),
  /** Shown to a human to confirm, never merged. */
  probable: z.array(z.string()),
  /** Every record id once, grouped by person. */
  clusters: z.array(z.array(z.string())),
  links: z.array(linkSchema),
  needsAttention: z.array(attentionSchema),
});
export type LinkageResult = z.infer<typeof linkageResultSchema>;

/** A human decision that outranks weights: attributable, and never chained further than said. */
export const humanLinkDecisionSchema = z.strictObject({
  a: z.string(),
  b: z.string(),
  same: z.boolean(),
  by: z.string().max(64),
});
export type HumanLinkDecision = z.infer<typeof humanLinkDecisionSchema>;
