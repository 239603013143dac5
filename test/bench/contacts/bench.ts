import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { generateQuestions } from '../../population/questions.ts';
import { fitWeights } from './fit.ts';
import { measure } from './measure.ts';
import { reportOf, worldLine, WORLDS_HEADING } from './report.ts';
import { WORLDS } from './worlds.ts';

/**
 * `npm run bench:contacts`: how often the first phone given works and is his, whether anything of another's comes out,
 * how honest the probabilities are, and how long it takes. `--fit` chooses the weights anew instead and prints them;
 * `--worlds` asks the same questions where the registers have other habits.
 */

/** Weights are fitted to the first and measured on the second: no question is in both. */
const FITTED_SEED = 101;
const MEASURED_SEED = 202;
const EIGHTY = 80;
const FULL_COUNT = 400;
const FIT_COUNT = 500;
const FIT_ROUNDS = 8;

const optionsSchema = z.strictObject({
  count: z.coerce.number().int().min(1).max(1_000_000).default(2_000),
  seed: z.coerce.number().int().min(0).max(100_000).default(MEASURED_SEED),
  fit: z.boolean().default(false),
  worlds: z.boolean().default(false),
});

const write = (line: string): boolean => process.stdout.write(`${line}\n`);
const tell = (line: string): boolean => process.stderr.write(`${line}\n`);

function run(): void {
  const { values } = parseArgs({
    options: {
      count: { type: 'string' },
      seed: { type: 'string' },
      fit: { type: 'boolean' },
      worlds: { type: 'boolean' },
    },
  });
  const { count, seed, fit, worlds } = optionsSchema.parse(values);
  if (fit) {
    const fitted = fitWeights(FITTED_SEED, FIT_COUNT, FIT_ROUNDS, tell);
    write(JSON.stringify(fitted, undefined, 2));
    return;
  }
  if (worlds) {
    askWorlds(seed, count);
    return;
  }
  tell(`${count} questions of seed ${seed}; weights were fitted to seed ${FITTED_SEED}`);
  // The first hundred run in the interpreter; a gateway that has been up for a minute does not.
  measure(generateQuestions({ seed: seed + 1, count: 100 }));
  const before = process.cpuUsage();
  const measured = measure(reportingProgress(count, generateQuestions({ seed, count })));
  const { user, system } = process.cpuUsage(before);
  const full = measure(generateQuestions({ seed: seed + 2, count: FULL_COUNT, recordsAtLeast: EIGHTY }));
  reportOf(measured, { ...full, records: EIGHTY }, (user + system) / 1000 / count).forEach(write);
  const [cold, warm] = [firstQuestionMs([]), firstQuestionMs(['--warm'])];
  write(`  first question of a process: ${cold.toFixed(0)} ms; after warming up, as at start: ${warm.toFixed(0)} ms`);
  if (measured.wronged.length > 0) process.exitCode = 1;
}

/** How much of it hangs on rates that nobody knows. */
function askWorlds(seed: number, count: number): void {
  const questions = [...generateQuestions({ seed, count })];
  write(WORLDS_HEADING);
  for (const { name, change } of WORLDS) write(worldLine(name, measure(questions.map(change))));
}

const FIRST = fileURLToPath(new URL('first-question.ts', import.meta.url));

/** The very first question of a process is asked in one of its own. */
function firstQuestionMs(options: readonly string[]): number {
  const args = [...process.execArgv, FIRST, '--records', String(EIGHTY), ...options];
  return Number(execFileSync(process.execPath, args, { encoding: 'utf8' }));
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
