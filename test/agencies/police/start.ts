import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveAgent } from '../../../adapters/extract/agent-server.ts';
import { startAgent, type AskedReport } from '../../../adapters/extract/agent.ts';
import type { FindRequest } from '../../../adapters/extract/held-record.ts';
import type { ExtractLimits } from '../../../adapters/extract/limits.ts';
import type { BatchReport } from '../../../adapters/extract/watch.ts';
import { POLICE_LAYOUT } from '../../../adapters/police/columns.ts';
import { policeRecordOf } from '../../../adapters/police/record.ts';
import type { Holding } from '../../population/types.ts';
import { dropBatch, makeBatch, type Batch, type BatchWish } from './batch.ts';
import { rowsOf } from './rows.ts';

/** The force's side: its nightly files, and the extract agent that it runs beside them. */

export interface PoliceOptions {
  readonly holdings: readonly Holding[];
  /** The day of the population; the first extract is made at ten past two that night. */
  readonly asOf: string;
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string };
  /** SHA-256 of the gateway's client certificate, base64url. */
  readonly gatewayThumbprints: readonly string[];
  /** Left out: a folder of its own, removed at the end. */
  readonly folder?: string;
  readonly port?: number;
  readonly delayMs?: number;
  /** The force's clock, milliseconds since 1970; six in the morning of `asOf` where left out. */
  readonly now?: () => number;
  readonly maxAgeHours?: number;
  readonly patience?: number;
  readonly limits?: ExtractLimits;
  /** False in long benchmarks. */
  readonly recordAsked?: boolean;
}

export interface PoliceSimulator {
  readonly name: string;
  readonly url: string;
  readonly folder: string;
  /** Every question that reached the agent, in order (P3). */
  readonly asked: readonly FindRequest[];
  /** What the agent would log of them. */
  readonly logged: readonly AskedReport[];
  readonly reports: readonly BatchReport[];
  /** Drops a batch into the folder and has the agent look. */
  drop(batch: Batch): Promise<void>;
  /** Makes a batch signed by this force. */
  batch(wish: Omit<BatchWish, 'privateKey'>): Batch;
  setDelay(ms: number): void;
  forgetAsked(): void;
  stop(): Promise<void>;
}

/** Starts a force: writes its first extract from the holdings, runs the agent, listens on loopback. */
export async function startPolice(options: PoliceOptions): Promise<PoliceSimulator> {
  const keys = generateKeyPairSync('ed25519');
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'holdfast-police-')));
  const drop = join(folder, 'in');
  await mkdir(drop, { recursive: true, mode: 0o750 });
  if (options.holdings.length > 0) await dropBatch(drop, firstBatch(options, keys.privateKey));
  const reports: BatchReport[] = [];
  const asked: FindRequest[] = [];
  const logged: AskedReport[] = [];
  let delayMs = options.delayMs ?? 0;
  const records = options.recordAsked !== false;
  const agent = await startAgent({
    folder,
    registration: {
      agencyCode: 'XXX',
      publicKey: keys.publicKey,
      layout: POLICE_LAYOUT,
      maxAgeHours: options.maxAgeHours ?? 36,
    },
    recordOf: policeRecordOf,
    ...(options.limits === undefined ? {} : { limits: options.limits }),
    ...(options.patience === undefined ? {} : { patience: options.patience }),
    pollMs: 3_600_000,
    now: options.now ?? (() => Date.parse(`${options.asOf}T06:00:00Z`)),
    report: (report) => void reports.push(report),
    asked: (report) => {
      if (records) logged.push(report);
    },
  });
  if (!agent.ok) throw new Error(`the force's agent did not start: ${agent.error}`);
  const server = await serveAgent({
    answer: async (request) => {
      if (records) asked.push(request);
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
      return agent.value.answer(request);
    },
    host: '127.0.0.1',
    port: options.port ?? 0,
    tls: options.tls,
    gatewayThumbprints: new Set(options.gatewayThumbprints),
  });
  return {
    name: 'Riverton Police',
    url: server.url,
    folder,
    asked,
    logged,
    reports,
    drop: async (batch) => {
      await dropBatch(drop, batch);
      await agent.value.poll();
    },
    batch: (wish) => makeBatch({ ...wish, privateKey: keys.privateKey }),
    setDelay: (ms) => {
      delayMs = ms;
    },
    forgetAsked: () => {
      asked.length = 0;
      logged.length = 0;
    },
    stop: async () => {
      await server.close();
      await agent.value.stop();
      if (options.folder === undefined) await rm(folder, { recursive: true, force: true });
    },
  };
}

function firstBatch({ holdings, asOf }: PoliceOptions, privateKey: KeyObject): Batch {
  return makeBatch({ rows: rowsOf(holdings), sequence: 1, createdAt: `${asOf}T02:10:00Z`, privateKey });
}
