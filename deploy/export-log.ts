import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { createPostgresCosignedCheckpoints } from '../adapters/postgres/cosigned-checkpoints.ts';
import { createPostgresLogTree } from '../adapters/postgres/log-tree.ts';
import { subtreesFromTiles } from '../gateway/audit/checkpoints/prove-entry.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { EXPORT_USAGE, exportLog } from '../gateway/cli/export-log.ts';
import { trustOf } from '../gateway/cli/verify-log-folder.ts';

/** `holdfast log export`: the log of a live database into a folder, under the gateway's own login. */

interface Words {
  readonly url: string;
  readonly out: string;
  readonly logKeys: readonly string[];
  readonly witnessKeys: readonly string[];
  readonly quorum: number;
  readonly from?: number;
  readonly to?: number;
}

const POSITION = /^\d{1,15}$/;

function readWords(words: readonly string[]): Words | undefined {
  const [one, many] = [{ type: 'string' }, { type: 'string', multiple: true }] as const;
  const { values } = parseArgs({
    args: [...words],
    options: { url: one, out: one, 'log-key': many, witness: many, quorum: one, from: one, to: one },
    strict: true,
  });
  const { url, out, 'log-key': logKeys = [], witness: witnessKeys = [], quorum = '0', from, to } = values;
  if (url === undefined || out === undefined || logKeys.length === 0) return undefined;
  if (![quorum, from ?? '0', to ?? '0'].every((each) => POSITION.test(each))) return undefined;
  return {
    ...{ url, out, logKeys, witnessKeys, quorum: Number(quorum) },
    ...(from === undefined ? {} : { from: Number(from) }),
    ...(to === undefined ? {} : { to: Number(to) }),
  };
}

/** Exports, says what was exported or why nothing was, and gives the exit status. */
export async function runExport(
  words: readonly string[],
  { print, fail }: { readonly print: (sentence: string) => number; readonly fail: (sentence: string) => number },
): Promise<number> {
  const given = readWords(words);
  if (given === undefined) return fail(EXPORT_USAGE);
  const trust = trustOf(given);
  if (!trust.ok) return fail(trust.error);
  const url = (await readFile(given.url, 'utf8')).trim();
  const log = createPostgresAccessLog({ url, leaves: entryLeaves });
  const tree = createPostgresLogTree({ url });
  const checkpoints = createPostgresCosignedCheckpoints({ url });
  try {
    const exported = await exportLog({
      ...{ log, checkpoints, quorum: given.quorum, out: given.out },
      readAt: (size) => subtreesFromTiles(tree, size),
      logKeys: trust.value.logKeys,
      witnessKeys: trust.value.policy.witnesses,
      now: () => new Date(),
      ...(given.from === undefined ? {} : { from: given.from }),
      ...(given.to === undefined ? {} : { until: given.to + 1 }),
    });
    if (!exported.ok) return fail(exported.error);
    const { from, until } = exported.value;
    return print(
      `Entries ${from} to ${until - 1} are in ${given.out}. The export is itself an entry of the log. ` +
        `${given.out}/README.txt says how to verify it.`,
    );
  } finally {
    await Promise.all([log.close(), tree.close(), checkpoints.close()]);
  }
}
