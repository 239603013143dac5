import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { loadBundle, type PolicyBundle, type PolicyFile } from '../policies/engine/index.ts';
import { err, ok, type Result } from '../schemas/result.ts';

/** Loads the agreements of a folder. Every problem has its file and line; with one problem nothing starts. */
export async function readPoliciesFolder(folder: string): Promise<Result<PolicyBundle, string[]>> {
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name.endsWith('.yaml')).sort();
  } catch {
    return err([`The agreements folder ${folder} cannot be read.`]);
  }
  let files: readonly PolicyFile[];
  try {
    files = await Promise.all(names.map((name) => readPolicyFile(join(folder, name))));
  } catch {
    return err([`A file of the agreements folder ${folder} cannot be read.`]);
  }
  const bundle = loadBundle(files);
  if (bundle.ok) return ok(bundle.value);
  return err(bundle.error.map(({ file, line, what, mend }) => `${file}:${line}: ${what}. ${mend}`));
}

/** Bytes beyond what a policy file may have: enough that the check sees it is too large, and no more of it. */
const READ_BYTES_MAX = 1024 * 1024;

async function readPolicyFile(path: string): Promise<PolicyFile> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(READ_BYTES_MAX), 0, READ_BYTES_MAX, 0);
    return { path, text: buffer.toString('utf8', 0, bytesRead) };
  } finally {
    await handle.close();
  }
}
