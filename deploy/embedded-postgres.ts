import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync } from 'node:fs';
import { chmod, chown, lstat, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { err, ok, type Result } from '../schemas/result.ts';
import { findBinaries, withinReach, type BinariesFault, type DatabaseUser } from './embedded-postgres-binaries.ts';
import { clearAbandoned, databaseState, launcherFile } from './embedded-postgres-leftover.ts';

/**
 * A real PostgreSQL for people who have none installed: the programs come from an npm package, the data lives in one
 * folder. It listens on loopback only, asks for a password, and never runs as root. For the demo and the tests; a real
 * installation sets DATABASE_URL.
 */

export interface EmbeddedPostgresOptions {
  /** Everything is kept below this folder; a second start finds the same data again. */
  readonly folder: string;
  /** False turns off every wait for the disk: for tests that never pull the plug, and for nothing else. */
  readonly durable: boolean;
  /** A free one is taken when none is named. */
  readonly port?: number;
}

export interface EmbeddedPostgres {
  /** Connection address of the owner of the database, with its password. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends open transactions, stops the server and waits until it is gone. Safe to call twice. */
  stop(): Promise<void>;
}

export type EmbeddedPostgresFault =
  | BinariesFault
  | {
      readonly code: 'folder-unusable' | 'no-unprivileged-user' | 'port-in-use' | 'already-running' | 'start-failed';
      readonly sentence: string;
    };

const OWNER = 'holdfast_owner';
const START_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 20_000;
const RETRY_MS = 100;

interface Place {
  readonly folder: string;
  readonly data: string;
  readonly log: string;
  readonly native: string;
  readonly user: DatabaseUser | undefined;
  readonly durable: boolean;
}

/** Starts the server of a folder, making it first where there is none. Every failure is one sentence to act on. */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<Result<EmbeddedPostgres, EmbeddedPostgresFault>> {
  const prepared = await prepare(options);
  if (!prepared.ok) return prepared;
  const place = prepared.value;
  const cleared = await clearAbandoned(place.folder, place.data);
  if (!cleared.ok) return cleared;
  const password = await createCluster(place);
  if (!password.ok) return password;
  return startServer(place, password.value, options.port);
}

async function prepare(options: EmbeddedPostgresOptions): Promise<Result<Place, EmbeddedPostgresFault>> {
  const user = await unprivilegedUser();
  if (!user.ok) return user;
  const native = await findBinaries(user.value);
  if (!native.ok) return native;
  const folder = await reachableFolder(resolve(options.folder), user.value);
  const data = join(folder, 'data');
  const unusable = (because: string) =>
    err({
      code: 'folder-unusable' as const,
      sentence: `The database folder ${folder} ${because}: make it writable, or choose another.`,
    });
  try {
    await mkdir(folder, { recursive: true });
    if ((await lstat(folder)).uid !== (process.getuid?.() ?? 0)) return unusable('belongs to another user');
    // As root the database is another user's process: it must get through to its data, and see nothing else of ours.
    await chmod(folder, user.value === undefined ? 0o700 : 0o711);
    await writeFile(join(folder, 'postgres.log'), '', { mode: 0o600 });
  } catch {
    return unusable('cannot be written to');
  }
  const place = { folder, data, log: join(folder, 'postgres.log'), native: native.value, user: user.value };
  return ok({ ...place, durable: options.durable });
}

/**
 * The folder asked for; or, where root asks for one inside a folder that only root may enter (a clone in root's own
 * home, in a container), one of our own beside the temporary files, always the same for the same wish.
 */
async function reachableFolder(folder: string, user: DatabaseUser | undefined): Promise<string> {
  let above = folder;
  while (!existsSync(above)) above = dirname(above);
  // The folder itself is made passable below; what matters is everything above it.
  const within = above === folder ? dirname(folder) : above;
  if (!(await stat(within)).isDirectory() || (await withinReach(within, user))) return folder;
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(existsSync('/var/tmp') ? '/var/tmp' : tmpdir(), `holdfast-data-${name}`);
}

/** PostgreSQL refuses to run as root, so as root we run it as `nobody`, whatever its numbers are on this machine. */
async function unprivilegedUser(): Promise<Result<DatabaseUser | undefined, EmbeddedPostgresFault>> {
  if (process.getuid?.() !== 0) return ok(undefined);
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  const [, , uid, gid] = lines.find((line) => line.startsWith('nobody:'))?.split(':') ?? [];
  const user = { uid: Number(uid), gid: Number(gid) };
  if (uid !== undefined && gid !== undefined && user.uid > 0 && user.gid > 0) return ok(user);
  return err({
    code: 'no-unprivileged-user',
    sentence: 'PostgreSQL does not run as root and there is no user "nobody": start this as an ordinary user.',
  });
}

/** Makes the data folder once and returns the owner's password. A half-made one from an interrupted start is redone. */
async function createCluster(place: Place): Promise<Result<string, EmbeddedPostgresFault>> {
  const kept = join(place.folder, 'password');
  if (existsSync(place.data)) {
    const password = await readFile(kept, 'utf8').catch(() => undefined);
    if (password !== undefined) return ok(password);
    const lost = `${kept} is missing, so the database in ${place.folder} cannot be opened: restore it, or remove the folder to begin anew.`;
    return err({ code: 'start-failed', sentence: lost });
  }
  const fresh = `${place.data}.new`;
  const handed = join(place.folder, 'password.new');
  const password = randomBytes(24).toString('base64url');
  try {
    await rm(fresh, { recursive: true, force: true });
    await mkdir(fresh, { mode: 0o700 });
    await rm(handed, { force: true });
    await writeFile(handed, password, { mode: 0o600, flag: 'wx' });
    await writeFile(kept, password, { mode: 0o600 });
    if (place.user !== undefined) {
      await chown(fresh, place.user.uid, place.user.gid);
      await chown(handed, place.user.uid, place.user.gid);
    }
    const made = await runInitdb(place, fresh, handed);
    if (made !== undefined) return err({ code: 'start-failed', sentence: made });
    await rename(fresh, place.data);
    return ok(password);
  } catch {
    return err({
      code: 'folder-unusable',
      sentence: `The database folder ${place.folder} cannot be written to: make it writable, or choose another.`,
    });
  } finally {
    await rm(handed, { force: true }).catch(() => undefined);
  }
}

/** Returns a sentence where it failed. The locale is PostgreSQL's own, so an upgrade of the machine re-sorts nothing. */
async function runInitdb(place: Place, data: string, passwordFile: string): Promise<string | undefined> {
  const args = ['-D', data, '-U', OWNER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  args.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions');
  if (!place.durable) args.push('--no-sync');
  const child = launch(place, 'initdb', args);
  const status = await ended(child);
  if (status === 0) return undefined;
  return `The embedded PostgreSQL could not make its data folder (${await lastWords(place)}); ${place.log} has the whole message.`;
}

async function startServer(
  place: Place,
  password: string,
  wanted: number | undefined,
): Promise<Result<EmbeddedPostgres, EmbeddedPostgresFault>> {
  const deadline = performance.now() + START_WITHIN_MS;
  for (;;) {
    const port = wanted ?? (await freePort());
    const child = launch(place, 'postgres', serverArguments(place, port));
    const pid = child.pid;
    const state = pid === undefined ? 'ended' : await untilReady(place, child, pid, deadline);
    if (pid !== undefined && state === 'ready') {
      await writeFile(launcherFile(place.folder), `${process.pid}\n`, { mode: 0o600 });
      return ok(runningServer(place, child, pid, port, password));
    }
    child.kill('SIGQUIT');
    const said = await readFile(place.log, 'utf8').catch(() => '');
    const taken = /could not bind|Address already in use/.test(said);
    if (taken && wanted !== undefined)
      return err({ code: 'port-in-use', sentence: `Port ${port} is in use: stop what uses it, or choose another.` });
    // The last processes of a server that was killed need a moment to let go of its memory.
    const passing = taken || /pre-existing shared memory|lock file .* already exists/.test(said);
    if (!passing || performance.now() > deadline)
      return err({
        code: 'start-failed',
        sentence: `The embedded PostgreSQL did not start (${await lastWords(place)}); ${place.log} has the whole message.`,
      });
    await wait(RETRY_MS);
    await writeFile(place.log, '');
  }
}

function serverArguments(place: Place, port: number): string[] {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', `port=${port}`, 'max_connections=100'];
  // The server's own log must hold nothing personal (P8): neither statements nor the rows that broke a rule.
  settings.push('log_min_error_statement=panic', 'log_error_verbosity=terse');
  if (!place.durable) settings.push('fsync=off', 'full_page_writes=off', 'synchronous_commit=off');
  return ['-D', place.data, ...settings.flatMap((setting) => ['-c', setting])];
}

/** In a session of its own, so that Ctrl-C reaches us first and the gateway can still write its last entries. */
function launch(place: Place, program: 'initdb' | 'postgres', args: readonly string[]): ChildProcess {
  const log = openSync(place.log, 'a', 0o600);
  try {
    const child = spawn(join(place.native, 'bin', program), args, {
      cwd: '/',
      detached: true,
      stdio: ['ignore', log, log],
      env: { LC_ALL: 'C', TZ: 'UTC' },
      ...(place.user === undefined ? {} : { uid: place.user.uid, gid: place.user.gid }),
    });
    child.on('error', () => undefined);
    return child;
  } finally {
    closeSync(log);
  }
}

/** Exit status, or 127 where the program could not be run at all. */
function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolveStatus) => {
    child.once('error', () => {
      resolveStatus(127);
    });
    child.once('exit', (code) => {
      resolveStatus(code ?? 1);
    });
  });
}

