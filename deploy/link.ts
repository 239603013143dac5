import { runLink } from '../gateway/cli/link-command.ts';

/** `holdfast link` without the rest of the gateway: a table of a million rows needs the memory for itself. */

const say = (sentence: string): boolean => process.stderr.write(`${sentence}\n`);

/**
 * Links a table in as many threads as there are cores.
 *
 * @param worker a module that runs `gateway/cli/link-worker.ts`; without one everything is done in one thread
 * @returns the exit status
 */
export const link = (words: readonly string[], worker?: URL): Promise<number> =>
  runLink(words, say, { progress: say, ...(worker === undefined ? {} : { worker }) });
