import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { generateKeyPairSync, sign } from 'node:crypto';
import { formatCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { cosignedMessage, readCosignature, writeCosignature } from './cosignature.ts';
import { formatNote, noteMessage } from './signed-note.ts';
import { formatTlogProof, parseTlogProof } from './tlog-proof.ts';
import { makeVerifierKey, rawPublicKey, type VerifierKey } from './verifier-key.ts';

const ROOT = new Uint8Array(32).fill(7);
const hash = fc.uint8Array({ minLength: 32, maxLength: 32 });
const line = fc
  .string({ minLength: 1, unit: 'binary' })
  .map((text) => text.replaceAll(/[\p{Cc}\p{Surrogate}]/gu, ''))
  .filter((text) => text !== '');

function party(name: string, type: VerifierKey['type']) {
  const pair = generateKeyPairSync('ed25519');
  const key = makeVerifierKey(name, type, rawPublicKey(pair.publicKey));
  if (!key.ok) throw new Error(key.error);
  const signed = (message: Uint8Array) => new Uint8Array(sign(null, message, pair.privateKey));
  return { key: key.value, signed };
}
const log = party('riverton.example/log', 'ed25519');
const police = party('police.example/witness', 'cosignature/v1');

describe('checkpoints', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(line, fc.maxSafeNat(), hash, fc.array(line, { maxLength: 3 }), (origin, size, root, extensions) => {
        const checkpoint = { origin, size, root, extensions };
        expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual({ ok: true, value: checkpoint });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  const root = Buffer.from(ROOT).toString('base64');
  it.each([
    ['', 'checkpoint-lines'],
    ['a\n1\n', 'checkpoint-lines'],
    [`a\n1\n${root}`, 'checkpoint-lines'],
    [`\n1\n${root}\n`, 'checkpoint-lines'],
    [`a\n1\n${root}\n\nb\n`, 'checkpoint-lines'],
    [`a\n01\n${root}\n`, 'checkpoint-size'],
    [`a\n-1\n${root}\n`, 'checkpoint-size'],
    [`a\n1e3\n${root}\n`, 'checkpoint-size'],
    [`a\n9007199254740992\n${root}\n`, 'checkpoint-size'],
    [`a\n1\n${root.slice(4)}\n`, 'checkpoint-root'],
    [`a\n1\n${root} \n`, 'checkpoint-root'],
  ])('refuses %j as %s', (text, code) => {
    expect(parseCheckpoint(text)).toEqual({ ok: false, error: code });
  });

  const text = formatCheckpoint({ origin: log.key.name, size: 7, root: ROOT, extensions: [] });
  const byLog = { ...log.key, bytes: log.signed(noteMessage(text)) };
  const timestamp = 1_790_000_000;
  const cosigned = (time: number) => ({
    ...police.key,
    bytes: writeCosignature({ timestamp: time, signature: police.signed(cosignedMessage(timestamp, text)) }),
  });

  it('opens one that the log signed and a witness cosigned, and says when', () => {
    const opened = openCheckpoint(
      formatNote({ text, signatures: [byLog, cosigned(timestamp)] }),
      [log.key],
      [police.key],
    );
    expect(opened).toMatchObject({
      ok: true,
      value: { checkpoint: { size: 7 }, signatures: [{ key: log.key }, { key: police.key, timestamp }] },
    });
  });

  it('P10: opens none of another log, none that the log did not sign, none with a cosignature that is false', () => {
    const open = (signatures: Parameters<typeof formatNote>[0]['signatures'], keys = [log.key]) =>
      openCheckpoint(formatNote({ text, signatures }), keys, [police.key]);
    expect(open([byLog], [party('other.example/log', 'ed25519').key])).toMatchObject({
      error: { code: 'origin-differs' },
    });
    expect(open([cosigned(timestamp)])).toMatchObject({ error: { code: 'log-signature-missing' } });
    expect(open([{ ...byLog, bytes: new Uint8Array(64) }])).toMatchObject({ error: { code: 'signature-wrong' } });
    expect(open([byLog, cosigned(timestamp + 1)])).toMatchObject({
      error: { code: 'signature-wrong', name: police.key.name },
    });
  });
});

describe('cosignatures', () => {
  it('read back what they wrote', () => {
    const signature = fc.uint8Array({ minLength: 64, maxLength: 64 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 40 }), signature, (timestamp, bytes) => {
        const cosignature = { timestamp, signature: bytes };
        expect(readCosignature(writeCosignature(cosignature))).toEqual({ ok: true, value: cosignature });
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  it('refuse no time, a time beyond any, and another length', () => {
    expect(readCosignature(new Uint8Array(72))).toMatchObject({ error: 'cosignature-time' });
    expect(readCosignature(new Uint8Array(72).fill(255))).toMatchObject({ error: 'cosignature-time' });
    expect(readCosignature(new Uint8Array(71))).toMatchObject({ error: 'cosignature-length' });
  });
});

describe('proofs as files', () => {
  it('read back what they wrote', () => {
    const proof = fc.record(
      {
        index: fc.maxSafeNat(),
        hashes: fc.array(hash, { maxLength: 63 }),
        checkpoint: fc.constantFrom('a\n1\nroot\n\n— a AAAAAAA=\n'),
        extra: fc.uint8Array({ maxLength: 40 }),
      },
      { requiredKeys: ['index', 'hashes', 'checkpoint'] },
    );
    fc.assert(
      fc.property(proof, (each) => {
        expect(parseTlogProof(formatTlogProof(each))).toEqual({ ok: true, value: each });
      }),
      { seed: 1, numRuns: 100 },
    );
  });

  const whole = formatTlogProof({ index: 3, hashes: [ROOT, ROOT], checkpoint: 'a\n4\nroot\n\n— a AAAAAAA=\n' });
  it.each([
    ['another version', whole.replace('@v1', '@v2'), 'proof-header'],
    ['no index', whole.replace('index', 'place'), 'proof-index'],
    ['an index with a zero before it', whole.replace('index 3', 'index 03'), 'proof-index'],
    ['a hash cut short', whole.replace(/Bwc=\n\n/, 'Bw==\n\n'), 'proof-hash'],
    [
      'more hashes than any tree is deep',
      whole.replace('index 3\n', `index 3\n${`${'BwcH'.repeat(10)}BwcH\n`.repeat(64)}`),
      'proof-hash',
    ],
    ['its end cut off', whole.slice(0, whole.indexOf('\n\n') + 2), 'proof-cut-short'],
    ['extra data that is no base64', whole.replace('index', 'extra ?\nindex'), 'proof-extra'],
  ])('refuse one with %s', (_name, text, code) => {
    expect(parseTlogProof(text)).toEqual({ ok: false, error: code });
  });
});
