import { z } from 'zod';

/**
 * What is read of the landlord's services, element by element; everything else in their answers is dropped by these
 * schemas before any code sees it: comments, reasons, names of staff and of the household. Lenient where the services
 * are (absent, null, empty), strict where a wrong reading would hurt.
 */

const text = z.string().max(1_000).nullish();
/** Ids are UUIDs but for those that were made by hand. */
const id = z.string().regex(/^[A-Za-z0-9-]{1,60}$/);

/** A document of the search index: `firstname`, where everything else says `firstName`. */
export const wireHitSchema = z.object({
  id,
  firstname: text,
  middleName: text,
  surname: text,
  preferredFirstname: text,
  preferredSurname: text,
  dateOfBirth: text,
});
export type WireHit = z.infer<typeof wireHitSchema>;

export const wireSearchSchema = z.object({
  results: z.object({ persons: z.array(wireHitSchema).max(500) }),
  total: z.number().int().nonnegative(),
});

const wireTenureOfPersonSchema = z.object({
  id,
  type: text,
  startDate: text,
  endDate: text,
  assetFullAddress: text,
  uprn: text,
  paymentReference: text,
  isActive: z.boolean().nullish(),
});
export type WireTenureOfPerson = z.infer<typeof wireTenureOfPersonSchema>;

export const wirePersonSchema = z.object({
  id,
  firstName: text,
  middleName: text,
  surname: text,
  preferredFirstName: text,
  preferredMiddleName: text,
  preferredSurname: text,
  dateOfBirth: text,
  dateOfDeath: text,
  personTypes: z.array(z.string().max(100)).max(50).nullish(),
  tenures: z.array(wireTenureOfPersonSchema).max(100).nullish(),
});
export type WirePerson = z.infer<typeof wirePersonSchema>;

const wireContactSchema = z.object({
  targetId: id,
  targetType: text,
  contactInformation: z.object({
    contactType: z.string().max(40),
    subType: text,
    value: text,
    description: text,
    addressExtended: z
      .object({
        uprn: text,
        isOverseasAddress: z.boolean().nullish(),
        overseasAddress: text,
        addressLine1: text,
        addressLine2: text,
        addressLine3: text,
        addressLine4: text,
        postCode: text,
      })
      .nullish(),
  }),
  recordValidUntil: text,
  isActive: z.boolean().nullish(),
  createdBy: z
    .object({
      createdAt: text,
      /** Whether a migration wrote the row: the name of a member of staff stays here. */
      fullName: z
        .string()
        .nullish()
        .transform((name) => /^import\b/i.test(name ?? '')),
    })
    .nullish(),
  lastModified: text,
});
export type WireContact = z.infer<typeof wireContactSchema>;

export const wireContactsSchema = z.object({ results: z.array(wireContactSchema).max(500) });

/** A household is read for one thing, whether somebody else lives there: no name of theirs passes. */
const wireMemberSchema = z.object({
  id: text,
  isResponsible: z.boolean().nullish(),
  dateOfBirth: text,
  personTenureType: text,
});
export type WireMember = z.infer<typeof wireMemberSchema>;

export const wireTenureSchema = z.object({
  id,
  /** Required: a household that is left out must never read as a home that is his alone. */
  householdMembers: z.array(wireMemberSchema).max(200),
  tenuredAsset: z.object({ fullAddress: text, uprn: text }).nullish(),
});
export type WireTenure = z.infer<typeof wireTenureSchema>;

/** Of an alert the code and its dates: description, reason and who wrote it are comments and stay behind. */
const wireAlertSchema = z.object({
  alertCode: text,
  startDate: text,
  endDate: text,
  isActive: z.boolean().nullish(),
  personId: text,
});

export const wireAlertsSchema = z.object({ personId: id, alerts: z.array(wireAlertSchema).max(200) });
export type WireAlerts = z.infer<typeof wireAlertsSchema>;
