import { z } from 'zod';
import { contactKindSchema } from './contact-point.ts';
import { fieldIdSchema, isoDateSchema } from './names.ts';

/** What gateway/contacts answers: how do we reach him, best first. */

export const CONTACT_FLAGS = [
  'recorded-as-dead', // a source says that he has died: whoever answers is not him
  'confirmed-recently',
  'old', // nobody confirmed it within the kind's usual life
  'ended', // the source says its period is over
  'shared-with-others', // several people in the answer hold it
  'whose-unknown', // no source says whose it is
  'statutory-notification',
  'in-custody',
  'released-recently',
  'hostel',
  'not-verified',
  'on-hold', // the panel monitors or holds the case: nobody is to be contacted
  'reached-before', // he was reached by it at an earlier attempt
  'not-reached-before', // the last attempt on it did not reach him
  'required-by-order', // bail or a curfew obliges him to live there
] as const;
export const contactFlagSchema = z.enum(CONTACT_FLAGS);
export type ContactFlag = z.infer<typeof contactFlagSchema>;

export const contactSourceSchema = z.strictObject({ recordId: z.string(), field: fieldIdSchema.optional() });

export const rankedContactSchema = z.strictObject({
  kind: contactKindSchema,
  /** Normalised: E.164, lower-case e-mail, address with upper-case postcode last. */
  value: z.string(),
  /** That it reaches the subject and nobody else, 0 to 1. */
  probability: z.number().min(0).max(1),
  sources: z.array(contactSourceSchema).min(1),
  lastConfirmed: isoDateSchema.optional(),
  flags: z.array(contactFlagSchema),
  /** One sentence for the worker, without the value. */
  because: z.string().max(400),
});
export type RankedContact = z.infer<typeof rankedContactSchema>;

export const WITHHELD_REASONS = [
  'victim-may-answer', // at an earlier attempt the victim answered, or may have
  'safety-block', // victim services say that it is not to be used
  'excluded-by-order', // an order forbids him to be there
  'protected-person', // sealed value of a protected person of the case
  'recorded-as-others', // a source says it is another person's
  'held-by-another-record', // also held by a record that is not the subject
  'location-of-protected-person', // an address where a protected person lives
  'unusable', // not a number, e-mail or address at all
] as const;
export const withheldReasonSchema = z.enum(WITHHELD_REASONS);
export type WithheldReason = z.infer<typeof withheldReasonSchema>;

/** A contact point that is held back. It carries no value, and nothing from which one could be worked out. */
export const withheldContactSchema = z.strictObject({
  kind: contactKindSchema,
  reason: withheldReasonSchema,
  sources: z.array(contactSourceSchema).min(1),
});
export type WithheldContact = z.infer<typeof withheldContactSchema>;

/** Ways to him through a professional or a place, where no contact point of his own is usable; the nearest to him first. */
export const OPENING_KINDS = [
  'custody',
  'supervising-officer',
  'hostel',
  'housing-officer',
  'social-worker',
  'service',
  'practice',
] as const;
export const openingKindSchema = z.enum(OPENING_KINDS);
export type OpeningKind = z.infer<typeof openingKindSchema>;
