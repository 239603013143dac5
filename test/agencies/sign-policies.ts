import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { cp, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  keepSigned,
  readFolderTexts,
  readSignedTexts,
  readSignersFor,
  verifyingWith,
} from '../../gateway/cli/signed-folder.ts';
import { sayBundleFault } from '../../policies/engine/sign/sentences.ts';
import { signFolder } from '../../policies/engine/sign/sign-bundle.ts';
import type { Office } from '../../policies/engine/sign/signers.ts';

/**
 * The agreements that ship, signed by people who do not exist: copied into a folder of their own, with keys that are
 * made there. The repository has no key with which anything could be signed.
 */

/** Who signs for the partnership of the demo: one for each office, and an author who holds none of them. */
export const PARTNERSHIP_OFFICES = [
  ['ig-lead', ['ig']],
  ['police-owner', ['owner:police']],
  ['probation-owner', ['owner:probation']],
  ['housing-owner', ['owner:housing']],
  ['health-owner', ['owner:health']],
  ['childrens-owner', ['owner:childrens']],
  ['guardian', ['caldicott']],
] as const satisfies readonly (readonly [string, readonly Office[]])[];

export interface SignedFolder {
  readonly policiesFolder: string;
  readonly signersFile: string;
}

/** Takes the repository's `policies` folder; copies, signs what is not signed yet, and says where it is. */
export async function signPolicies(policies: string, folder: string): Promise<SignedFolder> {
  const agreements = join(folder, 'agreements');
  const invariants = join(folder, 'invariants');
  await mkdir(join(folder, 'keys'), { recursive: true, mode: 0o700 });
  await copyTexts(join(policies, 'agreements'), agreements);
  if (await isThere(join(policies, 'invariants'))) await copyTexts(join(policies, 'invariants'), invariants);
  const keys: KeyObject[] = [];
  for (const [id] of PARTNERSHIP_OFFICES) keys.push(await keptKey(join(folder, 'keys', `${id}.key`)));
  const signersFile = join(folder, 'signers.yaml');
  await writeFile(signersFile, signersText(keys));
  for (const key of keys) await signOnce(agreements, signersFile, key);
  return { policiesFolder: agreements, signersFile };
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The texts of a folder, in place of what was there; signed bundles stay. */
async function copyTexts(from: string, to: string): Promise<void> {
  const before = await readFolderTexts(to);
  for (const name of before.ok ? Object.keys(before.value.files) : []) await rm(join(to, name));
  await cp(from, to, { recursive: true, filter: (path) => !/\.(?:test\.ts|md|json)$/u.test(path) });
}

async function keptKey(file: string): Promise<KeyObject> {
  try {
    return createPrivateKey(await readFile(file, 'utf8'));
  } catch {
    const { privateKey } = generateKeyPairSync('ed25519');
    await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
    return privateKey;
  }
}

function signersText(keys: readonly KeyObject[]): string {
  const rows = PARTNERSHIP_OFFICES.map(([id, roles], place) => {
    const key = keys[place];
    const x = key === undefined ? '' : String(createPublicKey(key).export({ format: 'jwk' }).x);
    const agency = id.startsWith('ig-') ? 'riverton-council' : 'riverton-partners';
    return `  - { id: ${id}, person: ${id}, agency: ${agency}, team: team-of-${id}, publicKey: ${x}, roles: [${roles.join(', ')}] }`;
  });
  return `signers:\n${rows.join('\n')}\n`;
}

async function signOnce(agreements: string, signersFile: string, key: KeyObject): Promise<void> {
  const [signers, folder] = [await readSignersFor(agreements, signersFile), await readFolderTexts(agreements)];
  if (!signers.ok || !folder.ok) throw new Error('the folder that was just made cannot be read');
  const texts = await readSignedTexts(agreements);
  const signed = signFolder({ texts, folder: folder.value, key, verifying: verifyingWith(signers.value) });
  if (signed.ok) await keepSigned(agreements, signed.value.number, signed.value.text);
  else if (signed.error.code !== 'complete') throw new Error(sayBundleFault(signed.error));
}
