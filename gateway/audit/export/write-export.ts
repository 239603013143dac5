import { err, ok, type Result } from '../../../schemas/result.ts';
import type { AccessLog } from '../../ports/access-log.ts';
import type { CosignedCheckpoint, CosignedCheckpoints } from '../../ports/cosigned-checkpoints.ts';
import { readSignedCheckpoint } from '../note/checkpoint.ts';
import { formatVerifierKey, type VerifierKey } from '../note/verifier-key.ts';
import { consistencyProof, type ReadSubtrees } from '../tree/prove.ts';
import { subtreesOf, type LeafRange } from '../tree/subtrees.ts';
import {
  checkpointFile,
  consistencyFile,
  EXPORT_FILES,
  EXPORT_FORMAT,
  formatHashes,
  formatSums,
  type ExportAbout,
} from './layout.ts';
import { exportReadme } from './readme.ts';

/** Puts an export together, entry by entry: what the log holds now, whether it holds or not. Verifying is for others. */

/** Where the files go. All reject where the disk fails. */
export interface ExportSink {
  write(file: string, text: string): Promise<void>;
  /** Writes a large file piece by piece, waiting where the disk is slower. */
  stream(file: string, pieces: AsyncIterable<string>): Promise<void>;
  /** SHA-256 in hex of each file written so far, by name. */
  sums(): ReadonlyMap<string, string>;
}

export interface WriteExportOptions {
  readonly log: Pick<AccessLog, 'read'>;
  readonly checkpoints: Pick<CosignedCheckpoints, 'between' | 'newest'>;
  /** Hashes of the complete subtrees of the log's tree of a size. Rejects where the log cannot be read. */
  readonly readAt: (size: number) => ReadSubtrees;
  /** Position of the first entry, by default 0, and the one after the last, by default all that is covered. */
  readonly from?: number;
  readonly until?: number;
  /** The least number of cosigners that a checkpoint needs to be taken. */
  readonly quorum: number;
  /** For keys.txt. */
  readonly logKeys: readonly VerifierKey[];
  readonly witnessKeys: readonly VerifierKey[];
  readonly madeAt: string;
  readonly sink: ExportSink;
}

export type WriteExportFault =
  | { readonly code: 'log-unavailable' }
  | { readonly code: 'nothing-witnessed' } // no checkpoint that enough witnesses signed
  | { readonly code: 'not-covered'; readonly size: number } // the newest such checkpoint does not reach so far
  | { readonly code: 'range-empty' };

/** Checkpoints of one export: enough to tell within a minute when each of a day's entries was there. */
const CHECKPOINTS_MAX = 1_000;
const PAGE = 1_000;

/** Writes all files but sends nothing anywhere. Gives what was written. Memory does not grow with the entries. */
export async function writeExport(options: WriteExportOptions): Promise<Result<ExportAbout, WriteExportFault>> {
  const chosen = await chooseCheckpoints(options);
  if (!chosen.ok) return chosen;
  const { about, checkpoints } = chosen.value;
  const { sink } = options;
  const readAll = options.readAt(about.size);
  const read: ReadSubtrees = (subtrees) =>
    readAll(subtrees).catch(() => {
      throw new LogUnavailable();
    });
  const { from, until, size } = about;
  try {
    await sink.write(EXPORT_FILES.readme, exportReadme(about));
    await sink.write(EXPORT_FILES.about, `${JSON.stringify(about, null, 2)}\n`);
    await sink.write(EXPORT_FILES.keys, keysText(options));
    for (const { size: of, checkpoint } of checkpoints) {
      await sink.write(checkpointFile(of), checkpoint);
      if (of <= from) await sink.write(consistencyFile(of), formatHashes(await consistencyProof(of, size, read)));
    }
    const subtrees = async (range: LeafRange) => formatHashes(await read(subtreesOf(range)));
    await sink.write(EXPORT_FILES.before, await subtrees({ begin: 0, end: from }));
    await sink.write(EXPORT_FILES.after, await subtrees({ begin: until, end: size }));
    await sink.stream(EXPORT_FILES.entries, entryLines(options.log, from, until));
  } catch (error) {
    if (error instanceof LogUnavailable) return err({ code: 'log-unavailable' });
    throw error;
  }
  const sums = [...sink.sums()].toSorted(([a], [b]) => (a < b ? -1 : 1));
  await sink.write(EXPORT_FILES.sums, formatSums(new Map(sums)));
  return ok(about);
}

/** How a page that cannot be read ends the stream it was for. */
class LogUnavailable extends Error {}

async function* entryLines(log: Pick<AccessLog, 'read'>, from: number, until: number): AsyncGenerator<string> {
  for (let position = from; position < until;) {
    const page = await log.read(position, Math.min(PAGE, until - position));
    // Rows that were taken out are for the verifier to miss; an end that is not there would be asked for for ever.
    if (!page.ok) throw new LogUnavailable();
    if (page.value.length === 0) return;
    yield page.value.map(({ canonical }) => `${canonical}\n`).join('');
    position = (page.value.at(-1)?.position ?? until) + 1;
  }
}

async function chooseCheckpoints({
  checkpoints: store,
  quorum,
  madeAt,
  ...wanted
}: WriteExportOptions): Promise<
  Result<{ readonly about: ExportAbout; readonly checkpoints: readonly CosignedCheckpoint[] }, WriteExportFault>
> {
  const newest = await store.newest(quorum);
  if (!newest.ok) return err({ code: 'log-unavailable' });
  if (newest.value === undefined) return err({ code: 'nothing-witnessed' });
  const last = newest.value;
  const from = wanted.from ?? 0;
  const until = wanted.until ?? last.size;
  if (until > last.size) return err({ code: 'not-covered', size: last.size });
  if (from >= until) return err({ code: 'range-empty' });
  const within = await store.between({ from: from + 1, to: until, cosigners: quorum, limit: CHECKPOINTS_MAX - 2 });
  const before = await store.between({ from: 1, to: from, cosigners: quorum, limit: 2 });
  if (!within.ok || !before.ok) return err({ code: 'log-unavailable' });
  // The newest tree from before the range says from when on its entries can have been recorded.
  const all = [...before.value.slice(-1), ...within.value, last];
  const checkpoints = all.filter(({ size }, n) => all.findIndex((each) => each.size === size) === n);
  const signed = readSignedCheckpoint(last.checkpoint);
  if (!signed.ok) throw new Error(`our own checkpoint cannot be read: ${signed.error}`);
  const about: ExportAbout = {
    format: EXPORT_FORMAT,
    origin: signed.value.checkpoint.origin,
    ...{ from, until, size: last.size, checkpoints: checkpoints.map(({ size }) => size), madeAt },
  };
  return ok({ about, checkpoints });
}

function keysText({ logKeys, witnessKeys }: WriteExportOptions): string {
  const lines = [
    ...logKeys.map((key) => `log ${formatVerifierKey(key)}`),
    ...witnessKeys.map((key) => `witness ${formatVerifierKey(key)}`),
  ];
  return lines.map((line) => `${line}\n`).join('');
}
