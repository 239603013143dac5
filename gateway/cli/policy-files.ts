import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { loadBundle, type PolicyBundle, type PolicyFile } from '../../policies/engine/index.ts';
import type { PolicyProblem } from '../../policies/engine/problem.ts';
import { readStatements } from '../../policies/engine/prove/read-statements.ts';
import type { Statement } from '../../policies/engine/prove/statement.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/** Where the commands about agreements find their files. */

/** The texts of a folder's files that end so, by name; undefined where the folder or a file cannot be read. */
export async function readTexts(folder: string, ending: string): Promise<readonly PolicyFile[] | undefined> {
  try {
    const names = (await readdir(folder)).filter((name) => name.endsWith(ending)).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return names.map((path, number) => ({ path, text: texts[number] ?? '' }));
  } catch {
    return undefined;
  }
}

/** The folder of agreements and that of statements: both in one, or beside each other. */
export async function policyFolders(
  folder: string,
): Promise<{ readonly agreements: string; readonly statements: string }> {
  const inside = join(folder, 'agreements');
  const found = await stat(inside).catch(() => undefined);
  if (found?.isDirectory() === true) return { agreements: inside, statements: join(folder, 'invariants') };
  return { agreements: folder, statements: join(dirname(folder), 'invariants') };
}

export interface Agreements {
  readonly bundle: PolicyBundle;
  readonly files: readonly PolicyFile[];
}

/** Loads agreements; every problem is a sentence. */
export async function readAgreements(folder: string): Promise<Result<Agreements, readonly string[]>> {
  const { agreements } = await policyFolders(folder);
  const files = await readTexts(agreements, '.yaml');
  if (files === undefined || files.length === 0) return err([`There are no agreements in ${basename(agreements)}.`]);
  const loaded = loadBundle(files);
  return loaded.ok ? ok({ bundle: loaded.value, files }) : err(loaded.error.map(sayProblem));
}

/** Reads the statements that go with agreements; every problem is a sentence. */
export async function readStatementsFor(
  folder: string,
  bundle: PolicyBundle,
): Promise<Result<readonly Statement[], readonly string[]>> {
  const { statements } = await policyFolders(folder);
  const files = await readTexts(statements, '.yaml');
  if (files === undefined || files.length === 0) return err([`There are no statements in ${basename(statements)}.`]);
  const read = readStatements(files, bundle);
  return read.ok ? read : err(read.error.map(sayProblem));
}

/** A problem of a file in one line. */
export const sayProblem = ({ file, line, what, mend }: PolicyProblem): string => `${file}:${line}: ${what}. ${mend}`;
