import { z } from 'zod';
import { contactBasisSchema, contactKindSchema, otherOwnerSchema } from '../../schemas/contact-point.ts';
import { fieldValueSchema } from '../../schemas/disclosable-value.ts';
import {
  agencyIdSchema,
  caseRefSchema,
  fieldIdSchema,
  isoDateSchema,
  isoInstantSchema,
  partialDateSchema,
  purposeSchema,
} from '../../schemas/names.ts';
import { identifierSchema, personNameSchema, sexSchema } from '../../schemas/person.ts';
import { recordRoleSchema } from '../../schemas/source-record.ts';

/**
 * What the gateway's adapter and an agency's extract agent say to each other: one question, one answer, the same for
 * every agency. Both sides check both; neither trusts the other to have dropped anything.
 */

const text = (max: number) => z.string().min(1).max(max);

/** What is known of the subject, cut down to what an agency's own search uses. */
export const soughtPersonSchema = z.strictObject({
  names: z.array(personNameSchema).max(40),
  datesOfBirth: z.array(partialDateSchema).max(11),
  sex: sexSchema.optional(),
  identifiers: z.array(identifierSchema).max(40),
  postcodes: z.array(text(12)).max(60),
  phones: z.array(text(40)).max(40),
  emails: z.array(text(254)).max(20),
});
export type SoughtPerson = z.infer<typeof soughtPersonSchema>;

export const findRequestSchema = z.strictObject({
  questionId: z.uuid(),
  asOf: isoDateSchema,
  fields: z.array(fieldIdSchema).max(80),
  subject: soughtPersonSchema,
  asker: z.strictObject({
    agency: agencyIdSchema,
    purpose: purposeSchema,
    caseRef: caseRefSchema,
    at: isoInstantSchema,
  }),
});
export type FindRequest = z.infer<typeof findRequestSchema>;

const heldContactSchema = z.strictObject({
  kind: contactKindSchema,
  field: fieldIdSchema,
  value: text(400),
  recordedAs: z.enum(['self', 'work', 'hostel', 'unknown']),
  postcode: text(12).optional(),
  uprn: text(15).optional(),
  from: isoDateSchema.optional(),
  to: isoDateSchema.optional(),
  lastConfirmed: isoDateSchema.optional(),
  basis: contactBasisSchema.optional(),
});
export type HeldContact = z.infer<typeof heldContactSchema>;

/** Somebody else's contact point in his file: sent so that the gateway can seal it and know it again, never to show. */
const heldOtherContactSchema = z.strictObject({
  kind: contactKindSchema,
  value: text(400),
  whose: otherOwnerSchema,
  postcode: text(12).optional(),
  uprn: text(15).optional(),
});
export type HeldOtherContact = z.infer<typeof heldOtherContactSchema>;

export const heldRecordSchema = z.strictObject({
  reference: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9/_-]{0,59}$/),
  /** References that were merged into this one. */
  supersedes: z.array(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9/_-]{0,59}$/)).max(50),
  role: recordRoleSchema.optional(),
  restricted: z.boolean(),
  names: z.array(personNameSchema).max(40),
  dateOfBirth: partialDateSchema.optional(),
  sex: sexSchema.optional(),
  identifiers: z.array(identifierSchema).max(40),
  /** Postcodes of his own addresses, for matching. */
  postcodes: z.array(text(12)).max(60),
  contacts: z.array(heldContactSchema).max(60),
  othersContacts: z.array(heldOtherContactSchema).max(200),
  noFixedAbode: z.strictObject({ field: fieldIdSchema }).optional(),
  values: z.array(fieldValueSchema).max(100),
  withheldFields: z.array(fieldIdSchema).max(80),
  lastUpdated: isoDateSchema.optional(),
});
export type HeldRecord = z.infer<typeof heldRecordSchema>;

/** More people than this agree with a question: the agency cannot say which is meant. */
export const MATCHES_MAX = 10;

export const findAnswerSchema = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('found'),
    batch: z.string().max(20),
    records: z.array(heldRecordSchema).min(1).max(MATCHES_MAX),
  }),
  z.strictObject({ outcome: z.literal('none-held'), batch: z.string().max(20) }),
  z.strictObject({ outcome: z.literal('not-enough-known') }),
  z.strictObject({ outcome: z.literal('too-many-matches'), batch: z.string().max(20) }),
  z.strictObject({ outcome: z.literal('stale-extract'), batch: z.string().max(20) }),
  /** No good batch was ever loaded: nothing may be concluded. */
  z.strictObject({ outcome: z.literal('no-extract') }),
]);
export type FindAnswer = z.infer<typeof findAnswerSchema>;

/**
 * Leaves of a record only what was asked for, beside what matching and the protection of others need (P3). Of a
 * restricted record nothing is left but who it is about.
 */
export function onlyAsked(record: HeldRecord, fields: readonly string[]): HeldRecord {
  const asked = new Set(record.restricted ? [] : fields);
  const { noFixedAbode, ...rest } = record;
  return {
    ...rest,
    postcodes: record.restricted ? [] : record.postcodes,
    contacts: record.contacts.filter(({ field }) => asked.has(field)),
    values: record.values.filter(({ field }) => asked.has(field)),
    withheldFields: record.withheldFields.filter((field) => asked.has(field)),
    ...(noFixedAbode !== undefined && asked.has(noFixedAbode.field) ? { noFixedAbode } : {}),
  };
}
