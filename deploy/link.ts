import { runLink } from '../gateway/cli/link-command.ts';

/** `holdfast link` without the rest of the gateway: a table of a million rows needs the memory for itself. */

const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);

/**
 * Links a table in as many threads as there are cores.
 *
 * @returns the exit status
 */
export const link = (words: readonly string[]): Promise<number> =>
  runLink(words, say, { worker: new URL('./link-worker.mjs', import.meta.url), progress: say });
