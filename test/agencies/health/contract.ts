import { z } from 'zod';

/**
 * The shapes that the simulator promises to serve, read from the service's published specification (Patient.yaml,
 * PatientSearch.yaml and what they refer to). Strict, unlike the adapter's reading: a simulator that serves what the
 * service would not, proves nothing.
 */

const date = z.iso.date();
const period = z.strictObject({ start: date, end: date.optional() });
const nhsNumber = z.string().regex(/^\d{10}$/);

const coding = (code: z.ZodType<string>) =>
  z.strictObject({
    system: z.url(),
    version: z.string().optional(),
    code,
    display: z.string().optional(),
  });

const addressKey = z.strictObject({
  url: z.literal('https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-AddressKey'),
  extension: z.tuple([
    z.strictObject({ url: z.literal('type'), valueCoding: coding(z.enum(['UPRN', 'PAF'])) }),
    z.strictObject({ url: z.literal('value'), valueString: z.string().regex(/^\d{1,12}$/) }),
  ]),
});

const address = z.strictObject({
  id: z.string(),
  use: z.enum(['home', 'temp', 'billing', 'work']),
  text: z.string().optional(),
  line: z.array(z.string().min(1)).max(5).optional(),
  postalCode: z.string().optional(),
  period: period.optional(),
  extension: z.array(addressKey).max(2).optional(),
});

const telecom = z.strictObject({
  id: z.string(),
  system: z.enum(['phone', 'fax', 'email', 'other']),
  value: z.string().min(1),
  use: z.enum(['home', 'work', 'temp', 'mobile']).optional(),
  period: period.optional(),
});

const emergencyContact = z.strictObject({
  id: z.string(),
  period: period.optional(),
  relationship: z.tuple([z.strictObject({ coding: z.tuple([coding(z.literal('C'))]) })]),
  telecom: z.array(z.strictObject({ system: z.enum(['phone', 'email']), value: z.string().min(1) })).min(1),
});

const deathStatus = z.strictObject({
  url: z.literal('https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DeathNotificationStatus'),
  extension: z.tuple([
    z.strictObject({
      url: z.literal('deathNotificationStatus'),
      valueCodeableConcept: z.strictObject({ coding: z.tuple([coding(z.enum(['1', '2', 'U']))]) }),
    }),
    z.strictObject({ url: z.literal('systemEffectiveDate'), valueDateTime: z.iso.datetime({ offset: true }) }),
  ]),
});

export const servedPatientSchema = z
  .strictObject({
    resourceType: z.literal('Patient'),
    id: nhsNumber,
    identifier: z.tuple([z.strictObject({ system: z.literal('https://fhir.nhs.uk/Id/nhs-number'), value: nhsNumber })]),
    meta: z.strictObject({ versionId: z.string(), security: z.tuple([coding(z.enum(['U', 'R', 'V']))]) }),
    name: z
      .array(
        z.strictObject({
          id: z.string(),
          use: z.enum(['usual', 'temp', 'nickname', 'old', 'maiden']),
          period: period.optional(),
          given: z.array(z.string().min(1).max(35)).max(5).optional(),
          family: z.string().min(1).max(35),
        }),
      )
      .min(1)
      .optional(),
    gender: z.enum(['male', 'female', 'other', 'unknown']).optional(),
    birthDate: date.optional(),
    deceasedDateTime: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\+00:00$/)
      .optional(),
    address: z.array(address).optional(),
    telecom: z.array(telecom).optional(),
    contact: z.array(emergencyContact).optional(),
    generalPractitioner: z
      .array(
        z.strictObject({
          id: z.string(),
          type: z.literal('Organization'),
          identifier: z.strictObject({
            system: z.literal('https://fhir.nhs.uk/Id/ods-organization-code'),
            value: z.string().regex(/^[0-9A-Z]+$/),
            period: period.optional(),
          }),
        }),
      )
      .max(1)
      .optional(),
    extension: z.array(deathStatus).optional(),
  })
  .refine(
    (patient) =>
      patient.meta.security[0].code === 'U' ||
      (patient.address ?? patient.telecom ?? patient.contact ?? patient.generalPractitioner) === undefined,
    'a restricted patient is served without anything that tells where he is',
  );
export type ServedPatient = z.infer<typeof servedPatientSchema>;

export const servedSearchsetSchema = z
  .strictObject({
    resourceType: z.literal('Bundle'),
    type: z.literal('searchset'),
    timestamp: z.iso.datetime({ offset: true }),
    total: z.number().int().min(0).max(1),
    entry: z
      .array(
        z.strictObject({
          fullUrl: z.url(),
          search: z.strictObject({ score: z.number().min(0).max(1) }),
          resource: servedPatientSchema,
        }),
      )
      .optional(),
  })
  .refine((bundle) => (bundle.entry ?? []).length === bundle.total, 'a bundle counts itself');
export type ServedSearchset = z.infer<typeof servedSearchsetSchema>;
