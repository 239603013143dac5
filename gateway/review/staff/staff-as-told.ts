import { z } from 'zod';
import { staffIdSchema } from '../../../schemas/case.ts';
import { agencyIdSchema, isoDateSchema, type AgencyId } from '../../../schemas/names.ts';
import type { SealedStaffMember } from '../../ports/staff-register.ts';
import type { LikenessDigests } from '../unusual/likeness.ts';
import type { StaffNames } from './staff-names.ts';

/**
 * A member of staff as the own agency tells of her, in clear. Surnames and postcode become keyed digests and the name is
 * sealed before anything else happens: nobody can read from the register where an officer lives (P8).
 */
export const staffAsToldSchema = z.strictObject({
  agency: agencyIdSchema,
  id: staffIdSchema,
  given: z.string().min(1).max(100),
  family: z.string().min(1).max(100),
  /** Names by which a subject or an old flame may know her: before a marriage, a middle name that is used. */
  formerFamilies: z.array(z.string().min(1).max(100)).max(10).optional(),
  /** The team's own name in the agency. */
  team: z.string().min(1).max(80),
  /** Days away, both included. */
  leave: z
    .array(z.strictObject({ from: isoDateSchema, to: isoDateSchema }).refine(({ from, to }) => from <= to))
    .max(200)
    .optional(),
  /** Of the home. */
  postcode: z.string().min(5).max(10).optional(),
});
export type StaffAsTold = z.infer<typeof staffAsToldSchema>;

/** What the register keeps of somebody who was told. */
export function sealStaff(
  told: StaffAsTold,
  { digests, names }: { readonly digests: LikenessDigests; readonly names: StaffNames },
): SealedStaffMember {
  const { agency, id: staffId, given, family, formerFamilies = [], team, leave = [], postcode } = told;
  return {
    ...{ agency, staffId, team, leave },
    nameDigest: digests.name(given, family),
    surnameDigests: [...new Set([family, ...formerFamilies].map((each) => digests.surname(each)))],
    ...(postcode === undefined ? {} : { homeDigest: digests.home(postcode) }),
    sealedName: names.seal(`${given} ${family}`, { agency, staffId }),
  };
}

/** Says of which agencies a list tells, and who is in it twice: a list takes the place of the one before. */
export function byAgency(told: readonly StaffAsTold[]): {
  readonly lists: ReadonlyMap<AgencyId, readonly StaffAsTold[]>;
  readonly twice: readonly string[];
} {
  const lists = new Map<AgencyId, StaffAsTold[]>();
  const seen = new Set<string>();
  const twice: string[] = [];
  for (const each of told) {
    const who = `${each.agency} ${each.id}`;
    if (seen.has(who)) twice.push(who);
    seen.add(who);
    lists.set(each.agency, [...(lists.get(each.agency) ?? []), each]);
  }
  return { lists, twice };
}
