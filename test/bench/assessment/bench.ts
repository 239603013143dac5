import { parseArgs } from 'node:util';
import { z } from 'zod';
import { assess, type Assessed } from './assess.ts';
import { tally, type Tally } from './judge/tally.ts';
import { WORLDS, type World } from './registers/worlds.ts';

/**
 * `npm run bench:assessment`: what the answers are worth in each world. `--world NAME` asks in one and tells it by hard
 * case, by decoy and by the origin of the subject's name too; `--questions N` asks so many in each.
 */

const COUNT = 500;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(8);

const lineOf = (name: string, { questions, strangers, tellableStrangers, ...rest }: Tally): string =>
  [
    name.padEnd(36),
    `${questions} asked`.padStart(11),
    `wrong ${strangers} (${tellableStrangers} to be told)`,
    `recall ${percent(rest.recall)}`,
    `to a human ${percent(rest.toHuman)} (probable ${percent(rest.probable)}, attention ${percent(rest.attention)})`,
    `first phone ${percent(rest.firstRight)} of ${rest.reachable}, rule ${percent(rest.ruleRight)}`,
    `hers ${rest.protectedShown}, another's ${rest.anothersShown}`,
    `calibration ${rest.calibrationError.toFixed(3)}`,
    ...(rest.faults.length === 0 ? [] : [`FAULTS ${rest.faults.join('; ')}`]),
  ].join('  ');

const tallyOf = (assessed: readonly Assessed[]): Tally => tally(assessed.map(({ judged }) => judged));

function linesOf(world: World, count: number, isDetailed: boolean): string[] {
  const all = assess(world, count);
  const anchored = all.filter(({ truth }) => truth.isAnchored);
  const lines = [lineOf(world.name, tallyOf(all)), lineOf('  more known than name and birth', tallyOf(anchored))];
  if (!isDetailed) return lines;
  const groups = new Map<string, Assessed[]>();
  for (const one of all) {
    const { cases, decoys, origin } = one.truth;
    for (const group of [
      `  ${origin}`,
      ...(cases.length === 0 ? ['  no hard case'] : []),
      ...[...cases, ...decoys].map((name) => `  ${name}`),
    ])
      groups.set(group, [...(groups.get(group) ?? []), one]);
  }
  return [
    ...lines,
    ...[...groups].sort(([a], [b]) => a.localeCompare(b)).map(([name, group]) => lineOf(name, tallyOf(group))),
  ];
}

const optionsSchema = z.object({
  world: z.enum(WORLDS.map(({ name }) => name)).optional(),
  questions: z.coerce.number().int().min(1).max(100_000).default(COUNT),
});

function main(): void {
  const { values } = parseArgs({ options: { world: { type: 'string' }, questions: { type: 'string' } } });
  const asked = optionsSchema.safeParse(values);
  if (!asked.success) {
    process.stderr.write(`${z.prettifyError(asked.error)}\n`);
    process.exitCode = 1;
    return;
  }
  const { world: only, questions } = asked.data;
  for (const world of WORLDS.filter(({ name }) => only === undefined || name === only)) {
    process.stdout.write(`${linesOf(world, questions, only !== undefined).join('\n')}\n`);
  }
}

main();
