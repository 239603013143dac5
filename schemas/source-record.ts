import { z } from 'zod';
import { agencyIdSchema, fieldIdSchema, isoDateSchema } from './names.ts';
import { contactPointSchema, sealedContactSchema } from './contact-point.ts';
import { fieldValueSchema } from './disclosable-value.ts';
import { personSchema } from './person.ts';

/** One record that a source holds, after its adapter dropped everything it may not take. */

/** What the source says the record's person is to its file. */
export const RECORD_ROLES = [
  'nominal',
  'tenant',
  'householdMember',
  'patient',
  'parent',
  'child',
  'victim',
  'partner',
  'other',
] as const;
export const recordRoleSchema = z.enum(RECORD_ROLES);
export type RecordRole = z.infer<typeof recordRoleSchema>;

/** Where the source says he is, when that is not an address: decided by policy under `field`. */
export const whereaboutsSchema = z.strictObject({
  field: fieldIdSchema,
  noFixedAbode: z.boolean().optional(),
  custody: z
    .strictObject({
      establishment: z.string().min(1).max(120),
      since: isoDateSchema.optional(),
      releaseDate: isoDateSchema.optional(),
      releaseConfirmed: z.boolean().optional(),
    })
    .optional(),
  /** The source holds him to have died: `on` where it says which day, `formal` false where only an informal notice came. */
  died: z.strictObject({ on: isoDateSchema.optional(), formal: z.boolean().optional() }).optional(),
});
export type Whereabouts = z.infer<typeof whereaboutsSchema>;

export const sourceRecordSchema = z.strictObject({
  /** Unique within a question: the source's own reference, prefixed by the agency, for example `police:URN-000123`. */
  recordId: z.string().min(1).max(120),
  agency: agencyIdSchema,
  /** The system that holds it; two records of one system are two people unless that system says merged. */
  system: z.string().min(1).max(60),
  role: recordRoleSchema.optional(),
  /** Record ids of the same system that this record replaces. */
  supersedes: z.array(z.string().min(1).max(120)).max(50).optional(),
  /** The source restricts this record: it may say so, and no more. */
  restricted: z.boolean().optional(),
  person: personSchema,
  /** His, as far as the source says. */
  contacts: z.array(contactPointSchema).max(60),
  /** Other people's, sealed at the adapter's boundary: the values themselves never enter the gateway (P3, P4). */
  othersContacts: z.array(sealedContactSchema).max(200).optional(),
  whereabouts: whereaboutsSchema.optional(),
  values: z.array(fieldValueSchema).max(100).optional(),
  /** Fields that the source holds back for this record (a mask, a removed element, a 403): withheld, not absent (P7). */
  withheldFields: z.array(fieldIdSchema).max(80).optional(),
  /** Fields asked for of which the source gave no answer, or not the whole: neither held, nor none, nor withheld (P7). */
  unansweredFields: z.array(fieldIdSchema).max(80).optional(),
  lastUpdated: isoDateSchema.optional(),
});
export type SourceRecord = z.infer<typeof sourceRecordSchema>;
