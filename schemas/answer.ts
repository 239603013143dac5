import { z } from 'zod';
import {
  agencyIdSchema,
  caseRefSchema,
  fieldIdSchema,
  isoDateSchema,
  isoInstantSchema,
  purposeSchema,
} from './names.ts';
import { recordMarkSchema } from './judgement.ts';
import { attentionSchema, evidenceSchema } from './linkage.ts';
import { contactFlagSchema, openingKindSchema, withheldReasonSchema } from './reach.ts';
import { contactKindSchema } from './contact-point.ts';
import { decisionReasonSchema, obligationsSchema } from './decision.ts';
import { levelSchema } from './level.ts';
import { releasedValueSchema } from './released-value.ts';
import { sourceCodeSchema, sourceOutcomeSchema } from './source-outcome.ts';

/** What leaves the gateway. Built from permitted values; nothing is filtered out of a fuller record. */

const sentence = z.string().max(600);

export const answeredSourceSchema = z.strictObject({
  agency: agencyIdSchema,
  name: z.string(),
  outcome: sourceOutcomeSchema,
  code: sourceCodeSchema.optional(),
  /** Rounded up: exact times would tell a withheld record from an absent one (P6). */
  tookMs: z.number().int().nonnegative().optional(),
  sentence,
});
export type AnsweredSource = z.infer<typeof answeredSourceSchema>;

const provenanceSchema = z.strictObject({
  agency: agencyIdSchema,
  field: fieldIdSchema,
  /** The date the owner says it held good. */
  asAt: isoDateSchema.optional(),
});

export const releasedContactSchema = z.strictObject({
  rank: z.number().int().positive(),
  kind: contactKindSchema,
  level: levelSchema,
  value: releasedValueSchema,
  /** That it reaches the subject and nobody else, 0 to 1. */
  probability: z.number().min(0).max(1),
  because: sentence,
  flags: z.array(contactFlagSchema),
  lastConfirmed: isoDateSchema.optional(),
  sources: z.array(provenanceSchema).min(1),
});
export type ReleasedContact = z.infer<typeof releasedContactSchema>;

export const releasedFieldSchema = z.strictObject({
  field: fieldIdSchema,
  label: z.string(),
  level: levelSchema,
  value: releasedValueSchema,
  asAt: isoDateSchema.optional(),
  /** Data Protection Act 2018 s.38(2)-(3): facts apart from assessments, and whose data it is. */
  nature: z.enum(['fact', 'assessment', 'opinion']),
  subjectCategory: z.string(),
  powers: z.array(z.string()),
  because: sentence,
});
export type ReleasedField = z.infer<typeof releasedFieldSchema>;

export const withheldFieldSchema = z.strictObject({
  field: fieldIdSchema,
  label: z.string(),
  reason: z.union([decisionReasonSchema, z.enum(['source-withholds', 'not-answered'])]),
  because: sentence,
});

export const releasedRecordSchema = z.strictObject({
  /** The agency and a number within this answer: never the source's own reference. */
  record: z.string(),
  agency: agencyIdSchema,
  system: z.string(),
  lastUpdated: isoDateSchema.optional(),
  fields: z.array(releasedFieldSchema),
});
export type ReleasedRecord = z.infer<typeof releasedRecordSchema>;

/** Why a record is judged to be his, or may be his: evidence in bits, never values. Other people's are only counted. */
export const judgedRecordSchema = z.strictObject({
  record: z.string(),
  /** What the record is called in this case at every question: by it a person says whether it is his. */
  mark: recordMarkSchema,
  agency: agencyIdSchema,
  system: z.string(),
  judged: z.enum(['subject', 'probable']),
  bits: z.number().optional(),
  evidence: z.array(evidenceSchema).max(40),
});
export type JudgedRecord = z.infer<typeof judgedRecordSchema>;

export const withheldInAnswerSchema = z.strictObject({
  kind: contactKindSchema,
  reason: withheldReasonSchema,
  agencies: z.array(agencyIdSchema),
  sentence,
});

/** Whom to ring where no contact point of his own is usable. */
export const releasedOpeningSchema = z.strictObject({
  kind: openingKindSchema,
  agency: agencyIdSchema,
  level: levelSchema,
  /** The named practitioner, as far as policy shows them. */
  professional: releasedValueSchema.optional(),
  because: sentence,
  sources: z.array(provenanceSchema).min(1),
});
export type ReleasedOpening = z.infer<typeof releasedOpeningSchema>;

/** All that is disclosed. The log entry holds the SHA-256 of these bytes as they stand in the body. */
export const disclosureSchema = z.strictObject({
  questionId: z.uuid(),
  askedAt: isoInstantSchema,
  purpose: purposeSchema,
  caseRef: caseRefSchema,
  policyVersion: z.string(),
  /** One honest sentence on who answered and who did not. */
  summary: sentence,
  sources: z.array(answeredSourceSchema),
  identity: z.strictObject({
    summary: sentence,
    records: z.array(judgedRecordSchema),
    /** Records that came back and are somebody else's; nothing more is said of them. */
    setApart: z.number().int().nonnegative(),
    needsAttention: z.array(attentionSchema.pick({ reason: true })),
  }),
  whereabouts: z.strictObject({ level: levelSchema, sentence, sources: z.array(provenanceSchema) }).optional(),
  contacts: z.array(releasedContactSchema),
  /** Only where no contact point is usable; best first. */
  openings: z.array(releasedOpeningSchema).optional(),
  /** The agency that can best obtain a number, and why; only where no contact point is usable. */
  bestPlaced: z.strictObject({ agency: agencyIdSchema, because: sentence }).optional(),
  withheldContacts: z.array(withheldInAnswerSchema),
  records: z.array(releasedRecordSchema),
  withheldFields: z.array(withheldFieldSchema),
  /** What the receiver undertakes by taking the answer: the strictest of all that applies. */
  obligations: obligationsSchema,
});
export type Disclosure = z.infer<typeof disclosureSchema>;

export const receiptSchema = z.strictObject({
  position: z.number().int().nonnegative(),
  entryHash: z.string(),
  at: isoInstantSchema,
});

export const answerSchema = z.strictObject({
  disclosure: disclosureSchema,
  /** Where the log records this answer; it was committed before the answer left (P1). */
  receipt: receiptSchema,
  /** Fills the answer up to its size class, so that its length says nothing (P6). */
  padding: z.string(),
});
export type Answer = z.infer<typeof answerSchema>;
