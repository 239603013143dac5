import { z } from 'zod';

/**
 * The answers of the landlord's services as the simulator serves them: its own, complete and strict, reading of the
 * contract. It shares nothing with the adapter, so that one misreading cannot confirm the other.
 */

const nullable = z.string().nullable();
const uuid = z.guid();

const searchTenureShape = z.strictObject({
  id: z.string(),
  type: z.string(),
  startDate: nullable,
  endDate: nullable,
  assetFullAddress: z.string(),
  postCode: nullable,
  paymentReference: nullable,
  isActive: z.boolean(),
});

export const hitShape = z.strictObject({
  id: z.string(),
  title: nullable,
  firstname: z.string(),
  middleName: nullable,
  surname: z.string(),
  preferredFirstname: nullable,
  preferredSurname: nullable,
  dateOfBirth: nullable,
  personTypes: z.array(z.string()),
  isPersonCautionaryAlerted: z.boolean(),
  isTenureCautionaryAlerted: z.boolean(),
  tenures: z.array(searchTenureShape),
});
export type ServedHit = z.infer<typeof hitShape>;

export const searchShape = z.strictObject({
  results: z.strictObject({ persons: z.array(hitShape) }),
  total: z.number().int().nonnegative(),
});

const personTenureShape = z.strictObject({
  id: z.string(),
  type: z.string(),
  startDate: nullable,
  endDate: nullable,
  assetFullAddress: z.string(),
  assetId: z.string(),
  uprn: z.string(),
  paymentReference: nullable,
  propertyReference: nullable,
  isActive: z.boolean(),
});
export type ServedTenure = z.infer<typeof personTenureShape>;

export const personShape = z.strictObject({
  id: uuid,
  title: nullable,
  preferredTitle: nullable,
  preferredFirstName: nullable,
  preferredMiddleName: nullable,
  preferredSurname: nullable,
  firstName: z.string(),
  middleName: nullable,
  surname: z.string(),
  placeOfBirth: nullable,
  dateOfBirth: nullable,
  dateOfDeath: nullable,
  isAMinor: z.boolean(),
  reason: nullable,
  personTypes: z.array(z.string()),
  links: z.array(z.strictObject({})),
  tenures: z.array(personTenureShape),
});
export type ServedPerson = z.infer<typeof personShape>;

export const SUB_TYPES = [
  'correspondenceAddress',
  'mobile',
  'home',
  'work',
  'other',
  'landline',
  'mainNumber',
  'emergencyContact',
  'carer',
  'wife',
  'husband',
  'spouse',
  'child',
  'sibling',
  'relative',
  'neighbour',
  'doctor',
  'socialWorker',
] as const;
export type SubType = (typeof SUB_TYPES)[number];

const contactShape = z.strictObject({
  id: uuid,
  targetId: uuid,
  targetType: z.enum(['person', 'organisation']),
  contactInformation: z.strictObject({
    contactType: z.enum(['phone', 'email', 'address']),
    subType: z.enum(SUB_TYPES).nullable(),
    value: z.string(),
    description: nullable,
    addressExtended: z
      .strictObject({
        uprn: nullable,
        isOverseasAddress: z.boolean(),
        overseasAddress: nullable,
        addressLine1: nullable,
        addressLine2: nullable,
        addressLine3: nullable,
        addressLine4: nullable,
        postCode: nullable,
      })
      .nullable(),
  }),
  sourceServiceArea: z.strictObject({ area: z.string(), isDefault: z.boolean() }).nullable(),
  recordValidUntil: nullable,
  isActive: z.boolean(),
  createdBy: z.strictObject({ createdAt: z.string(), fullName: z.string(), emailAddress: z.string() }),
  lastModified: nullable,
});
export type ServedContact = z.infer<typeof contactShape>;

export const contactsShape = z.strictObject({ results: z.array(contactShape).min(1) });

export const tenureShape = z.strictObject({
  id: z.string(),
  paymentReference: nullable,
  tenureType: z.strictObject({ code: z.string(), description: z.string() }),
  householdMembers: z.array(
    z.strictObject({
      id: z.string(),
      type: z.string(),
      fullName: z.string(),
      isResponsible: z.boolean(),
      dateOfBirth: z.string(),
      personTenureType: z.string(),
    }),
  ),
  tenuredAsset: z.strictObject({ id: z.string(), type: z.string(), fullAddress: z.string(), uprn: z.string() }),
  startOfTenureDate: z.string(),
  endOfTenureDate: nullable,
});
export type ServedTenureDetail = z.infer<typeof tenureShape>;

const alertShape = z.strictObject({
  alertId: z.string(),
  alertCode: z.string(),
  description: z.string(),
  reason: z.string(),
  assureReference: z.string(),
  personName: z.string(),
  personId: z.string(),
  startDate: z.string().regex(/^\d\d\/\d\d\/\d{4}$/),
  endDate: nullable,
  dateModified: z.string(),
  modifiedBy: z.string(),
  isActive: z.boolean(),
});
export type ServedAlert = z.infer<typeof alertShape>;

export const alertsShape = z.strictObject({ personId: z.string(), alerts: z.array(alertShape).min(1) });
