import { parseArgs } from 'node:util';
import { measureUnusual, measureUnusualLive, type UnusualFigures } from './year.ts';

/**
 * `node --import ./deploy/typescript.mjs test/bench/review/unusual.ts [--seeds 101,102] [--kept 201,202] [--live 14]`
 *
 * Weights and rules were chosen by looking at the first seeds alone; those kept back say what that is worth. With
 * `--live` the rules also run every so many days over what the log has by then, which is what officers get: half a
 * minute a year.
 */

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '101,102,103,104' },
    kept: { type: 'string', default: '201,202,203,204' },
    live: { type: 'string' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const numbers = (text: string): number[] => (text === '' ? [] : text.split(',').map(Number));
const mean = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length;
const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

interface Measured {
  readonly perDay: number;
  readonly recall: number;
  readonly precision: number;
}

const sayOne = (what: string, { perDay, recall, precision }: Measured): void =>
  say(
    `  ${what.padEnd(22)} recall ${recall.toFixed(3)}, ${perDay.toFixed(2)} findings a day, ${percent(precision)} right`,
  );

function sayAll(what: string, of: readonly Measured[]): void {
  const [recalls, days] = [of.map(({ recall }) => recall), of.map(({ perDay }) => perDay)];
  const [lowest, most] = [Math.min(...recalls), Math.max(...days)];
  const met = lowest >= 0.9 && most <= 5;
  say(
    `${what}: recall ${mean(recalls).toFixed(3)} (lowest ${lowest.toFixed(3)}, wanted .9), ${mean(days).toFixed(2)} findings ` +
      `a day (most ${most.toFixed(2)}, wanted at most 5), ${percent(mean(of.map(({ precision }) => precision)))} right: ` +
      (met ? 'met in every year' : 'MISSED'),
  );
}

function sayKinds(years: readonly UnusualFigures[]): void {
  for (const misuse of years[0]?.byMisuse.keys() ?? []) {
    const of = years.map(({ byMisuse }) => byMisuse.get(misuse) ?? { planted: 0, found: 0 });
    const [found, planted] = [of.map((each) => each.found), of.map((each) => each.planted)];
    say(`  ${misuse.padEnd(22)} found ${mean(found) * of.length} of ${mean(planted) * of.length}`);
  }
}

for (const [what, seeds] of [
  ['Seeds that were looked at', numbers(values.seeds)],
  ['Seeds kept back', numbers(values.kept)],
] as const) {
  const years = seeds.map((seed) => ({ seed, figures: measureUnusual({ seed }) }));
  if (years.length === 0) continue;
  const figures = years.map((each) => each.figures);
  sayAll(`${what}, looking back on the year`, figures);
  years.forEach((each) => sayOne(`seed ${each.seed}`, each.figures));
  sayKinds(figures);
  if (values.live === undefined) continue;
  const everyDays = Number(values.live);
  const live = seeds.map((seed) => ({ seed, measured: measureUnusualLive({ seed, everyDays }) }));
  sayAll(
    `${what}, as it comes, every ${everyDays} days`,
    live.map(({ measured }) => measured),
  );
  live.forEach(({ seed, measured }) => sayOne(`seed ${seed}`, measured));
}
