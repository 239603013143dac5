import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { createPostgresCaseRegister } from '../adapters/postgres/case-register.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { makePseudonyms } from '../gateway/audit/pseudonym.ts';
import { createCaseCipher } from '../gateway/cases/case-cipher.ts';
import { importMaracList, type ImportFault } from '../gateway/cases/marac-list/import-marac-list.ts';
import { CELL_FAULTS, LIST_BYTES_MAX, type RowFault } from '../gateway/cases/marac-list/read-marac-list.ts';
import { makeSeal } from '../gateway/contacts/seal.ts';
import { caseActorSchema, type CaseActor } from '../schemas/case-history.ts';
import { masterKeysOf, readKeysFolder, type GatewayKeys } from './keys-folder.ts';

/** `holdfast cases import`: opens cases from a MARAC list that the panel's coordinator hands to the operator. */

export const IMPORT_USAGE =
  'holdfast cases import --url FILE --keys FOLDER --list FILE --agency AGENCY --coordinator STAFF';

interface Tell {
  readonly print: (sentence: string) => number;
  readonly fail: (sentence: string) => number;
}

const OPTIONS = {
  url: { type: 'string' },
  keys: { type: 'string' },
  list: { type: 'string' },
  agency: { type: 'string' },
  coordinator: { type: 'string' },
} as const;

/** Ends with 1 where any row opened no case, so that a script notices. */
export async function runImport(words: readonly string[], tell: Tell): Promise<number> {
  const { url, keys: folder, list, agency, coordinator } = parseArgs({ args: [...words], options: OPTIONS }).values;
  if (url === undefined || folder === undefined || list === undefined) return tell.fail(IMPORT_USAGE);
  const role = 'dai.dapg_coordinator';
  const actor = caseActorSchema.safeParse({ agency, group: 'council', role, staffId: coordinator });
  if (!actor.success) return tell.fail(IMPORT_USAGE);
  const keys = await readKeysFolder(folder);
  if (!keys.ok) return tell.fail(keys.error.join('\n'));
  const address = new TextDecoder().decode(await readAtMost(url, 4_096)).trim();
  return importList(address, keys.value, { actor: actor.data, file: await readAtMost(list, LIST_BYTES_MAX + 1) }, tell);
}

/** Imports a list that was read. */
export async function importList(
  url: string,
  keys: Pick<GatewayKeys, 'masterKey' | 'retired' | 'sealKey' | 'pseudonymKey'>,
  { actor, file }: { readonly actor: CaseActor; readonly file: Uint8Array },
  { print, fail }: Tell,
): Promise<number> {
  const cases = createPostgresCaseRegister({ url, cipher: createCaseCipher(masterKeysOf(keys)), max: 1 });
  const log = createPostgresAccessLog({ url, leaves: entryLeaves });
  const pseudonyms = makePseudonyms(keys.pseudonymKey);
  const pseudonymOf: typeof pseudonyms.ofSubject = (kase) => pseudonyms.ofSubject(kase);
  const deps = { cases, log, seal: makeSeal(keys.sealKey), pseudonymOf, now: () => new Date() };
  try {
    const imported = await importMaracList(deps, actor, file, 'operator');
    if (!imported.ok) return fail(sayFault(imported.error));
    const { opened, known, faults } = imported.value;
    print(`Cases opened: ${opened}. They have no category until the panel decides.`);
    const sentences = [
      ...known.map((line) => ({ line, text: 'there is a case with this reference, and nothing of it was changed' })),
      ...faults.map((fault) => ({ line: fault.line, text: sayRow(fault) })),
    ].sort((a, b) => a.line - b.line);
    return sentences.length === 0 ? 0 : fail(sentences.map(({ line, text }) => `Line ${line}: ${text}.`).join('\n'));
  } finally {
    await Promise.all([cases.close(), log.close()]);
  }
}

/** A file that never ends is not read to its end. */
async function readAtMost(path: string, most: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(most);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, most - length);
      length += bytesRead;
      if (bytesRead === 0 || length === most) return buffer.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}

const sayRow = ({ column, fault }: RowFault): string =>
  column === undefined ? 'it has more or fewer cells than the header' : `${column} ${CELL_FAULTS[fault]}`;

function sayFault(fault: ImportFault): string {
  switch (fault.fault) {
    case 'stopped':
      return `The log or the register could not be written at line ${fault.line}; ${fault.opened} cases were opened before. Send the same list again.`;
    case 'may-not':
      return 'Only the coordinator of the perpetrator group opens cases.';
    case 'too-large':
      return 'The list is larger than a list may be: at most 4 MiB and 10,000 rows. Nothing was opened.';
    case 'not-utf8':
      return 'The list is not text in UTF-8: save it as "CSV UTF-8". Nothing was opened.';
    case 'not-csv':
      return 'The list is not CSV: a quote is not closed, or a row is too long. Nothing was opened.';
    case 'header':
      return 'The first line does not name the columns of a MARAC list: gateway/cases/README.md has them. Nothing was opened.';
  }
}
