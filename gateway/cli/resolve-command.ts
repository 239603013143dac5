import { randomBytes } from 'node:crypto';
import { makeSeal } from '../contacts/seal.ts';
import { answerFile, EXIT, readOptions } from './json-lines-files.ts';
import type { Report } from './json-lines.ts';
import { resolveLine } from './resolve.ts';
import { MASKED, UNMASKED } from './resolve-explain.ts';
import { makeExplainFolder } from './resolve-explain-files.ts';

export const RESOLVE_USAGE = 'holdfast resolve --in QUESTIONS --out ANSWERS [--explain FOLDER [--unmasked]]';

const KEY_BYTES = 32;

/**
 * Runs `holdfast resolve`. Protected contacts are sealed with a key that ends with the run.
 *
 * @param words what follows the command's name
 * @returns the exit status
 */
export async function runResolve(words: readonly string[], report: Report): Promise<number> {
  const { rest, folder, unmasked } = takeExplain(words);
  const files = readOptions(rest, ['in', 'out']);
  if (files === undefined || (unmasked && folder === undefined)) {
    report(`Usage: ${RESOLVE_USAGE}`);
    return EXIT.notRun;
  }
  const explained = folder === undefined ? undefined : makeExplainFolder(folder, unmasked ? UNMASKED : MASKED);
  if (explained?.ok === false) {
    report(explained.error);
    return EXIT.notRun;
  }
  return answerFile(files, resolveLine(makeSeal(randomBytes(KEY_BYTES)), explained?.value), report);
}

interface Explain {
  readonly rest: readonly string[];
  readonly folder: string | undefined;
  readonly unmasked: boolean;
}

/** Takes the options that need not be there out of the words; a second one stays and is refused. */
function takeExplain(words: readonly string[]): Explain {
  const at = words.indexOf('--explain');
  const folder = at === -1 ? undefined : words[at + 1];
  const without = folder === undefined ? [...words] : [...words.slice(0, at), ...words.slice(at + 2)];
  const mask = without.indexOf('--unmasked');
  const rest = mask === -1 ? without : [...without.slice(0, mask), ...without.slice(mask + 1)];
  return { rest, folder: folder === '' ? undefined : folder, unmasked: mask !== -1 };
}
