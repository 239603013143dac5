import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { measurePopulation, type LinkageFigure, type PopulationFigures } from './population.ts';

/** Linkage on questions of the population in words, and what of it is below the floors that the repository records. */

const floorSchema = z.strictObject({
  recall: z.number(),
  toHumanMost: z.number(),
  pointsAboveNameAndBirthDate: z.number(),
});
export type Floor = z.infer<typeof floorSchema>;

export const POPULATION_FLOORS = z
  .strictObject({ questions: floorSchema, 'harder questions': floorSchema })
  .parse(JSON.parse(readFileSync(new URL('./population-floors.json', import.meta.url), 'utf8')));

const POINTS = 100;
const wrongOf = ({ wrongMerges }: LinkageFigure): number =>
  Object.values(wrongMerges).reduce((sum, count) => sum + count, 0);

/** Sentences about what is below a floor, empty where nothing is. One wrong merge is always below it (P5). */
export function belowFloor(name: string, { ours, rivals }: PopulationFigures, floor: Floor): string[] {
  const rival = rivals.find((each) => each.name === 'exact name and birth date');
  const above = POINTS * (ours.recall - (rival?.recall ?? 0));
  const wrong = wrongOf(ours);
  const said: readonly (readonly [boolean, string])[] = [
    [wrong > 0, `${wrong} records of somebody else were given to the subject`],
    [ours.recall < floor.recall, `recall ${ours.recall.toFixed(4)} is below ${floor.recall}`],
    [
      ours.toHuman > floor.toHumanMost,
      `${ours.toHuman.toFixed(4)} of questions go to a human, above ${floor.toHumanMost}`,
    ],
    [
      above < floor.pointsAboveNameAndBirthDate,
      `only ${above.toFixed(1)} points above exact name and birth date, not ${floor.pointsAboveNameAndBirthDate}: too easy a population, or too poor a linkage`,
    ],
  ];
  return said.filter(([isSo]) => isSo).map(([, sentence]) => `${name}: ${sentence}`);
}

function rowOf(figure: LinkageFigure, questions: number): string {
  const whom = Object.entries(figure.wrongMerges).map(([who, count]) => `${who} ${count}`);
  const each10000 = ((10_000 * wrongOf(figure)) / questions).toFixed(0);
  const shares = [figure.recall, figure.toHuman].map((share) => share.toFixed(4));
  const ms = [figure.ms.p50, figure.ms.p99].map((time) => time.toFixed(2));
  return `| ${[figure.name, wrongOf(figure), each10000, whom.join(', '), ...shares, ...ms].join(' | ')} |`;
}

/** The figures as lines to print. */
export function linesOf(name: string, asked: PopulationFigures): string[] {
  const { questions, records, hisRecords, ours, rivals, worseGroups, missed } = asked;
  return [
    '',
    `${questions} ${name} of the population, ${records} records, of which ${hisRecords} are his.`,
    '| | wrong merges | in 10,000 questions | with whom | recall | to a human | ms p50 | ms p99 |',
    '|---|---|---|---|---|---|---|---|',
    ...[ours, ...rivals].map((figure) => rowOf(figure, questions)),
    `Missed: ${missed.map(({ why, share }) => `${(POINTS * share).toFixed(1)} % ${why}`).join('; ')}.`,
    ...worseGroups.map(
      ({ kind, group, recall, records: held, reason }) =>
        `Worse by more than a point: ${kind} ${group} (${held} records), recall ${recall.toFixed(4)}, lost to ${reason}.`,
    ),
  ];
}

/**
 * Asks both kinds of questions, prints what came of them beside the rivals, and gives what is below a floor.
 *
 * @param count how many of each
 */
export function reportPopulation(count: number, seed: number, print: (line: string) => void): string[] {
  const kinds = [
    ['questions', false],
    ['harder questions', true],
  ] as const;
  return kinds.flatMap(([name, harder]) => {
    const asked = measurePopulation({ seed, count, harder });
    linesOf(name, asked).forEach(print);
    return belowFloor(name, asked, POPULATION_FLOORS[name]);
  });
}
