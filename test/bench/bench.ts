import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Closings } from './closings.ts';
import { planOf, USAGE, type BenchPlan } from './plan.ts';
import { reportOf } from './report.ts';
import { runBench } from './run.ts';

/**
 * `npm run bench`: what the whole path costs, beside what it stands on. Everything runs on this machine, on loopback,
 * and ends with it. Missing a target is told and is no failure; a wrong answer is.
 */

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const plan = planOf(process.argv.slice(2));
if (plan === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
const closings = new Closings();
const startedAt = performance.now();
let ending = false;

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void endWith(signal === 'SIGINT' ? 130 : 143));
}
setTimeout(() => {
  void endWith(1, `The benchmark did not end within ${plan.endsAfterSeconds} seconds, so it was stopped.`);
}, plan.endsAfterSeconds * 1000).unref();

await endWith(await run(plan));

async function run(chosen: BenchPlan): Promise<number> {
  try {
    const figures = await runBench({
      plan: chosen,
      folder: join(ROOT, '.holdfast', 'bench'),
      policiesFolder: join(ROOT, 'policies', 'agreements'),
      closings,
      tell: (what, seconds) => say(`${elapsed()}  ${what} (about ${Math.ceil(seconds)} s)`),
    });
    process.stdout.write(`\n${reportOf(figures)}\n`);
    if (chosen.jsonFile !== undefined) await writeFile(chosen.jsonFile, `${JSON.stringify(figures, null, 2)}\n`);
    return 0;
  } catch (error) {
    // What fails while everything is being ended has failed because of that.
    if (!ending) say(error instanceof Error ? error.message : 'The benchmark failed.');
    return 1;
  }
}

async function endWith(code: number, sentence?: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (sentence !== undefined) say(sentence);
  await closings.close();
  process.exit(code);
}

function elapsed(): string {
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  return `${String(seconds).padStart(4)} s`;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}
