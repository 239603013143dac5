import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { createPostgresCaseRegister } from '../adapters/postgres/case-register.ts';
import { createPostgresEntryIndex } from '../adapters/postgres/review-index.ts';
import { createPostgresReasonStore } from '../adapters/postgres/review-reasons.ts';
import { createPostgresReviewRegister } from '../adapters/postgres/review-register.ts';
import { createPostgresStaffRegister } from '../adapters/postgres/staff-register.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { createCaseCipher } from '../gateway/cases/case-cipher.ts';
import { printUnusual, readUnusualWords } from '../gateway/cli/unusual-log.ts';
import { makeReasons } from '../gateway/review/reasons/reasons.ts';
import { knownStaff } from '../gateway/review/staff/known-staff.ts';
import { makeStaffNames } from '../gateway/review/staff/staff-names.ts';
import { makeLikenessDigests } from '../gateway/review/unusual/likeness.ts';
import type { RunDeps } from '../gateway/review/unusual/run.ts';
import { masterKeysOf, readKeysFolder, retiredSecrets, type GatewayKeys } from './keys-folder.ts';

/** `holdfast log unusual` over a real database. */

type Print = (line: string) => void;

/** Where the command says what it found, and how it went. */
export interface UnusualOutput {
  readonly print: Print;
  readonly report: Print;
}

const now = (): Date => new Date();

/** Reads the words, runs and prints. Returns the exit status. */
export async function runUnusualLog(
  words: readonly string[],
  fail: (sentence: string) => number,
  { print, report }: UnusualOutput = {
    print: (line) => void process.stdout.write(`${line}\n`),
    report: (line) => void process.stderr.write(`${line}\n`),
  },
): Promise<number> {
  const asked = readUnusualWords(words, now().getTime());
  if (!asked.ok) return fail(asked.error);
  const keys = await readKeysFolder(asked.value.keys);
  if (!keys.ok) return fail(keys.error.join('\n'));
  const { deps, close } = openRun((await readFile(asked.value.url, 'utf8')).trim(), keys.value);
  try {
    return await printUnusual(deps, asked.value.run, print, report);
  } finally {
    await close();
  }
}

function openRun(url: string, keys: GatewayKeys): { readonly deps: RunDeps; readonly close: () => Promise<unknown> } {
  const { pseudonymKey: wordKey } = keys;
  const log = createPostgresAccessLog({ url, leaves: entryLeaves });
  const index = createPostgresEntryIndex({ url });
  const store = createPostgresReasonStore({ url });
  const staff = createPostgresStaffRegister({ url });
  const register = createPostgresReviewRegister({ url });
  const cases = createPostgresCaseRegister({ url, cipher: createCaseCipher(masterKeysOf(keys)) });
  const known = knownStaff(staff, makeStaffNames(keys.masterKey, retiredSecrets(keys)));
  return {
    deps: {
      ...{ log, index, cases, staff, register, now, newId: randomUUID },
      ...{ reasons: makeReasons({ store, ...masterKeysOf(keys), wordKey }), digests: makeLikenessDigests(wordKey) },
      teamOf: (agency, staffId) => known.teamOf(agency, staffId),
    },
    close: () => Promise.all([log, index, store, staff, register, cases].map((each) => each.close())),
  };
}
