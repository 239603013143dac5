import { mkdir, open, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { diffBundles } from '../../policies/engine/diff/diff-bundles.ts';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import { sameTexts, type FolderTexts } from '../../policies/engine/sign/bundle-form.ts';
import { sayBundleFault } from '../../policies/engine/sign/sentences.ts';
import type { Gain } from '../../policies/engine/sign/signatures-needed.ts';
import { readSigners, type Signers } from '../../policies/engine/sign/signers.ts';
import { verifyBundles, type VerifiedBundle, type Verifying } from '../../policies/engine/sign/verify-bundle.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/**
 * A folder of agreements with its signed bundles: `*.yaml`, the invariants in a folder beside it, and the bundles as
 * `signed/0001.json` and so on, none of which is ever taken away.
 */

const FILE_BYTES_MAX = 1024 * 1024;
/** Of one signed bundle: all its files, with room for escapes. */
const SIGNED_BYTES_MAX = 32 * 1024 * 1024;
const SIGNED_NAME = /^\d{4}\.json$/;

/** The texts of the agreements and of the invariants they are held to. */
export async function readFolderTexts(folder: string): Promise<Result<FolderTexts, string>> {
  const beside = join(dirname(resolve(folder)), 'invariants');
  try {
    const invariants = (await isFolder(beside)) ? await textsIn(beside) : {};
    return ok({ files: await textsIn(folder), invariants });
  } catch {
    return err(`The agreements folder ${folder} cannot be read.`);
  }
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() === true;

async function textsIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readAtMost(join(folder, name), FILE_BYTES_MAX)] as const)),
  );
}

/** Reads no more than a limit: what is longer is cut, and refused for that by whoever reads its text. */
async function readAtMost(path: string, bytes: number): Promise<string> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(size, bytes)), 0, Math.min(size, bytes), 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The texts of the signed bundles, oldest first; none where nothing was signed. */
export async function readSignedTexts(folder: string): Promise<readonly string[]> {
  const signed = join(folder, 'signed');
  if (!(await isFolder(signed))) return [];
  const names = (await readdir(signed)).filter((name) => SIGNED_NAME.test(name)).sort();
  const texts: string[] = [];
  for (const name of names) texts.push(await readAtMost(join(signed, name), SIGNED_BYTES_MAX));
  return texts;
}

/** Keeps a signed bundle under its number, whole or not at all. */
export async function keepSigned(folder: string, number: number, text: string): Promise<string> {
  const signed = join(folder, 'signed');
  await mkdir(signed, { recursive: true });
  const path = join(signed, `${String(number).padStart(4, '0')}.json`);
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
  return path;
}

/** The list of signers, from the file named, or from `signers.yaml` beside the folder. */
export async function readSignersFor(folder: string, file?: string): Promise<Result<Signers, readonly string[]>> {
  const path = file ?? join(dirname(resolve(folder)), 'signers.yaml');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return err([`The signers file ${path} cannot be read: deploy/environment.md shows one.`]);
  }
  const signers = readSigners(path, text);
  if (signers.ok) return signers;
  return err(signers.error.map(({ file: at, line, what, mend }) => `${at}:${line}: ${what}. ${mend}`));
}

/** With what bundles are verified: the list of signers, and the semantic diff. */
export const verifyingWith = (signers: Signers): Verifying => ({
  signers,
  gainsBetween,
});

/** Bundles never change once they are made: what one gives beyond another is worked out once. */
const gained = new WeakMap<PolicyBundle, WeakMap<PolicyBundle, readonly Gain[]>>();

function gainsBetween(old: PolicyBundle, now: PolicyBundle): readonly Gain[] {
  const ofOld = gained.get(old) ?? new WeakMap<PolicyBundle, readonly Gain[]>();
  gained.set(old, ofOld);
  const gains = ofOld.get(now) ?? diffBundles(old, now).gains;
  ofOld.set(now, gains);
  return gains;
}

/** Agreements that were signed, with how. */
export interface SignedPolicies extends PolicyBundle {
  readonly provenance: Pick<VerifiedBundle, 'signed' | 'chain'>;
}

/**
 * Reads agreements that have to be signed: the folder's files are those of its newest bundle, byte for byte, and every
 * bundle holds. `trusted` is a digest that was verified before, which spares those up to it.
 */
export async function readSignedPolicies(
  folder: string,
  signersFile?: string,
  trusted?: string,
): Promise<Result<SignedPolicies, readonly string[]>> {
  const signers = await readSignersFor(folder, signersFile);
  if (!signers.ok) return signers;
  const texts = await readFolderTexts(folder);
  if (!texts.ok) return err([texts.error]);
  const verified = verifyBundles(await readSignedTexts(folder), {
    ...verifyingWith(signers.value),
    ...(trusted === undefined ? {} : { trusted }),
  });
  if (!verified.ok) return err([sayBundleFault(verified.error)]);
  const { bundle, signed, chain, folder: said } = verified.value;
  if (!sameTexts(said, texts.value)) return err(differencesIn(signed.number, said, texts.value));
  return ok({ ...bundle, provenance: { signed, chain } });
}

function differencesIn(number: number, said: FolderTexts, found: FolderTexts): readonly string[] {
  return (['files', 'invariants'] as const).flatMap((part) => {
    const names = [...new Set([...Object.keys(said[part]), ...Object.keys(found[part])])].sort();
    return names
      .filter((name) => said[part][name] !== found[part][name])
      .map((name) => `${name} is not as it was signed in bundle ${number}. Put it back, or sign the change.`);
  });
}
