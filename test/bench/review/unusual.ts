import { parseArgs } from 'node:util';
import { measureUnusual, measureUnusualLive, unusualReport } from './year.ts';

/** `node --import ./deploy/typescript.mjs test/bench/review/unusual.ts [--seed 2026] [--years 5] [--live 14]` */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '2026' },
    years: { type: 'string', default: '5' },
    live: { type: 'string' },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const years = Array.from({ length: Number(values.years) }, (_, n) => measureUnusual({ seed: Number(values.seed) + n }));
years.forEach((figures) => unusualReport(figures).forEach(say));
const mean = (of: readonly number[]): number => of.reduce((sum, each) => sum + each, 0) / of.length;
const recalls = years.map(({ recall }) => recall);
say(
  `Over ${years.length} years: recall ${mean(recalls).toFixed(3)} (lowest ${Math.min(...recalls).toFixed(3)}), ` +
    `${mean(years.map(({ perDay }) => perDay)).toFixed(2)} findings a day, ` +
    `${(100 * mean(years.map(({ precision }) => precision))).toFixed(0)} % of them on planted misuse`,
);

/** With the rules run every so many days, over what the log has by then: what officers get. Takes a minute a year. */
if (values.live !== undefined) {
  const { perDay, recall, precision } = measureUnusualLive({
    seed: Number(values.seed),
    everyDays: Number(values.live),
  });
  say(
    `As it comes, the rules run every ${values.live} days: ${perDay.toFixed(2)} new reviews a day, recall ${recall.toFixed(3)}, ` +
      `${(100 * precision).toFixed(0)} % on planted misuse`,
  );
}
