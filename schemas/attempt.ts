import { z } from 'zod';
import { staffIdSchema } from './case-records.ts';
import { sealedContactSchema } from './contact-point.ts';
import { isoDateSchema } from './names.ts';

/** What came of an attempt to reach the subject: closed, because each outcome changes what is rung next. */
export const ATTEMPT_OUTCOMES = [
  'reached-him',
  'no-answer',
  'not-his', // whoever answered, or the operator, says that it is not his
  'someone-else',
  'victim-answered-or-may-have', // blocks the value everywhere at once
  'not-tried',
] as const;
export const attemptOutcomeSchema = z.enum(ATTEMPT_OUTCOMES);
export type AttemptOutcome = z.infer<typeof attemptOutcomeSchema>;

/** A contact point as a keyed hash: the register keeps which one was tried and never the number itself (P8). */
export const sealedValueSchema = sealedContactSchema.pick({ kind: true, seal: true }).extend({
  /** The building of a flat: it stands for records that leave the flat out, and for no other flat. */
  ofFlat: z.literal(true).optional(),
});
export type SealedValue = z.infer<typeof sealedValueSchema>;

export const sealedAttemptSchema = z.strictObject({
  sealedContact: sealedValueSchema,
  outcome: attemptOutcomeSchema,
  at: isoDateSchema,
  /** One attempt on an address in a building is kept under both seals, with the same id. */
  attemptId: z.uuid().optional(),
  by: staffIdSchema.optional(),
});
export type SealedAttempt = z.infer<typeof sealedAttemptSchema>;

/** Said by victim services: this contact point, or where none is named every one of them, is not to be used. */
export const safetyBlockSchema = z.strictObject({
  sealedContact: sealedValueSchema.optional(),
  since: isoDateSchema,
  /** By which it is lifted: nobody can name what is kept as a hash. */
  blockId: z.uuid().optional(),
});
export type SafetyBlock = z.infer<typeof safetyBlockSchema>;

/**
 * Where an order forbids him to be: a postcode as far as the order names it (`SE10`, `SE10 8`, `SE10 8EW`), one
 * property by its number, or one address as a keyed hash.
 */
export const exclusionZoneSchema = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('postcode'),
    postcode: z.string().regex(/^[A-Z]{1,2}(?:\d[A-Z\d]?(?: \d(?:[A-Z]{2})?)?)?$/),
  }),
  z.strictObject({ by: z.literal('uprn'), uprn: z.string().regex(/^\d{1,12}$/) }),
  z.strictObject({ by: z.literal('seal'), seal: sealedContactSchema.shape.seal }),
]);
export type ExclusionZone = z.infer<typeof exclusionZoneSchema>;

/** Where an order obliges him to live: bail, curfew. */
export const requiredAddressSchema = z.strictObject({
  seal: sealedContactSchema.shape.seal,
  from: isoDateSchema,
  to: isoDateSchema.optional(),
});
export type RequiredAddress = z.infer<typeof requiredAddressSchema>;
