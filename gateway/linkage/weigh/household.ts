import type { ContactComparison } from '../compare/contacts.ts';
import type { Finding } from './finding.ts';
import { pointsAtOnePerson, type PeopleComparison } from './people.ts';
import { HOUSEHOLD_CAP, roundBits } from './weights.ts';

const gain = (findings: readonly Finding[]): number =>
  findings.reduce((sum, finding) => sum + Math.max(0, finding.bits), 0);

/**
 * Takes back what household evidence gives beyond one address's worth: surname, address, landline, shared phone and
 * tenancy are one fact, that of living together. Where first name and birth date do not both agree, a mobile and an
 * e-mail count among them too: couples, parents and sons share those. Undefined where nothing is taken back.
 */
export function householdCap(compared: PeopleComparison, contacts: ContactComparison): Finding | undefined {
  const home = Math.max(0, compared.homes?.finding.bits ?? 0);
  const residence = home + gain(contacts.household);
  const shared = pointsAtOnePerson(compared)
    ? residence
    : residence + Math.max(0, compared.names?.surnameBits ?? 0) + gain(contacts.personal);
  // A surname alone is no household evidence: the cap is on what it adds to a shared home or phone.
  if (residence + gain(contacts.personal) === 0 || shared <= HOUSEHOLD_CAP) return undefined;
  return { comparison: 'household', rule: 'household-cap', bits: roundBits(HOUSEHOLD_CAP - shared) };
}
