import { z } from 'zod';

/**
 * The answers of the social-care service as the simulator serves them: its own, complete and strict, reading of the
 * contract. It shares nothing with the adapter, so that one misreading cannot confirm the other.
 */

const nullable = z.string().nullable();
const flag = z.enum(['Y', 'N']).nullable();
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/);

const summaryShape = z.strictObject({
  mosaicId: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  uprn: nullable,
  dateOfBirth: nullable,
  ageContext: nullable,
  gender: nullable,
  nationality: nullable,
  phoneNumber: z.array(z.strictObject({ phoneNumber: z.string(), phoneType: z.string() })).nullable(),
  addressList: z
    .array(
      z.strictObject({
        endDate: nullable,
        contactAddressFlag: nullable,
        displayAddressFlag: nullable,
        addressLine1: nullable,
        addressLine2: nullable,
        addressLine3: nullable,
        postCode: nullable,
      }),
    )
    .nullable(),
  nhsNumber: nullable,
  restricted: flag,
});
export type ServedSummary = z.infer<typeof summaryShape>;

export const listShape = z.strictObject({
  residents: z.array(summaryShape),
  nextCursor: nullable,
  totalCount: z.number().int(),
});

export const residentShape = z.strictObject({
  id: z.number().int(),
  title: nullable,
  firstName: z.string(),
  lastName: z.string(),
  otherNames: z.array(z.strictObject({ firstName: nullable, lastName: nullable })),
  gender: nullable,
  dateOfBirth: moment.nullable(),
  dateOfDeath: nullable,
  ethnicity: nullable,
  firstLanguage: nullable,
  interpreterNeeded: z.boolean().nullable(),
  nhsNumber: z.number().int().nullable(),
  emailAddress: nullable,
  emails: z.array(z.strictObject({ type: nullable, email: nullable })).nullable(),
  phoneNumbers: z.array(z.strictObject({ number: z.string().regex(/^[0-9]*$/), type: z.string() })),
  address: z.strictObject({ address: z.string(), uprn: z.number().int().nullable(), postcode: nullable }).nullable(),
  preferredMethodOfContact: nullable,
  gpDetails: z.null(),
  keyContacts: z.array(z.strictObject({ name: z.string(), email: z.string() })).nullable(),
  allocatedTeam: nullable,
  cautionaryAlert: z.boolean().nullable(),
  openCase: z.boolean().nullable(),
  contextFlag: z.enum(['A', 'C']),
  restricted: flag,
  createdBy: nullable,
  lastUpdated: z.array(z.strictObject({ type: z.string(), updatedAt: moment })).nullable(),
});
export type ServedResident = z.infer<typeof residentShape>;

export const relationshipsShape = z.strictObject({
  personId: z.number().int(),
  personalRelationships: z.array(
    z.strictObject({
      type: z.string(),
      relationships: z.array(
        z.strictObject({
          id: z.number().int(),
          personId: z.number().int(),
          firstName: z.string(),
          lastName: z.string(),
          gender: z.string(),
          isMainCarer: z.string(),
          isInformalCarer: z.string(),
          details: nullable,
        }),
      ),
    }),
  ),
});
export type ServedRelationships = z.infer<typeof relationshipsShape>;

/** Not in the derived document: as the same service's public source describes it (README of the adapter). */
export const statusesShape = z.array(
  z.strictObject({
    id: z.number().int(),
    type: z.enum(['CIN', 'CP', 'LAC', 'S47']),
    startDate: moment,
    endDate: moment.nullable(),
    notes: nullable,
    answers: z.array(z.strictObject({ option: z.string(), value: z.string() })),
  }),
);

/** Not in the derived document either. */
export const allocationsShape = z.strictObject({
  allocations: z.array(
    z.strictObject({
      id: z.number().int(),
      personId: z.number().int(),
      personName: z.string(),
      personAddress: nullable,
      personDateOfBirth: moment.nullable(),
      allocatedWorker: nullable,
      workerType: nullable,
      allocatedWorkerTeam: nullable,
      allocatedWorkerTeamId: z.number().int().nullable(),
      allocationStartDate: moment.nullable(),
      allocationEndDate: moment.nullable(),
      caseStatus: z.string(),
    }),
  ),
  nextCursor: nullable,
  totalCount: z.number().int(),
});

export const warningNotesShape = z.strictObject({
  warningNotes: z.array(
    z.strictObject({
      id: z.number().int(),
      personId: z.number().int(),
      noteType: z.string(),
      status: z.string(),
      startDate: nullable,
      endDate: nullable,
      reviewDate: nullable,
      nextReviewDate: nullable,
      disclosedWithIndividual: z.boolean(),
      disclosedDetails: nullable,
      disclosedDate: nullable,
      disclosedHow: nullable,
      notes: nullable,
      warningNarrative: nullable,
      managerName: nullable,
      discussedWithManagerDate: nullable,
      createdBy: z.string(),
    }),
  ),
});
