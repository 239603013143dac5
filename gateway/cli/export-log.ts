import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, type Result } from '../../schemas/result.ts';
import { EXPORT_FILES, type ExportAbout } from '../audit/export/layout.ts';
import { writeExport, type WriteExportFault, type WriteExportOptions } from '../audit/export/write-export.ts';
import type { AccessLog } from '../ports/access-log.ts';
import { openExportSink } from './export-log-files.ts';

export const EXPORT_USAGE =
  'holdfast log export --url FILE --out FOLDER --log-key KEY [--witness KEY… --quorum NUMBER] [--from N] [--to N]';

export interface ExportLogOptions extends Omit<WriteExportOptions, 'log' | 'sink' | 'madeAt'> {
  readonly log: Pick<AccessLog, 'read' | 'append'>;
  /** A folder that is not there yet. */
  readonly out: string;
  readonly now: () => Date;
}

const SENTENCES: Readonly<Record<Exclude<WriteExportFault['code'], 'not-covered'>, string>> = {
  'log-unavailable': 'The access log cannot be read: check the address in the --url file and that the database runs.',
  'nothing-witnessed':
    'No checkpoint has enough witness signatures yet: see that the witnesses run, wait a few seconds, and export again.',
  'range-empty': '--to is before --from: give the positions of the first and of the last entry.',
};

/**
 * Exports entries into a folder. The folder appears under its name only once the log says that it was made: like any
 * disclosure, no export without its entry (P1). Gives what was exported, or a sentence.
 */
export async function exportLog({ out, now, ...options }: ExportLogOptions): Promise<Result<ExportAbout, string>> {
  const unfinished = join(dirname(out), `.${createHash('sha256').update(out).digest('hex').slice(0, 16)}.unfinished`);
  const taken = await makeFolders(out, unfinished);
  if (taken !== undefined) return err(taken);
  try {
    const written = await writeExport({ ...options, madeAt: now().toISOString(), sink: openExportSink(unfinished) });
    if (!written.ok) return err(sayWriteFault(written.error));
    const recorded = await record(options.log, written.value, unfinished, now());
    if (!recorded) return err('The log could not record that it was exported, so there is no export: try again later.');
    await rename(unfinished, out);
    return written;
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    return err(`The export could not be written (${code}): free space, or choose another folder.`);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    // Where nothing came of it, the name is free again; a folder with an export in it is not empty and stays.
    await rmdir(out).catch(() => undefined);
  }
}

async function makeFolders(out: string, unfinished: string): Promise<string | undefined> {
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    // Takes the name now, so that nobody's earlier export is written over at the end; renaming replaces an empty folder.
    await mkdir(out, { mode: 0o700 });
    return undefined;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    const exists = codeOf(error) === 'EEXIST';
    return exists
      ? `${out} is there already: name a new folder.`
      : `${out} cannot be made: choose a folder to write in.`;
  }
}

/** The system's code of a disk fault; undefined for anything else, which is a bug. */
function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

function sayWriteFault(fault: WriteExportFault): string {
  if (fault.code !== 'not-covered') return SENTENCES[fault.code];
  return `The newest witnessed checkpoint covers ${fault.size} entries, so the last that can be exported is ${fault.size - 1}: wait for the next checkpoint, or give a smaller --to.`;
}

async function record(
  log: Pick<AccessLog, 'append'>,
  { from, until }: ExportAbout,
  folder: string,
  at: Date,
): Promise<boolean> {
  const sums = await readFile(join(folder, EXPORT_FILES.sums));
  const appended = await log.append({
    kind: 'log-exported',
    v: 1,
    at: at.toISOString(),
    operations: ['disclosure'],
    actor: 'operator',
    from,
    to: until - 1,
    entries: until - from,
    digest: createHash('sha256').update(sums).digest('base64url'),
  });
  return appended.ok;
}
