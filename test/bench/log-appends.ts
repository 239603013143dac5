import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool } from 'pg';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { disclosed } from '../log-entries.ts';

/**
 * How fast the access log is, beside what the same disk and the same database reach without it. A figure for the log
 * means nothing without the others of the same run: disks differ thirty-fold.
 */

export interface Rate {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
}

export interface LogAppendFigures {
  /** Writes of 8 kB, each followed by fdatasync, as pg_test_fsync counts them. */
  readonly syncsPerSecond: number;
  /** Commits of one small row on one connection: the database's own rate. */
  readonly databaseCommits: Rate;
  /** The log with one caller at a time. */
  readonly oneWaiting: Rate;
  /** The log with 64 callers, each waiting for durability. */
  readonly manyWaiting: Rate;
  /** The rival: a chain kept by locking its head row in one transaction for each entry, with the same 64 callers. */
  readonly rowLockedChain: Rate;
  /** Plain inserts of the same bytes, 64 in each commit, without chain or lock. */
  readonly plainBatches: Rate;
}

export interface LogAppendOptions {
  readonly ownerUrl: string;
  readonly gatewayUrl: string;
  /** On the same disk as the database. */
  readonly folder: string;
  /** For each figure. */
  readonly milliseconds: number;
}

const CALLERS = 64;

/** Runs all measurements one after another. The entries it appends stay in the log: give it a database of its own. */
export async function measureLogAppends(options: LogAppendOptions): Promise<LogAppendFigures> {
  const { milliseconds } = options;
  const log = createPostgresAccessLog({ url: options.gatewayUrl, leaves: entryLeaves });
  const owner = new Pool({ connectionString: options.ownerUrl, max: 16 });
  await owner.query(`
    drop schema if exists bench cascade;
    create schema bench;
    create table bench.small (n int);
    create table bench.plain (id bigserial primary key, canonical text not null);
    create table bench.head (hash text not null);
    insert into bench.head values ('')`);
  let n = 0;
  const append = async () => {
    const result = await log.append(disclosed(n++));
    if (!result.ok) throw new Error(result.error);
  };
  try {
    await rateOf(8, milliseconds / 4, append);
    return {
      syncsPerSecond: await syncRate(options.folder, milliseconds),
      databaseCommits: await rateOf(1, milliseconds, () => owner.query('insert into bench.small values (1)')),
      oneWaiting: await rateOf(1, milliseconds, append),
      manyWaiting: await rateOf(CALLERS, milliseconds, append),
      rowLockedChain: await rateOf(CALLERS, milliseconds, () => appendToRowLockedChain(owner, n++)),
      plainBatches: perEntry(await rateOf(1, milliseconds, () => insertPlain(owner))),
    };
  } finally {
    await owner.query('drop schema bench cascade').catch(() => undefined);
    await log.close();
    await owner.end();
  }
}

const perEntry = (batches: Rate): Rate => ({ ...batches, perSecond: batches.perSecond * CALLERS });

/** `callers` loops at once, each waiting for its own answer before it goes on. */
async function rateOf(callers: number, milliseconds: number, once: () => Promise<unknown>): Promise<Rate> {
  const took: number[] = [];
  const start = performance.now();
  const loop = async () => {
    while (performance.now() - start < milliseconds) {
      const asked = performance.now();
      await once();
      took.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, loop));
  const perSecond = (took.length * 1000) / (performance.now() - start);
  took.sort((a, b) => a - b);
  const quantile = (q: number) => took[Math.min(took.length - 1, Math.floor(q * took.length))] ?? 0;
  return { perSecond, p50: quantile(0.5), p99: quantile(0.99) };
}

async function syncRate(folder: string, milliseconds: number): Promise<number> {
  const path = join(folder, 'sync-rate');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(8192, 1);
  const start = performance.now();
  let count = 0;
  try {
    for (; performance.now() - start < milliseconds; count += 1) {
      writeSync(file, block, 0, block.length, 0);
      fdatasyncSync(file);
    }
  } finally {
    closeSync(file);
    await rm(path, { force: true });
  }
  return (count * 1000) / (performance.now() - start);
}

const entryText = (n: number) => {
  const prepared = entryLeaves.prepare(disclosed(n));
  if (!prepared.ok) throw new Error(prepared.error);
  return prepared.value.canonicalBody;
};

async function appendToRowLockedChain(pool: Pool, n: number): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query('select hash from bench.head for update');
    await client.query('insert into bench.plain (canonical) values ($1)', [entryText(n)]);
    await client.query('update bench.head set hash = $1', [String(n)]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

async function insertPlain(pool: Pool): Promise<void> {
  const texts = Array.from({ length: CALLERS }, (_, n) => entryText(n));
  await pool.query('insert into bench.plain (canonical) select * from unnest($1::text[])', [texts]);
}
