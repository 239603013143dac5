import type { ContactComparison } from '../compare/contacts.ts';
import type { Finding } from './finding.ts';
import { mayBeOnePerson, pointsAtOnePerson, type PeopleComparison } from './people.ts';
import { HOUSEHOLD_CAP, roundBits } from './weights.ts';

const gain = (findings: readonly Finding[]): number =>
  findings.reduce((sum, finding) => sum + Math.max(0, finding.bits), 0);

/** The evidence that counts as one fact with the home, by how sure it is that this is not another of the household. */
function householdEvidence(compared: PeopleComparison, contacts: ContactComparison, residence: number): number {
  if (pointsAtOnePerson(compared)) return residence;
  const withSurname = residence + Math.max(0, compared.names?.surnameBits ?? 0);
  return mayBeOnePerson(compared) ? withSurname : withSurname + gain(contacts.personal);
}

/**
 * Takes back what household evidence gives beyond one address's worth: surname, address, landline, shared phone and
 * tenancy are one fact, that of living together. Where first name and birth date both agree, the surname counts by
 * itself. Where either is told apart, a mobile and an e-mail are household evidence too: couples, parents and sons
 * share those. Undefined where nothing is taken back.
 */
export function householdCap(compared: PeopleComparison, contacts: ContactComparison): Finding | undefined {
  const residence = Math.max(0, compared.homes?.finding.bits ?? 0) + gain(contacts.household);
  // A surname alone is no household evidence: the cap is on what it adds to a shared home or phone.
  if (residence + gain(contacts.personal) === 0) return undefined;
  const shared = householdEvidence(compared, contacts, residence);
  if (shared <= HOUSEHOLD_CAP) return undefined;
  return { comparison: 'household', rule: 'household-cap', bits: roundBits(HOUSEHOLD_CAP - shared) };
}
