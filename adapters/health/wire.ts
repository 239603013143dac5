import { z } from 'zod';
import { isoDateSchema, partialDateSchema } from '../../schemas/names.ts';

/**
 * What is taken from the service's answers (FHIR R4 as the Personal Demographics Service publishes it) and nothing
 * else: unknown members are dropped here, members that are read must have their published shape. All arrays and texts
 * have a limit, because the other side may lie (P11).
 */

const text = (max: number) => z.string().max(max);

/** FHIR allows a year or a month where a day is not known; the period is then as long as that allows. */
const firstDaySchema = z
  .union([isoDateSchema, z.string().regex(/^\d{4}(?:-\d{2})?$/)])
  .transform((value) => (value.length === 10 ? value : value.length === 7 ? `${value}-01` : `${value}-01-01`))
  .pipe(isoDateSchema);
const lastDaySchema = z
  .union([isoDateSchema, z.string().regex(/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/)])
  .transform((value) => (value.length === 10 ? value : lastDayOf(value)))
  .pipe(isoDateSchema);

function lastDayOf(value: string): string {
  if (value.length === 4) return `${value}-12-31`;
  const [year, month] = value.split('-').map(Number);
  return new Date(Date.UTC(year ?? 0, month ?? 1, 0)).toISOString().slice(0, 10);
}

/** The day of a FHIR date or date-time. */
const dayOnly = (value: unknown): unknown =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? value.slice(0, 10) : value;

const periodSchema = z.object({
  start: z.preprocess(dayOnly, firstDaySchema.optional()),
  end: z.preprocess(dayOnly, lastDaySchema.optional()),
});
export type WirePeriod = z.infer<typeof periodSchema>;

const codingSchema = z.object({ code: text(60).optional() });
const conceptSchema = z.object({ coding: z.array(codingSchema).max(10).optional() });

const innerExtensionSchema = z.object({
  url: text(200),
  valueString: text(200).optional(),
  valueCoding: codingSchema.optional(),
  valueCodeableConcept: conceptSchema.optional(),
});
/** Two levels deep and no more: a recursive shape could be nested until the stack ends. */
const extensionSchema = z.object({ url: text(200), extension: z.array(innerExtensionSchema).max(20).optional() });
export type WireExtension = z.infer<typeof extensionSchema>;

const telecomSchema = z.object({
  system: z.enum(['phone', 'fax', 'email', 'other', 'pager', 'url', 'sms']),
  value: text(254),
  use: z.enum(['home', 'work', 'temp', 'mobile', 'old']).optional(),
  period: periodSchema.optional(),
});
export type WireTelecom = z.infer<typeof telecomSchema>;

const addressSchema = z.object({
  use: z.enum(['home', 'work', 'temp', 'billing', 'old']),
  line: z.array(text(100)).max(8).optional(),
  postalCode: text(12).optional(),
  period: periodSchema.optional(),
  extension: z.array(extensionSchema).max(10).optional(),
});
export type WireAddress = z.infer<typeof addressSchema>;

const nameSchema = z.object({
  use: z.enum(['usual', 'temp', 'nickname', 'old', 'maiden', 'official', 'anonymous']),
  given: z.array(text(100)).max(10).optional(),
  family: text(100).optional(),
  period: periodSchema.optional(),
});
export type WireName = z.infer<typeof nameSchema>;

/** Somebody else, to be called in an emergency: read only so that it can be sealed (P4). */
const emergencyContactSchema = z.object({
  relationship: z.array(conceptSchema).max(5).optional(),
  telecom: z
    .array(z.object({ system: text(20).optional(), value: text(254).optional() }))
    .max(10)
    .optional(),
});
export type WireEmergencyContact = z.infer<typeof emergencyContactSchema>;

const practiceSchema = z.object({
  identifier: z.object({ value: text(20), period: periodSchema.optional() }),
});

export const patientSchema = z.object({
  resourceType: z.literal('Patient'),
  id: z.string().regex(/^\d{10}$/),
  identifier: z
    .array(z.object({ system: text(200).optional(), value: text(60) }))
    .max(5)
    .optional(),
  meta: z.object({ security: z.array(codingSchema).max(5).optional() }).optional(),
  name: z.array(nameSchema).max(20).optional(),
  gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
  birthDate: partialDateSchema.optional(),
  deceasedDateTime: text(40).optional(),
  deceasedBoolean: z.boolean().optional(),
  address: z.array(addressSchema).max(20).optional(),
  telecom: z.array(telecomSchema).max(20).optional(),
  contact: z.array(emergencyContactSchema).max(20).optional(),
  generalPractitioner: z.array(practiceSchema).max(5).optional(),
  extension: z.array(extensionSchema).max(30).optional(),
});
export type WirePatient = z.infer<typeof patientSchema>;

export const searchsetSchema = z.object({
  resourceType: z.literal('Bundle'),
  type: z.literal('searchset'),
  /** Required: a bundle that does not count itself does not say that nobody is held (P7). */
  total: z.number().int().min(0),
  entry: z
    .array(z.object({ resource: patientSchema }))
    .max(50)
    .optional(),
});

const outcomeSchema = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z
    .array(z.object({ details: conceptSchema.optional() }))
    .min(1)
    .max(20),
});

/** The Spine error codes of an OperationOutcome, or none where the answer is something else. */
export function spineCodes(json: unknown): readonly string[] {
  const outcome = outcomeSchema.safeParse(json);
  if (!outcome.success) return [];
  return outcome.data.issue.flatMap((issue) => (issue.details?.coding ?? []).flatMap(({ code }) => code ?? []));
}
