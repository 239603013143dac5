import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { compileAll, compilePolicy } from '../../../policies/engine/compile/compile-policy.ts';
import { decide, type PolicyBundle } from '../../../policies/engine/index.ts';
import { compareWithCedar } from '../../policy/cedar-agrees.ts';
import { cedarOf } from '../../policy/cedar-decisions.ts';
import { randomOf } from '../../population/random.ts';
import { describeMachine } from '../machine.ts';
import { compareEngines } from './compare.ts';
import { prepared, tellRecord } from './decide-record.ts';
import { compareEveryCell } from './every-cell.ts';
import { cpuSecondsOf, each, rate, rateOf } from './measure.ts';
import { tellProofs } from './proofs.ts';
import { questionsOf, recordOf } from './questions.ts';
import { shippedBundle } from './shipped.ts';

/**
 * `npm run bench:policy`: what deciding costs, beside other engines on the same agreements; with `--equal` whether both
 * engines decide alike in every cell, with `--cedar` whether Cedar agrees on a hundred thousand decisions. A missed
 * target is told; an engine that decides otherwise ends the run with exit status 1.
 */

const MEGABYTE = 1024 * 1024;
const heldSchema = z.object({
  bytes: z.number(),
  tables: z.number(),
  cells: z.number(),
  vectors: z.number(),
  questions: z.number(),
});

const { values: options } = parseArgs({
  options: {
    equal: { type: 'boolean' },
    cedar: { type: 'boolean' },
    random: { type: 'string' },
    'one-in': { type: 'string' },
  },
});
const bundle = shippedBundle();
if (options.equal === true) equal(bundle);
else if (options.cedar === true) cedar(bundle);
else await speed(bundle);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function targetOf(met: boolean, words: string): string {
  return `${met ? 'met' : 'MISSED'}: ${words}`;
}

function equal(of: PolicyBundle): void {
  const randomDecisions = Number(options.random ?? 10_000_000);
  const compared = compareEveryCell(of, { oneIn: Number(options['one-in'] ?? 1), randomDecisions }, say);
  say(`${compared.random.toLocaleString('en-GB')} random decisions over the whole space looked at`);
  finish(compared.differences);
}

function cedar(of: PolicyBundle): void {
  const { decisions, allowed, differences } = compareWithCedar(cedarOf(of), of, randomOf(4), 100_000);
  say(`${decisions.toLocaleString('en-GB')} decisions compared with Cedar, ${allowed.toLocaleString('en-GB')} allow`);
  finish(differences);
}

function finish(differences: readonly string[]): void {
  say(`${differences.length} differ`);
  for (const difference of differences.slice(0, 10)) say(`  ${difference}`);
  if (differences.length > 0) process.exitCode = 1;
}

async function speed(of: PolicyBundle): Promise<void> {
  const machine = describeMachine();
  say(`${machine.model}, Node.js ${machine.node}, load ${machine.loadBefore.toFixed(1)} of ${machine.cores} cores`);
  say('Rates are for a second of one core\u2019s processor time.\n');
  compiling(of);
  tellProofs(of, say);
  const told = telling(of);
  memory();
  replay(of);
  const [ours, ...others] = await compareEngines(of);
  say('\nLevels alone, on the same questions      a field          40 fields        ratio, 40 fields');
  const row = (engine: string, fields: number, records: number, more: string) =>
    say(`  ${engine.padEnd(38)} ${rate(fields).padEnd(16)} ${rate(records).padEnd(16)} ${more}`);
  row(
    ours?.engine ?? '',
    ours?.fields ?? 0,
    ours?.records ?? 0,
    `with reasons and obligations; told whole ${rate(told)}`,
  );
  const wanted: Readonly<Record<string, number>> = { CASL: 20, 'Cedar, WebAssembly': 100 };
  for (const { engine, fields, records, sampled, differed } of others) {
    const ratio = (ours?.records ?? 0) / records;
    const target = wanted[engine];
    const words = target === undefined ? '' : targetOf(ratio >= target, `at least ${target}`);
    row(engine, fields, records, `${Math.round(ratio).toLocaleString('en-GB')} ${words}`);
    say(`  ${''.padEnd(38)} ${differed} of ${sampled.toLocaleString('en-GB')} sampled levels differ`);
    if (differed > 0) process.exitCode = 1;
  }
}

