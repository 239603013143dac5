import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { layLogGround } from '../log/ground.ts';
import { measureReview, reviewReport } from './review.ts';

/**
 * `node --import ./deploy/typescript.mjs test/bench/review/bench.ts [--entries 10000000] [--searches 40] [--keep]`
 *
 * Ten million entries take 8 GB of disk and some twenty minutes to load; with `--keep` they stay in
 * `.holdfast/bench-review` and are measured again at once, and a load that was broken off goes on.
 */

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '300000' },
    searches: { type: 'string', default: '40' },
    keep: { type: 'boolean', default: false },
  },
});
const tell = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const ground = await layLogGround(join(process.cwd(), '.holdfast', 'bench-review'), { keep: values.keep });
try {
  const { url, ownerUrl, folder } = ground;
  const [entries, searches] = [Number(values.entries), Number(values.searches)];
  const figures = await measureReview({ url, ownerUrl, folder, entries, searches, tell });
  process.stdout.write(`${reviewReport(figures).join('\n')}\n`);
} finally {
  await ground.close();
}
