import { parseArgs } from 'node:util';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import { compareDates, type DatesCompared } from '../../policies/engine/on-date/on-date.ts';
import { isoDateSchema } from '../../schemas/names.ts';
import type { ReadBundle } from './decide-command.ts';

/** `holdfast policy on-date`: what the law changes between two days, without a word of the agreements. */

export const POLICY_ON_DATE_USAGE = 'holdfast policy on-date --bundle FOLDER --from DAY --to DAY';

type Tell = (sentence: string) => number;

/** Runs the command. Exit status 0 whether anything changes or not. */
export async function runPolicyOnDate(
  words: readonly string[],
  readBundle: ReadBundle,
  print: Tell,
  fail: Tell,
): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...words], options: { bundle: text, from: text, to: text }, strict: true });
  const from = isoDateSchema.safeParse(values.from);
  const to = isoDateSchema.safeParse(values.to);
  if (values.bundle === undefined || !from.success || !to.success) return fail(`Usage: ${POLICY_ON_DATE_USAGE}`);
  const bundle = await readBundle(values.bundle);
  if (!bundle.ok) return fail(bundle.error.join('\n'));
  const compared = compareDates(bundle.value, from.data, to.data);
  if (compared === undefined) return fail(`Usage: ${POLICY_ON_DATE_USAGE}`);
  for (const line of sayDates(bundle.value, compared)) print(line);
  return 0;
}

/** What changes, in sentences: powers first, then who gains and who loses what. */
export function sayDates(bundle: PolicyBundle, { from, to, powers, diff }: DatesCompared): readonly string[] {
  const said = powers.map(({ code, area, change }) => {
    const power = bundle.powers.get(code);
    const law = power === undefined ? '' : `: ${power.law}, ${power.section} [${power.mark}]`;
    const cited = power?.kind === 'cited' ? ' It is cited, and no grant rests on it.' : '';
    return `${code}${area === undefined ? '' : ` in ${area}`} ${change}${law}.${cited}`;
  });
  const { gains, losses, others } = diff;
  const head = `Between ${from} and ${to}`;
  if (said.length === 0) said.push(`${head} no power commences or ends.`);
  if (diff.sameDecisions) return [...said, `${head} no decision changes, in any of ${String(diff.diagrams)} diagrams.`];
  return [
    ...said,
    `${head} ${String(gains.length)} things can be seen that could not, ${String(losses.length)} no longer, and ` +
      `${String(others.length)} rest on other law or come with other words.`,
    ...[...gains, ...losses].map(({ example }) => example),
  ];
}
