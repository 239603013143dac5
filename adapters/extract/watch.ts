import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoadedBatch, Registration } from './check.ts';
import {
  keepAsLoaded,
  keptBatches,
  manifestsIn,
  setAside,
  undoHalfMoves,
  writeWhole,
  type ExtractFolders,
} from './folder.ts';
import type { BatchFault, ExtractLimits } from './limits.ts';
import { dataName, loadBatch, MANIFEST_ENDING, openManifest, type LoadedExtract, type LoadOptions } from './load.ts';
import { rejectFile } from './rejects.ts';

/** What became of a batch: codes and counts only, fit for a log (P8). */
export type BatchReport =
  | {
      readonly kind: 'loaded';
      readonly batch: string;
      readonly sequence: number;
      readonly counts: LoadedExtract['counts'];
    }
  | { readonly kind: 'refused'; readonly batch: string; readonly fault: BatchFault }
  | { readonly kind: 'arriving'; readonly batch: string }
  /** The folders could not be read or written; the next turn tries again, and the last good batch answers on. */
  | { readonly kind: 'folder-failed' };

export interface DropOptions {
  readonly folders: ExtractFolders;
  readonly registration: Registration;
  readonly limits: ExtractLimits;
  /** Looks at a batch this many times while files of it are short or missing, then calls it truncated. */
  readonly patience: number;
  readonly now: () => number;
  readonly report: (report: BatchReport) => void;
}

export interface Drop {
  /** Takes up whatever has arrived; gives the newest batch that was loaded now, if any. */
  poll(loaded: LoadedBatch | undefined): Promise<LoadedExtract | undefined>;
  /** Loads the last good batch again after a restart. */
  reload(): Promise<LoadedExtract | undefined>;
}

/** Watches one drop folder. Calls must not overlap; see agent.ts. */
export function makeDrop(options: DropOptions): Drop {
  const seen = new Map<string, number>();
  return {
    poll: (loaded) => pollOnce(options, seen, loaded),
    reload: () => reloadLast(options),
  };
}

async function pollOnce(
  options: DropOptions,
  seen: Map<string, number>,
  before: LoadedBatch | undefined,
): Promise<LoadedExtract | undefined> {
  let newest: LoadedExtract | undefined;
  let loaded = before;
  for (const manifestName of await manifestsIn(options.folders.in)) {
    const load = loadOptions(options, options.folders.in, manifestName, loaded);
    const batch = manifestName.slice(0, -MANIFEST_ENDING.length);
    if (await isArriving(load)) {
      const looks = (seen.get(batch) ?? 0) + 1;
      seen.set(batch, looks);
      if (looks < options.patience) {
        options.report({ kind: 'arriving', batch });
        continue;
      }
    }
    seen.delete(batch);
    const extract = await takeUp(options, load, batch);
    if (extract === undefined) continue;
    newest = extract;
    loaded = { sequence: extract.manifest.sequence, people: extract.counts.people };
  }
  return newest;
}

async function takeUp(options: DropOptions, load: LoadOptions, batch: string): Promise<LoadedExtract | undefined> {
  const result = await loadBatch(load);
  if (!result.ok) {
    await setAside(options.folders, load.manifestName);
    await writeWhole(options.folders.out, `${batch}.refused.csv`, `batch,fault\r\n${batch},${result.error}\r\n`);
    options.report({ kind: 'refused', batch, fault: result.error });
    return undefined;
  }
  const { manifest, counts, rejects } = result.value;
  await writeWhole(options.folders.out, `${batch}.rejects.csv`, rejectFile(rejects));
  await keepAsLoaded(options.folders, manifest);
  options.report({ kind: 'loaded', batch, sequence: manifest.sequence, counts });
  return result.value;
}

/** After a crash between two moves `loaded/` may hold two batches: the higher sequence that still checks out wins. */
async function reloadLast(options: DropOptions): Promise<LoadedExtract | undefined> {
  await undoHalfMoves(options.folders);
  let best: LoadedExtract | undefined;
  for (const { folder, manifestName } of await keptBatches(options.folders)) {
    const result = await loadBatch(loadOptions(options, folder, manifestName, undefined));
    const batch = manifestName.slice(0, -MANIFEST_ENDING.length);
    if (!result.ok) options.report({ kind: 'refused', batch, fault: result.error });
    else if (best === undefined || result.value.manifest.sequence > best.manifest.sequence) best = result.value;
  }
  if (best !== undefined) {
    const { batch, sequence } = best.manifest;
    options.report({ kind: 'loaded', batch, sequence, counts: best.counts });
  }
  return best;
}

function loadOptions(
  { registration, limits, now }: DropOptions,
  folder: string,
  manifestName: string,
  loaded: LoadedBatch | undefined,
): LoadOptions {
  return { folder, manifestName, registration, loaded, limits, now: now() };
}

/** A signed manifest whose files are missing or shorter than it says: a transfer still under way, or cut off. */
async function isArriving(load: LoadOptions): Promise<boolean> {
  const manifest = await openManifest(load);
  if (!manifest.ok) return manifest.error === 'signature-missing';
  for (const { name, bytes } of manifest.value.files) {
    const size = await stat(join(load.folder, dataName(manifest.value.batch, name))).then(
      (found) => found.size,
      () => 0,
    );
    if (size < bytes) return true;
  }
  return false;
}
