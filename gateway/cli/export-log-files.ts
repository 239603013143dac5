import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { ExportFiles, LinesEnd } from '../audit/export/verify-export.ts';
import type { ExportSink } from '../audit/export/write-export.ts';

/** The folder of an export on a disk. */

/** Larger than any file of an export but its entries. */
const TEXT_BYTES_MAX = 1_048_576;
const FILES_MAX = 5_000;
const READ_BYTES = 1_048_576;
/** A line that is longer than this is no entry; it is given cut off, and its entry does not hold. */
const LINE_BYTES_MAX = 65_537;
const OWNER_ONLY = 0o600;
const NEWLINE = 10;

/** Reads an export. The folder comes from somebody else: links and whatever is not a plain file are not followed. */
export function openExportFiles(folder: string): ExportFiles {
  return {
    async list() {
      const found = await readdir(folder, { withFileTypes: true, recursive: true });
      return found
        .filter((entry) => !entry.isDirectory())
        .slice(0, FILES_MAX)
        .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
    },
    async text(file) {
      if ((await sizeOf(folder, file)) > TEXT_BYTES_MAX) return undefined;
      const bytes = await readFile(join(folder, file)).catch(() => undefined);
      return bytes && decoded(bytes);
    },
    async sum(file) {
      if ((await sizeOf(folder, file)) > TEXT_BYTES_MAX) return undefined;
      const bytes = await readFile(join(folder, file)).catch(() => undefined);
      return bytes && createHash('sha256').update(bytes).digest('hex');
    },
    async lines(file) {
      const readable = await stat(join(folder, file)).catch(() => undefined);
      if (readable?.isFile() !== true) return undefined;
      return linesOf(join(folder, file));
    },
  };
}

async function sizeOf(folder: string, file: string): Promise<number> {
  const found = await stat(join(folder, file)).catch(() => undefined);
  return found?.isFile() === true ? found.size : Number.POSITIVE_INFINITY;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function linesOf(path: string): { readonly runs: AsyncIterable<readonly Uint8Array[]>; done(): LinesEnd } {
  const hash = createHash('sha256');
  let whole = true;
  async function* runs(): AsyncGenerator<readonly Uint8Array[]> {
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
      if (!Buffer.isBuffer(chunk)) continue;
      hash.update(chunk);
      const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      const lines: Uint8Array[] = [];
      let from = 0;
      for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, from)) {
        lines.push(bytes.subarray(from, at));
        from = at + 1;
      }
      // A file without a newline would otherwise gather in memory whole.
      rest = bytes.subarray(from, Math.min(bytes.length, from + LINE_BYTES_MAX));
      if (lines.length > 0) yield lines;
    }
    whole = rest.length === 0;
    if (!whole) yield [rest];
  }
  return { runs: runs(), done: () => ({ sum: hash.digest('hex'), whole }) };
}

/** Writes an export into a folder that exists and is empty. */
export function openExportSink(folder: string): ExportSink {
  const sums = new Map<string, string>();
  return {
    sums: () => sums,
    async write(file, text) {
      const path = join(folder, file);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeFile(path, text, { flag: 'wx', mode: OWNER_ONLY, flush: true });
      sums.set(file, createHash('sha256').update(text, 'utf8').digest('hex'));
    },
    async stream(file, pieces) {
      const hash = createHash('sha256');
      await writePieces(join(folder, file), pieces, hash);
      sums.set(file, hash.digest('hex'));
    },
  };
}

async function writePieces(path: string, pieces: AsyncIterable<string>, hash: Hash): Promise<void> {
  const handle = await open(path, 'wx', OWNER_ONLY);
  try {
    for await (const piece of pieces) {
      const bytes = Buffer.from(piece, 'utf8');
      hash.update(bytes);
      await handle.writeFile(bytes);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
}
