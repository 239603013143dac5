import { createPostgresAccessLog } from '../../../adapters/postgres/access-log.ts';
import { entryLeaves } from '../../../gateway/audit/leaves.ts';
import { disclosed } from '../../log-entries.ts';
import { figuresOf, runCallers, type CallerFigures } from './callers.ts';
import type { LogGround } from './ground.ts';
import { makeRivalTables, plainInserts, rowLockedChain } from './rivals.ts';
import { syncRate } from './sync-rate.ts';

/** Appends with every caller waiting for durability, beside the rivals, in turns. */

export interface AppendFigures {
  /** Of each round. */
  readonly syncsPerSecond: readonly number[];
  readonly entryBytes: number;
  readonly log: readonly CallerFigures[];
  readonly plain: readonly CallerFigures[];
  /** Plain inserts that send half of their callers ahead, as the log does. */
  readonly ahead: readonly CallerFigures[];
  readonly chain: readonly CallerFigures[];
}

export const CALLERS = [1, 16, 64, 256];
/** Of the row-locked chain: more would not fit the database's connections, and all but one of them wait anyway. */
const CHAIN_CONNECTIONS = 64;

type Runs = Awaited<ReturnType<typeof runCallers>>[];

/** Measures, telling what it does as it goes. */
export async function measureAppends(
  ground: LogGround,
  { seconds, rounds }: { readonly seconds: number; readonly rounds: number },
  tell: (line: string) => void,
): Promise<AppendFigures> {
  await makeRivalTables(ground.ownerUrl);
  const log = createPostgresAccessLog({ url: ground.url, leaves: entryLeaves });
  const plain = plainInserts(ground.ownerUrl);
  const ahead = plainInserts(ground.ownerUrl, { asLog: true });
  const chain = rowLockedChain(ground.ownerUrl, CHAIN_CONNECTIONS);
  let n = 0;
  const textOf = (): string => JSON.stringify(disclosed(n++));
  const kinds = {
    log: async () => {
      const appended = await log.append(disclosed(n++));
      if (!appended.ok) throw new Error(appended.error);
    },
    plain: () => plain.append(textOf()),
    ahead: () => ahead.append(textOf()),
    chain: () => chain.append(textOf()),
  };
  const names = ['log', 'plain', 'ahead', 'chain'] as const;
  const syncs: number[] = [];
  try {
    for (const name of names) await runCallers(16, Math.min(1, seconds), kinds[name]);
    const figures: Record<(typeof names)[number], CallerFigures[]> = { log: [], plain: [], ahead: [], chain: [] };
    for (const callers of CALLERS) {
      const runs: Record<(typeof names)[number], Runs> = { log: [], plain: [], ahead: [], chain: [] };
      for (let round = 0; round < rounds; round += 1) {
        syncs.push(await syncRate(ground.folder, 0.5));
        for (const name of names) runs[name].push(await runCallers(callers, seconds, kinds[name]));
      }
      for (const name of names) figures[name].push(figuresOf(callers, runs[name]));
      tell(`${callers} callers measured`);
    }
    return { syncsPerSecond: syncs, entryBytes: Buffer.byteLength(textOf()), ...figures };
  } finally {
    await Promise.all([log.close(), plain.close(), ahead.close(), chain.close()]);
  }
}
