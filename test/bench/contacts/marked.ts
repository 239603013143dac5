import { readContact } from '../../../gateway/contacts/normalise.ts';
import type { ContactKind } from '../../../schemas/contact-point.ts';
import type { Question } from '../../population/questions.ts';
import { PROTECTED } from './protected.ts';

/**
 * Every value of a question that may never come out as his, worked out from the truth and not from the code that is
 * measured: `kind key`. A number or mailbox is marked where the case protects it, a source labels it as another's or a
 * record of another person holds it; an address where the case protects it or a protected person's record holds it.
 */
export function markedAsOthers({ records, protectedContacts, truth }: Question): ReadonlySet<string> {
  const marked = new Set<string>();
  const mark = (kind: ContactKind, value: string): void => {
    for (const { key } of readContact(kind, value).contacts) marked.add(`${kind} ${key}`);
  };
  for (const { kind, value } of protectedContacts) mark(kind, value);
  for (const { recordId, person, contacts } of records) {
    const who = truth.relationOf.get(recordId);
    const isHis = who === 'himself';
    const isProtected = who !== undefined && PROTECTED.has(who);
    for (const { kind, value, recordedAs = 'self' } of contacts) {
      const labelled = !['self', 'unknown', 'work', 'hostel'].includes(recordedAs);
      if (labelled || (!isHis && (kind !== 'address' || isProtected))) mark(kind, value);
    }
    if (isHis) continue;
    for (const phone of person.phones ?? []) mark('phone', phone);
    for (const email of person.emails ?? []) mark('email', email);
    if (!isProtected) continue;
    for (const { lines = [], postcode } of person.addresses ?? [])
      mark('address', [...lines, postcode ?? ''].join(', '));
  }
  return marked;
}
