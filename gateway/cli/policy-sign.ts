import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { sayBundleFault } from '../../policies/engine/sign/sentences.ts';
import { signFolder } from '../../policies/engine/sign/sign-bundle.ts';
import {
  keepSigned,
  readFolderTexts,
  readSignedPolicies,
  readSignedTexts,
  readSignersFor,
  verifyingWith,
} from './signed-folder.ts';

/** `holdfast policy key`, `sign` and `verify`. */

export const POLICY_KEY_USAGE = 'holdfast policy key FILE';
export const POLICY_SIGN_USAGE = 'holdfast policy sign --key FILE --in FOLDER [--signers FILE] [--restore NUMBER]';
export const POLICY_VERIFY_USAGE = 'holdfast policy verify FOLDER [--signers FILE]';

type Tell = (sentence: string) => number;
const text = { type: 'string' } as const;

/** Makes a signer's own key, which nobody else may read, and says what to put into the signers file. */
export async function runPolicyKey(words: readonly string[], print: Tell, fail: Tell): Promise<number> {
  const [file, ...more] = words;
  if (file === undefined || more.length > 0 || file.startsWith('-')) return fail(`Usage: ${POLICY_KEY_USAGE}`);
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  try {
    await writeFile(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  } catch {
    return fail(`${file} cannot be written, or is there already: a key is never replaced.`);
  }
  const { x } = publicKey.export({ format: 'jwk' });
  return print(`The key is ${file}. Keep it to yourself. For the signers file:\n    publicKey: ${String(x)}`);
}

/** Signs a folder with one person's key and says who has to sign yet. */
export async function runPolicySign(words: readonly string[], print: Tell, fail: Tell): Promise<number> {
  const asked = readWords(words);
  if (asked === undefined) return fail(`Usage: ${POLICY_SIGN_USAGE}`);
  const { folder, restore } = asked;
  const key = await readKey(asked.key);
  if (key === undefined) return fail(`${asked.key} is no key that \`holdfast policy key\` made, or cannot be read.`);
  const signers = await readSignersFor(folder, asked.signers);
  if (!signers.ok) return fail(signers.error.join('\n'));
  const found = await readFolderTexts(folder);
  if (!found.ok) return fail(found.error);
  const signed = signFolder({
    ...{ texts: await readSignedTexts(folder), folder: found.value, key, verifying: verifyingWith(signers.value) },
    ...(restore === undefined ? {} : { restore }),
  });
  if (!signed.ok) return fail(sayBundleFault(signed.error));
  const { number, signer, waits } = signed.value;
  const path = await keepSigned(folder, number, signed.value.text);
  print(`${signer.person} (${signer.id}) signed bundle ${number}: ${path}`);
  return print(waits === undefined ? `Bundle ${number} is complete.` : sayBundleFault(waits));
}

/** Verifies a folder and all its bundles, and says what it is. */
export async function runPolicyVerify(words: readonly string[], print: Tell, fail: Tell): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { signers: text },
    allowPositionals: true,
    strict: true,
  });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) return fail(`Usage: ${POLICY_VERIFY_USAGE}`);
  const read = await readSignedPolicies(folder, values.signers);
  if (!read.ok) return fail(read.error.join('\n'));
  const { version, provenance } = read.value;
  const { number, digest, author, by, signers } = provenance.signed;
  print(`Bundle ${number} holds, with every bundle before it. Version ${version}`);
  print(`Written by ${author}, signed by ${by.join(', ')}. Digest ${digest}`);
  return print(`The list of signers has the digest ${signers}: compare it with the one that the agencies agreed.`);
}

interface Words {
  readonly key: string;
  readonly folder: string;
  readonly signers?: string;
  readonly restore?: number;
}

function readWords(words: readonly string[]): Words | undefined {
  const { values } = parseArgs({
    args: [...words],
    options: { key: text, in: text, signers: text, restore: text },
    strict: true,
  });
  const { key, in: folder, signers, restore } = values;
  if (key === undefined || folder === undefined || !/^[1-9]\d{0,5}$/.test(restore ?? '1')) return undefined;
  return {
    ...{ key, folder },
    ...(signers === undefined ? {} : { signers }),
    ...(restore === undefined ? {} : { restore: Number(restore) }),
  };
}

async function readKey(file: string): Promise<KeyObject | undefined> {
  try {
    const key = createPrivateKey(await readFile(file, 'utf8'));
    return createPublicKey(key).asymmetricKeyType === 'ed25519' ? key : undefined;
  } catch {
    return undefined;
  }
}
