import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { followAccessRegister } from '../adapters/postgres/access-register.ts';
import { createPostgresCaseRegister } from '../adapters/postgres/case-register.ts';
import { createPostgresEntryIndex } from '../adapters/postgres/review-index.ts';
import { createPostgresReasonStore } from '../adapters/postgres/review-reasons.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { makePseudonyms } from '../gateway/audit/pseudonym.ts';
import { createCaseCipher } from '../gateway/cases/case-cipher.ts';
import {
  readSubjectAccessWords,
  saySubjectAccessFault,
  type SubjectAccessWords,
} from '../gateway/cli/subject-access.ts';
import { tokensIn } from '../gateway/review/reasons/reasons.ts';
import { extractForSubject, type SubjectAccessExtract } from '../gateway/review/subject-access/extract.ts';
import { extractPage } from '../gateway/review/subject-access/page.ts';
import type { PolicyBundle } from '../policies/engine/index.ts';
import { masterKeysOf, readKeysFolder, type GatewayKeys } from './keys-folder.ts';
import { readPoliciesFolder } from './policies-folder.ts';

/** `holdfast subject-access` over a real database. */

interface Tell {
  readonly print: (sentence: string) => number;
  readonly fail: (sentence: string) => number;
}

/** Writes the extract as JSON and as a page into a new folder, and gives the exit status. */
export async function runSubjectAccess(words: readonly string[], { print, fail }: Tell): Promise<number> {
  const asked = readSubjectAccessWords(words);
  if (!asked.ok) return fail(asked.error);
  const given = asked.value;
  const [keys, bundle] = await Promise.all([readKeysFolder(given.keys), readPoliciesFolder(given.policies)]);
  if (!keys.ok) return fail(keys.error.join('\n'));
  if (!bundle.ok) return fail(bundle.error.join('\n'));
  try {
    // Taken before anything is looked at: no extract that cannot be written, and none over another.
    await mkdir(given.out, { mode: 0o700 });
  } catch {
    return fail(`${given.out} is there already or cannot be made: name a new folder.`);
  }
  const extract = await extractOver(given, keys.value, bundle.value);
  if (!extract.ok) return fail(saySubjectAccessFault(extract.error));
  await write(given.out, extract.value);
  return print(
    `${extract.value.items.length} items are in ${given.out}, each for a person to decide on. Nothing was released. ` +
      `That it was made is entry ${extract.value.receipt.position} of the log.`,
  );
}

async function extractOver(given: SubjectAccessWords, keys: GatewayKeys, { fields }: PolicyBundle) {
  const url = (await readFile(given.url, 'utf8')).trim();
  const log = createPostgresAccessLog({ url, leaves: entryLeaves });
  const index = createPostgresEntryIndex({ url });
  const store = createPostgresReasonStore({ url });
  const cases = createPostgresCaseRegister({ url, cipher: createCaseCipher(masterKeysOf(keys)) });
  const register = await followAccessRegister({ url });
  try {
    const pseudonyms = makePseudonyms(keys.pseudonymKey);
    const { agencies } = register.snapshot();
    return await extractForSubject(
      {
        ...{ log, index, cases, now: () => new Date() },
        reasons: { tokensOf: (ids) => tokensIn(store, ids) },
        subjectOf: (kase) => pseudonyms.ofSubject(kase),
        ground: { groupOf: (agency) => agencies.get(agency)?.group, fieldOf: (field) => fields.get(field) },
      },
      { actor: 'operator', viewer: given.viewer, ground: given.ground },
      given.caseRef,
    );
  } finally {
    await Promise.all([log.close(), index.close(), store.close(), cases.close(), register.close()]);
  }
}

async function write(out: string, extract: SubjectAccessExtract): Promise<void> {
  const options = { flag: 'wx', mode: 0o600 } as const;
  await writeFile(join(out, 'extract.json'), `${JSON.stringify(extract, null, 2)}\n`, options);
  await writeFile(join(out, 'extract.html'), extractPage(extract), options);
}
