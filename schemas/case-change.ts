import { z } from 'zod';
import { attemptOutcomeSchema, sealedValueSchema } from './attempt.ts';
import { breakGlassEndSchema } from './break-glass.ts';
import { closureRuleSchema, maracReferenceSchema, reasonWordsSchema, referralCriterionSchema } from './case-history.ts';
import { staffIdSchema } from './case-records.ts';
import { gapOutcomeSchema } from './case-safety.ts';
import { contactKindSchema, otherOwnerSchema } from './contact-point.ts';
import { digestSchema } from './entry-parts.ts';
import { recordMarkSchema } from './judgement.ts';
import { agencyIdSchema, isoDateSchema, isoInstantSchema } from './names.ts';

/** Everything that people may do to a case. Contact points come in clear and are sealed before anything is kept (P8). */

const toldContactSchema = z.strictObject({ kind: contactKindSchema, value: z.string().min(1).max(400) });
export type ToldContact = z.infer<typeof toldContactSchema>;

/** More values than any one contact point of an answer has. */
const SEALS_MAX = 20;

/** A contact point that was sealed when it was shown, so that no value has to be carried to where it is recorded (P8). */
export const sealedTriedSchema = z.strictObject({
  kind: contactKindSchema,
  /** Each value of it; none where it could not be read as a contact point. */
  exactly: z.array(sealedValueSchema).max(SEALS_MAX),
  /** The same, of a flat its building too. */
  widely: z.array(sealedValueSchema).max(SEALS_MAX),
});
export type SealedTried = z.infer<typeof sealedTriedSchema>;

/** Why, and the id that a form makes, so that sending it twice counts once. A system may leave both out. */
const safetyStep = { stepId: z.uuid().optional(), because: reasonWordsSchema.optional() };

export const caseChangeSchema = z.discriminatedUnion('kind', [
  /** To `closed` only with the rule that holds. `none` cannot be chosen. */
  z.strictObject({
    kind: z.literal('change-category'),
    to: z.enum(['monitor', 'contact', 'hold', 'closed']),
    because: reasonWordsSchema,
    closure: closureRuleSchema.optional(),
  }),
  /** The panel looked at it and leaves the category as it is. */
  z.strictObject({ kind: z.literal('review') }),
  z.strictObject({ kind: z.literal('allocate'), to: staffIdSchema }),
  z.strictObject({ kind: z.literal('set-team'), team: z.array(staffIdSchema).max(50) }),
  z.strictObject({ kind: z.literal('set-lead-agency'), leadAgency: agencyIdSchema }),
  /** Whose staff may claim a purpose on the case. */
  z.strictObject({ kind: z.literal('set-agencies'), agencies: z.array(agencyIdSchema).min(1).max(30) }),
  /** He was referred to MARAC again; a closed case is open again with it, without a category until the panel decides. */
  z.strictObject({
    kind: z.literal('refer-again'),
    maracReference: maracReferenceSchema,
    criterion: referralCriterionSchema,
    referredOn: isoDateSchema,
    maracMeetingOn: isoDateSchema.optional(),
  }),
  /** Police looked for domestic abuse reported to them. Absent `lastReportedOn`: none at all. */
  z.strictObject({ kind: z.literal('record-police-check'), lastReportedOn: isoDateSchema.optional() }),
  /** What came of trying one contact point. `attemptId` is made by the form, so that sending it twice counts once. */
  z.strictObject({
    kind: z.literal('record-attempt'),
    attemptId: z.uuid(),
    contact: z.union([toldContactSchema, sealedTriedSchema]),
    outcome: attemptOutcomeSchema,
    questionId: z.uuid().optional(),
  }),
  /** Victim services: this contact point, or where none is named every one, is not to be used. */
  z.strictObject({
    kind: z.literal('set-safety-block'),
    blockId: z.uuid(),
    contact: toldContactSchema.optional(),
    because: reasonWordsSchema.optional(),
  }),
  /** Whether a record is his, in the words of whoever confirmed it; or that she takes back what she said. */
  z.strictObject({
    kind: z.literal('judge-record'),
    record: recordMarkSchema,
    agency: agencyIdSchema,
    says: z.enum(['same', 'not-same', 'taken-back']),
    because: reasonWordsSchema,
    questionId: z.uuid().optional(),
  }),
  z.strictObject({ kind: z.literal('lift-safety-block'), blockId: z.uuid(), ...safetyStep }),
  /** Victim services: this is a protected person's. */
  z.strictObject({
    kind: z.literal('protect-contact'),
    contact: toldContactSchema,
    whose: otherOwnerSchema,
    ...safetyStep,
  }),
  z.strictObject({ kind: z.literal('unprotect-contact'), contact: toldContactSchema, ...safetyStep }),
  /** Victim services: it was read that she answered, or may have. */
  z.strictObject({ kind: z.literal('acknowledge-answer'), attemptId: z.uuid() }),
  /** There is no way to reach him: this agency of the case is asked to obtain one. */
  z.strictObject({ kind: z.literal('raise-contact-gap'), requestId: z.uuid(), agency: agencyIdSchema }),
  /** What the agency that was asked says. */
  z.strictObject({ kind: z.literal('answer-contact-gap'), requestId: z.uuid(), outcome: gapOutcomeSchema }),
  /** Somebody's life is at risk now. The words of the declaration are kept beside the log before this is asked for. */
  z.strictObject({
    kind: z.literal('open-break-glass'),
    breakGlassId: z.uuid(),
    expiresAt: isoInstantSchema,
    declarationDigest: digestSchema,
  }),
  z.strictObject({ kind: z.literal('close-break-glass'), breakGlassId: z.uuid(), because: breakGlassEndSchema }),
]);
export type CaseChange = z.infer<typeof caseChangeSchema>;
export type CaseChangeKind = CaseChange['kind'];

/** Opening a case: there is none without a MARAC referral that meets a criterion. */
export const newCaseSchema = z.strictObject({
  maracReference: maracReferenceSchema,
  criterion: referralCriterionSchema,
  referredOn: isoDateSchema,
  maracMeetingOn: isoDateSchema.optional(),
});
export type NewCaseReferral = z.infer<typeof newCaseSchema>;
