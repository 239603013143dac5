import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { checkDurability } from '../../adapters/postgres/durability.ts';
import { createGatewayLogin } from '../../adapters/postgres/gateway-login.ts';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../deploy/embedded-postgres.ts';
import { entryLeaves, verifyEntries } from '../../gateway/audit/leaves.ts';
import type { AccessLog, Receipt } from '../../gateway/ports/access-log.ts';
import { consulted } from '../log-entries.ts';

const ROUNDS = 5;
const WRITERS = 16;

describe('P1: kill -9 of the database under load', () => {
  let folder: string;
  let server: EmbeddedPostgres;
  const start = async (port?: number) => {
    const started = await startEmbeddedPostgres({ folder, durable: true, ...(port === undefined ? {} : { port }) });
    if (!started.ok) throw new Error(started.error.sentence);
    server = started.value;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-kill-'));
    await start();
    const migrated = await migrate({ ownerUrl: server.url });
    if (!migrated.ok) throw new Error(migrated.error.sentence);
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it(`loses no acknowledged entry, doubles none and leaves no gap, ${ROUNDS} times, with two gateways`, async () => {
    const login = await createGatewayLogin(server.url, "a 'password' of the test: 100 % / @");
    if (!login.ok) throw new Error(login.error);
    expect(await checkDurability(login.value)).toEqual({ ok: true, value: 'durable' });
    const open = () => createPostgresAccessLog({ url: login.value, leaves: entryLeaves });
    const gateways = [open(), open()];
    const acknowledged: Receipt[] = [];
    let refused = 0;
    let asked = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      let killed = false;
      const write = async (log: AccessLog) => {
        while (!killed) {
          asked += 1;
          const result = await log.append(consulted(asked));
          if (result.ok) acknowledged.push(result.value);
          else refused += 1;
        }
      };
      const goal = acknowledged.length + 200;
      const writers = Array.from({ length: WRITERS }, (_, n) => write(gateways[n % 2] ?? open()));
      while (acknowledged.length < goal) await wait(1);
      process.kill(server.pid, 'SIGKILL');
      // Writers go on for a moment, so that some are refused.
      await wait(30);
      killed = true;
      await Promise.all(writers);
      await start(server.port);
    }
    const [log] = gateways;
    if (log === undefined) throw new Error('no gateway');
    // No gateway was restarted: they find the database again by themselves.
    for (const gateway of gateways) {
      const last = await gateway.append(consulted(0));
      expect(last).toMatchObject({ ok: true });
      if (last.ok) acknowledged.push(last.value);
    }
    const entries = await log.read(0, 10_000);
    if (!entries.ok) throw new Error('not readable');
    await Promise.all(gateways.map((gateway) => gateway.close()));

    expect(verifyEntries(entries.value)).toMatchObject({ ok: true });
    const lost = acknowledged.filter(({ position, entryHash }) => entries.value[position]?.entryHash !== entryHash);
    expect(lost).toEqual([]);
    expect(new Set(acknowledged.map(({ position }) => position)).size).toBe(acknowledged.length);
    const questions = entries.value.map(({ canonical }) => /"questionId":"([^"]+)"/.exec(canonical)?.[1]);
    expect(new Set(questions.slice(0, -2)).size).toBe(questions.length - 2);
    expect(refused).toBeGreaterThan(0);
    expect(entries.value.length).toBeGreaterThanOrEqual(acknowledged.length);
  }, 60_000);
});
