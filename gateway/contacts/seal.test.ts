import { describe, expect, it } from '@jest/globals';
import { makeSeal, sealsFor } from './seal.ts';

const seal = makeSeal(new Uint8Array(32).fill(7));

describe('a seal', () => {
  it('is one for every spelling of a value', () => {
    const spellings = ['07700 900123', '+44 7700 900123', '0044 (0)7700 900123', '07700-900-123 ext 4'];
    expect(new Set(spellings.map((value) => seal('phone', value))).size).toBe(1);
    expect(seal('address', '14 Mill Ln, flat 2, ab12cd')).toBe(seal('address', 'Flat 2, 14 Mill Lane, Town, AB1 2CD'));
    expect(seal('email', 'A.B+c@gmail.com')).toBe(seal('email', 'ab@googlemail.com'));
  });

  it('is 43 characters of base64url, and undefined for what is no contact point', () => {
    expect(seal('phone', '07700 900123')).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(seal('phone', 'unknown')).toBeUndefined();
    expect(seal('address', 'NFA')).toBeUndefined();
  });

  it('P4: of a protected person covers each of two numbers, and the building of a flat', () => {
    expect(sealsFor(seal, 'phone', '07700 900123 / 07700 900456')).toEqual([
      seal('phone', '07700 900123'),
      seal('phone', '07700 900456'),
    ]);
    expect(sealsFor(seal, 'address', 'Flat 2, 14 Mill Lane, AB1 2CD')).toEqual([
      seal('address', 'Flat 2, 14 Mill Lane, AB1 2CD'),
      seal('address', '14 Mill Lane, AB1 2CD'),
    ]);
    expect(sealsFor(seal, 'address', 'refuge')).toEqual([]);
  });

  it('P8: needs the key, and never matches across keys or kinds', () => {
    const other = makeSeal(new Uint8Array(32).fill(8));
    expect(other('phone', '07700 900123')).not.toBe(seal('phone', '07700 900123'));
    expect(seal('email', 'x@example.org')).not.toBe(seal('phone', '07700 900123'));
    expect(() => makeSeal(new Uint8Array(31))).toThrow(RangeError);
  });

  // Computed with openssl dgst -mac HMAC over "holdfast contact 1", the kind and the key, a line each.
  it('keeps its vectors: a change orphans every seal in the register', () => {
    expect([
      seal('phone', '07700 900123'),
      seal('email', 'dan@example.org'),
      seal('address', 'Flat 2, 14 Mill Lane, Rivertown, AB1 2CD'),
    ]).toEqual([
      'E70YT1e8cyILukGxNyKkXXKeoE-_HeUQFbdH46aIoFg',
      '2i29Ml0zhoLhDo57eWLajh2rE5NpIGVtqFxnJbJQ1Sk',
      '30o04pQU8iiCxoXr6z6SpR1Hmj917hvksGzYwCOUukk',
    ]);
  });
});
