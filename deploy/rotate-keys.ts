import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readLogForRotation } from '../adapters/postgres/retention-log.ts';
import { createPostgresKeyRewrap } from '../adapters/postgres/retention-rewrap.ts';
import { formatVerifierKey, makeVerifierKey, rawPublicKey } from '../gateway/audit/note/verifier-key.ts';
import { rewrapCase } from '../gateway/cases/case-cipher.ts';
import { rewrapScopeKey } from '../gateway/review/reasons/reasons.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { KEY_FILES, masterKeysOf, readKeysFolder } from './keys-folder.ts';
import { masterKeyName, RETIRED_LOG_KEYS_FILE, retiredMasterFile, retiredNumbers } from './retired-keys.ts';

/** Replacing the keys that everything at rest depends on. What was sealed or signed before stays readable. */

export const ROTATE_USAGE = [
  'holdfast keys rotate case-master --keys FOLDER',
  'holdfast keys rotate log --keys FOLDER --url FILE',
  'holdfast keys rewrap --url FILE --keys FOLDER',
] as const;

interface Tell {
  readonly print: (sentence: string) => number;
  readonly fail: (sentence: string) => number;
}

function wordsOf(words: readonly string[]): { readonly keys?: string; readonly url?: string } {
  const one = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...words], options: { keys: one, url: one }, strict: true });
  return {
    ...(values.keys === undefined ? {} : { keys: values.keys }),
    ...(values.url === undefined ? {} : { url: values.url }),
  };
}

/** `holdfast keys rotate`: makes a new key in place of one that is kept for reading. */
export async function runRotate([which, ...rest]: readonly string[], { print, fail }: Tell): Promise<number> {
  const { keys, url } = wordsOf(rest);
  if (which === 'case-master' && keys !== undefined) {
    const rotated = await rotateMasterKey(keys);
    return rotated.ok
      ? print(
          `New cases and reasons go under ${rotated.value}. Restart every gateway together, then run holdfast keys rewrap.`,
        )
      : fail(rotated.error);
  }
  if (which !== 'log' || keys === undefined || url === undefined) return fail(ROTATE_USAGE.join('\n'));
  const rotated = await rotateLogKey(keys, (await readFile(url, 'utf8')).trim());
  return rotated.ok
    ? print(`Give every agency the log's new key, then start the gateways:\n${rotated.value}`)
    : fail(rotated.error);
}

/**
 * Keeps the master key in use under the next number and makes a new one. A crash in between leaves the old key under
 * both names, which opens everything and harms nothing.
 * @returns the name of the new key
 */
export async function rotateMasterKey(folder: string): Promise<Result<string, string>> {
  try {
    const number = ((await retiredNumbers(folder)).at(-1) ?? 0) + 1;
    await link(join(folder, KEY_FILES.masterKey), join(folder, retiredMasterFile(number)));
    await replaceSecret(join(folder, KEY_FILES.masterKey), `${randomBytes(32).toString('base64')}\n`);
    return ok(masterKeyName(number + 1));
  } catch {
    return err(`The master key in ${folder} could not be replaced: check that the folder is there and can be written.`);
  }
}

/**
 * Makes a new log key, and notes up to which size the one before it signed. Refuses while a gateway runs: it would go
 * on signing with the old key beyond that size, and none could start on what it signed.
 * @returns the new verifier key
 */
export async function rotateLogKey(folder: string, url: string): Promise<Result<string, string>> {
  const log = await readLogForRotation(url);
  if (!log.ok) return err('The log cannot be read: check the address in the --url file and that the database runs.');
  const { origin, signedUpTo, gateways } = log.value;
  if (origin === undefined) return err('This database holds no log yet: there is nothing that a key has signed.');
  if (gateways > 0) return err('A gateway is still running: stop every gateway, wait a few seconds, run this again.');
  try {
    const path = join(folder, KEY_FILES.logKey);
    const before = vkeyOf(origin, await readFile(path, 'utf8'));
    const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const retired = await readFile(join(folder, RETIRED_LOG_KEYS_FILE), 'utf8').catch(() => '');
    // First what still reads, then the key: after a crash in between the old key is in force and also retired.
    const others = retired.split('\n').filter((line) => line !== '' && !line.endsWith(` ${before}`));
    await replaceSecret(join(folder, RETIRED_LOG_KEYS_FILE), [...others, `${signedUpTo} ${before}`, ''].join('\n'));
    await replaceSecret(path, pem);
    return ok(vkeyOf(origin, pem));
  } catch {
    return err(`The log key in ${folder} could not be replaced: check that it is there and the folder can be written.`);
  }
}

function vkeyOf(origin: string, pem: string): string {
  const key = makeVerifierKey(origin, 'ed25519', rawPublicKey(createPublicKey(createPrivateKey(pem))));
  if (!key.ok) throw new Error('the log key is of another kind');
  return formatVerifierKey(key.value);
}

/** The file is whole or as before, also after a loss of power. */
async function replaceSecret(path: string, text: string): Promise<void> {
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  const file = await open(fresh, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

/** `holdfast keys rewrap`: wraps every key of a case or review anew under the master key in use. */
export async function runRewrap(words: readonly string[], { print, fail }: Tell): Promise<number> {
  const { keys: folder, url } = wordsOf(words);
  if (folder === undefined || url === undefined) return fail(ROTATE_USAGE.join('\n'));
  const keys = await readKeysFolder(folder);
  if (!keys.ok) return fail(keys.error.join('\n'));
  const masters = masterKeysOf(keys.value);
  const rewrap = createPostgresKeyRewrap({ url: (await readFile(url, 'utf8')).trim() });
  try {
    const done = await rewrap.all(masters.current.id, {
      caseKey: (sealed) => rewrapCase(sealed, masters),
      scopeKey: (key) => rewrapScopeKey(key, masters),
    });
    if (!done.ok) return fail('Not every key could be wrapped: check the address and its role, and run this again.');
    const { rewrapped, unreadable } = done.value;
    print(`${rewrapped} keys are now under ${masters.current.id}.`);
    if (unreadable.length === 0) {
      return print(
        'Nothing needs a retired master key any more, but names of staff until their agencies tell them again.',
      );
    }
    return fail(
      `These could not be opened and were left as they are; keep every retired key: ${unreadable.join(', ')}`,
    );
  } finally {
    await rewrap.close();
  }
}
