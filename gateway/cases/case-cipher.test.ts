import { describe, expect, it } from '@jest/globals';
import { caseOf } from '../../test/cases.ts';
import type { SealedCase } from '../ports/case-register.ts';
import { createCaseCipher } from './case-cipher.ts';

const key = (id: string, byte: number) => ({ id, key: Buffer.alloc(32, byte) });
const cipher = createCaseCipher({ current: key('2026-1', 1) });
const UNREADABLE = { ok: false, error: 'case-unreadable' };
const PARTS = ['wrappedKey', 'subject', 'protectedContacts', 'particulars'] as const;

describe('P8: a sealed case', () => {
  const kase = caseOf('DAPG-2026-0042');
  const sealed = cipher.seal(kase, 3);

  it('opens as what it was', () => {
    expect(cipher.open(sealed)).toEqual({ ok: true, value: kase });
  });

  it('shows nothing personal, and never the same twice', () => {
    const again = cipher.seal(kase, 3);
    for (const part of PARTS) {
      expect(Buffer.from(sealed[part]).toString('latin1')).not.toMatch(/900123|Subjectson|a\.worker|MARAC/);
      expect(again[part]).not.toEqual(sealed[part]);
    }
  });

  it('does not open with another master key, nor with a key of the same name', () => {
    expect(createCaseCipher({ current: key('2027-1', 2) }).open(sealed)).toEqual(UNREADABLE);
    expect(createCaseCipher({ current: key('2026-1', 2) }).open(sealed)).toEqual(UNREADABLE);
  });

  it('opens with a retired master key, and is sealed with the current one next', () => {
    const rotated = createCaseCipher({ current: key('2027-1', 2), retired: [key('2026-1', 1)] });
    expect(rotated.open(sealed)).toEqual({ ok: true, value: kase });
    expect(rotated.seal(kase, 4).masterKeyId).toBe('2027-1');
  });

  it.each(PARTS)('P4: does not open with the %s of another case, of another revision or of another column', (part) => {
    const stranger = cipher.seal(caseOf('DAPG-2026-0043'), 3);
    const earlier = cipher.seal(kase, 2);
    expect(cipher.open({ ...sealed, [part]: stranger[part] })).toEqual(UNREADABLE);
    expect(cipher.open({ ...sealed, [part]: earlier[part] })).toEqual(UNREADABLE);
    for (const other of PARTS.filter((name) => name !== part))
      expect(cipher.open({ ...sealed, [part]: sealed[other] })).toEqual(UNREADABLE);
  });

  it('P4: does not open under the name of another case: nobody can be given another man’s protected contacts', () => {
    expect(cipher.open({ ...sealed, caseRef: 'DAPG-2026-0043' })).toEqual(UNREADABLE);
    const stranger = cipher.seal(caseOf('DAPG-2026-0043'), 3);
    const swapped: SealedCase = { ...stranger, caseRef: sealed.caseRef };
    expect(cipher.open(swapped)).toEqual(UNREADABLE);
  });

  it('does not open for an agency that was written into the readable column', () => {
    expect(cipher.open({ ...sealed, agencies: [...sealed.agencies, 'housing'] })).toEqual(UNREADABLE);
  });

  it.each(PARTS)('does not open when any byte of the %s was changed, cut or added', (part) => {
    const bytes = Buffer.from(sealed[part]);
    for (let n = 0; n < bytes.length; n += 1) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(n) ^ 1, n);
      expect(cipher.open({ ...sealed, [part]: changed })).toEqual(UNREADABLE);
    }
    expect(cipher.open({ ...sealed, [part]: bytes.subarray(0, -1) })).toEqual(UNREADABLE);
    expect(cipher.open({ ...sealed, [part]: bytes.subarray(0, 20) })).toEqual(UNREADABLE);
    expect(cipher.open({ ...sealed, [part]: Buffer.concat([bytes, Buffer.of(0)]) })).toEqual(UNREADABLE);
    expect(cipher.open({ ...sealed, [part]: Buffer.alloc(0) })).toEqual(UNREADABLE);
  });

  it('refuses a master key of the wrong length at the start', () => {
    expect(() => createCaseCipher({ current: { id: 'short', key: Buffer.alloc(16) } })).toThrow('32 bytes');
  });
});
