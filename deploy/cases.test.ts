import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { createPostgresCaseRegister } from '../adapters/postgres/case-register.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { createCaseCipher } from '../gateway/cases/case-cipher.ts';
import { makeSeal } from '../gateway/contacts/seal.ts';
import { freshDatabase, type FreshDatabase } from '../test/database.ts';
import { castCases } from '../test/population/cast-cases.ts';
import { loadCases } from './cases.ts';
import { MASTER_KEY_ID, type GatewayKeys } from './keys-folder.ts';

const secret = (byte: number) => new Uint8Array(32).fill(byte);
const keys: Pick<GatewayKeys, 'masterKey' | 'sealKey'> = { masterKey: secret(1), sealKey: secret(2) };
const gatewayKeys: GatewayKeys = {
  ...keys,
  pseudonymKey: secret(3),
  tlsCertificatePem: '',
  tlsKeyPem: '',
  clientAuthorityPem: '',
  tokenKey: { kty: 'EC' },
  answerKeyPem: '',
  logKeyPem: '',
  answerKeyId: 'answer-1',
  answerPublicKey: {},
};
let database: FreshDatabase;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'holdfast-cases-'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

async function load(lines: readonly string[]) {
  const file = join(folder, 'cases.jsonl');
  await writeFile(file, lines.join('\n'));
  return loadCases(file, database.url, gatewayKeys);
}
const [told] = castCases('2026-11-20').map(({ subjectIs: _truth, ...kase }) => kase);
if (told === undefined) throw new Error('the cast has no case');

describe('holdfast cases load', () => {
  it('P4, P8: stores a case whose protected contact points are seals that the gateway will recognise', async () => {
    expect(await load([JSON.stringify(told)])).toEqual({ ok: true, value: { stored: 1, refused: [] } });
    const cipher = createCaseCipher({ current: { id: MASTER_KEY_ID, key: keys.masterKey } });
    const register = createPostgresCaseRegister({ url: database.url, cipher });
    const found = await register.find(told.caseRef, told.leadAgency);
    await register.close();
    if (!found.ok) throw new Error(found.error);
    const [hers] = told.protectedContacts;
    expect(found.value.protectedContacts.map(({ seal }) => seal)).toContain(
      makeSeal(keys.sealKey)(hers?.kind ?? 'phone', hers?.value ?? ''),
    );
    for (const { value } of told.protectedContacts) expect(JSON.stringify(found.value)).not.toContain(value);
  });

  it('P1: a case that is loaded has an entry, and loaded again takes no protection away', async () => {
    const { protectedContacts: _, ...rest } = told;
    expect(await load([JSON.stringify({ ...rest, protectedContacts: [] })])).toMatchObject({ ok: true });
    const cipher = createCaseCipher({ current: { id: MASTER_KEY_ID, key: keys.masterKey } });
    const register = createPostgresCaseRegister({ url: database.url, cipher });
    const found = await register.find(told.caseRef, told.leadAgency);
    await register.close();
    expect(found.ok && found.value.protectedContacts.length).toBeGreaterThanOrEqual(told.protectedContacts.length);
    const log = createPostgresAccessLog({ url: database.url, leaves: entryLeaves });
    const entries = await log.read(0, 10);
    await log.close();
    const texts = entries.ok ? entries.value.map(({ canonical }) => canonical) : [];
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).toMatch(/"changes":\["loaded"\]/);
    expect(texts.join()).not.toMatch(/Okoro/);
  });

  const bad: [string, string, string][] = [
    ['text that is no JSON', '{', 'not a case: the line (invalid_type)'],
    ['an unknown key', JSON.stringify({ ...told, nickname: 'x' }), 'not a case: the line (unrecognized_keys)'],
    [
      'a case reference of another form',
      JSON.stringify({ ...told, caseRef: 'Daniel' }),
      'not a case: caseRef (invalid_format)',
    ],
    [
      'a protected address that would protect nobody',
      JSON.stringify({ ...told, protectedContacts: [{ kind: 'address', value: 'the blue house', whose: 'victim' }] }),
      'protectedContacts.0 would protect nobody: give a number, an e-mail address, or an address with its postcode',
    ],
  ];
  it.each(bad)('refuses %s by line and place, and stores the good lines all the same', async (_name, line, because) => {
    const loaded = await load([line, JSON.stringify(told)]);
    expect(loaded).toEqual({ ok: true, value: { stored: 1, refused: [`Line 1: ${because}.`] } });
  });
});