const isGone = (child: ChildProcess) => child.exitCode !== null || child.signalCode !== null;

async function untilReady(place: Place, child: ChildProcess, pid: number, deadline: number) {
  while (performance.now() < deadline) {
    if (isGone(child)) return 'ended';
    const state = await databaseState(place.data);
    if (state?.pid === pid && state.ready) return 'ready';
    await wait(20);
  }
  return 'late';
}

function runningServer(place: Place, child: ChildProcess, pid: number, port: number, password: string) {
  child.unref();
  const onExit = () => {
    child.kill('SIGINT');
  };
  process.once('exit', onExit);
  const stop = async () => {
    process.off('exit', onExit);
    if (isGone(child)) return;
    const gone = ended(child);
    child.ref();
    child.kill('SIGINT');
    const forced = setTimeout(() => child.kill('SIGQUIT'), STOP_WITHIN_MS);
    await gone;
    clearTimeout(forced);
    await rm(launcherFile(place.folder), { force: true });
  };
  return { url: `postgres://${OWNER}:${password}@127.0.0.1:${port}/postgres`, port, pid, stop };
}

function freePort(): Promise<number> {
  return new Promise((resolvePort, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolvePort(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
  });
}

/** The last complaint in the server's log, short enough for a sentence. */
async function lastWords(place: Place): Promise<string> {
  const lines = (await readFile(place.log, 'utf8').catch(() => '')).split('\n');
  const complaint =
    lines.filter((line) => /FATAL|PANIC|error|cannot|could not/i.test(line)).at(-1) ?? 'it said nothing';
  return complaint.replace(/^.*?(FATAL|PANIC|error):\s*/i, '').slice(0, 200);
}
