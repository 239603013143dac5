import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { caseOf } from '../../test/cases.ts';
import { createCaseCipher } from '../cases/case-cipher.ts';
import { openWords } from '../review/reasons/box.ts';
import { makeStaffNames } from '../review/staff/staff-names.ts';
import { openBox, sealBox } from './sealed-box.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');
const stored = (base64url: string): Uint8Array => Buffer.from(base64url, 'base64url');

/** Written when each of them had a cipher of its own: what lies in databases since then has to open. */
const BEFORE = {
  words: 'AQcHBwcHBwcHBwcHByBEkqPYhHo0KlZ2gbG7nX5gRaGDYwfowUm-FIUHd4SHK58Q6pU',
  name: 'AQcHBwcHBwcHBwcHB6sZLnh4zcoh7ygUPHaMCuf-55OgxY3T3_zk1g',
  wrappedKey: 'AQcHBwcHBwcHBwcHB_JE5aWhljT9mJkLns336QiK9O2jCKm2ph6dAzehx2DNoK6G3mNsCF4MJTS64RNVqg',
  subject:
    'AQcHBwcHBwcHBwcHB5cKNs9K1MNZXUcIUyZbpyO1uSRea4PMR3ay-hhYsNARIoe9MqofCREC5DfTq45ws5Xer8Vo85NHxdSgkSRpYNy3HHUhCYfocbBgH1Sczfhj5GBKR1X8uHw-oLq7m8M',
  protectedContacts:
    'AQcHBwcHBwcHBwcHBxT7vKSZ6uGZKO-nlmqRMEWV4GhUb4jbR3bL8VJQt8NWYIf0dZgSRltMyySWxL9Zrbja4qI_t5NK7OaPoyhoO8b4Cl86GID0SKR2Dx7gp6kjiw4CT1fpqjtn_fr85ITfdbFbdAZnNQhA',
  particulars:
    'AQcHBwcHBwcHBwcHB1o72pOqC8oef1RbXNxFtci1uSledYPtACrLuxh7mPYzYZe3Is9TVFFaszfTq4VwrJ3RhII0tLJXyd2g0Go4QvPHIGsgGceyKPM0XVuWo_dg8XtYFBSx7Stg4PC7_JyebLZMYQx-NVk_wKWJVCLcKza1m2YMzoruCAVUtDQTX7OPoUdVFbqvyTBiBF7D1lHBDiGbUsQwEUdDpcNroR0CECXiDtUNcYrii6XpsZxJLGt-XSoejWGZL2Vy_btlCwWxGpwIh9l3_MsRTyx7EY2ieRCKrdBZnVCDQQA8St2De1EwsvcSbetYInZhltzPQmjCc4YL4J1_6g6vfisBAyw5LdQKvXpNLZOX_yNoxaqyYdUAH5CSqbjcmv_oSq_rpj-J_p-Uwb6jdTSbiGRGDB-f6Eo5r63JuN-tIK67vmxV87jAQ1EH4k0F',
} as const;

describe('what was stored before there was one box', () => {
  it('opens: a case', () => {
    const cipher = createCaseCipher({ current: { id: '2026-1', key: Buffer.alloc(32, 1) } });
    const kase = caseOf('DAPG-2026-0042');
    const { caseRef, agencies } = kase;
    const { wrappedKey, subject, protectedContacts, particulars } = BEFORE;
    const opened = cipher.open({
      ...{ caseRef, agencies, revision: 3, masterKeyId: '2026-1' },
      wrappedKey: stored(wrappedKey),
      subject: stored(subject),
      protectedContacts: stored(protectedContacts),
      particulars: stored(particulars),
    });
    expect(opened).toEqual({ ok: true, value: kase });
  });

  it('opens: the words of a reason, to what they were bound only', () => {
    const key = Buffer.alloc(32, 3);
    const bound = ['DAPG-2026-0042', 'id', 'reason'];
    expect(openWords(key, stored(BEFORE.words), bound)).toEqual(Buffer.from('the words of a reason'));
    expect(openWords(key, stored(BEFORE.words), ['DAPG-2026-0043', 'id', 'reason'])).toBeUndefined();
  });

  it('opens: the name of a member of staff, as hers only', () => {
    const names = makeStaffNames(Buffer.alloc(32, 1));
    const hers = { agency: 'riverton-council', staffId: 'amara.lewis' };
    expect(names.open(stored(BEFORE.name), hers)).toBe('Amara Lewis');
    expect(names.open(stored(BEFORE.name), { ...hers, staffId: 'joseph.tate' })).toBeUndefined();
  });
});

describe('a sealed box', () => {
  const key = Buffer.alloc(32, 5);

  it('opens as what it was, with its key and what it is bound to, and never looks the same twice', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 60 }), (plain, bound) => {
        const box = sealBox(key, plain, bound);
        expect(openBox(key, box, bound)).toEqual(Buffer.from(plain));
        expect(sealBox(key, plain, bound)).not.toEqual(box);
        expect(openBox(Buffer.alloc(32, 6), box, bound)).toBeUndefined();
        expect(openBox(key, box, Buffer.concat([bound, Buffer.of(0)]))).toBeUndefined();
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });

  it('does not open when any byte was changed, cut or added', () => {
    const bound = bytes('where it belongs');
    const box = sealBox(key, bytes('what nobody may read'), bound);
    for (let at = 0; at < box.length; at += 1) {
      const changed = Uint8Array.from(box);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openBox(key, changed, bound)).toBeUndefined();
      expect(openBox(key, box.subarray(0, at), bound)).toBeUndefined();
    }
    expect(openBox(key, Buffer.concat([box, Buffer.of(0)]), bound)).toBeUndefined();
  });

  it('throws on a key that is not 32 bytes long: a weak one must not start to work', () => {
    expect(() => sealBox(Buffer.alloc(16), bytes('x'), bytes(''))).toThrow();
  });
});
