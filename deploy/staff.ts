import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { createPostgresStaffRegister } from '../adapters/postgres/staff-register.ts';
import { byAgency, sealStaff, staffAsToldSchema, type StaffAsTold } from '../gateway/review/staff/staff-as-told.ts';
import { makeStaffNames } from '../gateway/review/staff/staff-names.ts';
import { makeLikenessDigests } from '../gateway/review/unusual/likeness.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { parseJsonLine } from './json-line.ts';
import { readKeysFolder, type GatewayKeys } from './keys-folder.ts';

/** `holdfast staff load`: takes what agencies tell of their own staff. */

export const STAFF_USAGE = 'holdfast staff load --url FILE --keys FOLDER --staff FILE';

/** Of all agencies together; more is not a partnership's staff but a mistake. */
const STAFF_MAX = 50_000;

interface Say {
  readonly print: (line: string) => number;
  readonly fail: (sentence: string) => number;
}

/** Loads a file of JSON lines. It takes the place of the lists of the agencies that are in it, whole or not at all. */
export async function runStaff(words: readonly string[], { print, fail }: Say): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...words], options: { url: text, keys: text, staff: text }, strict: true });
  const { url, keys: folder, staff } = values;
  if (url === undefined || folder === undefined || staff === undefined) return fail(`Usage: ${STAFF_USAGE}`);
  const keys = await readKeysFolder(folder);
  if (!keys.ok) return fail(keys.error.join('\n'));
  const told = await readStaff(staff);
  if (!told.ok) return fail([...told.error, 'Nothing was taken: mend these lines, then run this again.'].join('\n'));
  const stored = await storeStaff((await readFile(url, 'utf8')).trim(), keys.value, told.value);
  if (!stored.ok) return fail(stored.error);
  return stored.value.map(([agency, count]) => print(`${agency}: ${count} members of staff.`)).at(-1) ?? 0;
}

/** The lines of a file, or a sentence for each that is not right: its number and where, never what stands there. */
async function readStaff(file: string): Promise<Result<readonly StaffAsTold[], readonly string[]>> {
  const told: StaffAsTold[] = [];
  const problems: string[] = [];
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    if (told.length >= STAFF_MAX) return err([`The file has more than ${STAFF_MAX} members of staff.`]);
    const read = staffAsToldSchema.safeParse(parseJsonLine(line));
    if (read.success) told.push(read.data);
    else {
      const places = read.error.issues.map(({ path, code }) => `${path.join('.') || 'the line'} (${code})`);
      problems.push(`Line ${number}: not a member of staff: ${[...new Set(places)].join(', ')}.`);
    }
  }
  const { twice } = byAgency(told);
  problems.push(...twice.map((who) => `${who} is in the file twice.`));
  if (told.length === 0 && problems.length === 0) return err(['The file has nobody in it.']);
  return problems.length === 0 ? ok(told) : err(problems);
}

async function storeStaff(
  url: string,
  { masterKey, pseudonymKey }: GatewayKeys,
  told: readonly StaffAsTold[],
): Promise<Result<readonly (readonly [string, number])[], string>> {
  const register = createPostgresStaffRegister({ url, max: 1 });
  const with_ = { digests: makeLikenessDigests(pseudonymKey), names: makeStaffNames(masterKey) };
  const stored: [string, number][] = [];
  try {
    for (const [agency, list] of byAgency(told).lists) {
      const put = await register.replace(
        agency,
        list.map((each) => sealStaff(each, with_)),
      );
      if (!put.ok) return err(`The list of ${agency} could not be stored: check the address, and that it runs.`);
      stored.push([agency, put.value]);
    }
    return ok(stored);
  } finally {
    await register.close();
  }
}
