import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXPORT_FILES, formatSums } from '../../gateway/audit/export/layout.ts';
import { verifyExport, type ExportFault, type VerifiedExport } from '../../gateway/audit/export/verify-export.ts';
import { writeExport } from '../../gateway/audit/export/write-export.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { formatNote, parseNote } from '../../gateway/audit/note/signed-note.ts';
import { formatVerifierKey } from '../../gateway/audit/note/verifier-key.ts';
import { cosign } from '../../gateway/audit/witness/cosign.ts';
import { openExportFiles, openExportSink } from '../../gateway/cli/export-log-files.ts';
import { trustOf } from '../../gateway/cli/verify-log-folder.ts';
import type { CosignedCheckpoint } from '../../gateway/ports/cosigned-checkpoints.ts';
import { ok, type Result } from '../../schemas/result.ts';
import { consulted, disclosed } from '../log-entries.ts';
import { party, signedTree, type Party } from '../signed-tree.ts';

/** Exports of logs whose operator holds every key of the log, and two verifiers that are not the operator's. */

export const LOG = party('riverton.example/log');
export const WITNESSES = ['police', 'probation', 'housing'].map((name) =>
  party(`${name}.example/witness`, 'cosignature/v1'),
);

const BEGUN = Date.parse('2026-11-20T09:00:00.000Z');
const EVERY_MS = 10_000;
export const timeOf = (position: number): string => new Date(BEGUN + position * EVERY_MS).toISOString();

/** An entry's text as the log keeps it. */
export function entryText(position: number, recordedAt = timeOf(position), n = position): string {
  const prepared = entryLeaves.prepare(n % 2 === 0 ? consulted(n) : disclosed(n));
  if (!prepared.ok) throw new Error(prepared.error);
  return entryLeaves.place(prepared.value, { position, recordedAt }).canonical;
}

export interface ToldLog {
  readonly entries: readonly string[];
  /** Sizes at which the witnesses signed, each a second after its last entry. */
  readonly checkpoints: readonly number[];
  readonly log?: Party;
  /** Who signed, with keys that the verifiers may know or not. */
  readonly witnesses?: readonly Party[];
  readonly from?: number;
  readonly until?: number;
  /** When the witnesses say that they signed a tree of a size, in seconds. */
  readonly witnessedAt?: (size: number) => number;
}

export const HONEST: ToldLog = {
  entries: Array.from({ length: 420 }, (_, n) => entryText(n)),
  checkpoints: [50, 100, 300, 400, 420],
};

const witnessed = (size: number): number => Math.floor(Date.parse(timeOf(size)) / 1000);

/** The signed checkpoint of a log at a size, with what witnesses put to it. */
export function cosignedCheckpoint(told: ToldLog, size: number): string {
  const tree = signedTree(told.log ?? LOG, told.entries);
  const note = parseNote(tree.checkpoint(size));
  if (!note.ok) throw new Error(note.error);
  const time = (told.witnessedAt ?? witnessed)(size);
  const cosignatures = (told.witnesses ?? WITNESSES).map((each) => cosign(each, note.value.text, time));
  return formatNote({ text: note.value.text, signatures: [...note.value.signatures, ...cosignatures] });
}

/** Makes an export as the gateway would, over a log of memory. */
export async function exportOf(told: ToldLog): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-history-'));
  const tree = signedTree(told.log ?? LOG, told.entries);
  const all: CosignedCheckpoint[] = told.checkpoints.map((size) => ({
    size,
    cosigners: (told.witnesses ?? WITNESSES).length,
    checkpoint: cosignedCheckpoint(told, size),
  }));
  const written = await writeExport({
    log: {
      read: (from, limit) =>
        Promise.resolve(
          ok(
            told.entries
              .slice(from, from + limit)
              .map((canonical, n) => ({ position: from + n, entryHash: '', canonical })),
          ),
        ),
    },
    checkpoints: {
      newest: () => Promise.resolve(ok(all.at(-1))),
      between: ({ from, to }) => Promise.resolve(ok(all.filter(({ size }) => size >= from && size <= to))),
    },
    readAt: () => tree.read,
    quorum: 0,
    logKeys: [LOG.key],
    witnessKeys: WITNESSES.map(({ key }) => key),
    madeAt: timeOf(told.entries.length + 1),
    sink: openExportSink(folder),
    ...(told.from === undefined ? {} : { from: told.from }),
    ...(told.until === undefined ? {} : { until: told.until }),
  });
  if (!written.ok) throw new Error(written.error.code);
  return folder;
}

/** What a forger does last: makes the sums right again. */
export async function sumAnew(folder: string): Promise<void> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const sums = new Map<string, string>();
  for (const file of files.toSorted()) {
    const name = file.slice(folder.length + 1);
    if (name === EXPORT_FILES.sums) continue;
    sums.set(
      name,
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex'),
    );
  }
  await writeFile(join(folder, EXPORT_FILES.sums), formatSums(sums));
}

/** Changes a file of an export. */
export async function edit(folder: string, file: string, change: (text: string) => string): Promise<void> {
  const path = join(folder, file);
  await writeFile(path, change(await readFile(path, 'utf8')));
}

/** Changes the lines of its entries. */
export const editEntries = (folder: string, change: (lines: string[]) => string[]): Promise<void> =>
  edit(folder, EXPORT_FILES.entries, (text) =>
    change(text.slice(0, -1).split('\n'))
      .map((line) => `${line}\n`)
      .join(''),
  );

export interface Judged {
  readonly first: Result<VerifiedExport, ExportFault>;
  readonly second: { readonly status: number; readonly said: string };
}

const SECOND = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'deploy', 'verify-log.mjs');

/** Both verifiers over one export, with the same keys; the folder is gone afterwards. */
export async function judge(folder: string, options: { quorum?: number; known?: string } = {}): Promise<Judged> {
  const { quorum = 3, known } = options;
  const words = {
    logKeys: [formatVerifierKey(LOG.key)],
    witnessKeys: WITNESSES.map(({ key }) => formatVerifierKey(key)),
    quorum,
  };
  const trust = trustOf(words, known);
  if (!trust.ok) throw new Error(trust.error);
  const first = await verifyExport(openExportFiles(folder), trust.value);
  const knownFile = `${folder}.known`;
  if (known !== undefined) await writeFile(knownFile, known);
  const second = await runSecond([
    folder,
    ...words.logKeys.flatMap((key) => ['--log-key', key]),
    ...words.witnessKeys.flatMap((key) => ['--witness', key]),
    ...['--quorum', String(quorum)],
    ...(known === undefined ? [] : ['--known', knownFile]),
  ]);
  await rm(folder, { recursive: true });
  await rm(knownFile, { force: true });
  return { first, second };
}

/** The second verifier, as somebody runs it who has nothing but that one file. */
export function runSecond(words: readonly string[]): Promise<Judged['second']> {
  return new Promise((resolve) => {
    execFile(process.execPath, [SECOND, ...words], (error, out, err) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, said: `${out}${err}` });
    });
  });
}
