import { z } from 'zod';
import { isoDateSchema, partialDateSchema } from './names.ts';

/**
 * A person as a source or a practitioner knows one: what matching reads. Values come as they are held; cleaning is
 * the work of gateway/linkage/standardise. The same shape is read by the offline command `holdfast resolve`.
 */

const text = (max: number) => z.string().min(1).max(max);

export const personNameSchema = z.strictObject({
  given: text(100).optional(),
  middle: text(100).optional(),
  family: text(100).optional(),
  /** Where a source holds one string only. */
  full: text(250).optional(),
  type: z.enum(['current', 'alias']).optional(),
});
export type PersonName = z.infer<typeof personNameSchema>;

export const IDENTIFIER_TYPES = ['PNC', 'CRO', 'CRN', 'NOMS', 'NHS', 'NINO', 'LCS', 'TENANCY', 'OTHER'] as const;
export const identifierSchema = z.strictObject({ type: z.enum(IDENTIFIER_TYPES), value: text(60) });
export type Identifier = z.infer<typeof identifierSchema>;

export const addressSchema = z.strictObject({
  lines: z.array(text(120)).max(8).optional(),
  postcode: text(12).optional(),
  uprn: text(15).optional(),
  from: isoDateSchema.optional(),
  to: isoDateSchema.optional(),
});
export type Address = z.infer<typeof addressSchema>;

export const sexSchema = z.enum(['male', 'female', 'other']);

export const personSchema = z.strictObject({
  names: z.array(personNameSchema).max(40).optional(),
  dateOfBirth: partialDateSchema.optional(),
  otherDatesOfBirth: z.array(partialDateSchema).max(10).optional(),
  sex: sexSchema.optional(),
  identifiers: z.array(identifierSchema).max(40).optional(),
  addresses: z.array(addressSchema).max(60).optional(),
  phones: z.array(text(40)).max(40).optional(),
  emails: z.array(text(254)).max(20).optional(),
});
export type Person = z.infer<typeof personSchema>;
