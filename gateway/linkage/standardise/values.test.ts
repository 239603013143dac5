import { describe, expect, it } from '@jest/globals';
import { compareIdentifiers } from '../compare/identifiers.ts';
import type { ContactPoint } from '../../../schemas/contact-point.ts';
import type { Person } from '../../../schemas/person.ts';
import { standardiseBirthDates } from './birth-dates.ts';
import { standardiseHome, standardiseHomeLine } from './homes.ts';
import { standardiseIdentifiers } from './identifiers.ts';
import { standardisePerson } from './person.ts';
import { readEmailField, readPhoneField } from './phones.ts';
import { standardisePostcode } from './postcodes.ts';

const AS_OF = '2026-11-22';

describe('P5: identifiers in every notation, and none that its check character does not bear out', () => {
  it.each([
    ['PNC', 'PNC 2003/0123456L', '2003/0123456L'],
    ['PNC', 'PNCID: 03/123456L', '2003/0123456L'],
    ['PNC', '2003-0123456-L', '2003/0123456L'],
    ['PNC', '2003 / 0123456 / l', '2003/0123456L'],
    ['PNC', '030123456L', '2003/0123456L'],
    ['PNC', '2OO3/O123456L', '2003/0123456L'],
    ['PNC', '２００３/0123456L', '2003/0123456L'],
    ['CRO', 'CRO No. 265416/21G', '265416/21G'],
    ['CRO', '265416-21G', '265416/21G'],
    ['CRO', '26S416/21G', '265416/21G'],
    ['CRO', 'SF05482703J', 'SF05/482703J'],
    ['CRO', 'SF 05/482703 J', 'SF05/482703J'],
    ['NHS', 'NHS no: 943-476-5919', '9434765919'],
    ['NHS', '943 476 S919', '9434765919'],
    ['NOMS', 'A 1234-BC', 'A1234BC'],
    ['CRN', 'CRN x-123456', 'X123456'],
    ['NINO', 'NI number AB 12 34 56 C', 'AB123456C'],
  ] as const)('%s %s', (type, value, canonical) => {
    expect(standardiseIdentifiers([{ type, value }])).toMatchObject([{ value: canonical, valid: true }]);
  });

  it.each([
    ['PNC', '2003/0123456M'],
    ['PNC', '2OO3/O123456M'],
    ['PNC', '1803/0123456L'],
    ['PNC', '2003/0123456'],
    ['CRO', '265416/21H'],
    ['CRO', 'SF05/482703K'],
    ['NHS', '943 476 S918'],
    ['NHS', '943 476 591'],
    ['NINO', 'TN123456A'],
    ['NINO', 'AB123456'],
    ['NOMS', 'AI234BC'],
    ['CRN', 'X12345'],
  ] as const)('%s %s is weak evidence', (type, value) => {
    const held = standardiseIdentifiers([{ type, value }]);
    expect(held).toMatchObject([{ valid: false }]);
    expect(compareIdentifiers(held, held)).toMatchObject({ agrees: false, contradicts: false });
  });

  it.each(['UNKNOWN', 'Not known', 'not held', 'TBC', 'n/a', 'None', 'PENDING', '1234567890', '0000000', '-'])(
    'two who have "%s" for a number have nothing in common',
    (value) => {
      const types = ['PNC', 'CRO', 'NHS', 'NOMS', 'CRN', 'NINO', 'LCS', 'OTHER'] as const;
      expect(standardiseIdentifiers(types.map((type) => ({ type, value })))).toEqual([]);
    },
  );

  it('two numbers in one field are two', () => {
    const held = standardiseIdentifiers([{ type: 'NHS', value: '943 476 5919 and 987 654 4321' }]);
    expect(held.map(({ value }) => value)).toEqual(['9434765919', '9876544321']);
  });

  it('a National Insurance number without its last letter is weak evidence for that with it', () => {
    const [short, whole] = ['AB 12 34 56', 'AB123456C'].map((value) =>
      standardiseIdentifiers([{ type: 'NINO', value }]),
    );
    const { agrees, findings } = compareIdentifiers(short ?? [], whole ?? []);
    expect([agrees, findings.map(({ rule }) => rule)]).toEqual([false, ['identifier-weak-equal']]);
  });
});

