import { open, stat, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { err, ok, type Result } from '../../schemas/result.ts';
import { answerLines, type AnswerLine, type LineCount, type Report } from './json-lines.ts';

/** Exit statuses of the offline commands; 2 also where a file or bundle cannot be used, since nothing was answered. */
export const EXIT = { allAnswered: 0, linesRefused: 1, notRun: 2 } as const;

/** Reads options of one value each. Gives undefined unless exactly the named ones are there, each once and with a value. */
export function readOptions<T extends string>(
  words: readonly string[],
  names: readonly T[],
): Readonly<Record<T, string>> | undefined {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const, multiple: true as const }]));
  const found: Partial<Record<T, string>> = {};
  try {
    const { values } = parseArgs({ args: [...words], options, strict: true });
    for (const name of names) {
      const [value, ...more] = values[name] ?? [];
      if (typeof value !== 'string' || value === '' || more.length > 0) return undefined;
      found[name] = value;
    }
  } catch {
    return undefined;
  }
  const hasAll = (record: Partial<Record<T, string>>): record is Record<T, string> =>
    names.every((name) => record[name] !== undefined);
  return hasAll(found) ? found : undefined;
}

/** Answers hold contact details: a file that is new is nobody else's to read on a shared machine. */
const OWNER_ONLY = 0o600;

export interface LineFiles {
  readonly in: string;
  readonly out: string;
}

/**
 * Answers every line of one file into another.
 *
 * @returns the exit status: 0 all answered, 1 some refused and all others answered, 2 a file could not be used
 */
export async function answerFile(files: LineFiles, answer: AnswerLine, report: Report): Promise<number> {
  const opened = await openFiles(files);
  if (!opened.ok) {
    report(opened.error);
    return EXIT.notRun;
  }
  const { input, output } = opened.value;
  const count: LineCount = { questions: 0, broken: 0 };
  try {
    await pipeline(
      input.createReadStream(),
      (chunks: AsyncIterable<Uint8Array>) => answerLines(chunks, answer, report, count),
      output.createWriteStream(),
    );
  } catch (error) {
    report(wordFileFault(files, error));
    return EXIT.notRun;
  } finally {
    await Promise.allSettled([input.close(), output.close()]);
  }
  if (count.broken === 0) return EXIT.allAnswered;
  report(`${count.broken} of ${count.questions} lines were refused; all others are answered.`);
  return EXIT.linesRefused;
}

async function openFiles(files: LineFiles): Promise<Result<{ input: FileHandle; output: FileHandle }, string>> {
  let input: FileHandle;
  try {
    input = await open(files.in, 'r');
  } catch (error) {
    return err(`${files.in} cannot be read (${codeOf(error)}).`);
  }
  // Before the output is opened, which empties it: the questions would be gone.
  if (await isSameFile(input, files.out)) {
    await input.close();
    return err('--in and --out name the same file: give the answers a file of their own.');
  }
  try {
    return ok({ input, output: await open(files.out, 'w', OWNER_ONLY) });
  } catch (error) {
    await input.close();
    return err(`${files.out} cannot be written (${codeOf(error)}).`);
  }
}

async function isSameFile(input: FileHandle, out: string): Promise<boolean> {
  const [one, other] = await Promise.all([input.stat(), stat(out).catch(() => undefined)]);
  return other !== undefined && one.isFile() && one.dev === other.dev && one.ino === other.ino;
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown reason';
}

/** A disk that is full or a pipe that closed is an expected failure; anything without a system call is a bug. */
function wordFileFault(files: LineFiles, error: unknown): string {
  if (typeof error !== 'object' || error === null || !('syscall' in error)) throw error;
  return error.syscall === 'read'
    ? `${files.in} cannot be read (${codeOf(error)}).`
    : `${files.out} cannot be written (${codeOf(error)}).`;
}
