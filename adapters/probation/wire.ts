import { z } from 'zod';
import { isoDateSchema } from '../../schemas/names.ts';
import { MASK } from './masked.ts';
import { whoseByNote } from './whose.ts';

/**
 * What is read of the HMPPS External API, element by element; everything else in its answers is dropped by these
 * schemas before any code sees it. Elements are lenient where the service is (absent, null, masked) and strict where a
 * wrong reading would hurt: an end date that cannot be read must not turn an old address into a current one.
 */

const text = z.string().max(1_000).nullish();
const date = z.union([isoDateSchema, z.literal(MASK)]).nullish();
/** Some elements are dates in one release of the service and moments in the next. */
const dateOrMoment = z.string().max(40).nullish();

const phoneSchema = z.object({ number: text, type: text });

const aliasSchema = z.object({ firstName: text, middleName: text, lastName: text, dateOfBirth: date });

/** One half of a person: the probation register's or the prison register's. */
export const wirePersonSchema = z.object({
  firstName: text,
  middleName: text,
  lastName: text,
  dateOfBirth: date,
  gender: text,
  aliases: z.array(aliasSchema).max(200).nullish(),
  identifiers: z.object({ nomisNumber: text, croNumber: text, deliusCrn: text }).nullish(),
  pncId: text,
  hmppsId: text,
  /** Absent where the service removed it; null where it holds none. */
  contactDetails: z
    .object({ phoneNumbers: z.array(phoneSchema).max(100).nullish(), emails: z.array(z.string()).max(100).nullish() })
    .nullish(),
  currentRestriction: z.boolean().nullish(),
  currentExclusion: z.boolean().nullish(),
});
export type WirePerson = z.infer<typeof wirePersonSchema>;

export const wireSearchSchema = z.object({
  data: z.array(wirePersonSchema).max(100),
  pagination: z.object({ isLastPage: z.boolean(), totalCount: z.number().int().nonnegative() }).partial().nullish(),
});

export const wirePersonAnswerSchema = z.object({
  data: z.object({
    prisonerOffenderSearch: wirePersonSchema.nullish(),
    probationOffenderSearch: wirePersonSchema.nullish(),
  }),
});

const wireAddressSchema = z.object({
  name: text,
  number: text,
  street: text,
  locality: text,
  town: text,
  county: text,
  postcode: text,
  startDate: date,
  endDate: date,
  noFixedAddress: z.boolean().nullish(),
  types: z
    .array(z.object({ code: text, description: text }))
    .max(50)
    .nullish(),
  /** The note itself stays here: all that passes is whether it says that the address is another person's. */
  notes: z.string().nullish().transform(whoseByNote),
});
export type WireAddress = z.infer<typeof wireAddressSchema>;

export const wireAddressesSchema = z.object({ data: z.array(wireAddressSchema).max(500) });

export const wireBaseLocationSchema = z.object({
  data: z.object({
    inPrison: z.boolean().nullish(),
    prisonId: text,
    lastPrisonId: text,
    lastMovementType: text,
    receptionDate: date,
  }),
});
export type WireBaseLocation = z.infer<typeof wireBaseLocationSchema>['data'];

const overridable = z.object({ date, overrideDate: date, calculatedDate: date }).nullish();

export const wireKeyDatesSchema = z.object({
  data: z.object({
    release: z.object({ date, confirmedDate: date }).nullish(),
    homeDetentionCurfew: z.object({ actualDate: date }).nullish(),
    licenceExpiry: overridable,
    topupSupervision: z.object({ expiryDate: date, expiryOverrideDate: date }).nullish(),
    releaseOnTemporaryLicenceDate: date,
  }),
});
export type WireKeyDates = z.infer<typeof wireKeyDatesSchema>['data'];

const numberOrMask = z.union([z.number(), z.literal(MASK)]).nullish();

export const wireMappaSchema = z.object({
  data: z.object({ level: numberOrMask, category: numberOrMask, startDate: dateOrMoment }),
});
export type WireMappa = z.infer<typeof wireMappaSchema>['data'];

export const wireOfficerSchema = z.object({
  data: z.object({
    prisonOffenderManager: z
      .object({ forename: text, surname: text, prison: z.object({ code: text }).nullish() })
      .nullish(),
    communityOffenderManager: z
      .object({
        name: z.object({ forename: text, surname: text }).nullish(),
        email: text,
        telephoneNumber: text,
        team: z.object({ description: text, email: text, telephoneNumber: text }).nullish(),
      })
      .nullish(),
  }),
});
export type WireOfficer = z.infer<typeof wireOfficerSchema>['data'];

export const wireLicencesSchema = z.object({
  data: z.object({
    hmppsId: text,
    licences: z
      .array(
        z.object({
          status: text,
          typeCode: text,
          approvedDate: dateOrMoment,
          conditions: z
            .array(z.object({ type: text, category: text, condition: z.string().max(20_000).nullish() }))
            .max(200)
            .nullish(),
        }),
      )
      .max(100)
      .nullish(),
  }),
});
export type WireLicences = z.infer<typeof wireLicencesSchema>['data'];

/** The error envelope of the contract; answers of proxies and of the platform before it look otherwise. */
export const wireErrorSchema = z.object({ status: z.number(), userMessage: text, developerMessage: text });
