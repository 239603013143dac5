import type { AgencyId } from '../../../schemas/names.ts';
import { ok, type Result } from '../../../schemas/result.ts';
import type { StaffRegister } from '../../ports/staff-register.ts';
import type { StaffOfAgency } from '../index/query.ts';
import type { StaffNames } from './staff-names.ts';

/** What review asks of the staff register. A register that does not answer is never read as nobody (P7). */
export interface KnownStaff {
  /** Everybody whose name contains a text, however it is written. */
  named(contains: string): Promise<Result<readonly StaffOfAgency[], 'register-unavailable'>>;
  /** The name for people; undefined where her agency's list does not have her. */
  nameOf(agency: AgencyId, staffId: string): Promise<Result<string | undefined, 'register-unavailable'>>;
  /** The team as the agency tells it now; undefined where its list does not have her. */
  teamOf(agency: AgencyId, staffId: string): Promise<Result<string | undefined, 'register-unavailable'>>;
}

export function knownStaff(register: Pick<StaffRegister, 'all' | 'find'>, names: StaffNames): KnownStaff {
  return {
    named: async (contains) => {
      const wanted = folded(contains);
      if (wanted === '') return ok([]);
      const all = await register.all();
      if (!all.ok) return all;
      return ok(
        all.value.flatMap(({ agency, staffId, sealedName }) => {
          const name = names.open(sealedName, { agency, staffId });
          return name !== undefined && folded(name).includes(wanted) ? [{ agency, staffId }] : [];
        }),
      );
    },
    nameOf: async (agency, staffId) => {
      const found = await register.find(agency, staffId);
      if (!found.ok || found.value === undefined) return found.ok ? ok(undefined) : found;
      return ok(names.open(found.value.sealedName, { agency, staffId }));
    },
    teamOf: async (agency, staffId) => {
      const found = await register.find(agency, staffId);
      return found.ok ? ok(found.value?.team) : found;
    },
  };
}

/** Without accents, case and marks, as names are compared everywhere here. */
const folded = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
