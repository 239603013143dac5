import { parseArgs } from 'node:util';
import { z } from 'zod';
import { reportPopulation } from './population-report.ts';

/**
 * Linkage on the population alone, without the tables of `npm run bench:linkage`:
 * `node --import ./deploy/typescript.mjs test/bench/linkage/population-run.ts --questions 10000 --seed 7`. Exit status 1
 * below a floor.
 */

const { values } = parseArgs({ options: { questions: { type: 'string' }, seed: { type: 'string' } } });
const { questions, seed } = z
  .strictObject({
    questions: z.coerce.number().int().min(1).max(1_000_000).default(1_000),
    seed: z.coerce.number().int().min(0).max(100_000).default(11),
  })
  .parse(values);

const write = (line: string): boolean => process.stdout.write(`${line}\n`);
const fallen = reportPopulation(questions, seed, write);
fallen.forEach((sentence) => write(`BELOW ITS FLOOR: ${sentence}`));
if (fallen.length > 0) process.exitCode = 1;
