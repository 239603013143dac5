import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';

/** Synthetic people and records for the promises about linkage. Numbers are from the ranges reserved for drama. */

export const AS_OF = '2026-11-22';

/** A man of whom the case register knows what it usually knows. */
export const DARREN: Person = {
  names: [{ given: 'Darren', middle: 'Lee', family: 'Pottinger', type: 'current' }],
  dateOfBirth: '1985-03-24',
  sex: 'male',
  identifiers: [{ type: 'PNC', value: '2003/0123456L' }],
  addresses: [{ lines: ['14 Quarry Lane'], postcode: 'LS12 4QX' }],
  phones: ['07700 900123'],
};

let count = 0;

/** A record of an agency; every call makes another id unless one is given. */
export function record(person: Person, more: Partial<SourceRecord> = {}): SourceRecord {
  count += 1;
  const agency = more.agency ?? 'housing';
  return { recordId: `${agency}:${count}`, agency, system: `${agency}-${count}`, person, contacts: [], ...more };
}

/** A person without some of what is known of him. */
export function without(person: Person, ...properties: (keyof Person)[]): Person {
  const kept = Object.entries(person).filter(([property]) => !properties.some((gone) => gone === property));
  return Object.fromEntries(kept);
}
