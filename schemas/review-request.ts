import { z } from 'zod';
import { staffIdSchema } from './case.ts';
import { digestSchema, entryCodeSchema, entryIdSchema, policyVersionSchema } from './entry-parts.ts';
import { agencyIdSchema, caseRefSchema, fieldIdSchema, isoInstantSchema, purposeSchema, roleSchema } from './names.ts';
import { receiptSchema } from './answer.ts';
import { reviewStateSchema, reviewSubjectSchema, searchGroundSchema, unusualRuleSchema } from './review.ts';

/** What an information-governance officer may ask of the log. Unknown keys are refused; every text has a limit (P11). */

export const REVIEW_PAGE_MAX = 200;

const decisionWordSchema = entryCodeSchema;

/** All filters that are given hold together; a list means any of its members. */
export const searchFiltersSchema = z
  .strictObject({
    kinds: z.array(entryCodeSchema).min(1).max(30),
    /** Part of a staff member's id or name. */
    staff: z.string().min(2).max(64),
    agency: agencyIdSchema,
    role: roleSchema,
    caseRef: caseRefSchema,
    /** Keyed pseudonym, as entries have it. */
    subject: digestSchema,
    purposes: z.array(purposeSchema).min(1).max(20),
    power: entryIdSchema,
    fields: z.array(fieldIdSchema).min(1).max(100),
    outcomes: z.array(entryCodeSchema).min(1).max(20),
    decisions: z.array(decisionWordSchema).min(1).max(20),
    policyVersion: policyVersionSchema,
    breakGlass: z.literal(true),
    /** Recorded at or after. */
    from: isoInstantSchema,
    /** Recorded before. */
    to: isoInstantSchema,
    /** Words of the reason that own staff gave; all of them, in any order. */
    text: z.string().min(2).max(200),
  })
  .partial();
export type SearchFilters = z.infer<typeof searchFiltersSchema>;

const officer = {
  /** A fresh UUID for each request; a second use is refused. */
  requestId: z.uuid(),
  /** When the officer's system made the request; refused beyond a minute of the gateway's clock. */
  sentAt: isoInstantSchema,
  staff: z.strictObject({ id: staffIdSchema, role: roleSchema }),
  /** The matter: a case, or the review's own reference. The token has to be for it. */
  caseRef: caseRefSchema,
  ground: searchGroundSchema,
};

/** `POST /v1/review/entries` */
export const reviewEntriesRequestSchema = z.strictObject({
  ...officer,
  filters: searchFiltersSchema,
  /** Also give the words of own staff's reasons. */
  words: z.boolean().optional(),
  /** Only entries before this position: where the page before ended. */
  before: z.number().int().min(0).optional(),
  limit: z.number().int().min(1).max(REVIEW_PAGE_MAX).optional(),
});
export type ReviewEntriesRequest = z.infer<typeof reviewEntriesRequestSchema>;

export const seenEntrySchema = z.strictObject({
  position: z.number().int().min(0),
  recordedAt: isoInstantSchema,
  /** The entry, or the part of it that this agency's reviewers may see. */
  entry: z.looseObject({ kind: z.string() }),
  /** The words of the reason, where they were asked for and are still kept. */
  words: z.string().optional(),
});
export type SeenEntry = z.infer<typeof seenEntrySchema>;

export const reviewEntriesAnswerSchema = z.strictObject({
  entries: z.array(seenEntrySchema),
  /** Ask again with this as `before` for older ones; absent on the last page. */
  next: z.number().int().min(0).optional(),
  /** The first position that the search did not know of yet. */
  indexedTo: z.number().int().min(0),
  /** Where the log records this search; it was committed before the answer left (P1). */
  receipt: receiptSchema,
});
export type ReviewEntriesAnswer = z.infer<typeof reviewEntriesAnswerSchema>;

/** `POST /v1/review/ledger`: what of this agency's own went out. */
export const ledgerRequestSchema = z.strictObject({
  ...officer,
  field: fieldIdSchema.optional(),
  recipient: agencyIdSchema.optional(),
  aboutCase: caseRefSchema.optional(),
  from: isoInstantSchema,
  to: isoInstantSchema,
  before: z.number().int().min(0).optional(),
  limit: z.number().int().min(1).max(REVIEW_PAGE_MAX).optional(),
});
export type LedgerRequest = z.infer<typeof ledgerRequestSchema>;

