import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createPostgresCaseRegister } from '../adapters/postgres/case-register.ts';
import { caseAsToldSchema, sealCaseContacts } from '../gateway/cases/case-as-told.ts';
import { createCaseCipher } from '../gateway/cases/case-cipher.ts';
import { makeSeal, type Seal } from '../gateway/contacts/seal.ts';
import type { CaseRegister } from '../gateway/ports/case-register.ts';
import type { Case } from '../schemas/case.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { masterKeysOf, type GatewayKeys } from './keys-folder.ts';

/** Loads cases from a file of JSON lines into the register: the way in until the panel has pages of its own. */

export interface LoadedCases {
  readonly stored: number;
  /** One sentence a line that was not stored: its number, and what is wrong by place, never by value. */
  readonly refused: readonly string[];
}

/** Stores every good line, sealed and encrypted; a bad line stops no other. */
export async function loadCases(file: string, url: string, keys: GatewayKeys): Promise<Result<LoadedCases, string>> {
  const cipher = createCaseCipher(masterKeysOf(keys));
  const register = createPostgresCaseRegister({ url, cipher, max: 1 });
  try {
    return await storeLines(file, register, makeSeal(keys.sealKey));
  } finally {
    await register.close();
  }
}

async function storeLines(file: string, register: CaseRegister, seal: Seal): Promise<Result<LoadedCases, string>> {
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
    const put = await register.put(kase.value);
    if (!put.ok) return err(`The register could not be written at line ${number}; ${stored} cases were stored before.`);
    stored += 1;
  }
  return ok({ stored, refused });
}

function readCase(line: string, seal: Seal): Result<Case, string> {
  const told = caseAsToldSchema.safeParse(parseJson(line));
  if (!told.success) {
    const places = told.error.issues.map(({ path, code }) => `${path.join('.') || 'the line'} (${code})`);
    return err(`not a case: ${[...new Set(places)].join(', ')}`);
  }
  const sealed = sealCaseContacts(told.data, seal);
  if (sealed.ok) return sealed;
  const places = sealed.error.unusable.map((at) => `protectedContacts.${at}`).join(', ');
  return err(`${places} would protect nobody: give a number, an e-mail address, or an address with its postcode`);
}

function parseJson(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return value;
  } catch {
    return undefined;
  }
}