describe('postcodes and homes', () => {
  it.each([
    ['LS1-4AP', 'LS14AP'],
    ['LS1 4AP.', 'LS14AP'],
    ['LSI 4AP', 'LS14AP'],
    ['L51 4AP', 'L514AP'],
    ['5W1A 1AA', 'SW1A1AA'],
    ['SWIA IAA', 'SW1A1AA'],
    ['51 2HE', 'S12HE'],
    ['W1A OAX', 'W1A0AX'],
    ['ＬＳ１ ４ＡＰ', 'LS14AP'],
    ['JE2 3AB', 'JE23AB'],
    ['zz993vz', undefined],
    ['ZZ99 3CZ', undefined],
    ['nf11nf', undefined],
    ['LS1 4A', undefined],
    ['BFPO 1', undefined],
  ])('%s', (raw, postcode) => expect(standardisePostcode(raw)?.postcode).toBe(postcode));

  it.each([
    '27 Orchard St, Riverton, LS1 4AP, UK',
    '27 Orchard St Riverton LS14AP England',
    '27 orchard street riverton lsi 4ap',
  ])('the postcode of "%s" is found', (line) =>
    expect(standardiseHomeLine(line, undefined)).toMatchObject({ postcode: 'LS14AP', numbers: ['27'] }),
  );

  it.each([
    'No fixed abode, LS1 4AP',
    'NFA',
    'N.F.A., Riverton LS1 4AP',
    'Rough sleeping, 27 Orchard St',
    '27 Orchard St ZZ99 3VZ',
  ])('P5: "%s" is nobody’s home', (line) => expect(standardiseHomeLine(line, undefined)).toBeUndefined());

  it('numbers at the end of a line are a house’s, not a postcode', () => {
    expect(standardiseHomeLine('Flat 15, 55 123', undefined)).toBeUndefined();
    expect(standardiseHomeLine('Flat 15, 12 Mill Lane 15 123', undefined)).toMatchObject({
      numbers: ['15', '12', '15', '123'],
    });
  });

  it.each([
    ['000100012345678', '100012345678'],
    ['UPRN 100012345678', '100012345678'],
    ['000000000000', undefined],
    ['999999999999', undefined],
    ['1234567890123', undefined],
  ])('UPRN %s', (uprn, expected) => expect(standardiseHome({ uprn })?.uprn).toBe(expected));
});

describe('phones', () => {
  const MOBILE = '+447700900123';
  it.each([
    ['+44(0)7700900123', [MOBILE]],
    ['00447700900123', [MOBILE]],
    ['44 7700 900123', [MOBILE]],
    ['07700.900.123', [MOBILE]],
    ['07700/900123', [MOBILE]],
    ['O7700 9OO123', [MOBILE]],
    ['07700 900l23', [MOBILE]],
    ['０７７００ ９００１２３', [MOBILE]],
    ['\u202a07700 900123\u202c', [MOBILE]],
    ['mob: 07700 900123', [MOBILE]],
    ['07700 900 123 ext 5', [MOBILE]],
    ['07700 900123 / 0113 496 0123', [MOBILE, '+441134960123']],
    ['07700900123,07700900456', [MOBILE, '+447700900456']],
    ['07700 900123 07700 900123', [MOBILE]],
    ['+353 85 123 4567', ['+353851234567']],
    ['0092 300 1234567', ['+923001234567']],
    ['+1 (212) 555-0123', ['+12125550123']],
    ['07123 456789', []],
    ['01234567890', []],
    ['07777 777777', []],
    ['*****900123', []],
    ['999', []],
    ['not known', []],
  ])('%s', (raw, numbers) => expect(readPhoneField(raw).values.map(({ number }) => number)).toEqual(numbers));

  it.each(['07700 90012', '07700 9001234', '0113 496 0123', '+353 85 123 4567'])(
    'P5: %s is not clearly one person’s',
    (raw) => expect(readPhoneField(raw).values.some(({ personal }) => personal)).toBe(false),
  );

  it.each(["ex-wife's 07700 900123", '07700 900123 (mum)', '07700 900123 Tracy'])(
    'P4: "%s" is a relative’s, whatever its source calls it',
    (value) => {
      const person: Person = { names: [{ given: 'Lee', family: 'Vane' }], phones: [value] };
      const contact: ContactPoint = { kind: 'phone', value, recordedAs: 'self' };
      const read = standardisePerson('r', person, [contact], AS_OF);
      expect([read.phones, read.relativesPhones]).toEqual([[], [MOBILE]]);
    },
  );
});

describe('e-mails: one spelling for one mailbox', () => {
  it.each([
    ['mailto:A.B@Example.org', ['a.b@example.org']],
    ['a.b@example.org.', ['a.b@example.org']],
    ['<a.b@example.org>', ['a.b@example.org']],
    ['ａ.ｂ＠example.org', ['a.b@example.org']],
    ['a.b+work@example.org', ['a.b@example.org']],
    ['a.b+x@googlemail.com', ['ab@gmail.com']],
    ['a.b@example.org; c@example.org', ['a.b@example.org', 'c@example.org']],
    ['none@none.com', []],
    ['a.b@example', []],
    ['n/a', []],
  ])('%s', (raw, emails) => expect(readEmailField(raw).values).toEqual(emails));

  it('P5: dots tell two people apart but at Google', () => {
    expect(readEmailField('j.ones@example.org').values).not.toEqual(readEmailField('jones@example.org').values);
  });
});

describe('birth dates', () => {
  it.each(['1800-01-01', '1899-12-30', '1753-01-01', '0001-01-01', '9999-12-31', '1901-01-01', '2026-11-23'])(
    '%s is nobody’s',
    (date) => expect(standardiseBirthDates(date, [], AS_OF)).toEqual([]),
  );
});
