import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFileSigner } from '../../adapters/keys/file-signer.ts';
import { createPostgresCaseRegister } from '../../adapters/postgres/case-register.ts';
import { createPostgresReasonStore } from '../../adapters/postgres/review-reasons.ts';
import { masterKeysOf, makeOwnKeys, readKeysFolder, KEY_FILES, type GatewayKeys } from '../../deploy/keys-folder.ts';
import { rotateLogKey, rotateMasterKey, runRewrap } from '../../deploy/rotate-keys.ts';
import { checkStart } from '../../gateway/audit/checkpoints/check-start.ts';
import { publishOnce } from '../../gateway/audit/checkpoints/publish.ts';
import { makeVerifierKey } from '../../gateway/audit/note/verifier-key.ts';
import { createCaseCipher } from '../../gateway/cases/case-cipher.ts';
import { makeReasons } from '../../gateway/review/reasons/reasons.ts';
import { makeStaffNames } from '../../gateway/review/staff/staff-names.ts';
import { caseSchema, type Case } from '../../schemas/case.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { castCases } from '../population/cast-cases.ts';
import { openLogStage, ORIGIN, witnessesThatSay } from './log-tree-stage.ts';

const [told] = castCases('2026-11-20').map(({ subjectIs: _truth, ...kase }) => kase);
if (told === undefined) throw new Error('the cast has no case');
const kase: Case = caseSchema.parse({ ...told, protectedContacts: [], allocatedTo: 'a.worker' });

async function keysIn(folder: string): Promise<GatewayKeys> {
  const keys = await readKeysFolder(folder);
  if (!keys.ok) throw new Error(keys.error.join());
  return keys.value;
}

let folder: string;
let database: FreshDatabase;
let urlFile: string;
beforeAll(async () => {
  database = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'holdfast-rotate-'));
  await makeOwnKeys(folder);
  for (const name of [KEY_FILES.tlsCertificate, KEY_FILES.tlsKey, KEY_FILES.clientAuthority])
    await writeFile(join(folder, name), 'not looked at here');
  urlFile = join(folder, 'owner-url');
  await writeFile(urlFile, database.ownerUrl);
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

/** Everything that lies under master keys, as a gateway with these keys reads it. */
async function readAll(keys: GatewayKeys, id: string) {
  const register = createPostgresCaseRegister({ url: database.url, cipher: createCaseCipher(masterKeysOf(keys)) });
  const store = createPostgresReasonStore({ url: database.url });
  const reasons = makeReasons({ store, ...masterKeysOf(keys), wordKey: keys.pseudonymKey });
  try {
    const wanted = { of: 'worker', staffId: 'a.worker' } as const;
    const list = await register.list({ leadAgency: kase.leadAgency, wanted, limit: 10 });
    const words = await reasons.read('riverton-council', [id]);
    return {
      case: (await register.find(kase.caseRef, kase.leadAgency)).ok,
      listed: list.ok ? list.value.files.length : 'failed',
      words: words.ok ? words.value.get(id) : 'failed',
    };
  } finally {
    await Promise.all([register.close(), store.close()]);
  }
}

