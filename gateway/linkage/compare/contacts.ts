import type { StandardPerson } from '../standardise/standard-person.ts';
import type { Finding } from '../weigh/finding.ts';
import { OWN } from '../weigh/weights.ts';

export interface ContactComparison {
  /** Evidence of the person: a mobile or an e-mail that nobody else in the answer holds. */
  readonly personal: readonly Finding[];
  /** Evidence of the household only. */
  readonly household: readonly Finding[];
  /** A mobile of the family in common: his own, or one that a record calls his relative's. */
  readonly familyMobile: boolean;
}

const MOBILE: Finding = { comparison: 'phone', rule: 'mobile-equal', bits: OWN['mobile-equal'] };
const SHARED_PHONE: Finding = { comparison: 'phone', rule: 'phone-shared', bits: OWN['phone-shared'] };
const EMAIL: Finding = { comparison: 'email', rule: 'email-equal', bits: OWN['email-equal'] };
const TENANCY: Finding = { comparison: 'household', rule: 'tenancy-equal', bits: OWN['tenancy-equal'] };

export const NO_CONTACTS: ContactComparison = { personal: [], household: [], familyMobile: false };

type PhoneLikeness = 'personal' | 'family' | 'institution';

const RANK: Readonly<Record<PhoneLikeness, number>> = { personal: 2, family: 1, institution: 0 };

function compareOwnPhones(
  a: StandardPerson,
  b: StandardPerson,
  othersToo: ReadonlySet<string>,
): PhoneLikeness | undefined {
  let found: PhoneLikeness | undefined;
  for (const phone of a.phones) {
    for (const other of b.phones) {
      if (other.number !== phone.number) continue;
      const mobile = phone.personal && other.personal;
      const likeness = !mobile ? 'institution' : othersToo.has(phone.number) ? 'family' : 'personal';
      if (found === undefined || RANK[likeness] > RANK[found]) found = likeness;
    }
  }
  return found;
}

/** Whether a number of the one, own or of a relative, is called a relative's by the other. */
function shareRelative(a: StandardPerson, b: StandardPerson): boolean {
  for (const number of a.relativesPhones) if (b.relativesPhones.includes(number) || holds(b, number)) return true;
  for (const number of b.relativesPhones) if (holds(a, number)) return true;
  return false;
}

function holds(person: StandardPerson, number: string): boolean {
  for (const phone of person.phones) if (phone.personal && phone.number === number) return true;
  return false;
}

function shareEmail(a: StandardPerson, b: StandardPerson, othersToo: ReadonlySet<string>): boolean {
  for (const email of a.emails) if (b.emails.includes(email) && !othersToo.has(email)) return true;
  return false;
}

function shareTenancy(a: StandardPerson, b: StandardPerson): boolean {
  for (const reference of a.tenancies) if (b.tenancies.includes(reference)) return true;
  return false;
}

/**
 * Compares phones, e-mails and tenancies. `othersToo` holds the values that another person in the same answer holds
 * too, or that a source calls another's: such a number says that two people know each other, not that they are one.
 */
export function compareContacts(
  a: StandardPerson,
  b: StandardPerson,
  othersToo: ReadonlySet<string>,
): ContactComparison {
  const own = compareOwnPhones(a, b, othersToo);
  const phone = own === undefined || own === 'institution' ? (shareRelative(a, b) ? 'family' : own) : own;
  const sameEmail = shareEmail(a, b, othersToo);
  const sameTenancy = shareTenancy(a, b);
  if (phone === undefined && !sameEmail && !sameTenancy) return NO_CONTACTS;
  return {
    personal: [...(phone === 'personal' ? [MOBILE] : []), ...(sameEmail ? [EMAIL] : [])],
    household: [
      ...(phone === 'family' || phone === 'institution' ? [SHARED_PHONE] : []),
      ...(sameTenancy ? [TENANCY] : []),
    ],
    familyMobile: phone === 'family',
  };
}
