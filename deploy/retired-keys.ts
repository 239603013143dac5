import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RetiredLogKey } from '../gateway/audit/checkpoints/check-start.ts';
import { parseVerifierKey } from '../gateway/audit/note/verifier-key.ts';
import type { MasterKey } from '../gateway/cases/case-cipher.ts';

/**
 * Keys that were replaced and are still needed to read. A retired master key lies beside the one in use as
 * `case-master.1.key`, `case-master.2.key` and so on; of a retired log key only the public half is kept.
 */

export interface RetiredKeys {
  /** Name of the master key in use, stored beside what it wraps. */
  readonly masterKeyId: string;
  readonly masters: readonly MasterKey[];
  readonly logKeys: readonly RetiredLogKey[];
}

/** One line for each: the size of the last checkpoint it signed, a space, the verifier key. */
export const RETIRED_LOG_KEYS_FILE = 'log-retired.txt';

const MASTER_FILE = /^case-master\.([1-9]\d{0,5})\.key$/;
const LOG_LINE = /^(\d{1,15}) (\S+)$/;
const SECRET_BYTES = 32;

export const masterKeyName = (number: number): string => `master-${number}`;
export const retiredMasterFile = (number: number): string => `case-master.${number}.key`;

/** Numbers of the retired master keys of a folder, smallest first. */
export async function retiredNumbers(folder: string): Promise<readonly number[]> {
  const found = (await readdir(folder)).flatMap((name) => MASTER_FILE.exec(name)?.[1] ?? []);
  return found.map(Number).sort((a, b) => a - b);
}

/** Reads them all. Throws where one is not what it should be: a key that is there and unusable is no key that is absent. */
export async function readRetiredKeys(folder: string): Promise<RetiredKeys> {
  const numbers = await retiredNumbers(folder);
  const masters = await Promise.all(
    numbers.map(async (number): Promise<MasterKey> => {
      const key = Buffer.from((await readFile(join(folder, retiredMasterFile(number)), 'utf8')).trim(), 'base64');
      if (key.length !== SECRET_BYTES) throw new Error('a secret key has 32 bytes');
      return { id: masterKeyName(number), key };
    }),
  );
  const text = await readFile(join(folder, RETIRED_LOG_KEYS_FILE), 'utf8').catch(absent);
  const lines = text.split('\n').filter((line) => line !== '');
  return { masterKeyId: masterKeyName((numbers.at(-1) ?? 0) + 1), masters, logKeys: lines.map(retiredLogKeyOf) };
}

function absent(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return '';
  throw error;
}

function retiredLogKeyOf(line: string): RetiredLogKey {
  const [, upTo, text] = LOG_LINE.exec(line) ?? [];
  const key = text === undefined ? undefined : parseVerifierKey(text);
  if (upTo === undefined || key?.ok !== true) throw new Error('not a retired log key');
  return { key: key.value, upTo: Number(upTo) };
}
