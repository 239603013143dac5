import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import type { Result } from '../../schemas/result.ts';
import { decideLine } from './decide.ts';
import { answerFile, EXIT, readOptions } from './json-lines-files.ts';
import type { Report } from './json-lines.ts';

export const DECIDE_USAGE = 'holdfast decide --bundle FOLDER --in REQUESTS --out DECISIONS';

/** Reads a bundle as the gateway does at its start; a fault is a sentence each. */
export type ReadBundle = (folder: string) => Promise<Result<PolicyBundle, readonly string[]>>;

/**
 * Runs `holdfast decide`. The bundle is the folder of agreements, or one that holds them under `agreements`.
 *
 * @param words what follows the command's name
 * @returns the exit status
 */
export async function runDecide(words: readonly string[], readBundle: ReadBundle, report: Report): Promise<number> {
  const options = readOptions(words, ['bundle', 'in', 'out']);
  if (options === undefined) {
    report(`Usage: ${DECIDE_USAGE}`);
    return EXIT.notRun;
  }
  const bundle = await readBundle(await agreementsIn(options.bundle));
  if (!bundle.ok) {
    for (const sentence of bundle.error) report(sentence);
    return EXIT.notRun;
  }
  return answerFile(options, decideLine(bundle.value), report);
}

async function agreementsIn(folder: string): Promise<string> {
  const inside = join(folder, 'agreements');
  const found = await stat(inside).catch(() => undefined);
  return found?.isDirectory() === true ? inside : folder;
}
