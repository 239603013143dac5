import { z } from 'zod';
import { attemptOutcomeSchema } from './attempt.ts';
import { receiptSchema } from './answer.ts';
import { caseChangeSchema, newCaseSchema, type CaseChange, type CaseChangeKind } from './case-change.ts';
import { categorySchema } from './case-category.ts';
import { categoryDecisionSchema, maracReferenceSchema, referralSchema } from './case-history.ts';
import { staffIdSchema } from './case-records.ts';
import { contactKindSchema, otherOwnerSchema } from './contact-point.ts';
import { agencyIdSchema, caseRefSchema, isoDateSchema, isoInstantSchema, roleSchema } from './names.ts';
import { personNameSchema, personSchema } from './person.ts';

/** What an agency's system may ask of the case register for its staff. Unknown keys are refused (P11). */

export const CASE_PAGE_MAX = 200;

const staff = {
  /** A fresh UUID for each request; a second use is refused. */
  requestId: z.uuid(),
  /** When the system made the request; refused beyond a minute of the gateway's clock. */
  sentAt: isoInstantSchema,
  /** The named member of staff on whose behalf it is made. */
  staff: z.strictObject({ id: staffIdSchema, role: roleSchema }),
};
/** The token has to be for this case. */
const aboutCase = { ...staff, caseRef: caseRefSchema };

/** `POST /v1/cases/list`: never a search for a person. */
export const caseListRequestSchema = z.strictObject({
  ...staff,
  /** `mine` for a worker; the others for the panel of the lead agency. */
  of: z.enum(['mine', 'open', 'gaps', 'reviews-due']),
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^[A-Za-z0-9_.:~|-]{1,200}$/)
    .optional(),
  limit: z.number().int().min(1).max(CASE_PAGE_MAX).optional(),
});
export type CaseListRequest = z.infer<typeof caseListRequestSchema>;

/** `POST /v1/cases/view` */
export const caseViewRequestSchema = z.strictObject(aboutCase);
export type CaseViewRequest = z.infer<typeof caseViewRequestSchema>;

/** `POST /v1/cases/open`: from a MARAC referral that meets a criterion, and in no other way. */
export const caseOpenRequestSchema = z.strictObject({
  ...aboutCase,
  referral: newCaseSchema,
  subject: personSchema,
  /** Whose staff may claim a purpose on it; the asking agency leads, and is always one. */
  agencies: z.array(agencyIdSchema).max(30),
});
export type CaseOpenRequest = z.infer<typeof caseOpenRequestSchema>;

/** What a person does in a page alone, because it wants a proof that she is there or an answer before her. */
const OF_PAGES_ALONE: ReadonlySet<CaseChangeKind> = new Set(['open-break-glass', 'close-break-glass', 'judge-record']);

/** So is a contact in hashes: they are the gateway's own, and whoever sends others would block what nobody tried. */
const isOfPagesAlone = (change: CaseChange): boolean =>
  OF_PAGES_ALONE.has(change.kind) || (change.kind === 'record-attempt' && !('value' in change.contact));

/** `POST /v1/cases/change` */
export const caseChangeRequestSchema = z.strictObject({
  ...aboutCase,
  change: caseChangeSchema.refine((change) => !isOfPagesAlone(change)),
  /** The revision that was read; only what adds and overwrites nothing can do without. */
  revision: z.number().int().min(1).optional(),
});
export type CaseChangeRequest = z.infer<typeof caseChangeRequestSchema>;

/** `POST /v1/cases/contact-gaps`: how long it takes until somebody reaches him, as counts and days alone. */
export const contactGapsRequestSchema = z.strictObject(staff);
export type ContactGapsRequest = z.infer<typeof contactGapsRequestSchema>;

const days = z.number().int();
const caseRow = {
  caseRef: caseRefSchema,
  /** Hand it back with a change. */
  revision: z.number().int().min(1),
  name: personNameSchema.optional(),
  category: categorySchema,
  allocatedTo: staffIdSchema.optional(),
  allocatedOn: isoDateSchema.optional(),
  daysSinceAllocation: days.optional(),
  lastAttempt: z.strictObject({ outcome: attemptOutcomeSchema, at: isoDateSchema }).optional(),
  lastReachedOn: isoDateSchema.optional(),
  hasContactGap: z.boolean(),
  daysOpen: days,
  daysToFirstUsable: days.optional(),
  reviewDueOn: isoDateSchema,
  isReviewOverdue: z.boolean(),
};
/** Where the log records it; it was committed before the answer left (P1). */
const recorded = { receipt: receiptSchema };

export const caseListAnswerSchema = z.strictObject({
  cases: z.array(z.strictObject(caseRow)),
  /** Cases that belong here and cannot be opened: an operator must look. */
  unreadable: z.array(caseRefSchema),
  next: z.string().optional(),
  ...recorded,
});
export type CaseListAnswer = z.infer<typeof caseListAnswerSchema>;

/** What victim services set, for them alone and without a value: the register has none. */
const safetySchema = z.looseObject({
  blocks: z.array(
    z.looseObject({ blockId: z.uuid().optional(), since: isoDateSchema, contactKind: contactKindSchema.optional() }),
  ),
  protectedContacts: z.array(z.strictObject({ kind: contactKindSchema, whose: otherOwnerSchema })),
});

export const caseViewAnswerSchema = z.strictObject({
  case: z.strictObject({
    ...caseRow,
    leadAgency: agencyIdSchema,
    agencies: z.array(agencyIdSchema),
    team: z.array(staffIdSchema),
    openedOn: isoDateSchema,
    maracReference: maracReferenceSchema,
    /** Victim services have stopped all contact. */
    isContactStopped: z.boolean(),
    subject: personSchema.optional(),
    referrals: z.array(referralSchema).optional(),
    decisions: z.array(categoryDecisionSchema).optional(),
    safety: safetySchema.optional(),
  }),
  ...recorded,
});
export type CaseViewAnswer = z.infer<typeof caseViewAnswerSchema>;

/** Of opening and of changing: the case as it then stands. */
export const caseChangeAnswerSchema = z.strictObject({
  caseRef: caseRefSchema,
  revision: z.number().int().min(1),
  ...recorded,
});
export type CaseChangeAnswer = z.infer<typeof caseChangeAnswerSchema>;

export const contactGapsAnswerSchema = z.strictObject({
  measure: z.strictObject({
    openCases: z.number().int(),
    withGap: z.number().int(),
    reached: z.number().int(),
    medianDaysToFirstUsable: z.number().optional(),
    ninetiethPercentileDays: z.number().optional(),
  }),
  ...recorded,
});
export type ContactGapsAnswer = z.infer<typeof contactGapsAnswerSchema>;
