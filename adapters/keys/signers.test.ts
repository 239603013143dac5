import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Signer } from '../../gateway/ports/signer.ts';
import { makeFileSigner } from './file-signer.ts';
import { makePkcs11Signer, type Pkcs11Options } from './pkcs11-signer.ts';

const TEXT = Buffer.from('log.example/riverton\n900\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n');
const SPKI = Buffer.from('302a300506032b6570032100', 'hex');

function signed(signer: Signer, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI, signer.publicKey]), format: 'der', type: 'spki' });
  return verify(null, TEXT, key, signature);
}

const pemOf = (key: ReturnType<typeof generateKeyPairSync>['privateKey']) =>
  key.export({ type: 'pkcs8', format: 'pem' }).toString();

describe('a log key in a file', () => {
  it('signs', async () => {
    const made = makeFileSigner('log.example/riverton', pemOf(generateKeyPairSync('ed25519').privateKey));
    if (!made.ok) throw new Error(made.error);
    expect(signed(made.value, await made.value.sign(TEXT))).toBe(true);
  });

  it.each([
    ['a key of another kind', pemOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)],
    ['no key', 'no key'],
    ['nothing', ''],
  ])('is refused where it is %s', (_what, pem) => {
    expect(makeFileSigner('log.example/riverton', pem)).toEqual({ ok: false, error: 'key-unusable' });
  });
});

const TOOL = '/usr/bin/pkcs11-tool';
const SOFTHSM = '/usr/bin/softhsm2-util';
const MODULE = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'].find(existsSync);
const there = existsSync(TOOL) && existsSync(SOFTHSM) && MODULE !== undefined;
const run = promisify(execFile);

(there ? describe : describe.skip)('a log key in a PKCS#11 token (SoftHSM 2 and OpenSC pkcs11-tool)', () => {
  let folder: string;
  let options: Pkcs11Options;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-token-'));
    const configuration = join(folder, 'softhsm2.conf');
    await mkdir(join(folder, 'tokens'));
    await writeFile(configuration, `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\n`);
    const environment = { SOFTHSM2_CONF: configuration };
    const pin = '246810';
    const token = ['--label', 'holdfast', '--pin', pin];
    await run(SOFTHSM, ['--init-token', '--free', ...token, '--so-pin', '1357911'], { env: environment });
    options = { tool: TOOL, module: MODULE ?? '', tokenLabel: 'holdfast', keyId: '01', pin, environment };
    const login = ['--module', options.module, '--token-label', 'holdfast', '--login', '--pin', pin];
    for (const [type, id] of [
      ['EC:edwards25519', '01'],
      ['EC:prime256v1', '02'],
    ] as const)
      await run(TOOL, [...login, '--keypairgen', '--key-type', type, '--label', 'log', '--id', id], {
        env: environment,
      });
  }, 20_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('signs without ever leaving it', async () => {
    const made = await makePkcs11Signer('log.example/riverton', options);
    if (!made.ok) throw new Error(made.error);
    expect(signed(made.value, await made.value.sign(TEXT))).toBe(true);
    await expect(made.value.sign(Buffer.alloc(1_001))).rejects.toThrow(RangeError);
  });

  it('that is not there, or of another kind, is refused', async () => {
    const name = 'log.example/riverton';
    const unavailable = { ok: false, error: 'token-unavailable' };
    expect(await makePkcs11Signer(name, { ...options, keyId: '0f' })).toEqual(unavailable);
    expect(await makePkcs11Signer(name, { ...options, tokenLabel: 'none' })).toEqual(unavailable);
    expect(await makePkcs11Signer(name, { ...options, tool: '/nowhere/pkcs11-tool' })).toEqual(unavailable);
    expect(await makePkcs11Signer(name, { ...options, keyId: '02' })).toEqual({
      ok: false,
      error: 'key-unusable',
    });
  });

  it('gives no signature with a wrong PIN, nor after the token was taken away', async () => {
    const wrong = await makePkcs11Signer('log.example/riverton', { ...options, pin: '000000' });
    if (!wrong.ok) throw new Error(wrong.error);
    await expect(wrong.value.sign(TEXT)).rejects.toThrow('no signature');
    const made = await makePkcs11Signer('log.example/riverton', options);
    await rm(join(folder, 'tokens'), { recursive: true });
    await expect(made.ok ? made.value.sign(TEXT) : Promise.resolve()).rejects.toThrow('no signature');
  });
});
