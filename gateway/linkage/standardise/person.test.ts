import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { standardiseBirthDates } from './birth-dates.ts';
import { standardiseHome, standardiseHomeLine } from './homes.ts';
import { standardiseIdentifiers } from './identifiers.ts';
import { sameGivenFamily, sameSurnameFamily } from './name-families.ts';
import { standardiseNames } from './names.ts';
import { standardiseEmail, standardisePhone } from './phones.ts';
import { standardisePostcode } from './postcodes.ts';

const AS_OF = '2026-11-22';

describe('names come out as Latin words without what is no name', () => {
  it.each([
    [{ given: 'JOHN', family: 'O’Brien' }, 'john', '', 'obrien'],
    [{ given: 'John', family: "O'BRIEN" }, 'john', '', 'obrien'],
    [{ given: 'John', family: 'O Brien' }, 'john', '', 'obrien'],
    [{ given: 'Fiona', family: 'Mc Donald' }, 'fiona', '', 'mcdonald'],
    [{ given: 'Zoë', family: 'Núñez-Jones' }, 'zoe', '', 'nunezjones'],
    [{ given: 'Łukasz', family: 'Żak' }, 'lukasz', '', 'zak'],
    [{ given: 'Дмитрий', family: 'Иванов' }, 'dmitriy', '', 'ivanov'],
    [{ given: 'MIG_ERROR_Darren', family: 'DUPLICATE_Pottinger' }, 'darren', '', 'pottinger'],
    [{ given: 'Mr Darren Lee', family: 'Pottinger' }, 'darren', 'lee', 'pottinger'],
    [{ given: 'Darren', middle: 'J Lee', family: 'Pottinger' }, 'darren', 'lee', 'pottinger'],
    [{ given: 'NOT ENTERED', family: 'Pottinger' }, '', '', 'pottinger'],
    [{ given: 'Baby of Tracy', family: 'Vane' }, '', '', 'vane'],
    [{ full: 'Dr Jan van der Berg' }, 'jan', '', 'vanderberg'],
    [{ full: 'BERG, Jan Piet' }, 'jan', 'piet', 'berg'],
    [{ full: 'Darren Pottinger aka Dazza' }, 'darren', '', 'pottinger'],
    [{ full: 'Pottinger' }, '', '', 'pottinger'],
  ])('%j', (name, first, middle, last) => {
    const [standard] = standardiseNames([name]);
    expect([standard?.first, standard?.middle.join(' '), standard?.last]).toEqual([first, middle, last]);
  });

  it.each([
    [{ given: 'UNKNOWN', family: 'UNKNOWN' }],
    [{ full: '**REDACTED**' }],
    [{ family: '---' }],
    [{}],
    [{ given: '😀' }],
  ])('%j is no name', (name) => expect(standardiseNames([name])).toEqual([]));

  it.each([
    ['mohammed', 'muhammad'],
    ['siobhan', 'shivaun'],
    ['bill', 'william'],
    ['oluwaseun', 'seun'],
    ['ieuan', 'iwan'],
    ['malgorzata', 'gosia'],
    ['alex', 'alexandra'],
  ])('%s and %s are forms of one first name', (a, b) => expect(sameGivenFamily(a, b)).toBe(true));

  it.each([
    ['hassan', 'hussain'],
    ['daniel', 'david'],
    ['jack', 'jacob'],
    ['alexander', 'alexandra'],
  ])('%s and %s are not: two brothers may bear them', (a, b) => expect(sameGivenFamily(a, b)).toBe(false));

  it('husband and wife bear two forms of one Polish surname', () => {
    expect(sameSurnameFamily('kowalski', 'kowalska')).toBe(true);
  });
});

