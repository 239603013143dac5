import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../schemas/result.ts';
import { assemble, type Entry } from './assemble.ts';
import { checkManifest, type LoadedBatch, type Registration } from './check.ts';
import { filesOf, type FileLayout } from './layout.ts';
import type { BatchFault, ExtractLimits } from './limits.ts';
import type { Manifest } from './manifest.ts';
import { parseFile, type ParsedFile } from './parse.ts';
import type { RowReject } from './rejects.ts';

/** One batch, read and believed. */
export interface LoadedExtract {
  readonly manifest: Manifest;
  readonly entries: ReadonlyMap<string, Entry>;
  readonly rejects: readonly RowReject[];
  readonly counts: {
    readonly people: number;
    readonly rows: number;
    readonly rejected: number;
    /** Rows not taken because they are intelligence or may not be shared. */
    readonly heldBack: number;
  };
}

export interface LoadOptions {
  readonly folder: string;
  /** `XXX20261121.manifest.json`, a bare name. */
  readonly manifestName: string;
  readonly registration: Registration;
  readonly loaded: LoadedBatch | undefined;
  readonly limits: ExtractLimits;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export const MANIFEST_ENDING = '.manifest.json';
const SIGNATURE_ENDING = '.manifest.sig';

/** Name of the detached signature beside a manifest. */
export function signatureName(manifestName: string): string {
  return `${manifestName.slice(0, -MANIFEST_ENDING.length)}${SIGNATURE_ENDING}`;
}

/** Name of a data file on disk: batches of several days can lie beside each other. */
export function dataName(batch: string, file: string): string {
  return `${batch}.${file}`;
}

/** Reads and checks the manifest of a batch in a folder, nothing else. */
export async function openManifest(options: LoadOptions): Promise<Result<Manifest, BatchFault>> {
  const { folder, manifestName, registration, limits } = options;
  const text = await readSmall(join(folder, manifestName), limits.manifestBytesMax);
  if (!text.ok) return err(text.error === 'too-large' ? 'manifest-too-large' : 'manifest-unreadable');
  const signature = await readSmall(join(folder, signatureName(manifestName)), 1024);
  if (!signature.ok) return err('signature-missing');
  const manifest = checkManifest(text.value, signature.value, registration, options.loaded, options.now);
  if (manifest.ok && manifestName !== `${manifest.value.batch}${MANIFEST_ENDING}`) return err('wrong-batch-id');
  return manifest;
}

/**
 * Loads one batch: everything or nothing. What comes back is a new index beside the old one; the caller puts it in
 * place in one step.
 */
export async function loadBatch(options: LoadOptions): Promise<Result<LoadedExtract, BatchFault>> {
  const manifest = await openManifest(options);
  if (!manifest.ok) return manifest;
  const signal = AbortSignal.timeout(options.limits.loadMs);
  const parsed: ParsedFile[] = [];
  for (const file of filesOf(options.registration.layout)) {
    const read = await readListed(manifest.value, file, options, signal);
    if (!read.ok) return read;
    parsed.push(read.value);
  }
  return believe(manifest.value, parsed, options);
}

async function readListed(
  manifest: Manifest,
  file: FileLayout,
  { folder, registration, limits }: LoadOptions,
  signal: AbortSignal,
): Promise<Result<ParsedFile, BatchFault>> {
  const listed = manifest.files.find(({ name }) => name === `${file.name}.csv`);
  if (listed === undefined) return err('files-not-as-agreed');
  const handle = await openPlainFile(join(folder, dataName(manifest.batch, listed.name)));
  if (handle === undefined) return err('file-missing');
  try {
    const { size } = await handle.stat();
    if (size > limits.fileBytesMax) return err('file-too-large');
    if (size !== listed.bytes) return err('size-wrong');
    const chunks = handle.createReadStream({ autoClose: false, highWaterMark: 256 * 1024 });
    const createdOn = manifest.createdAt.slice(0, 10);
    const parsed = await parseFile(chunks, { layout: registration.layout, file, createdOn, limits, signal });
    if (!parsed.ok) return parsed;
    if (parsed.value.tally.sha256 !== listed.sha256) return err('hash-wrong');
    if (parsed.value.rowCount !== listed.rows) return err('count-wrong');
    return parsed;
  } finally {
    await handle.close();
  }
}

/** The batch is sound byte for byte; is it also believable as the agency's nightly extract? */
function believe(
  manifest: Manifest,
  parsed: readonly ParsedFile[],
  { registration, loaded, limits }: LoadOptions,
): Result<LoadedExtract, BatchFault> {
  const rows = parsed.reduce((sum, { rowCount }) => sum + rowCount, 0);
  if ((parsed[0]?.rowCount ?? 0) === 0) return err('empty');
  const { entries, rejects: joined } = assemble(registration.layout, parsed);
  const unread = parsed.flatMap(({ rejects }) =>
    rejects.map(({ file, line, column, problem, reference }): RowReject => {
      return { file, line, column, problem, ...(reference === undefined ? {} : { reference }) };
    }),
  );
  const rejects = [...unread, ...joined];
  if (rejects.length > rows * limits.rejectShareMax) return err('too-many-rejects');
  if (loaded !== undefined && entries.size < loaded.people * limits.shrinkShareMin) return err('shrunk');
  const heldBack = parsed.reduce((sum, file) => sum + file.heldBack.length, 0);
  const counts = { people: entries.size, rows, rejected: rejects.length, heldBack };
  return ok({ manifest, entries, rejects, counts });
}

/** Opens a file that is really a file: a symbolic link in a drop folder points where nobody should read. */
async function openPlainFile(path: string): Promise<FileHandle | undefined> {
  try {
    // Non-blocking, so that a named pipe put in the file's place cannot hold the reader for ever.
    const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if ((await handle.stat()).isFile()) return handle;
    await handle.close();
    return undefined;
  } catch {
    return undefined;
  }
}

async function readSmall(path: string, bytesMax: number): Promise<Result<string, 'missing' | 'too-large'>> {
  const handle = await openPlainFile(path);
  if (handle === undefined) return err('missing');
  try {
    if ((await handle.stat()).size > bytesMax) return err('too-large');
    return ok(await handle.readFile('utf8'));
  } finally {
    await handle.close();
  }
}
