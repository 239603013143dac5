import { join } from 'node:path';
import { describeMachine } from '../machine.ts';
import { measureAppends } from './appends.ts';
import { layLogGround } from './ground.ts';
import { readOptions } from './options.ts';
import { measureKills } from './kills.ts';
import { measureProofs } from './proofs.ts';
import { appendLines, killLines, proofLines } from './report.ts';

/** `npm run bench:log`: how fast the log is, and what becomes of it when the database is killed. */

const options = readOptions(process.argv.slice(2));
const wants = (part: 'appends' | 'proofs' | 'kills'): boolean => options.only === 'all' || options.only === part;
const tell = (line: string): void => void process.stderr.write(`${line}\n`);
const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

const { cores, model, node, loadBefore } = describeMachine();
const ground = await layLogGround(join(process.cwd(), '.holdfast', 'bench-log'));
try {
  print([
    `${cores} cores (${model}), Node.js ${node}, PostgreSQL ${ground.version}, load before ${loadBefore.toFixed(1)}`,
  ]);
  if (wants('appends')) print(appendLines(await measureAppends(ground, options, tell)));
  // A lost entry is no missed target: it ends the run as failed.
  if (wants('kills') && options.kills > 0) {
    const killed = await measureKills(ground, options.kills, tell);
    print(killLines(killed));
    if (killed.lost + killed.twice > 0) process.exitCode = 1;
  }
  if (wants('proofs')) print(proofLines(await measureProofs(ground, options.entries, tell)));
} finally {
  await ground.close();
}
