import { readFile } from 'node:fs/promises';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { createPostgresEntryIndex } from '../adapters/postgres/review-index.ts';
import { createPostgresReasonStore } from '../adapters/postgres/review-reasons.ts';
import { createPostgresStaffRegister } from '../adapters/postgres/staff-register.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { printLedger, printSearch, readLedgerWords, readSearch } from '../gateway/cli/search-log.ts';
import { makeReasons, tokensIn } from '../gateway/review/reasons/reasons.ts';
import { knownStaff } from '../gateway/review/staff/known-staff.ts';
import { makeStaffNames } from '../gateway/review/staff/staff-names.ts';
import { masterKeysOf, readKeysFolder, retiredSecrets } from './keys-folder.ts';

/** The commands of review over a real database. */

type Print = (line: string) => void;
type Fail = (sentence: string) => number;

const print: Print = (line) => void process.stdout.write(`${line}\n`);
const report: Print = (line) => void process.stderr.write(`${line}\n`);

function openStores(url: string) {
  const log = createPostgresAccessLog({ url, leaves: entryLeaves });
  const index = createPostgresEntryIndex({ url });
  const store = createPostgresReasonStore({ url });
  const staff = createPostgresStaffRegister({ url });
  const close = () => Promise.all([log.close(), index.close(), store.close(), staff.close()]);
  return { log, index, store, staff, close };
}

const now = (): Date => new Date();

/** `holdfast log search` */
export async function runSearchLog(words: readonly string[], fail: Fail): Promise<number> {
  const asked = readSearch(words);
  if (!asked.ok) return fail(asked.error);
  const keys = await readKeysFolder(asked.value.keys);
  if (!keys.ok) return fail(keys.error.join('\n'));
  const { log, index, store, staff, close } = openStores((await readFile(asked.value.url, 'utf8')).trim());
  const { pseudonymKey: wordKey } = keys.value;
  const reasons = makeReasons({ store, ...masterKeysOf(keys.value), wordKey });
  const known = knownStaff(staff, makeStaffNames(keys.value.masterKey, retiredSecrets(keys.value)));
  try {
    const deps = { log, index, reasons, staffNamed: (contains: string) => known.named(contains), now };
    return await printSearch(deps, asked.value, print, report);
  } finally {
    await close();
  }
}

/** `holdfast log ledger` and `holdfast log recipients` */
export async function runLedger(words: readonly string[], needs: 'owner' | 'field', fail: Fail): Promise<number> {
  const asked = readLedgerWords(words, needs);
  if (!asked.ok) return fail(asked.error);
  const { log, index, store, close } = openStores((await readFile(asked.value.url, 'utf8')).trim());
  try {
    const reasons = { tokensOf: (ids: readonly string[]) => tokensIn(store, ids) };
    return await printLedger({ log, index, reasons, now }, asked.value, print, report);
  } finally {
    await close();
  }
}
