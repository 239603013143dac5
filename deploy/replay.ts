import { readFile } from 'node:fs/promises';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { POLICY_REPLAY_USAGE, readReplayWords, replayLog, versionsIn } from '../gateway/cli/policy-replay.ts';
import { readSignedTexts } from '../gateway/cli/signed-folder.ts';
import { readPoliciesFolder } from './policies-folder.ts';

/** `holdfast policy replay` over a real database. */
export async function runPolicyReplay(
  words: readonly string[],
  print: (line: string) => number,
  fail: (sentence: string) => number,
): Promise<number> {
  const asked = readReplayWords(words);
  if (asked === undefined) return fail(`Usage: ${POLICY_REPLAY_USAGE}`);
  const bundle = await readPoliciesFolder(asked.bundle);
  const proposed = asked.proposed === undefined ? undefined : await readPoliciesFolder(asked.proposed);
  if (!bundle.ok) return fail(bundle.error.join('\n'));
  if (proposed?.ok === false) return fail(proposed.error.join('\n'));
  const log = createPostgresAccessLog({ url: (await readFile(asked.url, 'utf8')).trim(), leaves: entryLeaves });
  try {
    const replayed = await replayLog({
      ...{ log, print, list: asked.list, now: () => new Date() },
      bundleOf: versionsIn(bundle.value, await readSignedTexts(asked.bundle)),
      ...(proposed === undefined ? {} : { proposed: proposed.value }),
    });
    if (!replayed.ok) return fail(replayed.error);
    return replayed.value ? 0 : 1;
  } finally {
    await log.close();
  }
}
