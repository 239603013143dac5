import { z } from 'zod';
import { staffIdSchema } from './case.ts';
import { agencyIdSchema, isoInstantSchema, roleSchema } from './names.ts';

/**
 * What entries of the access log are made of. Every member is a code, a reference, a number or a digest: there is no
 * member into which a name, a number that rings or an address would fit (P8).
 */

/** A SHA-256 or HMAC-SHA-256 in base64url without padding. */
export const digestSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Ids from agreements and the register: begin with a letter, and no run of digits is long enough to ring. */
export const entryIdSchema = z.string().regex(/^(?!.*\d{5})[A-Za-z][A-Za-z0-9._:/#-]{0,79}$/);

/** A word of a closed list that is kept elsewhere: a problem code, a reason to end something. */
export const entryCodeSchema = z.string().regex(/^[a-z][a-z-]{1,59}$/);

/** A label that its author chose (`v1.4.0`) or the hex SHA-256 of the bundle. */
export const policyVersionSchema = z.union([z.string().regex(/^[0-9a-f]{64}$/), entryIdSchema]);

/** The operations that section 62 of the Data Protection Act 2018 wants logged. */
export const LOGGED_OPERATIONS = [
  'collection',
  'alteration',
  'consultation',
  'disclosure',
  'combination',
  'erasure',
] as const;
export type LoggedOperation = (typeof LOGGED_OPERATIONS)[number];

/** Under which law the data are processed: Part 3 of the Data Protection Act 2018, or the UK GDPR with Part 2. */
export const REGIMES = ['part-3', 'uk-gdpr'] as const;
export const regimeSchema = z.enum(REGIMES);
export type Regime = z.infer<typeof regimeSchema>;

/**
 * On what a controller may rest its part of a disclosure: Article 6(1) of the UK GDPR by its letter, or the section of
 * Part 3 of the Data Protection Act 2018.
 */
export const LAWFUL_BASES = [
  'uk-gdpr-6-1-c', // legal obligation
  'uk-gdpr-6-1-d', // vital interests
  'uk-gdpr-6-1-e', // public task
  'uk-gdpr-6-1-ea', // recognised legitimate interests
  'dpa-2018-s35', // law-enforcement purpose
  'dpa-2018-s36-3', // another competent authority's law-enforcement purpose
  'dpa-2018-s36-4', // a purpose outside law enforcement, authorised by law
] as const;
export const lawfulBasisSchema = z.enum(LAWFUL_BASES);
export type LawfulBasis = z.infer<typeof lawfulBasisSchema>;

/** What every entry begins with. */
export const entryHeader = {
  /** The version of this shape; a reader of old entries needs it. */
  v: z.literal(1),
  /** When it happened, by the gateway's clock. When it was recorded is said by the log itself. */
  at: isoInstantSchema,
};

/** A member of staff of an agency, as far as it was proven. */
export const entryStaffSchema = z.strictObject({
  agency: agencyIdSchema,
  staffId: staffIdSchema,
  role: roleSchema.optional(),
  clientId: entryIdSchema.optional(),
  /** SHA-256 of the client certificate, base64url, as in RFC 8705 `x5t#S256`. */
  certificate: digestSchema.optional(),
  /** Names the session in which it was done, without being its key. */
  session: digestSchema.optional(),
});

/** Who did it: a member of staff, whoever runs the gateway's commands, or the gateway by itself. */
export const entryActorSchema = z.union([entryStaffSchema, z.literal('operator'), z.literal('gateway')]);
export type EntryActor = z.infer<typeof entryActorSchema>;
