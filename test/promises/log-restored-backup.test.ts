import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createGatewayLogin } from '../../adapters/postgres/gateway-login.ts';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../deploy/embedded-postgres.ts';
import { startGateway, type RunningGateway } from '../../deploy/gateway.ts';
import { makeWitnessing, type Witnessing } from '../../deploy/witnesses.ts';
import type { Message } from '../../gateway/operations/messages.ts';
import type { Result } from '../../schemas/result.ts';
import { connectTo } from '../database-address.ts';
import { answerOf, openStage, type Stage } from '../journeys/stage.ts';
import { WORKERS } from '../population/cast-cases.ts';

/** A database folder that is copied as a backup and put back, under a gateway and three witnesses that go on meanwhile. */

let folder: string;
let server: EmbeddedPostgres | undefined;
let port: number | undefined;
let stage: Stage;
let gatewayUrl: string;
const running: RunningGateway[] = [];

/** Where the database really lies, which the server knows. */
let data: string;
const copies = new Set<string>();
const copyNamed = (name: string): string => `${data}.${name}`;

async function startDatabase(): Promise<EmbeddedPostgres> {
  const started = await startEmbeddedPostgres({
    ...{ folder: join(folder, 'database'), durable: false },
    ...(port === undefined ? {} : { port }),
  });
  if (!started.ok) throw new Error(started.error.sentence);
  server = started.value;
  port = server.port;
  return server;
}

/** With no database running over either. */
async function copyFolder(from: string, to: string): Promise<void> {
  await server?.stop();
  if (to !== data) copies.add(to);
  await rm(to, { recursive: true, force: true });
  execFileSync('cp', ['-a', from, to]);
  await startDatabase();
}

interface Started {
  readonly result: Result<RunningGateway, string>;
  readonly said: Message[];
  readonly witnessing: Witnessing;
}

/** A gateway of the site, started again as after a restart of the machine. */
async function start(urlOf: (url: string) => string = (url) => url): Promise<Started> {
  const { keys, bundle, witnesses } = stage.partnership;
  const said: Message[] = [];
  const settings = {
    quorum: 2,
    witnesses: witnesses.map(({ setting }) => ({ ...setting, url: urlOf(setting.url) })),
  };
  const witnessing = makeWitnessing(settings, (_level, message) => void said.push(message), {
    ...{ elapsed: () => performance.now(), withinMs: 1_000, againAfterMs: 200 },
  });
  const result = await startGateway({
    ...{ databaseUrl: gatewayUrl, publicUrl: 'https://gateway.riverton.example', host: '127.0.0.1', port: 0 },
    ...{ operationsHost: '127.0.0.1', operationsPort: 0, minTlsVersion: 'TLSv1.3', processMetrics: false },
    ...{ keys, bundle, sources: [], witnesses: witnessing },
    say: (_level, message) => void said.push(message),
  });
  if (result.ok) running.push(result.value);
  return { result, said, witnessing };
}

const stopAll = async (): Promise<void> => {
  await Promise.all(running.splice(0).map((each) => each.stop()));
};

async function until(what: string, look: () => boolean): Promise<void> {
  for (let n = 0; n < 300; n += 1) {
    if (look()) return;
    await wait(50);
  }
  throw new Error(`never: ${what}`);
}

async function asOwner(...statements: readonly string[]): Promise<void> {
  const owner = await connectTo(server?.url ?? '');
  for (const statement of statements) await owner.query(statement);
  await owner.end();
}

