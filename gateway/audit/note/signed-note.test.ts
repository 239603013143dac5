import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { cosignedMessage, writeCosignature } from './cosignature.ts';
import {
  formatNote,
  noteMessage,
  parseNote,
  parseSignatureLines,
  verifyNote,
  type Note,
  type NoteSignature,
} from './signed-note.ts';
import { makeVerifierKey, parseVerifierKey, rawPublicKey, type VerifierKey } from './verifier-key.ts';

interface Signing {
  readonly key: VerifierKey;
  readonly privateKey: KeyObject;
}

function signing(name: string, type: VerifierKey['type'] = 'ed25519'): Signing {
  const pair = generateKeyPairSync('ed25519');
  const key = makeVerifierKey(name, type, rawPublicKey(pair.publicKey));
  if (!key.ok) throw new Error(key.error);
  return { key: key.value, privateKey: pair.privateKey };
}

function signatureBy({ key, privateKey }: Signing, text: string, timestamp = 1_790_000_000): NoteSignature {
  if (key.type === 'ed25519') return { ...key, bytes: new Uint8Array(sign(null, noteMessage(text), privateKey)) };
  const signature = new Uint8Array(sign(null, cosignedMessage(timestamp, text), privateKey));
  return { ...key, bytes: writeCosignature({ timestamp, signature }) };
}

const parsed = (whole: string): Note => {
  const note = parseNote(whole);
  if (!note.ok) throw new Error(note.error);
  return note.value;
};

const log = signing('riverton.example/log');
const witness = signing('police.example/witness', 'cosignature/v1');
const TEXT = 'riverton.example/log\n7\nsome root\n';

describe('signed notes', () => {
  it('verifies the published example of C2SP signed-note', () => {
    const key = parseVerifierKey('example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k');
    const line =
      '— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=';
    const note = parsed(`This is an example message.\n\n${line}\n`);
    expect(key.ok && verifyNote(note, [key.value])).toMatchObject({ ok: true });
    expect(key.ok && verifyNote({ ...note, text: 'This is another message.\n' }, [key.value])).toEqual({
      ok: false,
      error: { code: 'signature-wrong', name: 'example.com/foo' },
    });
  });

  it('reads back what it wrote, whatever the text and however many signatures', () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\p{Cc}\p{Surrogate}]/gu, ''));
    const signature = fc.record({
      name: fc.webUrl().map((url) => url.replaceAll(/[\s+]/g, '')),
      keyId: fc.nat(0xff_ff_ff_ff),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 90 }),
    });
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 5 }),
        fc.array(signature, { minLength: 1, maxLength: 16 }),
        (lines, signatures) => {
          const note = { text: `${lines.join('\n')}\n`, signatures };
          const whole = formatNote(note);
          expect(parseNote(whole)).toEqual({ ok: true, value: note });
          expect(parseNote(Buffer.from(whole, 'utf8'))).toEqual({ ok: true, value: note });
        },
      ),
      { seed: 1, numRuns: 200 },
    );
  });

  it('P10: any one changed byte of a signed note is noticed', () => {
    const bytes = Buffer.from(
      formatNote({ text: TEXT, signatures: [signatureBy(log, TEXT), signatureBy(witness, TEXT)] }),
    );
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const forged = Buffer.from(bytes);
        forged.writeUInt8(forged.readUInt8(at) ^ flip, at);
        const note = parseNote(new Uint8Array(forged));
        if (!note.ok) return;
        const verified = verifyNote(note.value, [log.key, witness.key]);
        expect(verified.ok && verified.value.length === 2).toBe(false);
      }),
      { seed: 1, numRuns: 400 },
    );
  });

  it('ignores a signature of an unknown key, also one that bears a known name or a known id', () => {
    const stranger = signatureBy(signing(log.key.name), TEXT);
    const sameId = { ...signatureBy(signing('other.example'), TEXT), keyId: log.key.keyId };
    const note = { text: TEXT, signatures: [stranger, sameId, signatureBy(log, TEXT)] };
    expect(verifyNote(note, [log.key])).toMatchObject({ ok: true, value: [{ key: { name: log.key.name } }] });
    expect(verifyNote({ text: TEXT, signatures: [stranger, sameId] }, [log.key])).toEqual({
      ok: false,
      error: { code: 'no-known-signature' },
    });
  });

  it('refuses the whole note for one wrong signature of a known key', () => {
    const wrong = { ...signatureBy(log, TEXT), ...witness.key, bytes: new Uint8Array(72) };
    expect(verifyNote({ text: TEXT, signatures: [signatureBy(log, TEXT), wrong] }, [log.key, witness.key])).toEqual({
      ok: false,
      error: { code: 'signature-wrong', name: witness.key.name },
    });
  });

  it('counts a key once, however often it signed', () => {
    const twice = [signatureBy(witness, TEXT, 1_790_000_001), signatureBy(witness, TEXT, 1_790_000_002)];
    const verified = verifyNote({ text: TEXT, signatures: twice }, [witness.key]);
    expect(verified).toMatchObject({ ok: true, value: [{ timestamp: 1_790_000_001 }] });
    expect(verified.ok && verified.value.length).toBe(1);
  });

  it.each([
    ['', 'note-unsigned'],
    ['text\n', 'note-unsigned'],
    ['text\n\n', 'note-unsigned'],
    ['text\n\n— a AAAAAAA=', 'note-signature-line'],
    ['text\n\n- a AAAAAAA=\n', 'note-signature-line'],
    ['text\n\n— a  AAAAAAA=\n', 'note-signature-line'],
    ['text\n\n— a+b AAAAAAA=\n', 'note-signature-line'],
    ['text\n\n— a AAAAAAB=\n', 'note-signature-line'],
    ['text\n\n— a AAAA\n', 'note-signature-line'],
    ['text\n\n— a AAAAAAA=\nmore\n', 'note-signature-line'],
    ['text\r\n\n— a AAAAAAA=\n', 'note-control-character'],
    ['te\u0000xt\n\n— a AAAAAAA=\n', 'note-control-character'],
    ['te\ud800xt\n\n— a AAAAAAA=\n', 'note-not-utf8'],
    [`text\n\n${'— a AAAAAAA=\n'.repeat(65)}`, 'note-too-many-signatures'],
    ['x'.repeat(262_145), 'note-too-large'],
  ])('refuses %j as %s', (whole, code) => {
    expect(parseNote(whole)).toEqual({ ok: false, error: code });
  });

  it('refuses bytes that are no UTF-8, and keeps a byte-order mark as the character it is', () => {
    expect(parseNote(Uint8Array.of(0xc3, 0x28, 10, 10))).toEqual({ ok: false, error: 'note-not-utf8' });
    const marked = `\ufeffa\n\n— a AAAAAAA=\n`;
    expect(parseNote(Buffer.from(marked))).toMatchObject({ value: { text: '\ufeffa\n' } });
  });

  it('splits text and signatures at the last empty line', () => {
    expect(parsed('a\n\nb\n\n\n— a AAAAAAA=\n').text).toBe('a\n\nb\n\n');
    expect(parseSignatureLines('— a AAAAAAA=\n')).toMatchObject({ ok: true });
    expect(parseSignatureLines('\n— a AAAAAAA=\n')).toMatchObject({ ok: false });
  });
});
