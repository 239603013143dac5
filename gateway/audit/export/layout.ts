import { z } from 'zod';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { decodeBase64Of, encodeBase64 } from '../note/base64.ts';

/** What lies where in an export of the log: a folder that can be verified with nothing but public keys. */

export const EXPORT_FORMAT = 'holdfast-log-export/1';

export const EXPORT_FILES = {
  readme: 'README.txt',
  about: 'export.json',
  entries: 'entries.jsonl',
  before: 'proofs/before.txt',
  after: 'proofs/after.txt',
  keys: 'keys.txt',
  sums: 'SHA256SUMS',
} as const;

const place = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What an export says it is; nothing of it is believed before the proofs have shown it. */
export const exportAboutSchema = z
  .strictObject({
    format: z.literal(EXPORT_FORMAT),
    /** Name of the log. */
    origin: z.string().min(1).max(255),
    /** Position of the first entry, and the one after the last. */
    from: place,
    until: place,
    /** Number of entries in the log by the newest checkpoint here. */
    size: place,
    /** Sizes of the checkpoints here, rising; the last is `size`. */
    checkpoints: z.array(place).min(1).max(1_000),
    madeAt: z.iso.datetime({ precision: 3 }),
  })
  .refine(
    ({ from, until, size, checkpoints }) =>
      from < until &&
      until <= size &&
      checkpoints.at(-1) === size &&
      checkpoints.every((each, n) => (n === 0 || each > (checkpoints[n - 1] ?? 0)) && (each <= until || each === size)),
  );
export type ExportAbout = z.infer<typeof exportAboutSchema>;

/** Where the checkpoint of a size lies, and the proof that the newest one continues it where entries do not show it. */
export const checkpointFile = (size: number): string => `checkpoints/${size}.txt`;
export const consistencyFile = (size: number): string => `proofs/consistency-${size}.txt`;

/** All files of an export but the sums. */
export function filesOf({ checkpoints, from }: ExportAbout): readonly string[] {
  const { sums: _sums, ...fixed } = EXPORT_FILES;
  return [
    ...Object.values(fixed),
    ...checkpoints.map(checkpointFile),
    ...checkpoints.filter((size) => size <= from && size > 0).map(consistencyFile),
  ].toSorted();
}

const HASHES_MAX = 128;

/** Hashes, one a line, base64. */
export const formatHashes = (hashes: readonly Uint8Array[]): string =>
  hashes.map((hash) => `${encodeBase64(hash)}\n`).join('');

/** Reads that text, or gives undefined where it is anything else, for example cut short in the middle of a line. */
export function parseHashes(text: string): readonly Uint8Array[] | undefined {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length > HASHES_MAX) return undefined;
  const hashes: Uint8Array[] = [];
  for (const line of lines) {
    const hash = decodeBase64Of(line, 32);
    if (hash === undefined) return undefined;
    hashes.push(hash);
  }
  return hashes;
}

/** The sums as `sha256sum` writes and checks them. */
export const formatSums = (sums: ReadonlyMap<string, string>): string =>
  [...sums].map(([file, sum]) => `${sum}  ${file}\n`).join('');

/** Reads them, or says that they are malformed or name a file twice. */
export function parseSums(text: string): Result<ReadonlyMap<string, string>, 'sums-malformed'> {
  const lines = text.split('\n');
  const sums = new Map<string, string>();
  if (lines.pop() !== '') return err('sums-malformed');
  for (const line of lines) {
    const [, sum, file] = /^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9./-]*)$/.exec(line) ?? [];
    if (sum === undefined || file === undefined || sums.has(file)) return err('sums-malformed');
    sums.set(file, sum);
  }
  return ok(sums);
}