/** One field of one owner that went to one recipient. */
export const ledgerLineSchema = z.strictObject({
  position: z.number().int().min(0),
  at: isoInstantSchema,
  recordedAt: isoInstantSchema,
  owner: agencyIdSchema,
  field: fieldIdSchema,
  level: z.string(),
  values: z.number().int().min(0),
  recipient: agencyIdSchema,
  staffId: staffIdSchema,
  role: roleSchema,
  purpose: purposeSchema,
  caseRef: caseRefSchema,
  subject: digestSchema,
  powers: z.array(z.string()),
  grants: z.array(z.string()),
  retainMonths: z.number().int().optional(),
  onward: z.string().optional(),
  policyVersion: policyVersionSchema,
});
export type LedgerLine = z.infer<typeof ledgerLineSchema>;

export const ledgerAnswerSchema = z.strictObject({
  lines: z.array(ledgerLineSchema),
  next: z.number().int().min(0).optional(),
  indexedTo: z.number().int().min(0),
  receipt: receiptSchema,
});
export type LedgerAnswer = z.infer<typeof ledgerAnswerSchema>;

/** `POST /v1/review/list`: the reviews that lie with this agency, overdue first. */
export const reviewListRequestSchema = z.strictObject({
  ...officer,
  /** Also those that have ended. */
  ended: z.boolean().optional(),
  /** Also the words of their notes. */
  words: z.boolean().optional(),
  limit: z.number().int().min(1).max(REVIEW_PAGE_MAX).optional(),
});
export type ReviewListRequest = z.infer<typeof reviewListRequestSchema>;

const noteSchema = z.string().min(1).max(2_000);

/** `POST /v1/review/open`: looks into what somebody of the own staff did, on a complaint or after broken glass. */
export const reviewOpenRequestSchema = z.strictObject({
  ...officer,
  about: z.enum(['complaint', 'break-glass']),
  /** Of the own agency; another agency's staff are for that agency's officer. */
  staffId: staffIdSchema,
  aboutCase: caseRefSchema.optional(),
  /** Positions of the entries in question, from a search. */
  positions: z.array(z.number().int().min(0)).max(1_000),
  note: noteSchema,
});
export type ReviewOpenRequest = z.infer<typeof reviewOpenRequestSchema>;

/** `POST /v1/review/step` */
export const reviewStepRequestSchema = z.strictObject({
  ...officer,
  reviewId: z.uuid(),
  to: reviewStateSchema,
  /** Of the review as it was read; on top of another step than the one that was seen nothing is decided. */
  revision: z.number().int().min(1),
  note: noteSchema,
});
export type ReviewStepRequest = z.infer<typeof reviewStepRequestSchema>;

export const seenReviewSchema = z.strictObject({
  reviewId: z.uuid(),
  about: reviewSubjectSchema,
  staffId: staffIdSchema,
  aboutCase: caseRefSchema.optional(),
  rules: z.array(unusualRuleSchema),
  /** Why the rules think it unusual. */
  sentences: z.array(z.string()),
  positions: z.array(z.number().int().min(0)),
  state: reviewStateSchema,
  openedAt: isoInstantSchema,
  dueAt: isoInstantSchema,
  overdue: z.boolean(),
  revision: z.number().int().min(1),
  /** Where this officer may take it; none where she is not independent. */
  steps: z.array(reviewStateSchema),
  /** Words of the notes, oldest first, where they were asked for. */
  notes: z.array(z.string()).optional(),
});
export type SeenReview = z.infer<typeof seenReviewSchema>;

export const reviewListAnswerSchema = z.strictObject({
  reviews: z.array(seenReviewSchema),
  /** More lie with the agency than `limit` allowed to show. */
  more: z.boolean(),
  receipt: receiptSchema,
});
export type ReviewListAnswer = z.infer<typeof reviewListAnswerSchema>;

export const reviewStepAnswerSchema = z.strictObject({
  review: seenReviewSchema,
  /** Of the step's entry; absent where another gateway made it. */
  receipt: receiptSchema.optional(),
});
export type ReviewStepAnswer = z.infer<typeof reviewStepAnswerSchema>;
