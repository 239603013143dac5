import { parseArgs } from 'node:util';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import { whoSees, type WhoRow } from '../../policies/engine/who/who.ts';
import type { ReadBundle } from './decide-command.ts';

/** `holdfast policy who`: who may see a field, and what a role may see, in words. */

export const POLICY_WHO_USAGE =
  'holdfast policy who (--field FIELD | --role ROLE) [--purpose PURPOSE] [--bundle FOLDER]';

type Tell = (sentence: string) => number;

/** Runs the command; `shipped` is the folder where none is named. */
export async function runPolicyWho(
  words: readonly string[],
  tools: { readonly readBundle: ReadBundle; readonly shipped: string; readonly print: Tell; readonly fail: Tell },
): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...words],
    options: { field: text, role: text, purpose: text, bundle: text },
    strict: true,
  });
  const { field, role, purpose, bundle: folder = tools.shipped } = values;
  if ((field === undefined) === (role === undefined)) return tools.fail(`Usage: ${POLICY_WHO_USAGE}`);
  const read = await tools.readBundle(folder);
  if (!read.ok) return tools.fail(read.error.join('\n'));
  const bundle = read.value;
  if (field !== undefined && !bundle.fields.has(field)) return tools.fail(`There is no field ${field}.`);
  if (role !== undefined && !bundle.roles.has(role)) return tools.fail(`There is no role ${role}.`);
  if (purpose !== undefined && !bundle.purposes.has(purpose)) return tools.fail(`There is no purpose ${purpose}.`);
  const rows = whoSees(bundle, {
    ...(field === undefined ? {} : { field }),
    ...(role === undefined ? {} : { role }),
    ...(purpose === undefined ? {} : { purpose }),
  });
  if (rows.length === 0) return tools.print('Nobody, in no state of any case.');
  for (const line of rows.flatMap((row) => sayRow(bundle, row))) tools.print(line);
  return 0;
}

/** One row in words, with the law and how far each power was verified. */
export function sayRow(bundle: PolicyBundle, row: WhoRow): readonly string[] {
  const { purpose, role, group, level, fields, where, lessWhere, rules, powers } = row;
  const law = powers.map((code) => {
    const power = bundle.powers.get(code);
    return power === undefined ? code : `${code} (${power.law}, ${power.section}) [${power.mark}]`;
  });
  return [
    `${purpose}  ${bundle.roles.get(role)?.label ?? role} (${role}, ${group}): ${level} of ${fields.join(', ')}`,
    `    where ${where}`,
    ...(lessWhere === '' ? [] : [`    ${lessWhere}`]),
    `    by ${rules.join(', ')}, on ${law.join('; ')}`,
  ];
}