describe('a master key is replaced', () => {
  const id = randomUUID();
  const everything = { case: true, listed: 1, words: 'He rang from the hostel' };
  let first: GatewayKeys;
  beforeAll(async () => {
    first = await keysIn(folder);
    const register = createPostgresCaseRegister({ url: database.url, cipher: createCaseCipher(masterKeysOf(first)) });
    expect((await register.put(kase)).ok).toBe(true);
    const store = createPostgresReasonStore({ url: database.url });
    const reasons = makeReasons({ store, ...masterKeysOf(first), wordKey: first.pseudonymKey });
    const sealed = await reasons.seal({
      ...{ id, what: 'reason', agency: 'riverton-council', scope: kase.caseRef, text: everything.words },
    });
    expect(sealed.ok && (await sealed.value.keep()).ok).toBe(true);
    await Promise.all([register.close(), store.close()]);
  });

  it('what it wrapped is still read, and what is written from then on is under the new one', async () => {
    expect(await rotateMasterKey(folder)).toEqual({ ok: true, value: 'master-2' });
    const second = await keysIn(folder);
    expect(second.masterKey).not.toEqual(first.masterKey);
    expect(masterKeysOf(second)).toEqual({
      current: { id: 'master-2', key: second.masterKey },
      retired: [{ id: 'master-1', key: first.masterKey }],
    });
    expect(await readAll(second, id)).toEqual(everything);
    expect(createCaseCipher(masterKeysOf(second)).seal(kase, 9).masterKeyId).toBe('master-2');
    const of = { agency: 'police', staffId: 'p.officer' };
    const name = makeStaffNames(first.masterKey).seal('Ines Farrow', of);
    expect(makeStaffNames(second.masterKey, [first.masterKey]).open(name, of)).toBe('Ines Farrow');
  });

  it('every key is wrapped anew, after which the retired one is needed for none of it', async () => {
    const said: string[] = [];
    const tell = {
      print: (line: string) => said.push(line) - said.length,
      fail: (line: string) => said.push(line),
    };
    expect(await runRewrap(['--url', urlFile, '--keys', folder], tell)).toBe(0);
    expect(said[0]).toBe('2 keys are now under master-2.');
    await rm(join(folder, 'case-master.1.key'));
    const { retired: _retired, ...second } = await keysIn(folder);
    const alone = { ...second, retired: { masterKeyId: 'master-2', masters: [], logKeys: [] } };
    expect(await readAll(alone, id)).toEqual(everything);
    expect(await readAll(first, id)).toEqual({ case: false, listed: 0, words: undefined });
  });

  it('P8: the gateway’s login can wrap no key and bring back none that was destroyed, nor can the owner', async () => {
    const gateway = await connectTo(database.url);
    const rewrap = `update holdfast.scope_key set master_key_id = 'mine', wrapped_key = '\\x00'`;
    await expect(gateway.query(rewrap)).rejects.toThrow('permission denied');
    await gateway.end();
    const owner = await connectTo(database.ownerUrl);
    await owner.query('update holdfast.scope_key set wrapped_key = null, destroyed_at = clock_timestamp()');
    await expect(owner.query(`${rewrap}, destroyed_at = null`)).rejects.toThrow('does not come back');
    await owner.end();
  });
});

describe('P10: the log’s key is replaced', () => {
  it('the log goes on under the new one, and the old one signs nothing newer', async () => {
    const pem = await readFile(join(folder, KEY_FILES.logKey), 'utf8');
    const old = makeFileSigner(ORIGIN, pem);
    if (!old.ok) throw new Error(old.error);
    const oldKey = makeVerifierKey(ORIGIN, 'ed25519', old.value.publicKey);
    if (!oldKey.ok) throw new Error(oldKey.error);
    const stage = await openLogStage({ signed: { signer: old.value, key: oldKey.value } });
    await stage.start();
    await stage.fill(300);
    await stage.publish();
    expect(await rotateLogKey(folder, stage.url)).toMatchObject({
      ok: false,
      error: expect.stringContaining('stop every gateway'),
    });
    await Promise.all([stage.log.close(), stage.tree.close()]);
    expect(await rotateLogKey(folder, stage.url)).toMatchObject({ ok: true, value: expect.stringContaining(ORIGIN) });

    const keys = await keysIn(folder);
    const fresh = makeFileSigner(ORIGIN, keys.logKeyPem);
    if (!fresh.ok) throw new Error(fresh.error);
    const freshKey = makeVerifierKey(ORIGIN, 'ed25519', fresh.value.publicKey);
    if (!freshKey.ok) throw new Error(freshKey.error);
    const retired = keys.retired?.logKeys ?? [];
    expect(retired).toEqual([{ key: oldKey.value, upTo: 300 }]);
    const again = await openLogStage({ url: stage.url, ownerUrl: stage.ownerUrl });
    const check = {
      ...{ tree: again.tree, log: again.log, instance: randomUUID() },
      ...{ logKeys: [freshKey.value] as const, witnesses: witnessesThatSay(undefined) },
    };
    expect(await checkStart({ ...check, retired: [] })).toEqual({ ok: false, error: { code: 'key-differs' } });
    expect(await checkStart({ ...check, retired })).toMatchObject({ ok: true, value: { size: 300 } });
    await again.fill(10);
    expect(await publishOnce(again.tree, fresh.value)).toMatchObject({ ok: true, value: { size: 310 } });
    expect(await checkStart({ ...check, retired })).toMatchObject({ ok: true, value: { size: 310 } });
    // Whoever stole the retired key, and owns the database, signs on with it.
    await again.fill(10);
    expect(await publishOnce(again.tree, old.value)).toMatchObject({ ok: true, value: { size: 320 } });
    expect(await checkStart({ ...check, retired })).toEqual({ ok: false, error: { code: 'key-differs' } });
    await again.close();
    await stage.close();
  });
});
