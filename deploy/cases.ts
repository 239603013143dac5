import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { createPostgresCaseRegister } from '../adapters/postgres/case-register.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { makePseudonyms } from '../gateway/audit/pseudonym.ts';
import { caseAsToldSchema, sealCaseContacts } from '../gateway/cases/case-as-told.ts';
import { createCaseCipher } from '../gateway/cases/case-cipher.ts';
import { loadCase, type LoadCaseFault } from '../gateway/cases/load-case.ts';
import { makeSeal, type Seal } from '../gateway/contacts/seal.ts';
import type { Case } from '../schemas/case.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { parseJsonLine } from './json-line.ts';
import { masterKeysOf, type GatewayKeys } from './keys-folder.ts';

/** Loads cases from a file of JSON lines into the register: the way in for a partnership that has a register already. */

export interface LoadedCases {
  readonly stored: number;
  /** One sentence a line that was not stored: its number, and what is wrong by place, never by value. */
  readonly refused: readonly string[];
}

/** Stores every good line, sealed and encrypted; a bad line stops no other. */
export async function loadCases(file: string, url: string, keys: GatewayKeys): Promise<Result<LoadedCases, string>> {
  const cipher = createCaseCipher(masterKeysOf(keys));
  const cases = createPostgresCaseRegister({ url, cipher, max: 1 });
  const log = createPostgresAccessLog({ url, leaves: entryLeaves });
  const pseudonyms = makePseudonyms(keys.pseudonymKey);
  const store: Store = async (kase) => {
    const pseudonymOf = (each: Case): string => pseudonyms.ofSubject(each);
    const loaded = await loadCase({ cases, log, pseudonymOf }, kase, new Date().toISOString());
    return loaded.ok ? ok(true) : loaded;
  };
  try {
    return await storeLines(file, store, makeSeal(keys.sealKey));
  } finally {
    await Promise.all([cases.close(), log.close()]);
  }
}

type Store = (kase: Case) => Promise<Result<true, LoadCaseFault>>;

/** What is wrong with this line alone; anything else ends the loading. */
const OF_THE_LINE: Readonly<Partial<Record<LoadCaseFault, string>>> = {
  'changed-meanwhile': 'the case was changed while it was loaded, or is another agency’s: load it again',
  'case-unreadable': 'the stored case cannot be opened, and nothing is written over it',
};

async function storeLines(file: string, store: Store, seal: Seal): Promise<Result<LoadedCases, string>> {
  const refused: string[] = [];
  let stored = 0;
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const kase = readCase(line, seal);
    if (!kase.ok) {
      refused.push(`Line ${number}: ${kase.error}.`);
      continue;
    }
    const put = await store(kase.value);
    if (put.ok) {
      stored += 1;
      continue;
    }
    const because = OF_THE_LINE[put.error];
    if (because === undefined)
      return err(`Log or register could not be written at line ${number}; ${stored} cases were stored before.`);
    refused.push(`Line ${number}: ${because}.`);
  }
  return ok({ stored, refused });
}

function readCase(line: string, seal: Seal): Result<Case, string> {
  const told = caseAsToldSchema.safeParse(parseJsonLine(line));
  if (!told.success) {
    const places = told.error.issues.map(({ path, code }) => `${path.join('.') || 'the line'} (${code})`);
    return err(`not a case: ${[...new Set(places)].join(', ')}`);
  }
  const sealed = sealCaseContacts(told.data, seal);
  if (sealed.ok) return sealed;
  const places = sealed.error.unusable.map((at) => `protectedContacts.${at}`).join(', ');
  return err(`${places} would protect nobody: give a number, an e-mail address, or an address with its postcode`);
}
