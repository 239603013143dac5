import { describe, expect, it } from '@jest/globals';
import { holdsProtectedOf } from '../../gateway/contacts/holds-protected.ts';
import { makeSeal, sealsFor } from '../../gateway/contacts/seal.ts';
import { linkRecords } from '../../gateway/linkage/link.ts';
import type { ContactKind, SealedContact } from '../../schemas/contact-point.ts';
import type { LinkageResult } from '../../schemas/linkage.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { AS_OF, record } from './linkage-people.ts';

const seal = makeSeal(new Uint8Array(32).fill(7));

const sealed = (kind: ContactKind, value: string): SealedContact[] =>
  sealsFor(seal, kind, value).map((each) => ({ kind, seal: each, whose: 'protected-person' }));

const HER_HOME = { lines: ['3 Alder Walk', 'Riverton'], postcode: 'ZE5 2BQ' };
const HERS = [...sealed('address', '3 Alder Walk, Riverton, ZE5 2BQ'), ...sealed('phone', '07700 900456')];

const ask = (subject: Person, records: readonly SourceRecord[], protectedContacts = HERS): LinkageResult =>
  linkRecords({ subject, records, asOf: AS_OF, holdsProtected: holdsProtectedOf(protectedContacts, seal) });

/** Named as tens of thousands are: nothing about him is rare. */
const HIM: Person = {
  names: [{ given: 'David', family: 'Smith' }],
  dateOfBirth: '1980-06-02',
  sex: 'male',
  addresses: [{ lines: ['9 Union Lane', 'Riverton'], postcode: 'ZE8 1AD' }],
};
const withHer = { ...HIM, addresses: [HER_HOME] };

const rulesTo = (result: LinkageResult, id: string): string[] =>
  (result.links.find(({ a, b }) => a === 'subject' && b === id)?.evidence ?? []).map(({ rule }) => rule);

describe('a man of his name and birth date who has lived with the protected person is he', () => {
  it.each<[string, SourceRecord]>([
    ['at her home', record(withHer)],
    ['at her home, as a contact point', record({ ...HIM, addresses: [] }, contact('address', '3 ALDER WALK, ZE5 2BQ'))],
    [
      'with her number as his partner’s',
      record({ ...HIM, addresses: [] }, contact('phone', '07700 900456', 'partner')),
    ],
    ['with her number as his own', record({ ...HIM, phones: ['+44 7700 900456'] })],
    ['with her number kept as a hash only', record(HIM, { othersContacts: sealed('phone', '07700900456') })],
  ])('%s', (_, other) => {
    const elsewhere = { ...other, person: { ...other.person, names: [{ given: 'David', family: 'Smith' }] } };
    const result = ask({ ...HIM, addresses: [] }, [elsewhere]);
    expect(result.subjectRecords).toEqual([elsewhere.recordId]);
    expect(rulesTo(result, elsewhere.recordId)).toContain('tied-by-the-case');
  });

  it('though he has moved since', () => {
    const other = record(withHer);
    expect(ask(HIM, [other]).subjectRecords).toEqual([other.recordId]);
  });

  it('at a home of hers that only her own record of this case knows', () => {
    const her = record(
      {
        names: [{ given: 'Ruth', family: 'Vane' }],
        addresses: [{ lines: ['77 Kiln Road'], postcode: 'ZE6 3LM' }],
        phones: ['07700900456'],
      },
      { role: 'victim' },
    );
    const his = record({ ...HIM, addresses: [{ lines: ['77 Kiln Road'], postcode: 'ZE6 3LM' }] });
    expect(ask(HIM, [her, his]).subjectRecords).toEqual([his.recordId]);
  });

  it('and what he shares with her counts once: what a household shares already counts by itself', () => {
    const result = ask(withHer, [record(withHer, { recordId: 'housing:here' })]);
    expect(result.subjectRecords).toEqual(['housing:here']);
    expect(rulesTo(result, 'housing:here')).not.toContain('tied-by-the-case');
  });
});

