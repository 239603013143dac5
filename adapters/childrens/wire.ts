import { z } from 'zod';

/**
 * What is read of the social-care service, element by element; everything else in its answers is dropped by these
 * schemas before any code sees it. One schema for the adult who is asked about; a far smaller one for everybody else,
 * through which no name, birth date, NHS number or school can pass (P3, P4).
 */

const text = z.string().max(1_000).nullish();
/** Ids are numbers in one answer and text in the next. */
const id = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,18}$/)]).transform(String);
/** Anything but a plain no restricts: "Y" is written by people. */
const restricted = z
  .string()
  .nullish()
  .transform((flag) => flag !== null && flag !== undefined && !/^(?:n|no|)$/i.test(flag.trim()));

const page = { nextCursor: z.string().max(40).nullish() };

/** An adult among the hits of a search. */
const wireAdultHitSchema = z.object({
  mosaicId: id,
  firstName: text,
  lastName: text,
  dateOfBirth: text,
  ageContext: text,
  restricted,
});
export type WireAdultHit = z.infer<typeof wireAdultHitSchema>;

export const wireAdultHitsSchema = z.object({ residents: z.array(wireAdultHitSchema).max(100), ...page });

/** A child among the hits of a search: the number of the record, and nothing of the child. */
export const wireChildHitsSchema = z.object({
  residents: z.array(z.object({ mosaicId: id, ageContext: text })).max(100),
  ...page,
});

const addressSchema = z.object({ address: text, postcode: text, uprn: z.union([z.number(), z.string()]).nullish() });
const reachable = {
  phoneNumbers: z
    .array(z.object({ number: text, type: text }))
    .max(100)
    .nullish(),
  emailAddress: text,
  emails: z
    .array(z.object({ email: text }))
    .max(50)
    .nullish(),
  address: addressSchema.nullish(),
};

/** The adult himself. */
export const wireAdultSchema = z.object({
  id,
  firstName: text,
  lastName: text,
  otherNames: z
    .array(z.object({ firstName: text, lastName: text }))
    .max(100)
    .nullish(),
  gender: text,
  dateOfBirth: text,
  dateOfDeath: text,
  contextFlag: text,
  restricted,
  allocatedTeam: text,
  lastUpdated: z
    .array(z.object({ updatedAt: text }))
    .max(100)
    .nullish(),
  ...reachable,
});
export type WireAdult = z.infer<typeof wireAdultSchema>;

/** Anybody else: only what has to be sealed. */
export const wireOtherSchema = z.object({ id, ...reachable });
export type WireOther = z.infer<typeof wireOtherSchema>;

/**
 * Relationships of the adult or of a child: who is what to whom, by number. Required elements: a list that is left out
 * must never read as a man without a family.
 */
export const wireRelationsSchema = z.object({
  personId: id,
  personalRelationships: z
    .array(
      z.object({
        type: text,
        relationships: z.array(z.object({ personId: id })).max(200),
      }),
    )
    .max(100),
});
export type WireRelations = z.infer<typeof wireRelationsSchema>;

/** The same of a child's record while he is looked for: names of adults, to see whether one is his. */
export const wireAdultsOfChildSchema = z.object({
  personId: id,
  personalRelationships: z
    .array(
      z.object({
        type: text,
        relationships: z.array(z.object({ personId: id, firstName: text, lastName: text })).max(200),
      }),
    )
    .max(100),
});

/** Status and dates of a child's case; its notes and answers stay behind. */
export const wireStatusesSchema = z.array(z.object({ type: text, startDate: text, endDate: text })).max(200);
export type WireStatus = z.infer<typeof wireStatusesSchema>[number];

/** Who works on a case: the name and address of the person whose case it is stay behind. */
const wireAllocationSchema = z.object({
  personId: id,
  allocatedWorker: text,
  allocatedWorkerTeam: text,
  allocationStartDate: text,
  allocationEndDate: text,
  caseStatus: text,
});
export type WireAllocation = z.infer<typeof wireAllocationSchema>;

export const wireAllocationsSchema = z.object({ allocations: z.array(wireAllocationSchema).max(500) });
