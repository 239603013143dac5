/**
 * Before a test run: opens a door (a socket named after this process) at which tests ask for the database server. The
 * server is started for the first who asks, so that a run of pure tests starts none.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

function startServer() {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-test-'));
  const child = spawn(
    process.execPath,
    ['--import', join(ROOT, 'deploy', 'typescript.mjs'), join(ROOT, 'test', 'database-server.ts'), folder],
    {
      cwd: ROOT,
      detached: true,
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const gone = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const answer = new Promise((resolve) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    void gone.then(() => resolve(JSON.stringify({ error: 'the database server of the tests ended' })));
  });
  const stop = async () => {
    child.stdin.end();
    await gone;
    rmSync(folder, { recursive: true, force: true });
  };
  return { answer, stop };
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}

/** Doors of runs that were killed. Their servers ended with them; only the name is left. */
function removeOldDoors() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(/^holdfast-test-(\d+)\.sock$/.exec(name)?.[1]);
    if (!Number.isSafeInteger(pid)) continue;
    try {
      if (!isAlive(pid)) rmSync(join(tmpdir(), name), { force: true });
    } catch {
      // Another user's: theirs to remove.
    }
  }
}

export default async function openDoor() {
  removeOldDoors();
  const path = join(tmpdir(), `holdfast-test-${process.pid}.sock`);
  rmSync(path, { force: true });
  let server;
  const door = createServer((socket) => {
    socket.on('error', () => undefined);
    server ??= startServer();
    void server.answer.then((line) => socket.end(`${line}\n`));
  });
  await new Promise((resolve, reject) => {
    door.once('error', reject);
    door.listen(path, resolve);
  });
  door.unref();
  globalThis.closeDatabaseDoor = async () => {
    door.close();
    rmSync(path, { force: true });
    await server?.stop();
  };
}