describe('identifiers come out canonical, and valid only with their check character', () => {
  it.each([
    ['PNC', '2003/0123456L', '2003/0123456L', true],
    ['PNC', '03/123456L', '2003/0123456L', true],
    ['PNC', '20030123456l', '2003/0123456L', true],
    ['PNC', '2003/0123456M', '2003/0123456M', false],
    ['PNC', 'see file', 'SEEFILE', false],
    ['CRO', '265416/21G', '265416/21G', true],
    ['CRO', 'SF05/482703J', 'SF05/482703J', true],
    ['CRO', 'SF83/50058Z', 'SF83/50058Z', true],
    ['CRO', '265416/21H', '265416/21H', false],
    ['NHS', '943 476 5919', '9434765919', true],
    ['NHS', '943 476 5918', '9434765918', false],
    ['NOMS', 'a1234bc', 'A1234BC', true],
    ['CRN', 'X 123456', 'X123456', true],
    ['CRN', '123456', '123456', false],
    ['NINO', 'qq 12 34 56 c', 'QQ123456C', false],
    ['NINO', 'AB 12 34 56 C', 'AB123456C', true],
  ] as const)('%s %s', (type, value, canonical, valid) => {
    expect(standardiseIdentifiers([{ type, value }])).toMatchObject([{ type, value: canonical, valid }]);
  });

  it.each([
    ['CRO', '000000/00Z'],
    ['NHS', '0000000000'],
    ['NHS', '9999999999'],
    ['OTHER', '-'],
  ] as const)('%s %s is a placeholder', (type, value) => expect(standardiseIdentifiers([{ type, value }])).toEqual([]));
});

describe('birth dates', () => {
  it.each(['1900-01-01', '1970-01-01', '1900', '2027-01-01', '1880-05-05'])('%s says nothing', (date) => {
    expect(standardiseBirthDates(date, [], AS_OF)).toEqual([]);
  });

  it('each date is held once, the current one first', () => {
    const dates = standardiseBirthDates('1985-03', ['1985-03-04', '1985-03'], AS_OF);
    expect(dates.map(({ text, alias }) => [text, alias])).toEqual([
      ['1985-03', false],
      ['1985-03-04', true],
    ]);
  });
});

describe('homes', () => {
  it.each([
    ['ls12 4qx', 'LS124QX'],
    ['LSI2 4QX', 'LS124QX'],
    ['M1 0AA', 'M10AA'],
    ['MI OAA', 'M10AA'],
    ['0X1 2JD', 'OX12JD'],
    ['S015 2XX', 'SO152XX'],
    ['EC1A1BB', 'EC1A1BB'],
    ['NF1 1NF', undefined],
    ['NF1 1FA', undefined],
    ['ZZ99 3VZ', undefined],
    ['none', undefined],
    ['', undefined],
  ])('postcode %s', (raw, postcode) => expect(standardisePostcode(raw)?.postcode).toBe(postcode));

  it('a line with its postcode last, and leading zeros of a UPRN', () => {
    expect(standardiseHomeLine('Flat 2, 81 Station Parade, Manchester M14 6RT', '000100012')).toMatchObject({
      postcode: 'M146RT',
      outward: 'M14',
      uprn: '100012',
      numbers: ['2', '81'],
      crowded: false,
    });
  });

  it('a prison is a place of many people', () => {
    expect(standardiseHome({ lines: ['HMP Leeds', '2 Gloucester Terrace'], postcode: 'LS12 2TJ' })?.crowded).toBe(true);
  });
});

describe('phones and e-mails', () => {
  it.each([
    ['07700 900123', '+447700900123', true],
    ['+44 (0)7700 900123', '+447700900123', true],
    ['0044 7700 900123', '+447700900123', true],
    ['0113 496 0123', '+441134960123', false],
    ['+48 512 345 678', '+48512345678', false],
  ])('%s', (raw, number, personal) => expect(standardisePhone(raw)).toEqual({ number, personal }));

  it.each(['00000 000000', 'none', '', '12'])('"%s" is no number', (raw) =>
    expect(standardisePhone(raw)).toBeUndefined(),
  );

  it('British numbers come out as libphonenumber has them', () => {
    const digits = fc.stringMatching(/^(?:0|\+44|0044) ?[1-37]\d{3} ?\d{6}$/);
    fc.assert(
      fc.property(digits, (raw) => {
        fc.pre(!/(\d)\1{7,}$/.test(raw.replace(' ', '')));
        expect(standardisePhone(raw)?.number).toBe(parsePhoneNumberFromString(raw, 'GB')?.number);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('an e-mail is compared in lower case, and only where it is one', () => {
    expect([standardiseEmail(' D.Pottinger@Example.ORG '), standardiseEmail('n/a')]).toEqual([
      'd.pottinger@example.org',
      undefined,
    ]);
  });
});
