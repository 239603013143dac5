import { randomBytes } from 'node:crypto';
import { makeSeal } from '../contacts/seal.ts';
import { answerFile, EXIT, readOptions } from './json-lines-files.ts';
import type { Report } from './json-lines.ts';
import { resolveLine } from './resolve.ts';

export const RESOLVE_USAGE = 'holdfast resolve --in QUESTIONS --out ANSWERS';

const KEY_BYTES = 32;

/**
 * Runs `holdfast resolve`. Protected contacts are sealed with a key that ends with the run.
 *
 * @param words what follows the command's name
 * @returns the exit status
 */
export async function runResolve(words: readonly string[], report: Report): Promise<number> {
  const files = readOptions(words, ['in', 'out']);
  if (files === undefined) {
    report(`Usage: ${RESOLVE_USAGE}`);
    return EXIT.notRun;
  }
  return answerFile(files, resolveLine(makeSeal(randomBytes(KEY_BYTES))), report);
}
