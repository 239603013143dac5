import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { checkSchedule, type ScheduleFault } from '../../policies/engine/schedule/read-schedule.ts';
import { scheduleCsv, scheduleHtml } from '../../policies/engine/schedule/schedule.ts';
import type { ReadBundle } from './decide-command.ts';

/** `holdfast policy schedule`: the table of an agreement, written from the rules that decide, and held against them. */

export const POLICY_SCHEDULE_USAGE =
  'holdfast policy schedule --bundle FOLDER (--out FILE.html | --out FILE.csv | --check FILE.csv)';

type Tell = (sentence: string) => number;
const FAULTS_SAID_MAX = 50;

/** Runs the command; exit status 1 where a table is not what the bundle says. */
export async function runPolicySchedule(
  words: readonly string[],
  readBundle: ReadBundle,
  print: Tell,
  fail: Tell,
): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...words], options: { bundle: text, out: text, check: text }, strict: true });
  const { bundle: folder, out, check } = values;
  if (folder === undefined || (out === undefined) === (check === undefined) || !/\.(?:html|csv)$/u.test(out ?? '.csv'))
    return fail(`Usage: ${POLICY_SCHEDULE_USAGE}`);
  const bundle = await readBundle(folder);
  if (!bundle.ok) return fail(bundle.error.join('\n'));
  if (check !== undefined) {
    const checked = checkSchedule(await readFile(check, 'utf8'), bundle.value);
    if (checked.ok) return print(`${check} is what version ${bundle.value.version} says, and its rules decide alike.`);
    return fail(checked.error.slice(0, FAULTS_SAID_MAX).map(sayScheduleFault).join('\n'));
  }
  if (out === undefined) return fail(`Usage: ${POLICY_SCHEDULE_USAGE}`);
  await writeFile(out, out.endsWith('.html') ? scheduleHtml(bundle.value) : scheduleCsv(bundle.value));
  return print(`The schedule of version ${bundle.value.version} is ${out}.`);
}

/** A fault of a table in a sentence that names the cell. */
export function sayScheduleFault(fault: ScheduleFault): string {
  switch (fault.code) {
    case 'not-a-schedule':
      return 'This is no schedule as `holdfast policy schedule` writes it.';
    case 'cell-differs':
      return `Line ${fault.line}, "${fault.column}" of ${fault.of}: the table says "${fault.table}", the bundle "${fault.bundle}".`;
    case 'row-added':
      return `Line ${fault.line}: ${fault.of} is not in the bundle.`;
    case 'row-missing':
      return `Line ${fault.line}: ${fault.of} is missing.`;
    case 'foot-differs':
      return `The foot "${fault.foot}" is another bundle's or table's.`;
    case 'decides-otherwise':
      return `The table's rules for ${fault.purpose} decide otherwise than the bundle. That is a fault of this program.`;
  }
}
