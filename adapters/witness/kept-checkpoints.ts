import { createHash } from 'node:crypto';
import { access, constants, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { err, ok, type Result } from '../../schemas/result.ts';

/** The little that a witness keeps: one file a log, the last checkpoint it cosigned. */

export interface CheckpointFolder {
  /** The checkpoint kept last under this name, or undefined for none. Rejects where the file cannot be read. */
  read(originHash: string): Promise<string | undefined>;
  /** Resolves only when it would be found again after a loss of power; rejects otherwise, with the old one in place. */
  keep(originHash: string, checkpoint: string): Promise<void>;
  /** Lets another process have the folder. */
  close(): Promise<void>;
}

/**
 * - `folder-unusable`: it cannot be made, or not be written to.
 * - `folder-in-use`: another witness works over it.
 */
export type FolderFault = 'folder-unusable' | 'folder-in-use';

const NAME = /^[0-9a-f]{64}$/;
const BYTES_MAX = 262_144;

/** Opens the folder for this process alone, making it where it is missing. */
export async function openCheckpointFolder(folder: string): Promise<Result<CheckpointFolder, FolderFault>> {
  try {
    await makeThrough(resolve(folder));
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return err('folder-unusable');
  }
  const held = await holdAlone(folder);
  if (held === 'taken') return err('folder-in-use');
  const fileOf = (originHash: string): string => {
    if (!NAME.test(originHash)) throw new RangeError('not the hash of an origin');
    return join(folder, `${originHash}.checkpoint`);
  };
  return ok({
    async read(originHash) {
      const text = await readFile(fileOf(originHash), 'utf8').catch((error: unknown) => {
        if (codeOf(error) === 'ENOENT') return undefined;
        throw error;
      });
      if (text !== undefined && text.length > BYTES_MAX) throw new RangeError('not a checkpoint of ours');
      return text;
    },
    async keep(originHash, checkpoint) {
      const file = fileOf(originHash);
      const unfinished = `${file}.new`;
      await writeThrough(unfinished, checkpoint);
      await rename(unfinished, file);
      // Without this the rename itself may be lost with the power, and we would cosign from the tree before it again.
      await syncFolder(folder);
    },
    close: () => (held === undefined ? Promise.resolve() : letGo(held)),
  });
}

/** A new folder is an entry of the one above it: lost with the power, it would take all that was kept with it. */
async function makeThrough(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (first === undefined) return;
  for (let at = folder; ; at = dirname(at)) {
    await syncFolder(dirname(at));
    if (at === first || at === dirname(at)) return;
  }
}

/**
 * Two processes over one folder could each cosign another way on from the tree that both have read. The lock is a name
 * that the kernel gives to one process and takes back when it ends, however it ends: nothing is left behind by a kill.
 * Linux alone has such names; elsewhere, as on a developer's machine, there is no lock.
 */
async function holdAlone(folder: string): Promise<Server | undefined | 'taken'> {
  if (platform() !== 'linux') return undefined;
  const { dev, ino } = await stat(folder);
  const name = createHash('sha256').update(`holdfast witness ${dev} ${ino}`).digest('hex');
  const server = createServer((socket) => socket.destroy());
  return new Promise((found) => {
    server.once('error', () => found('taken'));
    server.listen(`\0holdfast-witness-${name}`, () => {
      server.unref();
      found(server);
    });
  });
}

const letGo = (server: Server): Promise<void> => new Promise((done) => server.close(() => done()));

const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;

async function writeThrough(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(text, 'utf8');
    await handle.sync();
  } catch (error) {
    await unlink(file).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
