import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DEMO_PEOPLE } from '../../agencies/identity/people.ts';
import { connectTo } from '../../database-address.ts';
import { startChild } from '../child.ts';
import { layLogGround } from '../log/ground.ts';
import { describeMachine } from '../machine.ts';
import { fillLog } from './fill-log.ts';
import { refOf } from './many-cases.ts';
import { measurePages } from './measure.ts';
import { pagesReport } from './report.ts';

/**
 * `npm run bench:pages [-- --entries 200000 --cases 10000 --times 100]`: how fast pages are when the log is long and the
 * register full, and how much of them goes over the wire.
 */

const { values } = parseArgs({
  options: {
    entries: { type: 'string', default: '200000' },
    cases: { type: 'string', default: '10000' },
    times: { type: 'string', default: '100' },
  },
});
const [entries, cases, times] = [Number(values.entries), Number(values.cases), Number(values.times)];
const tell = (sentence: string): void => void process.stderr.write(`${sentence}\n`);
const SEE_THE_SAME = new Set(['joseph.tate', 'h.lindqvist', 'i.fallow']);
const CAST = 12;
const asOf = new Date().toISOString().slice(0, 10);
/** The busiest cases of the log are those of the cast, which people of the demo open. */
const caseRefOf = (nth: number): string =>
  nth < CAST ? `DAPG-${asOf.slice(0, 4)}-${String(nth + 1).padStart(4, '0')}` : refOf(asOf, nth);

/** Until then the gateway is still busy with what was loaded behind its back. */
async function untilPublished(ownerUrl: string): Promise<void> {
  const owner = await connectTo(ownerUrl);
  try {
    for (;;) {
      const { rows } = await owner.query<{ left: string }>(
        'select (select max(position) from holdfast.entry) - coalesce((select max(size) from holdfast.checkpoint), 0) as left',
      );
      if (Number(rows[0]?.left) <= 0) return;
      await wait(500);
    }
  } finally {
    await owner.end();
  }
}

const { cores, model, node, loadBefore } = describeMachine();
const folder = join(process.cwd(), '.holdfast', 'bench-pages');
const ground = await layLogGround(folder);
const child = startChild('pages/partnership-process.ts');
try {
  const { url, ownerUrl } = ground;
  await fillLog(ownerUrl, entries, caseRefOf, tell);
  tell('the log is filled; the cases follow');
  const policiesFolder = join(process.cwd(), 'policies', 'agreements');
  const opened = await child.tell(
    'open',
    { url, ownerUrl, folder, policiesFolder, asOf, cases },
    z.object({ pagesUrl: z.string(), authorityPem: z.string() }),
  );
  tell('the gateway runs; it publishes what it found');
  await untilPublished(ownerUrl);
  // One of each role whose pages differ.
  const people = DEMO_PEOPLE.map(({ staffId }) => staffId).filter((each) => !SEE_THE_SAME.has(each));
  const measured = await measurePages({ child, ...opened, people, busiest: caseRefOf(0), times, tell });
  const lines = [
    `${cores} cores (${model}), Node.js ${node}, PostgreSQL ${ground.version}, load before ${loadBefore.toFixed(1)}`,
    ...pagesReport({ ...measured, entries, cases, times }),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
} finally {
  await child.stop();
  await ground.close();
}