it('P4: the evidence names nobody: who may not see the field learns not that she stands in it', () => {
  const other = record(withHer, { recordId: 'housing:hers' });
  const { evidence = [] } = ask(HIM, [other]).links.find(({ b }) => b === other.recordId) ?? {};
  const said = evidence.map(({ comparison, rule, because }) => [comparison, rule, because].join(' ')).join('\n');
  expect(said).toContain('tied-by-the-case');
  expect(said).not.toMatch(/protected|victim|partner|\bher\b|household/iu);
});

describe('P5: living with the protected person makes nobody else him', () => {
  it.each<[string, Person, Partial<SourceRecord>]>([
    ['his twin', { ...withHer, names: [{ given: 'Kevin', family: 'Smith' }] }, {}],
    ['a son of his name', { ...withHer, dateOfBirth: '2001-02-11' }, {}],
    ['his father of the same name', { ...withHer, dateOfBirth: '1956-09-30' }, {}],
    ['a man of his name without a birth date', { names: HIM.names ?? [], addresses: [HER_HOME] }, {}],
    ['a man of his name born in the same year', { ...withHer, dateOfBirth: '1980' }, {}],
    ['a man born a day later', { ...withHer, dateOfBirth: '1980-06-03' }, {}],
    ['a woman of his name', { ...withHer, sex: 'female' }, {}],
    ['another man of his birth date', { ...withHer, names: [{ given: 'Mark', family: 'Vane' }] }, {}],
    ['the victim, whatever her name', withHer, { role: 'victim' }],
    ['a child, whatever its name', withHer, { role: 'child' }],
    ['a namesake who lives elsewhere', { ...HIM, addresses: [{ lines: ['5 Dock Way'], postcode: 'ZE9 4PQ' }] }, {}],
    ['a neighbour of hers', { ...HIM, addresses: [{ lines: ['4 Alder Walk'], postcode: 'ZE5 2BQ' }] }, {}],
  ])('P5: not %s', (_, person, more) => {
    const other = record(person, more);
    expect(ask(HIM, [other]).subjectRecords).toEqual([]);
  });

  it('P5: not a namesake who lives with a victim of another case', () => {
    const home = { lines: ['77 Kiln Road'], postcode: 'ZE6 3LM' };
    const another = record({ names: [{ given: 'Jo', family: 'Hart' }], addresses: [home] }, { role: 'victim' });
    expect(ask(HIM, [another, record({ ...HIM, addresses: [home] })]).subjectRecords).toEqual([]);
  });

  it('P5: not a namesake who lived in the same hostel', () => {
    const line = 'The Limes Hostel, 61 Station Parade, ZE7 3ZL';
    const other = record({ ...HIM, addresses: [] }, contact('address', line));
    expect(ask(HIM, [other], sealed('address', line)).subjectRecords).toEqual([]);
  });

  it('P5: not a record of which a second content knows nothing of her', () => {
    const [once, again] = [record(withHer, { recordId: 'housing:1' }), record(HIM, { recordId: 'housing:1' })];
    const apart = { ...HIM, addresses: [{ lines: ['5 Dock Way'], postcode: 'ZE9 4PQ' }] };
    expect(ask(apart, [once, again]).subjectRecords).toEqual([]);
  });

  it('P5: not where a valid identifier contradicts', () => {
    const known = { ...HIM, identifiers: [{ type: 'PNC' as const, value: '2003/0123456L' }] };
    const other = record({ ...withHer, identifiers: [{ type: 'PNC', value: '2007/0765432X' }] });
    expect(ask(known, [other]).subjectRecords).toEqual([]);
  });
});

function contact(kind: ContactKind, value: string, recordedAs: 'self' | 'partner' = 'self'): Partial<SourceRecord> {
  return { contacts: [{ kind, value, recordedAs }] };
}
