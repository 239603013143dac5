import { parseArgs } from 'node:util';
import { z } from 'zod';
import { generateQuestions } from '../../population/questions.ts';
import { fitWeights } from './fit.ts';
import { measure } from './measure.ts';
import { reportOf } from './report.ts';

/**
 * `npm run bench:contacts`: how often the first phone given works and is his, whether anything of another's comes out,
 * how honest the probabilities are, and how long it takes. `--fit` chooses the weights anew instead and prints them.
 */

/** Weights are fitted to the first and measured on the second: no question is in both. */
const FITTED_SEED = 101;
const MEASURED_SEED = 202;
const EIGHTY = 80;
const FIT_COUNT = 500;
const FIT_ROUNDS = 8;

const optionsSchema = z.strictObject({
  count: z.coerce.number().int().min(1).max(1_000_000).default(2_000),
  seed: z.coerce.number().int().min(0).max(100_000).default(MEASURED_SEED),
  fit: z.boolean().default(false),
});

const write = (line: string): boolean => process.stdout.write(`${line}\n`);
const tell = (line: string): boolean => process.stderr.write(`${line}\n`);

function run(): void {
  const { values } = parseArgs({
    options: { count: { type: 'string' }, seed: { type: 'string' }, fit: { type: 'boolean' } },
  });
  const { count, seed, fit } = optionsSchema.parse(values);
  if (fit) {
    const fitted = fitWeights(FITTED_SEED, FIT_COUNT, FIT_ROUNDS, tell);
    write(JSON.stringify(fitted, undefined, 2));
    return;
  }
  tell(`${count} questions of seed ${seed}; weights were fitted to seed ${FITTED_SEED}`);
  // The first hundred run in the interpreter; a gateway that has been up for a minute does not.
  measure(generateQuestions({ seed: seed + 1, count: 100 }));
  const before = process.cpuUsage();
  const measured = measure(reportingProgress(count, generateQuestions({ seed, count })));
  const { user, system } = process.cpuUsage(before);
  const full = measure(generateQuestions({ seed: seed + 2, count: 200, recordsAtLeast: EIGHTY }));
  const eighty = {
    records: EIGHTY,
    questions: full.questions,
    linkMs: full.linkMs,
    rankMs: full.rankMs,
    cpuMs: full.cpuMs,
  };
  reportOf(measured, eighty, (user + system) / 1000 / count).forEach(write);
  if (measured.wronged.length > 0) process.exitCode = 1;
}

function* reportingProgress<T>(count: number, items: Iterable<T>): Generator<T> {
  const startedAt = performance.now();
  let n = 0;
  for (const item of items) {
    n += 1;
    if (n % 5_000 === 0) {
      const leftMs = ((performance.now() - startedAt) / n) * (count - n);
      tell(`${n} of ${count}; about ${Math.ceil(leftMs / 60_000)} minutes left`);
    }
    yield item;
  }
}

run();
