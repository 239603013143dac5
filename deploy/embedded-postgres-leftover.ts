import { execFile } from 'node:child_process';
import { readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { err, ok, type Result } from '../schemas/result.ts';

/**
 * What a killed parent leaves behind: a server still running on the data folder, or the lock file of one that is gone.
 * A process is only ever signalled after it was seen to be the server of this very folder: numbers are used again.
 */

export type LeftoverFault = { readonly code: 'already-running' | 'start-failed'; readonly sentence: string };

const GONE_WITHIN_MS = 20_000;
/** A server that was just killed is still there for a moment. */
const DYING_WITHIN_MS = 500;

/** Holds the process id of whoever started the server. */
export const launcherFile = (folder: string): string => join(folder, 'launcher.pid');

/** What the server's lock file says, or undefined where there is none. */
export async function databaseState(data: string): Promise<{ pid: number; ready: boolean } | undefined> {
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return undefined;
  return { pid, ready: lines[7]?.trim() === 'ready' };
}

/** Stops the server of a launcher that is gone. A server whose launcher lives is somebody's: that is an error. */
export async function clearAbandoned(folder: string, data: string): Promise<Result<void, LeftoverFault>> {
  const state = await databaseState(data);
  if (state === undefined) return ok(undefined);
  if (!(await isServerOf(state.pid, data))) {
    await rm(join(data, 'postmaster.pid'), { force: true });
    return ok(undefined);
  }
  const launcher = Number(await readFile(launcherFile(folder), 'utf8').catch(() => ''));
  if (launcher > 0 && isAlive(launcher)) {
    if (await gone(state.pid, data, DYING_WITHIN_MS)) return ok(undefined);
    return err({
      code: 'already-running',
      sentence: `The database in ${folder} is in use by process ${launcher}: stop that first, or choose another folder.`,
    });
  }
  return stopServer(state.pid, data);
}

async function gone(pid: number, data: string, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (!(await isServerOf(pid, data))) return true;
    await wait(100);
  }
  return false;
}

async function stopServer(pid: number, data: string): Promise<Result<void, LeftoverFault>> {
  signal(pid, 'SIGINT');
  if (await gone(pid, data, GONE_WITHIN_MS)) return ok(undefined);
  return err({
    code: 'start-failed',
    sentence: `A database server left over from an earlier run (process ${pid}) does not stop: end it, then try again.`,
  });
}

function signal(pid: number, name: 'SIGINT' | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    // Not ours to signal, but there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

const isAlive = (pid: number) => signal(pid, 0);

/** Whether a process is the database server of this data folder: the server works in it, and its command names it. */
async function isServerOf(pid: number, data: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') {
    const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    if (cwd !== undefined) return cwd === data;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return command.split('\0').includes(data);
  }
  const { stdout } = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes('postgres') && stdout.includes(data);
}
