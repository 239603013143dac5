import { join } from 'node:path';
import { describeMachine } from '../machine.ts';
import { measureAppends } from './appends.ts';
import { layLogGround, type LogGround } from './ground.ts';
import { readOptions } from './options.ts';
import { measureKills } from './kills.ts';
import { measureProofs } from './proofs.ts';
import { appendPart, judgementLines, killPart, proofPart, verifyPart, type Judgement, type Part } from './report.ts';
import { measureVerify } from './verify.ts';

/** `npm run bench:log`: how fast the log is, and what becomes of it when the database is killed. */

const options = readOptions(process.argv.slice(2));
const wants = (part: Exclude<typeof options.only, 'all'>): boolean => options.only === 'all' || options.only === part;
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

const judgements: Judgement[] = [];
const show = ({ lines, judged }: Part): void => {
  print(lines);
  judgements.push(...judged);
};

/** Each part has a log of its own: what one has written would be in the way of the next. */
async function onGround(part: string, measure: (ground: LogGround) => Promise<Part>): Promise<void> {
  const ground = await layLogGround(join(process.cwd(), '.holdfast', 'bench-log', part));
  try {
    print([`PostgreSQL ${ground.version}`]);
    show(await measure(ground));
  } finally {
    await ground.close();
  }
}

const { cores, model, node, loadBefore } = describeMachine();
print([`${cores} cores (${model}), Node.js ${node}, load before ${loadBefore.toFixed(1)}`]);
if (wants('appends'))
  await onGround('appends', async (ground) => appendPart(await measureAppends(ground, options, tell)));
if (wants('kills') && options.kills > 0) {
  await onGround('kills', async (ground) => {
    const killed = await measureKills(ground, options.kills, tell);
    // A lost entry is no missed target: it ends the run as failed.
    if (killed.lost + killed.twice > 0) process.exitCode = 1;
    return killPart(killed);
  });
}
if (wants('proofs'))
  await onGround('proofs', async (ground) => proofPart(await measureProofs(ground, options.entries, tell)));
if (wants('verify') && options.verify > 0) show(verifyPart(await measureVerify(options.verify)));
print(judgementLines(judgements));
