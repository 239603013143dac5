import { isProtectedRole } from './barriers.ts';
import type { Candidate } from './candidates.ts';
import { compareContacts } from './compare/contacts.ts';
import { compareHomes } from './compare/homes.ts';

const NOBODY: ReadonlySet<string> = new Set();

/** One house, or a number that one person or family carries: not a street, a landline desk or a hostel. */
const shareHouseOrPhone = (a: Candidate, b: Candidate): boolean =>
  a.versions.every(({ person: one }) =>
    b.versions.every(({ person: other }) => {
      const { personal, familyMobile } = compareContacts(one, other, NOBODY);
      return compareHomes(one.homes, other.homes)?.sameHouse === true || personal.length > 0 || familyMobile;
    }),
  );

/**
 * Whether a record knows of a protected person of the case: it holds one of her contact points itself, or shares a house
 * or a number with a record that does and that its source calls a victim's, partner's or child's. A victim's record
 * that holds nothing of the case may be a namesake's victim's, so it does not count. Each candidate is looked at once.
 */
export function findWhoKnowsProtected(
  candidates: readonly Candidate[],
  holdsProtected: (id: string) => boolean,
): (candidate: Candidate) => boolean {
  const known = new Map<string, boolean>();
  const holds = (candidate: Candidate): boolean => {
    const before = known.get(candidate.id);
    const found = before ?? holdsProtected(candidate.id);
    known.set(candidate.id, found);
    return found;
  };
  return (candidate) =>
    !candidate.isSubject &&
    (holds(candidate) ||
      candidates.some((other) => isProtectedRole(other) && shareHouseOrPhone(candidate, other) && holds(other)));
}
