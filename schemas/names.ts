import { z } from 'zod';

/**
 * The words that name things across the system. Each is a closed shape; which words exist is said by the agreements
 * (purposes, roles, fields) or by the register (agencies, cases), and a word that is not there is denied (P2).
 */

/** A registered agency or one of its systems: a lower-case word, for example `police` or `riverton-council`. */
export const agencyIdSchema = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
export type AgencyId = z.infer<typeof agencyIdSchema>;

/** The groups of requesters that agreements speak of (reference matrix columns POL PRO HOU HEA CHI VIC DAI). */
export const REQUESTER_GROUPS = [
  'police',
  'probation',
  'housing',
  'health',
  'childrens',
  'victim-services',
  'council',
] as const;
export const requesterGroupSchema = z.enum(REQUESTER_GROUPS);
export type RequesterGroup = z.infer<typeof requesterGroupSchema>;

/** A role, prefixed by its group's short name, for example `dai.daiw`. */
export const roleSchema = z.string().regex(/^[a-z]{2,5}\.[a-z_]{2,40}$/);
export type Role = z.infer<typeof roleSchema>;

/** A purpose code, for example `ENGAGE`. */
export const purposeSchema = z.string().regex(/^[A-Z][A-Z0-9]{1,15}$/);
export type Purpose = z.infer<typeof purposeSchema>;

/** A field of the catalogue, `owner-prefix.name`, for example `pol.phone`. */
export const fieldIdSchema = z.string().regex(/^[a-z]{3}\.[a-z0-9_]{2,40}$/);
export type FieldId = z.infer<typeof fieldIdSchema>;

/** A case reference of the partnership, for example `DAPG-2026-0042`. Never a person's name. */
export const caseRefSchema = z.string().regex(/^[A-Z]{2,8}-\d{4}-\d{4,6}$/);
export type CaseRef = z.infer<typeof caseRefSchema>;

/** A police force area or borough in which a power may be in force, for example `greater-manchester`. */
export const areaSchema = z
  .string()
  .regex(/^[a-z]+(?:-[a-z]+){0,5}$/)
  .max(40);

/** A calendar date, `YYYY-MM-DD`, that exists. */
export const isoDateSchema = z.iso.date();
export type IsoDate = z.infer<typeof isoDateSchema>;

/** A moment in UTC, `YYYY-MM-DDThh:mm:ss.sssZ`. */
export const isoInstantSchema = z.iso.datetime();
export type IsoInstant = z.infer<typeof isoInstantSchema>;

/** A birth date as far as it is known: day, month or year. */
export const partialDateSchema = z.union([
  isoDateSchema,
  z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
  z.string().regex(/^\d{4}$/),
]);
export type PartialDate = z.infer<typeof partialDateSchema>;
