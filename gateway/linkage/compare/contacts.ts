import type { StandardPerson } from '../standardise/standard-person.ts';
import type { Finding } from '../weigh/finding.ts';
import { OWN } from '../weigh/weights.ts';

export interface ContactComparison {
  /** Evidence of the person: a mobile or an e-mail that nobody else in the answer holds. */
  readonly personal: readonly Finding[];
  /** Evidence of the household only. */
  readonly household: readonly Finding[];
}

const MOBILE: Finding = { comparison: 'phone', rule: 'mobile-equal', bits: OWN['mobile-equal'] };
const SHARED_PHONE: Finding = { comparison: 'phone', rule: 'phone-shared', bits: OWN['phone-shared'] };
const EMAIL: Finding = { comparison: 'email', rule: 'email-equal', bits: OWN['email-equal'] };
const TENANCY: Finding = { comparison: 'household', rule: 'tenancy-equal', bits: OWN['tenancy-equal'] };

const NONE: ContactComparison = { personal: [], household: [] };

function comparePhones(
  a: StandardPerson,
  b: StandardPerson,
  othersToo: ReadonlySet<string>,
): 'personal' | 'household' | undefined {
  let found: 'household' | undefined;
  for (const phone of a.phones) {
    for (const other of b.phones) {
      if (other.number !== phone.number) continue;
      if (phone.personal && other.personal && !othersToo.has(phone.number)) return 'personal';
      found = 'household';
    }
  }
  return found;
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
  const phone = comparePhones(a, b, othersToo);
  const sameEmail = a.emails.some((email) => b.emails.includes(email) && !othersToo.has(email));
  const sameTenancy = a.tenancies.some((reference) => b.tenancies.includes(reference));
  if (phone === undefined && !sameEmail && !sameTenancy) return NONE;
  return {
    personal: [...(phone === 'personal' ? [MOBILE] : []), ...(sameEmail ? [EMAIL] : [])],
    household: [...(phone === 'household' ? [SHARED_PHONE] : []), ...(sameTenancy ? [TENANCY] : [])],
  };
}