function compiling(of: PolicyBundle): void {
  const times = [1, 2, 3].map(() => cpuSecondsOf(() => compileAll(compilePolicy(of))));
  const policy = compilePolicy(of);
  compileAll(policy);
  const [first = 0] = times;
  const cells = policy.space.sizes.reduce((product, size) => product * BigInt(size), 1n);
  say(
    `Compiled whole                     ${(first * 1000).toFixed(0)} ms the first time, ${(Math.min(...times) * 1000).toFixed(0)} ms warm`,
  );
  say(
    `  ${policy.forest.nodeCount.toLocaleString('en-GB')} nodes, ${policy.outcomes.size.toLocaleString('en-GB')} outcomes; ${cells.toLocaleString('en-GB')} cells for each purpose, group and field`,
  );
}

function telling(of: PolicyBundle): number {
  const questions = questionsOf(of, randomOf(1), 4000);
  const record = prepared(of, recordOf(of));
  const tell = (nth: number) => {
    const question = questions[nth % questions.length];
    return question === undefined ? [] : tellRecord(of, question, record);
  };
  const shown = questions.reduce(
    (sum, _question, nth) => sum + tell(nth).filter(({ value }) => value !== undefined).length,
    0,
  );
  const deciding = rateOf((nth) => {
    const question = questions[nth % questions.length];
    if (question !== undefined) decide(of, question, record.fields);
  });
  const told = rateOf((nth) => tell(nth));
  const share = Math.round((100 * shown) / (questions.length * record.fields.length));
  say(`${record.fields.length}-field record decided            ${rate(deciding)}, ${each(deciding)} each`);
  say(`  and transformed and explained    ${rate(told)}, ${each(told)} each; ${share} % of fields show something`);
  say(`  ${targetOf(told >= 200_000, 'at least 200,000/s')}`);
  return told;
}

function memory(): void {
  const held = fileURLToPath(new URL('held.ts', import.meta.url));
  const told = execFileSync(process.execPath, ['--expose-gc', ...process.execArgv, held], { encoding: 'utf8' });
  const { bytes, tables, cells, vectors, questions } = heldSchema.parse(JSON.parse(told));
  const megabytes = bytes / MEGABYTE;
  say(
    `Memory of the compiled bundle      ${megabytes.toFixed(1)} MB after ${questions.toLocaleString('en-GB')} questions`,
  );
  say(`  ${tables} tables, ${cells.toLocaleString('en-GB')} cells, ${vectors.toLocaleString('en-GB')} vectors`);
  say(`  ${targetOf(megabytes <= 50, 'at most 50 MB')}`);
}

/** Ten million field decisions as the log would have them, eight a question, compared with what it recorded. */
function replay(of: PolicyBundle): void {
  const record = recordOf(of).map(({ field }) => field);
  const logged = questionsOf(of, randomOf(5), 25_000).map((question, nth) => {
    const fields = record.slice((nth % 5) * 8, (nth % 5) * 8 + 8);
    const recorded = decide(of, question, fields).map(({ level, grants, caps }) => ({ level, grants, caps }));
    return { question, fields, recorded };
  });
  let replayed = 0;
  let differed = 0;
  const seconds = cpuSecondsOf(() => {
    while (replayed < 10_000_000) {
      for (const { question, fields, recorded } of logged) {
        const decisions = decide(of, question, fields);
        for (let nth = 0; nth < decisions.length; nth++, replayed++) {
          const [now, then] = [decisions[nth], recorded[nth]];
          if (now?.level !== then?.level || String(now?.grants) !== String(then?.grants)) differed++;
        }
      }
    }
  });
  say(
    `Replay of ${replayed.toLocaleString('en-GB')} field decisions  ${seconds.toFixed(1)} s; ${differed} came out otherwise`,
  );
  say(`  ${targetOf(seconds <= 60 && differed === 0, 'at most 60 s, none otherwise')}`);
  if (differed > 0) process.exitCode = 1;
}
