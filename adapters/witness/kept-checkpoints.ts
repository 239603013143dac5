import { mkdir, open, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';

/** The little that a witness keeps: one file a log, the last checkpoint it cosigned. */

export interface CheckpointFolder {
  /** The checkpoint kept last under this name, or undefined for none. Rejects where the file cannot be read. */
  read(originHash: string): Promise<string | undefined>;
  /** Resolves only when it would be found again after a loss of power; rejects otherwise, with the old one in place. */
  keep(originHash: string, checkpoint: string): Promise<void>;
}

const NAME = /^[0-9a-f]{64}$/;
const BYTES_MAX = 262_144;

/** Opens the folder, making it where it is missing. Rejects where it cannot be written to. */
export async function openCheckpointFolder(folder: string): Promise<CheckpointFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fileOf = (originHash: string): string => {
    if (!NAME.test(originHash)) throw new RangeError('not the hash of an origin');
    return join(folder, `${originHash}.checkpoint`);
  };
  return {
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
  };
}

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
