import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { connectTo } from '../test/database-address.ts';
import { findBinaries, withinReach } from './embedded-postgres-binaries.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';

const TYPESCRIPT = new URL('./typescript.mjs', import.meta.url).href;
const LAUNCHER = new URL('./embedded-postgres.ts', import.meta.url).href;

const running = new Set<EmbeddedPostgres>();

async function started(folder: string, port?: number): Promise<EmbeddedPostgres> {
  const result = await startEmbeddedPostgres({ folder, durable: false, ...(port === undefined ? {} : { port }) });
  if (!result.ok) throw new Error(result.error.sentence);
  running.add(result.value);
  return result.value;
}

/** A process that ended and that nobody has asked about yet is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const state = process.platform === 'linux' ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
    return !/\) Z /.test(state);
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<boolean> {
  for (let n = 0; n < 100 && isAlive(pid); n += 1) await wait(50);
  return !isAlive(pid);
}

/** Another process that starts the server of a folder, says its process id, and then does `then`. */
async function launcherThat(then: string, folder: string): Promise<number> {
  const script = `
    import { startEmbeddedPostgres } from ${JSON.stringify(LAUNCHER)};
    const server = await startEmbeddedPostgres({ folder: ${JSON.stringify(folder)}, durable: false });
    process.stdout.write(server.value.pid + '\\n', () => { ${then} });`;
  const child = spawn(process.execPath, ['--import', TYPESCRIPT, '--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(child, 'close');
  return Number(said);
}

describe('embedded PostgreSQL', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-embedded-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  afterEach(async () => {
    for (const server of running) await server.stop();
    running.clear();
  });

  it('keeps its data from one start to the next', async () => {
    const first = await started(folder);
    const writer = await connectTo(first.url);
    await writer.query('create table kept as select 42 as answer');
    await writer.end();
    await first.stop();
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);
    const second = await started(folder);
    const reader = await connectTo(second.url);
    expect((await reader.query('select answer from kept')).rows).toEqual([{ answer: 42 }]);
    await reader.end();
    await second.stop();
  });

  it('listens on loopback only, asks for the password and keeps it to itself', async () => {
    const server = await started(folder);
    const client = await connectTo(server.url);
    const { rows } = await client.query<{ name: string; setting: string }>(
      `select name, setting from pg_settings
       where name in ('listen_addresses', 'unix_socket_directories', 'log_min_error_statement', 'log_error_verbosity')`,
    );
    expect(Object.fromEntries(rows.map((row) => [row.name, row.setting]))).toEqual({
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      log_min_error_statement: 'panic',
      log_error_verbosity: 'terse',
    });
    await client.end();
    const guess = new URL(server.url);
    guess.password = 'guess';
    await expect(connectTo(guess.toString())).rejects.toMatchObject({ code: '28P01' });
    expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'data'))).mode & 0o077).toBe(0);
    await server.stop();
  });

  it('P8: its own log does not hold what was stored, also where a row breaks a rule', async () => {
    const server = await started(folder);
    const client = await connectTo(server.url);
    await client.query('create table number (n text primary key)');
    await client.query("insert into number values ('07700 900123')");
    await expect(client.query("insert into number values ('07700 900123')")).rejects.toMatchObject({ code: '23505' });
    await client.end();
    await server.stop();
    const log = await readFile(join(folder, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('900123');
  });

  it('does not run as root', async () => {
    const server = await started(folder);
    const status = await readFile(`/proc/${server.pid}/status`, 'utf8').catch(() => undefined);
    await server.stop();
    if (status === undefined) return;
    expect(status).not.toMatch(/^Uid:\s+0\s/m);
  });

  it('ends with the process that started it', async () => {
    const pid = await launcherThat('process.exit(0)', folder);
    expect(pid).toBeGreaterThan(1);
    expect(await untilGone(pid)).toBe(true);
  });

  it('stops what a killed process left running, and starts anew', async () => {
    const left = await launcherThat("process.kill(process.pid, 'SIGKILL')", folder);
    expect(isAlive(left)).toBe(true);
    const server = await started(folder);
    expect(isAlive(left)).toBe(false);
    await server.stop();
  });

  it('starts again at once after the server itself was killed', async () => {
    const first = await started(folder);
    process.kill(first.pid, 'SIGKILL');
    const second = await started(folder, first.port);
    expect(second.port).toBe(first.port);
    await second.stop();
  });

  it('does not touch a process that only has the number of an old server', async () => {
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await writeFile(join(folder, 'data', 'postmaster.pid'), `${stranger.pid ?? 0}\n`);
    const server = await started(folder);
    const spared = stranger.exitCode === null && stranger.signalCode === null;
    stranger.kill('SIGKILL');
    await server.stop();
    expect(spared).toBe(true);
  });

  it('refuses a folder whose server is in use, and a port that is, each with one sentence', async () => {
    const server = await started(folder);
    const again = await startEmbeddedPostgres({ folder, durable: false });
    const other = await startEmbeddedPostgres({ folder: join(folder, 'other'), durable: false, port: server.port });
    await server.stop();
    expect(again).toMatchObject({ ok: false, error: { code: 'already-running' } });
    expect(other).toMatchObject({
      ok: false,
      error: { code: 'port-in-use', sentence: expect.stringContaining(String(server.port)) },
    });
  });

  it('says that the folder cannot be written to', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    const result = await startEmbeddedPostgres({ folder: join(file, 'below'), durable: false });
    expect(result).toMatchObject({ ok: false, error: { code: 'folder-unusable' } });
  });

  it('begins anew where an earlier start was interrupted half-way', async () => {
    const half = join(folder, 'half');
    await mkdir(join(half, 'data.new', 'base'), { recursive: true });
    await writeFile(join(half, 'password.new'), 'x');
    const server = await started(half);
    await server.stop();
  });

  it('says which platforms have none', async () => {
    expect(await findBinaries(undefined, 'win32-x64')).toMatchObject({
      ok: false,
      error: { code: 'platform-unsupported' },
    });
  });

  it('says which package is missing', async () => {
    const elsewhere = process.platform === 'darwin' ? 'linux-x64' : 'darwin-arm64';
    expect(await findBinaries(undefined, elsewhere)).toMatchObject({ ok: false, error: { code: 'package-missing' } });
  });

  it('knows a folder that another user cannot enter', async () => {
    const closed = join(folder, 'closed');
    await mkdir(join(closed, 'inner'), { recursive: true });
    await chmod(closed, 0o700);
    const { uid, gid } = await stat(closed);
    expect(await withinReach(join(closed, 'inner'), { uid: uid + 1, gid: gid + 1 })).toBe(false);
    await chmod(closed, 0o711);
    await chmod(folder, 0o711);
    expect(await withinReach(join(closed, 'inner'), { uid: uid + 1, gid: gid + 1 })).toBe(true);
  });
});
