import { parseArgs } from 'node:util';
import { readExamples } from '../../policies/engine/mutate/examples.ts';
import { compareMutants, measure, type Measured } from '../../policies/engine/mutate/measure.ts';
import { MUTATIONS } from '../../policies/engine/mutate/mutants.ts';
import { readAgreements, readStatementsFor, readTexts, sayProblem } from './policy-files.ts';

/** `holdfast policy mutate`. */

export const POLICY_MUTATE_USAGE = 'holdfast policy mutate FOLDER [--examples FOLDER]';

type Tell = (sentence: string) => number;

/** Changes one rule at a time and says which changes neither a statement nor a written example would notice. */
export async function runPolicyMutate(
  words: readonly string[],
  shippedExamples: string,
  print: Tell,
  fail: Tell,
): Promise<number> {
  const options = { examples: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  const [folder, ...more] = positionals;
  if (folder === undefined || more.length > 0) return fail(`Usage: ${POLICY_MUTATE_USAGE}`);
  const agreements = await readAgreements(folder);
  if (!agreements.ok) return fail(agreements.error.join('\n'));
  const { bundle } = agreements.value;
  const statements = await readStatementsFor(folder, bundle);
  if (!statements.ok) return fail(statements.error.join('\n'));
  const texts = await readTexts(values.examples ?? shippedExamples, '.cases.yaml');
  const examples = readExamples(texts ?? []);
  if (!examples.ok) return fail(examples.error.map(sayProblem).join('\n'));
  const measured: Measured[] = [];
  for (const compared of compareMutants(bundle)) measured.push(measure(compared, statements.value, examples.value));
  for (const line of sayMeasured(measured)) print(line);
  return 0;
}

const noticed = ({ statement, written }: Measured): boolean => statement !== undefined || written !== undefined;
const percent = (part: number, whole: number): string => (whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} %`);

/** What came of all mutants: a table, who survived, and rules that are there for nothing or for later. */
export function sayMeasured(measured: readonly Measured[]): readonly string[] {
  const of = (effect: Measured['effect']) => measured.filter((each) => each.effect === effect);
  const levels = of('level');
  const survivors = [...levels, ...of('other')].filter((each) => !noticed(each));
  const idle = of('nothing');
  const named = (each: Measured) => `  ${each.mutant.rule}: ${each.mutant.mutation}, ${each.mutant.what}`;
  const changed = levels.filter(noticed).length;
  return [
    `${'mutation'.padEnd(30)} made  change a level  statements  examples  either`,
    ...MUTATIONS.map((mutation) =>
      row(
        mutation,
        measured.filter((each) => each.mutant.mutation === mutation),
      ),
    ),
    row('all', measured),
    `\n${changed} of ${levels.length} that change a level are noticed (${percent(changed, levels.length)}).`,
    `${of('other').filter(noticed).length} of ${of('other').length} that change only words, powers or deciding rules are.`,
    ...listed(
      'Survivors',
      survivors.flatMap((each) => [named(each), `    ${each.example ?? ''}`]),
    ),
    ...listed(
      'Guards and caps that stand by: no present grant needs them',
      idle.filter(({ mutant }) => mutant.standsBy).map(named),
    ),
    ...listed(
      'Without any effect: another rule of today does the same',
      idle.filter(({ mutant }) => !mutant.standsBy).map(named),
    ),
  ];
}

const listed = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`\n${title}`, ...lines];

function row(name: string, all: readonly Measured[]): string {
  const levels = all.filter(({ effect }) => effect === 'level');
  const counts = [
    String(all.length).padStart(4),
    String(levels.length).padStart(14),
    String(levels.filter(({ statement }) => statement !== undefined).length).padStart(10),
    String(levels.filter(({ written }) => written !== undefined).length).padStart(8),
    String(levels.filter(noticed).length).padStart(6),
  ];
  return `${name.padEnd(30)} ${counts.join('  ')}`;
}
