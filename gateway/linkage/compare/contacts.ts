import type { StandardPerson } from '../standardise/standard-person.ts';
import type { Finding } from '../weigh/finding.ts';
import { OWN } from '../weigh/weights.ts';

export interface ContactComparison {
  /** Evidence of the person: a mobile or an e-mail that nobody else in the answer holds. */
  readonly personal: readonly Finding[];
  /** Evidence of the household only. */
  readonly household: readonly Finding[];
}

const NONE: ContactComparison = { personal: [], household: [] };

function comparePhones(a: StandardPerson, b: StandardPerson, othersToo: ReadonlySet<string>): ContactComparison {
  const shared = a.phones.flatMap((phone) => {
    const same = b.phones.find((other) => other.number === phone.number);
    return same === undefined ? [] : [phone.personal && same.personal && !othersToo.has(phone.number)];
  });
  if (shared.length === 0) return NONE;
  if (shared.includes(true)) {
    return { personal: [{ comparison: 'phone', rule: 'mobile-equal', bits: OWN['mobile-equal'] }], household: [] };
  }
  return { personal: [], household: [{ comparison: 'phone', rule: 'phone-shared', bits: OWN['phone-shared'] }] };
}

function compareEmails(a: StandardPerson, b: StandardPerson, othersToo: ReadonlySet<string>): readonly Finding[] {
  const shared = a.emails.some((email) => b.emails.includes(email) && !othersToo.has(email));
  return shared ? [{ comparison: 'email', rule: 'email-equal', bits: OWN['email-equal'] }] : [];
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
  const phones = comparePhones(a, b, othersToo);
  const tenancy = a.tenancies.some((reference) => b.tenancies.includes(reference));
  return {
    personal: [...phones.personal, ...compareEmails(a, b, othersToo)],
    household: tenancy
      ? [...phones.household, { comparison: 'household', rule: 'tenancy-equal', bits: OWN['tenancy-equal'] }]
      : phones.household,
  };
}
