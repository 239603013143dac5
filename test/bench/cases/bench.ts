import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createPostgresCaseRegister } from '../../../adapters/postgres/case-register.ts';
import { createCaseCipher } from '../../../gateway/cases/case-cipher.ts';
import { listCases, measureContactGaps } from '../../../gateway/cases/caseload.ts';
import { listForVictimServices } from '../../../gateway/cases/safety-list.ts';
import { viewCase } from '../../../gateway/cases/view-case.ts';
import type { Case } from '../../../schemas/case.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import { caseOf } from '../../cases.ts';
import { layLogGround } from '../log/ground.ts';
import { describeMachine } from '../machine.ts';

/** `node --import ./deploy/typescript.mjs test/bench/cases/bench.ts`: how fast lists are over 10,000 cases. */

const CASES = 10_000;
/** 250 workers, so that each has forty cases. */
const WORKERS = 250;
const TIMES = 300;
const LEAD = 'riverton-council';

const day = (n: number): string => new Date(Date.UTC(2025, 11, 1) + n * 86_400_000).toISOString().slice(0, 10);

function nthCase(n: number): Case {
  const tried = n % 3 === 0 ? 0 : 1 + (n % 12);
  return caseOf(`DAPG-2026-${String(n).padStart(5, '0')}`, {
    agencies: [LEAD, 'police', 'riverton-idva'],
    openedOn: day(n % 350),
    category: n % 20 === 0 ? 'closed' : n % 7 === 0 ? 'monitor' : 'contact',
    allocatedTo: `worker.${n % WORKERS}`,
    attempts: Array.from({ length: tried }, (_, at) => ({
      sealedContact: {
        kind: 'phone',
        seal: createHash('sha256')
          .update(`${n % 5} ${at}`)
          .digest('base64url'),
      },
      outcome: at % 4 === 3 ? 'reached-him' : 'no-answer',
      at: day((n % 350) + at),
    })),
  });
}

async function timed(name: string, once: (n: number) => Promise<{ readonly ok: boolean }>): Promise<void> {
  const took: number[] = [];
  for (let n = 0; n < TIMES; n += 1) {
    const began = performance.now();
    const result = await once(n);
    if (n >= 20) took.push(performance.now() - began);
    if (!result.ok) throw new Error(`${name} failed`);
  }
  took.sort((a, b) => a - b);
  const at = (part: number): string => (took[Math.floor(part * took.length)] ?? 0).toFixed(1);
  process.stdout.write(`${name.padEnd(44)} median ${at(0.5).padStart(6)} ms   p95 ${at(0.95).padStart(6)} ms\n`);
}

const { cores, model, node, loadBefore } = describeMachine();
const ground = await layLogGround(join(process.cwd(), '.holdfast', 'bench-cases'));
const cipher = createCaseCipher({ current: { id: 'bench', key: Buffer.alloc(32, 7) } });
const cases = createPostgresCaseRegister({ url: ground.url, cipher });
try {
  process.stdout.write(`${cores} cores (${model}), Node.js ${node}, load before ${loadBefore.toFixed(1)}\n`);
  for (let n = 0; n < CASES; n += 8)
    await Promise.all(Array.from({ length: 8 }, (_, at) => cases.put(nthCase(n + at))));
  const deps = { cases, now: () => new Date('2026-11-20T10:00:00.000Z') };
  const chair: CaseActor = { agency: LEAD, group: 'council', role: 'dai.dapg_chair', staffId: 'c.chair' };
  const worker = (n: number): CaseActor => ({ ...chair, role: 'dai.daiw', staffId: `worker.${n % WORKERS}` });
  await timed('a worker’s cases (about 40)', (n) => listCases(deps, worker(n), { of: 'mine' }, { limit: 50 }));
  await timed('gaps, 50 to a page', () => listCases(deps, chair, { of: 'gaps' }, { limit: 50 }));
  await timed('reviews due, 50 to a page', () => listCases(deps, chair, { of: 'reviews-due' }, { limit: 50 }));
  await timed('open cases, 50 to a page from the middle', () =>
    listCases(deps, chair, { of: 'open' }, { limit: 50, after: '-infinity~DAPG-2026-05000' }),
  );
  await timed('days to first contact of the whole team', () => measureContactGaps(deps, chair));
  const adviser: CaseActor = {
    agency: 'riverton-idva',
    group: 'victim-services',
    role: 'vic.idva',
    staffId: 's.devi',
  };
  await timed('victim services’ cases, 50 to a page', () => listForVictimServices(cases, adviser, { limit: 50 }));
  const digests = Array.from({ length: 20 }, (_, n) => createHash('sha256').update(String(n)).digest('base64url'));
  await timed('20 contact points looked for in every case', () => cases.blockedAmong(digests));
  await timed('one case', (n) => viewCase(deps, worker(n), `DAPG-2026-${String(n).padStart(5, '0')}`));
} finally {
  await cases.close();
  await ground.close();
}
