import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../schemas/result.ts';
import { dataName, MANIFEST_ENDING, signatureName } from './load.ts';
import type { Manifest } from './manifest.ts';

/**
 * The folders beside the agency, all its own:
 * - `in/`       where it drops batches (data files first, the manifest last, each by rename);
 * - `out/`      where rejects and refusals are told back;
 * - `loaded/`   the last good batch, from which the index is made again after a restart;
 * - `refused/`  batches that were not believed, for the agency to look at.
 */
export interface ExtractFolders {
  readonly in: string;
  readonly out: string;
  readonly loaded: string;
  readonly refused: string;
}

/** Opens the folders under a root, making those that are missing, and refuses a root that others may look into. */
export async function openFolders(root: string): Promise<Result<ExtractFolders, 'folder-open-to-others'>> {
  const folders = {
    in: join(root, 'in'),
    out: join(root, 'out'),
    loaded: join(root, 'loaded'),
    refused: join(root, 'refused'),
  };
  await mkdir(root, { recursive: true, mode: 0o750 });
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true, mode: 0o770 });
  // The group is the transfer account's; anybody else on the machine has no business with nominals.
  for (const folder of [root, ...Object.values(folders)]) {
    if (((await stat(folder)).mode & 0o007) !== 0) return err('folder-open-to-others');
  }
  return ok(folders);
}

/** Manifests that have arrived in a folder, in the order of their names (the batch date). */
export async function manifestsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /^[A-Z]{3}\d{8}\.manifest\.json$/.test(name)).sort();
}

/**
 * Makes a batch the one good batch of `loaded/`, in a folder of its own: a second batch of one day has the same file
 * names, and a crash must never leave the manifest of one over the files of the other. Older ones are deleted once it
 * lies there whole.
 */
export async function keepAsLoaded(folders: ExtractFolders, manifest: Manifest): Promise<void> {
  const own = `${manifest.batch}-${manifest.sequence}`;
  await mkdir(join(folders.loaded, own), { recursive: true, mode: 0o750 });
  for (const name of batchFiles(`${manifest.batch}${MANIFEST_ENDING}`, manifest)) {
    await rename(join(folders.in, name), join(folders.loaded, own, name));
  }
  for (const other of await readdir(folders.loaded)) {
    if (other !== own) await rm(join(folders.loaded, other), { recursive: true, force: true });
  }
}

/** Where the batches of `loaded/` lie: folder and manifest. More than one only after a crash. */
export async function keptBatches(
  folders: ExtractFolders,
): Promise<readonly { readonly folder: string; readonly manifestName: string }[]> {
  const kept: { folder: string; manifestName: string }[] = [];
  for (const folder of await foldersIn(folders.loaded)) {
    for (const manifestName of await manifestsIn(folder)) kept.push({ folder, manifestName });
  }
  return kept;
}

/** Brings back the files of a batch whose move to `loaded/` a crash cut short, so that it is taken up again. */
export async function undoHalfMoves(folders: ExtractFolders): Promise<void> {
  for (const folder of await foldersIn(folders.loaded)) {
    if ((await manifestsIn(folder)).length > 0) continue;
    for (const name of await readdir(folder)) await rename(join(folder, name), join(folders.in, name));
    await rm(folder, { recursive: true });
  }
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  const found = await readdir(folder, { withFileTypes: true });
  return found.filter((one) => one.isDirectory()).map(({ name }) => join(folder, name));
}

/** Moves whatever there is of a batch out of the way. Files of the batch are known by the manifest's own name. */
export async function setAside(folders: ExtractFolders, manifestName: string): Promise<void> {
  const batch = manifestName.slice(0, -MANIFEST_ENDING.length);
  for (const name of await readdir(folders.in)) {
    if (name.startsWith(`${batch}.`)) await rename(join(folders.in, name), join(folders.refused, name));
  }
}

/** Data files first, the manifest last: at any moment a manifest in the folder means that its files are there too. */
function batchFiles(manifestName: string, manifest: Manifest): readonly string[] {
  const data = manifest.files.map(({ name }) => dataName(manifest.batch, name));
  return [...data, signatureName(manifestName), manifestName];
}

/** Writes a file so that nobody ever sees half of it. */
export async function writeWhole(folder: string, name: string, text: string): Promise<void> {
  const partial = join(folder, `.${name}.partial`);
  await writeFile(partial, text, { mode: 0o640 });
  await rename(partial, join(folder, name));
}
