import { access, constants, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { linkTable, type TableLinks } from '../linkage/table/link-table.ts';
import { scoreHere, type MakeScorer } from '../linkage/table/score.ts';
import type { Table } from '../linkage/table/table.ts';
import { EXIT } from './json-lines-files.ts';
import type { Report } from './json-lines.ts';
import { readMapping } from './link-mapping.ts';
import { writeClusters, writePairs } from './link-output.ts';
import { tellProgress } from './link-progress.ts';
import { readTable, type ReadTable } from './link-table-file.ts';
import { scoreInThreads } from './link-threads.ts';

export const LINK_USAGE = 'holdfast link --in TABLE --mapping MAPPING --out CLUSTERS [--pairs PAIRS]';

interface LinkFiles {
  readonly in: string;
  readonly mapping: string;
  readonly out: string;
  readonly pairs?: string;
}

/** What the command needs of whoever starts it. */
export interface LinkSurroundings {
  /** A module that runs `./link-worker.ts`; without it everything is done in one thread. */
  readonly worker?: URL;
  /** Told how far the work is, a line now and then. */
  readonly progress?: (sentence: string) => void;
}

function filesOf(words: readonly string[]): LinkFiles | undefined {
  const option = { type: 'string', multiple: true } as const;
  try {
    const options = { in: option, mapping: option, out: option, pairs: option };
    const { values } = parseArgs({ args: [...words], options, strict: true });
    if (Object.values(values).some((given) => given.length > 1 || given[0] === '')) return undefined;
    const [[table], [mapping], [out], [pairs]] = [
      values.in ?? [],
      values.mapping ?? [],
      values.out ?? [],
      values.pairs ?? [],
    ];
    if (table === undefined || mapping === undefined || out === undefined) return undefined;
    return { in: table, mapping, out, ...(pairs === undefined ? {} : { pairs }) };
  } catch {
    return undefined;
  }
}

/**
 * Runs `holdfast link`.
 *
 * @param words what follows the command's name
 * @returns the exit status: 0 all rows linked, 1 some refused or a value left out and all others linked, 2 not run
 */
export async function runLink(
  words: readonly string[],
  report: Report,
  { worker, progress }: LinkSurroundings = {},
): Promise<number> {
  const files = filesOf(words);
  if (files === undefined) return notRun(report, [`Usage: ${LINK_USAGE}`]);
  try {
    const clash = await findClash(files);
    if (clash !== undefined) return notRun(report, [clash]);
    await checkPlaces(files);
    const written = readMapping(await naming(files.mapping, () => readFile(files.mapping, 'utf8')));
    if (!written.ok)
      return notRun(
        report,
        written.error.map((problem) => `${files.mapping}: ${problem}`),
      );
    const tell = tellProgress(progress);
    const read = await naming(files.in, () => readTable(files.in, written.value, report, tell.rows));
    if (!read.ok)
      return notRun(
        report,
        read.error.map((problem) => `${files.mapping} with ${files.in}: ${problem}`),
      );
    const links = await linkTable(read.value.table, {
      frozen: read.value.mapping.frozen,
      scorer: scorerFor(read.value.table, worker),
      onProgress: tell.step,
    });
    await write(files, read.value, links);
    return conclude(read.value, report);
  } catch (error) {
    return notRun(report, [wordFileFault(error)]);
  }
}

function notRun(report: Report, sentences: readonly string[]): number {
  sentences.forEach(report);
  return EXIT.notRun;
}

/** Below this many rows, starting threads takes longer than they save. */
const THREADS_FROM = 20_000;

function scorerFor(table: Table, worker: URL | undefined): MakeScorer {
  return worker === undefined || table.rows < THREADS_FROM ? scoreHere : scoreInThreads(worker);
}

/** Before any output is opened, which empties it. */
async function findClash({ in: table, mapping, out, pairs }: LinkFiles): Promise<string | undefined> {
  const identityOf = async (path: string): Promise<string> => {
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined) return found.isFile() ? `${found.dev} ${found.ino}` : path;
    // Two spellings of a file that is still to be: the second to be written would take the place of the first.
    const folder = await realpath(dirname(path)).catch(() => resolve(dirname(path)));
    return join(folder, basename(path));
  };
  const all = await Promise.all([table, mapping, out, ...(pairs === undefined ? [] : [pairs])].map(identityOf));
  return new Set(all).size < all.length ? 'Two options name the same file: give each a file of its own.' : undefined;
}

/** Before the work: a million rows are not linked for a folder that is not there. */
async function checkPlaces({ out, pairs }: LinkFiles): Promise<void> {
  for (const path of [out, ...(pairs === undefined ? [] : [pairs])]) {
    const found = await stat(path).catch(() => undefined);
    if (found === undefined) await access(dirname(path), constants.X_OK);
    else await access(path, constants.W_OK);
  }
}

async function write({ out, pairs }: LinkFiles, { recordIds }: ReadTable, links: TableLinks): Promise<void> {
  await naming(out, () => writeClusters(out, recordIds, links.clusterOf));
  if (pairs !== undefined) await naming(pairs, () => writePairs(pairs, recordIds, links.pairs));
}

/** A system call that fails on an open file does not say which; whoever has three files wants to know. */
async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'syscall' in error && !('path' in error))
      Object.assign(error, { path });
    throw error;
  }
}

function conclude({ refused, incomplete, recordIds }: ReadTable, report: Report): number {
  if (refused + incomplete === 0) return EXIT.allAnswered;
  report(`${refused} rows were refused, ${incomplete} were linked without a value; ${recordIds.length} are linked.`);
  return EXIT.linesRefused;
}

/** A file that cannot be read or written is an expected failure; anything without a system call is a bug. */
function wordFileFault(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('syscall' in error) || !('code' in error)) throw error;
  const path = 'path' in error ? String(error.path) : 'A file';
  return `${path} cannot be read or written (${String(error.code)}).`;
}
