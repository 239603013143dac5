import { z } from 'zod';
import { isoDateSchema } from '../../../schemas/names.ts';

/**
 * The answers of the HMPPS External API as the simulator serves them: its own, complete and strict, reading of the
 * contract. It shares nothing with the adapter, so that one misreading cannot confirm the other.
 */

const maskable = z.string().min(1);
const nullable = maskable.nullable();
const dateOrNull = isoDateSchema.nullable();

const aliasShape = z.strictObject({
  firstName: maskable,
  lastName: maskable,
  middleName: nullable,
  dateOfBirth: dateOrNull,
  gender: nullable.optional(),
  ethnicity: nullable.optional(),
});

/** `gender`, `ethnicity` and `contactDetails` are removed for limited access offenders. */
export const personShape = z.strictObject({
  underActiveSupervision: z.boolean().optional(),
  firstName: maskable,
  lastName: maskable,
  middleName: nullable,
  dateOfBirth: dateOrNull,
  gender: nullable.optional(),
  ethnicity: nullable.optional(),
  aliases: z.array(aliasShape),
  identifiers: z.strictObject({ nomisNumber: nullable, croNumber: nullable, deliusCrn: nullable }),
  pncId: nullable,
  hmppsId: nullable,
  contactDetails: z
    .strictObject({
      phoneNumbers: z.array(z.strictObject({ number: maskable, type: z.string() })),
      emails: z.array(maskable),
    })
    .nullable()
    .optional(),
  currentRestriction: z.boolean().nullable(),
  restrictionMessage: z.string().nullable(),
  currentExclusion: z.boolean().nullable(),
  exclusionMessage: z.string().nullable(),
});
export type ServedPerson = z.infer<typeof personShape>;

export const searchShape = z.strictObject({
  data: z.array(personShape),
  pagination: z.strictObject({
    isLastPage: z.boolean(),
    count: z.number().int(),
    page: z.literal(1),
    perPage: z.number().int().min(1).max(100),
    totalCount: z.number().int(),
    totalPages: z.number().int(),
  }),
});

export const personAnswerShape = z.strictObject({
  data: z.strictObject({
    prisonerOffenderSearch: personShape.optional(),
    probationOffenderSearch: personShape.optional(),
  }),
});

export const addressesShape = z.strictObject({
  data: z.array(
    z.strictObject({
      country: nullable,
      county: nullable,
      endDate: dateOrNull,
      locality: nullable,
      name: nullable,
      noFixedAddress: z.boolean(),
      number: nullable,
      postcode: nullable,
      startDate: dateOrNull,
      street: nullable,
      town: nullable,
      types: z.array(z.strictObject({ code: z.string(), description: z.string() })),
      notes: nullable,
    }),
  ),
});
export type ServedAddress = z.infer<typeof addressesShape>['data'][number];

export const baseLocationShape = z.strictObject({
  data: z.strictObject({
    inPrison: z.boolean(),
    prisonId: z.string().optional(),
    lastPrisonId: z.string(),
    lastMovementType: z.enum(['Admission', 'Release', 'Transfers', 'Court', 'Temporary Absence']),
    receptionDate: isoDateSchema.optional(),
  }),
});

export const keyDatesShape = z.strictObject({
  data: z.strictObject({
    release: z.strictObject({ date: isoDateSchema.optional(), confirmedDate: isoDateSchema.optional() }).optional(),
    sentence: z.strictObject({ startDate: isoDateSchema }).optional(),
  }),
});

export const mappaShape = z.strictObject({
  data: z.strictObject({
    level: z.number().int().min(0).max(3),
    levelDescription: z.string(),
    category: z.number().int().min(0).max(4),
    categoryDescription: z.string(),
    startDate: isoDateSchema,
    reviewDate: isoDateSchema,
    notes: z.string(),
  }),
});

export const officerShape = z.strictObject({
  data: z.strictObject({
    prisonOffenderManager: z
      .strictObject({ forename: z.string(), surname: z.string(), prison: z.strictObject({ code: z.string() }) })
      .optional(),
    communityOffenderManager: z.strictObject({
      name: z.strictObject({ forename: z.string(), surname: z.string() }),
      email: z.string().nullable(),
      telephoneNumber: z.string().nullable(),
      team: z.strictObject({
        code: z.string(),
        description: z.string(),
        email: z.string().nullable(),
        telephoneNumber: z.string().nullable(),
      }),
    }),
  }),
});

export const licencesShape = z.strictObject({
  data: z.strictObject({
    hmppsId: z.string(),
    offenderNumber: z.string().nullable(),
    licences: z.array(
      z.strictObject({
        status: z.enum([
          'IN_PROGRESS',
          'SUBMITTED',
          'APPROVED',
          'ACTIVE',
          'VARIATION_IN_PROGRESS',
          'VARIATION_SUBMITTED',
          'VARIATION_APPROVED',
          'VARIATION_REJECTED',
        ]),
        typeCode: z.enum(['AP', 'PSS', 'AP_PSS']),
        createdDate: z.string(),
        approvedDate: z.string(),
        updatedDate: z.string(),
        conditions: z.array(
          z.strictObject({
            type: z.string(),
            code: z.string().nullable(),
            category: z.string().nullable(),
            condition: z.string(),
          }),
        ),
      }),
    ),
  }),
});

export const errorShape = z.strictObject({
  status: z.number().int(),
  errorCode: z.number().int().nullable(),
  userMessage: z.string(),
  developerMessage: z.string(),
  moreInfo: z.string().nullable(),
});