/** A way to a witness that can be closed. */
async function gate(url: string): Promise<{ url: string; open: boolean; server: Server }> {
  const target = Number(new URL(url).port);
  const way = { url: '', open: false, server: createServer() };
  way.server.on('connection', (near) => {
    near.on('error', () => undefined);
    if (!way.open) {
      near.destroy();
      return;
    }
    const far = connect(target, '127.0.0.1');
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => way.server.listen(0, '127.0.0.1', resolve));
  const address = way.server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  way.url = `https://127.0.0.1:${address.port}`;
  return way;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-restored-'));
  const { url: ownerUrl } = await startDatabase();
  const migrated = await migrate({ ownerUrl });
  const login = await createGatewayLogin(ownerUrl, 'a password of the test');
  if (!migrated.ok || !login.ok) throw new Error('no database');
  gatewayUrl = login.value;
  const database = { url: login.value, ownerUrl, drop: () => Promise.resolve() };
  stage = await openStage({ database, witnesses: ['police', 'probation', 'housing'] });
  answerOf(await stage.contact(1, WORKERS.amara));
  // Stopping publishes what there is, and the witnesses sign it.
  await stage.partnership.gateway.stop();
  const owner = await connectTo(ownerUrl);
  const { rows } = await owner.query<{ data_directory: string }>('show data_directory');
  await owner.end();
  data = rows[0]?.data_directory ?? '';
  await copyFolder(data, copyNamed('backup'));
  const { result, witnessing } = await start();
  expect(result.ok).toBe(true);
  await stopAll();
  expect(witnessing.status()?.size).toBeGreaterThan(4);
  await copyFolder(data, copyNamed('newest'));
}, 120_000);
afterAll(async () => {
  await stopAll();
  await stage.close();
  await server?.stop();
  for (const each of [...copies, folder]) await rm(each, { recursive: true, force: true });
}, 60_000);

const restore = (which: string): Promise<void> => copyFolder(copyNamed(which), data);
const entries = async (): Promise<number> => (await stage.entries()).length;

describe('P10: a backup that is put back under a gateway', () => {
  it('does not start where it is older than what the witnesses signed, and says what to do', async () => {
    await restore('backup');
    const before = await entries();
    const { result } = await start();
    expect(result).toEqual({
      ok: false,
      error: expect.stringMatching(
        /^The log has 4 entries, but the agencies’ witnesses have countersigned 6: this is an older copy, such as a restored backup\. Restore the newest copy, or replay the database’s journal up to it\. deploy\/runbooks\/README\.md has the steps/u,
      ),
    });
    // Not a byte was added to it.
    expect(await entries()).toBe(before);
  }, 60_000);

  it('starts where it is the newest, and the witnesses agree', async () => {
    await restore('newest');
    const { result, said } = await start();
    expect(result.ok).toBe(true);
    expect(said.find(({ message }) => message === 'log-checked')).toMatchObject({ witnesses: 'agree', size: 6 });
    await stopAll();
  }, 60_000);

  it('does not start where entries alone were put back, and its own checkpoint is newer', async () => {
    await restore('newest');
    await asOwner(
      'alter table holdfast.entry disable trigger all',
      'delete from holdfast.entry where position >= 4',
      'alter table holdfast.entry enable always trigger entry_append_only',
    );
    expect((await start()).result).toEqual({
      ok: false,
      error: expect.stringMatching(
        /^The log has 4 entries, but its own checkpoint covers 6: entries were removed\. Do not go on/u,
      ),
    });
  }, 60_000);

  it('is found out by the first witness that answers, where none did at the start; and does not start again', async () => {
    await restore('backup');
    const ways = new Map<string, Awaited<ReturnType<typeof gate>>>();
    for (const { setting } of stage.partnership.witnesses) ways.set(setting.url, await gate(setting.url));
    const { result, said, witnessing } = await start((url) => ways.get(url)?.url ?? url);
    expect(result.ok).toBe(true);
    expect(said.find(({ message }) => message === 'log-checked')).toMatchObject({ witnesses: 'unreachable', size: 4 });
    for (const way of ways.values()) way.open = true;
    const foundOut = (): Message[] =>
      said.filter((each) => 'code' in each && (each.code === 'witness-ahead' || each.code === 'history-refused'));
    await until('found out', () => new Set(foundOut().map((each) => 'witness' in each && each.witness)).size === 3);
    // What was written on the old copy is signed by nobody.
    expect(witnessing.status()).toMatchObject({ quorum: 2 });
    expect(witnessing.status()?.size).toBeUndefined();
    await stopAll();
    for (const { server: each } of ways.values()) each.close();
    const again = await start();
    expect(again.result).toMatchObject({ ok: false, error: expect.stringMatching(/another history|older copy/u) });
  }, 90_000);
});
