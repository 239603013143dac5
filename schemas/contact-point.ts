import { z } from 'zod';
import { fieldIdSchema, isoDateSchema } from './names.ts';

/** A phone number, e-mail address or postal address through which somebody may be reached. */

export const CONTACT_KINDS = ['phone', 'email', 'address'] as const;
export const contactKindSchema = z.enum(CONTACT_KINDS);
export type ContactKind = z.infer<typeof contactKindSchema>;

/** The source's own word for whose it is. Anything but self, work, hostel or unknown is another person's (P4). */
export const RECORDED_AS = ['self', 'partner', 'mother', 'relative', 'friend', 'work', 'hostel', 'unknown'] as const;
export const recordedAsSchema = z.enum(RECORDED_AS);
export type RecordedAs = z.infer<typeof recordedAsSchema>;

/** Why a source holds the value: a value that the law obliges the subject to keep current outranks one he once gave. */
export const CONTACT_BASES = [
  'statutory-notification', // Domestic Abuse Act 2021 s.41: notified to police within 3 days of each change
  'approved-address', // approved by the probation practitioner
  'active-service', // a worker of the source is dealing with him now and reaches him by it, though nothing dates it
  'tenancy', // he is a tenant there
  'registration', // registered with a practice or service
  'stated', // he gave it, nobody checked
] as const;
export const contactBasisSchema = z.enum(CONTACT_BASES);
export type ContactBasis = z.infer<typeof contactBasisSchema>;

export const contactPointSchema = z.strictObject({
  kind: contactKindSchema,
  /** As the source holds it; an address is one line with its postcode last. */
  value: z.string().min(1).max(400),
  recordedAs: recordedAsSchema.optional(),
  from: isoDateSchema.optional(),
  to: isoDateSchema.optional(),
  lastConfirmed: isoDateSchema.optional(),
  verified: z.boolean().optional(),
  /** The catalogue field under which policy decides it; always present in the live gateway. */
  field: fieldIdSchema.optional(),
  uprn: z.string().max(15).optional(),
  basis: contactBasisSchema.optional(),
});
export type ContactPoint = z.infer<typeof contactPointSchema>;

/** Why a contact point is somebody else's. */
export const OTHER_OWNERS = [
  'protected-person',
  'victim',
  'partner',
  'child',
  'mother',
  'relative',
  'friend',
  'other',
] as const;
export const otherOwnerSchema = z.enum(OTHER_OWNERS);
export type OtherOwner = z.infer<typeof otherOwnerSchema>;

/**
 * A contact point of somebody else, as a keyed hash (P4, P8): enough to recognise the same value when another source
 * calls it his, never enough to show it.
 */
export const sealedContactSchema = z.strictObject({
  kind: contactKindSchema,
  seal: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  whose: otherOwnerSchema,
});
export type SealedContact = z.infer<typeof sealedContactSchema>;
