import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { normaliseContact, readContact } from './normalise.ts';

const phone = (value: string) => normaliseContact('phone', value)?.value;
const key = (value: string) => normaliseContact('address', value)?.key;

describe('a phone number', () => {
  it.each([
    '07700 900123',
    '07700900123',
    '+44 7700 900123',
    '+447700900123',
    '+44 (0)7700 900123',
    '+44 (0) 7700 900 123',
    '+4407700900123',
    '(+44) 7700 900123',
    '0044 7700 900123',
    '00447700900123',
    '0044 (0)7700-900-123',
    '447700900123',
    '44 7700 900 123',
    '(0)7700 900123',
    '(07700) 900123',
    '7700900123',
    '+07700 900123',
    '077 00 90 01 23',
    '07700.900.123',
    '07700-900-123',
    '07700\u2011900\u2011123',
    '07700/900123',
    '07700,900,123',
    '07700\u00a0900123',
    '\u202a+44 7700 900123\u202c',
    '０７７００９００１２３',
    '٠٧٧٠٠ ٩٠٠١٢٣',
    'O7700 9OO123',
    '07700 9oo123',
    'tel:+447700900123',
    'm: 07700 900123',
    'Mob 07700 900123',
    '07700 900123 ext 4',
    '07700 900123 x12',
    '07700 900123 (home)',
    '07700900123.',
    '  07700 900123\t',
    '07700 900123 03/11/2026',
  ])('reads %j as the one number it is', (spelling) => {
    expect(phone(spelling)).toBe('+447700900123');
  });

  it.each([
    '',
    ' ',
    'unknown',
    'NOT ENTERED',
    '**REDACTED**',
    '07700 ***123',
    '07700 9001xx',
    '07700 900...',
    '999',
    '101',
    '900123',
    '7700 900',
    '07700 90012',
    '00000000000',
    '07777777777',
    '07000000000',
    '01234567890',
    '07123456789',
    '+44',
    '12/03/1984',
    'n/a',
    '9'.repeat(400),
    '+'.repeat(400),
  ])('refuses %j', (nonsense) => {
    expect(phone(nonsense)).toBeUndefined();
  });

  it.each([
    ['020 7946 0123', '+442079460123'],
    ['(0113) 496 0123', '+441134960123'],
    ['+48 22 123 45 67', '+48221234567'],
    ['0048 22 123 45 67', '+48221234567'],
    ['+353 (0)87 123 4567', '+353871234567'],
    ['353871234567', '+353871234567'],
  ])('reads %j as %s', (written, number) => {
    expect(phone(written)).toBe(number);
  });

  it('reads two numbers in one box as two, so that neither hides behind the other', () => {
    for (const both of ['07700 900123 / 07700 900456', '07700 900123 07700 900456', '07700900123,07700900456']) {
      expect(readContact('phone', both).contacts.map(({ value }) => value)).toEqual(['+447700900123', '+447700900456']);
    }
  });

  it('agrees with libphonenumber-js on every plain spelling of British numbers', () => {
    const significant = fc.tuple(fc.constantFrom('7700', '2079', '1134', '1632', '3069', '8081'), fc.nat(999_999));
    fc.assert(
      fc.property(significant, fc.constantFrom('0', '+44', '0044', '+44 (0)'), ([area, rest], prefix) => {
        const written = `${prefix}${area} ${String(rest).padStart(6, '0')}`;
        const ours = phone(written);
        fc.pre(ours !== undefined);
        expect(ours).toBe(parsePhoneNumberFromString(written, 'GB')?.number);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('what stands beside a number', () => {
  it.each([
    '07700 900123 (mum)',
    'wife 07700 900123',
    "07700 900123 - partner's",
    '07700 900123 Sarah',
    '07700900123 ex',
  ])('P4: %j points to another person', (written) => {
    expect(readContact('phone', written).pointsElsewhere).toBe(true);
  });

  it.each([
    '07700 900123',
    '07700 900123 (mobile)',
    'Home: 07700 900123',
    '07700 900123 ext 3',
    'call after 6pm 07700 900123',
  ])('%j does not', (written) => {
    expect(readContact('phone', written).pointsElsewhere).toBe(false);
  });
});

describe('an e-mail address', () => {
  it.each([
    [' Dan.Ashby@Example.ORG ', 'dan.ashby@example.org'],
    ['mailto:dan@example.org', 'dan@example.org'],
    ['<dan@example.org>', 'dan@example.org'],
    ['dan@mail.example.co.uk.', 'dan@mail.example.co.uk'],
    ["O'Brien@example.org", "o'brien@example.org"],
    ['o\u2019brien@example.org', "o'brien@example.org"],
    ["'dan@example.org'", 'dan@example.org'],
  ])('reads %j as %s', (written, value) => {
    expect(normaliseContact('email', written)?.value).toBe(value);
  });

  it.each(['dan', 'dan@', '@example.org', 'dan@example', 'none@none.com', 'noemail@example.org', '**REDACTED**'])(
    'refuses %j',
    (nonsense) => {
      expect(normaliseContact('email', nonsense)).toBeUndefined();
    },
  );

  it("P4: takes nobody's mailbox for another's of half the name", () => {
    const keyOf = (written: string) => normaliseContact('email', written)?.key;
    expect(keyOf("o'brien@example.org")).not.toBe(keyOf('brien@example.org'));
  });

  it('compares spellings of one mailbox as equal', () => {
    const keys = ['ann.lee+x@googlemail.com', 'AnnLee@gmail.com', 'a.n.n.lee@gmail.com'].map(
      (value) => normaliseContact('email', value)?.key,
    );
    expect(new Set(keys)).toEqual(new Set(['annlee@gmail.com']));
  });
});

describe('an address', () => {
  it('is one line with its postcode upper-case and last', () => {
    expect(normaliseContact('address', ' Flat 2,14  Mill Lane,Rivertown,ab12cd, England')?.value).toBe(
      'Flat 2, 14 Mill Lane, Rivertown, AB1 2CD',
    );
    expect(normaliseContact('address', '14 Mill Lane AB1 2CD Rivertown')?.value).toBe(
      '14 Mill Lane Rivertown, AB1 2CD',
    );
  });

  it.each([
    ['Flat 2, 14 Mill Lane, Rivertown, AB1 2CD', '14 MILL LN, FLAT 2, AB12CD'],
    ['Flat 2, 14 Mill Lane, AB1 2CD', '2/14 Mill Lane AB1 2CD'],
    ['Flat 2, 14 Mill Lane, AB1 2CD', '(Flat 2) 14 Mill Lane AB1 2CD'],
    ['14B Mill Lane, AB1 2CD', 'Flat B, 14 Mill Lane, AB1 2CD'],
    ['Ground Floor Flat, 14 Mill Lane, AB1 2CD', 'GFF, 14 Mill Lane, AB1 2CD'],
    ['1st Floor, 14 Mill Lane, AB1 2CD', 'First Floor, 14 Mill Lane, AB1 2CD'],
    ['The Rose Cottage, Mill Lane, AB1 2CD', 'Rose Cottage Mill Ln AB1 2CD'],
    ['014 Mill Lane, AB1 2CD', '14 Mill Lane, ABI 2CD'],
    ['3 High St, OL1 2AB', '3 High Street, 0L1 2AB'],
    ['3 High St, M1 1AA', '3, High St., M11AA, United Kingdom'],
  ])('%j is the same as %j', (a, b) => {
    expect(key(a)).toBeDefined();
    expect(key(b)).toBe(key(a));
  });

  it.each([
    ['14 Mill Lane, AB1 2CD', '16 Mill Lane, AB1 2CD'],
    ['Flat 2, 14 Mill Lane, AB1 2CD', 'Flat 3, 14 Mill Lane, AB1 2CD'],
    ['14 Mill Lane, AB1 2CD', '14 Mill Lane, AB1 2CE'],
    ['Rose Cottage, AB1 2CD', 'Oak Cottage, AB1 2CD'],
  ])('%j is another than %j', (a, b) => {
    expect(key(a)).toBeDefined();
    expect(key(b)).toBeDefined();
    expect(key(a)).not.toBe(key(b));
  });

  it.each([
    'NFA',
    'N.F.A.',
    'No fixed abode, ZZ99 3VZ',
    'ZZ99 3VZ',
    '1 Any Road, ZZ99 3CZ',
    'No Fixed Address, NF1 1NF',
    'sofa surfing, AB1 2CD',
  ])('is not %j: no fixed abode', (code) => {
    expect(normaliseContact('address', code)).toBeUndefined();
  });

  it.each(['14 Mill Lane', 'AB1 2CD', '', '**REDACTED**', 'unknown'])('is not %j', (nonsense) => {
    expect(normaliseContact('address', nonsense)).toBeUndefined();
  });

  it('P4: carries no number, mailbox or note with it', () => {
    const line = normaliseContact('address', '3 Mill Lane (Jane), tel 07700 900123, j@example.org, AB1 2CD')?.value;
    expect(line).toBe('3 Mill Lane, AB1 2CD');
  });

  it.each(['c/o Jane, 3 Mill Lane, AB1 2CD', "Mum's house, 3 Mill Lane, AB1 2CD", '3 Mill Lane AB1 2CD (ex-partner)'])(
    'P4: %j points to another person',
    (written) => {
      expect(readContact('address', written).pointsElsewhere).toBe(true);
    },
  );

  it.each([
    '12 Nan Nook Road, M23 9BZ',
    '5 Friends Court, SW1A 1AA',
    '3 Mother Lane, OL1 2AB',
    '1 Partnership Way, AB1 2CD',
  ])('%j does not', (written) => {
    expect(readContact('address', written).pointsElsewhere).toBe(false);
  });
});

it('reads any text of any length without throwing, and what it gives it gives again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('phone', 'email', 'address'),
      fc.string({ unit: 'binary', maxLength: 450 }),
      (kind, text) => {
        for (const { value, key: compared } of readContact(kind, text).contacts) {
          expect(normaliseContact(kind, value)).toMatchObject({ value, key: compared });
        }
      },
    ),
    { seed: 1, numRuns: 2_000 },
  );
  const pieces = fc.array(
    fc.constantFrom(
      '07700',
      '900123',
      '+44',
      '(0)',
      ' ',
      '/',
      ',',
      'mum',
      'Flat 2',
      '14',
      'Mill Lane',
      'AB1',
      '2CD',
      'a@b.org',
      '(',
      ')',
    ),
    { maxLength: 14 },
  );
  fc.assert(
    fc.property(fc.constantFrom('phone', 'email', 'address'), pieces, (kind, parts) => {
      for (const { value, key: compared } of readContact(kind, parts.join(' ')).contacts) {
        expect(normaliseContact(kind, value)).toMatchObject({ value, key: compared });
      }
    }),
    { seed: 2, numRuns: 2_000 },
  );
});
