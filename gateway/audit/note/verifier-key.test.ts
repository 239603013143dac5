import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateKeyPairSync, sign } from 'node:crypto';
import {
  formatVerifierKey,
  makeVerifierKey,
  parseVerifierKey,
  rawPublicKey,
  verifyEd25519,
  type VerifierKey,
} from './verifier-key.ts';

const pair = generateKeyPairSync('ed25519');
const publicKey = rawPublicKey(pair.publicKey);
const made = (name: string, type: VerifierKey['type'] = 'ed25519'): VerifierKey => {
  const key = makeVerifierKey(name, type, publicKey);
  if (!key.ok) throw new Error(key.error);
  return key.value;
};

describe('keys of verifiers', () => {
  // The key of Go's checksum database, as its documentation publishes it, and the example of C2SP signed-note.
  it.each([
    ['sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8', 0x033de0ae],
    ['example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k', 0x530d903a],
  ])('reads %s', (text, keyId) => {
    const key = parseVerifierKey(text);
    expect(key).toMatchObject({ ok: true, value: { keyId, type: 'ed25519' } });
    expect(key.ok && formatVerifierKey(key.value)).toBe(text);
  });

  it('reads back what it wrote, for any name and both types', () => {
    const name = fc.string({ minLength: 1, maxLength: 40, unit: 'binary' });
    fc.assert(
      fc.property(name, fc.constantFrom('ed25519' as const, 'cosignature/v1' as const), (each, type) => {
        const key = makeVerifierKey(each, type, publicKey);
        if (!key.ok) return expect(key.error).toBe('key-name-unusable');
        expect(parseVerifierKey(formatVerifierKey(key.value))).toEqual(key);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('P10: any one changed character is a fault, never another key', () => {
    const text = formatVerifierKey(made('riverton.example/log'));
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.constantFrom('a', 'Z', '0', '9', '+', '/', '=', '.', ' ', 'é'),
        (at, character) => {
          if (text[at] === character) return;
          expect(parseVerifierKey(text.slice(0, at) + character + text.slice(at + 1)).ok).toBe(false);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it('the same key as log and as witness has two ids, so that neither signature is taken for the other', () => {
    expect(made('a', 'ed25519').keyId).not.toBe(made('a', 'cosignature/v1').keyId);
  });

  it('refuses names that could not stand in a line', () => {
    for (const name of ['', 'a b', 'a+b', 'a\u00a0b', 'a\u2003b', 'a\nb', 'a\u0085b', 'x'.repeat(256)])
      expect(makeVerifierKey(name, 'ed25519', publicKey)).toEqual({ ok: false, error: 'key-name-unusable' });
  });

  it('refuses keys of another type, and keys under which anybody can sign', () => {
    const [name, , encoded = ''] = formatVerifierKey(made('a')).split('+');
    const bytes = Buffer.from(encoded, 'base64');
    bytes[0] = 0x06;
    expect(parseVerifierKey(`${name ?? ''}+00000000+${bytes.toString('base64')}`)).toMatchObject({
      error: 'signature-type-unknown',
    });
    const nobodys = [new Uint8Array(32), Uint8Array.of(1, ...new Uint8Array(31)), new Uint8Array(31)];
    nobodys.push(Uint8Array.from(new Uint8Array(32), (_, n) => (n === 31 ? 0x80 : 0)));
    for (const each of nobodys)
      expect(makeVerifierKey('a', 'ed25519', each)).toMatchObject({ error: 'public-key-unusable' });
  });

  it('verifies what its private half signed, and nothing else', () => {
    const message = Buffer.from('message');
    const signature = sign(null, message, pair.privateKey);
    expect(verifyEd25519(made('a'), message, signature)).toBe(true);
    expect(verifyEd25519(made('a'), Buffer.from('massage'), signature)).toBe(false);
    expect(verifyEd25519(made('a'), message, signature.subarray(1))).toBe(false);
  });
});
