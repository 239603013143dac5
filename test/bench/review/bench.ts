import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { layLogGround } from '../log/ground.ts';
import { measureReview, reviewReport } from './review.ts';

/** `node --import ./deploy/typescript.mjs test/bench/review/bench.ts [--entries 10000000] [--searches 40]` */

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '300000' }, searches: { type: 'string', default: '40' } },
});
const tell = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const ground = await layLogGround(join(tmpdir(), `holdfast-bench-review-${process.pid}`));
try {
  const { url, ownerUrl } = ground;
  const [entries, searches] = [Number(values.entries), Number(values.searches)];
  const figures = await measureReview({ url, ownerUrl, entries, searches, tell });
  process.stdout.write(`${reviewReport(figures).join('\n')}\n`);
} finally {
  await ground.close();
}
