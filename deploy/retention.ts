import { readFile } from 'node:fs/promises';
import { createPostgresRetentionStore } from '../adapters/postgres/retention-store.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import type { Terms } from '../gateway/audit/retention/due.ts';
import { eraseDueNotes, judgeAllNotes } from '../gateway/audit/retention/notes.ts';
import { eraseDue, finishErasures, judgeAll, type RetentionDeps } from '../gateway/audit/retention/run.ts';
import {
  readRetentionWords,
  RETENTION_USAGE,
  sayErased,
  sayErasedNotes,
  sayJudged,
  sayJudgedNotes,
} from '../gateway/cli/retention.ts';
import type { PolicyBundle } from '../policies/engine/index.ts';
import { readPoliciesFolder } from './policies-folder.ts';

/** `holdfast retention due` and `holdfast retention run` over a real database. */

interface Tell {
  readonly print: (sentence: string) => number;
  readonly fail: (sentence: string) => number;
}

/** The agreement under which the perpetrator group keeps its cases. */
const REGISTER_AGREEMENT = 'DAPG';
/** The agreement under which officers review access. */
const REVIEW_AGREEMENT = 'IGREV';
const UNAVAILABLE = 'The database did not answer, or the login may not do this: check the address in the --url file.';

/** The terms that agreements name for what is given under them. */
export function termsOf({ agreements }: Pick<PolicyBundle, 'agreements'>): Terms {
  const monthsOf = new Map(
    [...agreements].flatMap(([purpose, { obligations, grants }]) => {
      const months = [obligations, ...grants.map((grant) => grant.obligations ?? {})].flatMap(
        ({ retainMonths }) => retainMonths ?? [],
      );
      return months.length === 0 ? [] : [[purpose, Math.max(...months)] as const];
    }),
  );
  return { monthsOf, register: REGISTER_AGREEMENT, reviews: REVIEW_AGREEMENT };
}

/** Gives the exit status: 1 where anything that is due could not be erased. */
export async function runRetention(words: readonly string[], { print, fail }: Tell): Promise<number> {
  const given = readRetentionWords(words);
  if (given === undefined) return fail(RETENTION_USAGE);
  const bundle = await readPoliciesFolder(given.policies);
  if (!bundle.ok) return fail(bundle.error.join('\n'));
  const terms = termsOf(bundle.value);
  // Nothing would ever run out, or everything at once: neither is what anybody agreed.
  if (!terms.monthsOf.has(terms.register)) return fail(`The agreement ${terms.register} names no term of retention.`);
  const store = createPostgresRetentionStore({
    url: (await readFile(given.url, 'utf8')).trim(),
    leaves: entryLeaves,
  });
  const deps = { store, leaves: entryLeaves, terms, now: () => new Date() };
  try {
    return given.act === 'due' ? await sayDue(deps, { print, fail }) : await run(deps, { print, fail });
  } finally {
    await store.close();
  }
}

async function sayDue(deps: RetentionDeps, { print, fail }: Tell): Promise<number> {
  let due = 0;
  for await (const each of judgeAll(deps)) {
    if (!each.ok) return fail(UNAVAILABLE);
    if (each.value.judged.state === 'due') due += 1;
    print(sayJudged(each.value));
  }
  for await (const each of judgeAllNotes(deps)) {
    if (!each.ok) return fail(UNAVAILABLE);
    if (each.value.judged.state === 'due') due += 1;
    print(sayJudgedNotes(each.value));
  }
  return print(`${due} to be erased by holdfast retention run. Nothing was changed.`);
}

async function run(deps: RetentionDeps, { print, fail }: Tell): Promise<number> {
  const finished = await finishErasures(deps.store);
  if (!finished.ok) return fail(UNAVAILABLE);
  for (const what of finished.value)
    print(`${what}: had been erased and was back, with a backup as a rule; it is erased again.`);
  let failed = 0;
  for await (const each of eraseDue(deps)) {
    if (!each.ok) return fail(UNAVAILABLE);
    if (each.value.outcome === 'erased') print(sayErased(each.value));
    else failed = fail(sayErased(each.value));
  }
  for await (const each of eraseDueNotes(deps)) {
    if (!each.ok) return fail(UNAVAILABLE);
    if (each.value.outcome === 'erased') print(sayErasedNotes(each.value));
    else failed = fail(sayErasedNotes(each.value));
  }
  return failed;
}
