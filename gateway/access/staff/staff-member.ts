import { z } from 'zod';
import { staffIdSchema } from '../../../schemas/case.ts';
import { agencyIdSchema, isoInstantSchema, roleSchema, type AgencyId, type Role } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { ProvenStaff } from '../../ports/identity-provider.ts';

/** A signed-in member of staff: who the provider proved, with what the agencies' configuration lets him be. */

export const staffMemberSchema = z.strictObject({
  staffId: staffIdSchema,
  name: z.string().min(1).max(120),
  agency: agencyIdSchema,
  /** Empty: signed in and sees nothing. */
  roles: z.array(roleSchema).max(10),
  provenAt: isoInstantSchema,
});
export type StaffMember = z.infer<typeof staffMemberSchema>;

/** For each agency, which role a group of its identity provider stands for. A group that is not here stands for none. */
export type RolesOfGroups = ReadonlyMap<AgencyId, ReadonlyMap<string, Role>>;

/**
 * Reads what the provider proved. An agency that is not configured gives nobody (`unknown-staff`), and so does a name or id
 * of no usable shape; a group that is not configured gives no role, so that a word invented at the provider opens nothing
 * (P2).
 */
export function readStaff(proven: ProvenStaff, rolesOfGroups: RolesOfGroups): Result<StaffMember, 'unknown-staff'> {
  const groups = rolesOfGroups.get(proven.agency);
  if (groups === undefined) return err('unknown-staff');
  const roles = new Set(proven.groups.map((group) => groups.get(group)).filter((role) => role !== undefined));
  const { staffId, name, agency, provenAt } = proven;
  const staff = staffMemberSchema.safeParse({ staffId, name, agency, roles: [...roles].sort(), provenAt });
  return staff.success ? ok(staff.data) : err('unknown-staff');
}
