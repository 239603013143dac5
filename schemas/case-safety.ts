import { z } from 'zod';
import { sealedValueSchema } from './attempt.ts';
import { caseActorSchema, reasonWordsSchema } from './case-history.ts';
import { contactKindSchema, otherOwnerSchema, sealedContactSchema } from './contact-point.ts';
import { agencyIdSchema, isoInstantSchema } from './names.ts';

/** What victim services did on a case and were told of it, and which agency was asked for a way to reach him. */

/** A contact point of a protected person of the case, as a keyed hash. */
export const protectedContactSchema = sealedContactSchema.extend({ ofFlat: sealedValueSchema.shape.ofFlat });
export type ProtectedContact = z.infer<typeof protectedContactSchema>;

export const SAFETY_STEPS = ['block-set', 'block-lifted', 'contact-protected', 'protection-ended'] as const;

/** One step of victim services, with who, when and why. It holds no value: the register has none to show. */
export const safetyStepSchema = z.strictObject({
  /** Made by the form, so that sending it twice counts once; of a block that was set it is the block's own id. */
  stepId: z.uuid(),
  did: z.enum(SAFETY_STEPS),
  /** Absent where it is about all contact. */
  contactKind: contactKindSchema.optional(),
  whose: otherOwnerSchema.optional(),
  /** The block that was lifted. */
  blockId: z.uuid().optional(),
  by: caseActorSchema,
  at: isoInstantSchema,
  /** Absent where a system set it that gave none: a block does not wait for a reason. */
  because: reasonWordsSchema.optional(),
});
export type SafetyStep = z.infer<typeof safetyStepSchema>;

/** Somebody of victim services has read that she answered, or may have. */
export const acknowledgementSchema = z.strictObject({
  attemptId: z.uuid(),
  by: caseActorSchema,
  at: isoInstantSchema,
});
export type Acknowledgement = z.infer<typeof acknowledgementSchema>;

export const GAP_OUTCOMES = ['obtained', 'not-obtained'] as const;
export const gapOutcomeSchema = z.enum(GAP_OUTCOMES);
export type GapOutcome = z.infer<typeof gapOutcomeSchema>;

/** A contact gap that was raised with an agency: it was asked to obtain a way to reach him. */
export const gapRequestSchema = z.strictObject({
  requestId: z.uuid(),
  agency: agencyIdSchema,
  by: caseActorSchema,
  at: isoInstantSchema,
  /** What came of it. */
  answer: z.strictObject({ outcome: gapOutcomeSchema, by: caseActorSchema, at: isoInstantSchema }).optional(),
});
export type GapRequest = z.infer<typeof gapRequestSchema>;

/** Members that a case has since victim services have pages; nothing is ever taken out of them. */
export const caseSafety = {
  safetySteps: z.array(safetyStepSchema).max(1_000).optional(),
  acknowledgements: z.array(acknowledgementSchema).max(1_000).optional(),
  gapRequests: z.array(gapRequestSchema).max(200).optional(),
};
