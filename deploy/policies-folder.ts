import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadBundle, type PolicyBundle } from '../policies/engine/index.ts';
import { err, ok, type Result } from '../schemas/result.ts';

/** Loads the agreements of a folder. Every problem has its file and line; with one problem nothing starts. */
export async function readPoliciesFolder(folder: string): Promise<Result<PolicyBundle, string[]>> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  } catch {
    return err([`The agreements folder ${folder} cannot be read.`]);
  }
  const files = await Promise.all(
    names.map(async (name) => ({ path: join(folder, name), text: await readFile(join(folder, name), 'utf8') })),
  );
  const bundle = loadBundle(files);
  if (bundle.ok) return ok(bundle.value);
  return err(bundle.error.map(({ file, line, what, mend }) => `${file}:${line}: ${what}. ${mend}`));
}
