import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCheckpointFolder, type CheckpointFolder } from './kept-checkpoints.ts';

const NAME = 'a'.repeat(64);
let top: string;
const opened: CheckpointFolder[] = [];

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'holdfast-kept-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((each) => each.close()));
  await rm(top, { recursive: true, force: true });
});

async function openAt(folder: string): Promise<CheckpointFolder> {
  const result = await openCheckpointFolder(folder);
  if (!result.ok) throw new Error(result.error);
  opened.push(result.value);
  return result.value;
}

/** Which files were brought to the disk while something was done, in order, and what the kept file said then. */
async function synced(kept: string, work: () => Promise<unknown>): Promise<{ path: string; said: string }[]> {
  const probe = await open(top, 'r');
  const prototype: unknown = Object.getPrototypeOf(probe);
  await probe.close();
  if (typeof prototype !== 'object' || prototype === null || !('sync' in prototype)) throw new Error('no sync');
  const { sync } = prototype;
  if (typeof sync !== 'function') throw new Error('no sync');
  const seen: { path: string; said: string }[] = [];
  prototype.sync = async function (this: { readonly fd: number }): Promise<void> {
    const path = readlinkSync(`/proc/self/fd/${this.fd}`);
    seen.push({ path, said: await readFile(kept, 'utf8').catch(() => 'nothing') });
    await Reflect.apply(sync, this, []);
  };
  try {
    await work();
  } finally {
    prototype.sync = sync;
  }
  return seen;
}

const onLinux = platform() === 'linux' ? it : it.skip;

describe('P10: a witness does not forget', () => {
  onLinux(
    'the new file is on the disk before it takes the old one’s place, and the folder before it is kept',
    async () => {
      const folder = join(top, 'kept');
      const file = join(folder, `${NAME}.checkpoint`);
      const kept = await openAt(folder);
      await kept.keep(NAME, 'first');
      expect(await synced(file, () => kept.keep(NAME, 'second'))).toEqual([
        { path: `${file}.new`, said: 'first' },
        { path: folder, said: 'second' },
      ]);
      expect(await readdir(folder)).toEqual([`${NAME}.checkpoint`]);
    },
  );

  onLinux('a folder that was made is on the disk, with every folder above it that was made', async () => {
    const made = join(top, 'one', 'two');
    const seen = await synced(join(made, 'none'), () => openAt(made));
    expect(seen.map(({ path }) => path)).toEqual([join(top, 'one'), top]);
    expect(await synced(join(made, 'none'), () => openCheckpointFolder(made))).toEqual([]);
  });

  it('a file that was begun and not finished is not read, and the next one takes its place', async () => {
    const kept = await openAt(top);
    await kept.keep(NAME, 'whole');
    await writeFile(join(top, `${NAME}.checkpoint.new`), 'tor');
    expect(await kept.read(NAME)).toBe('whole');
    await kept.keep(NAME, 'next');
    expect(await kept.read(NAME)).toBe('next');
    expect(await readdir(top)).toEqual([`${NAME}.checkpoint`]);
  });

  onLinux('a second witness over one folder is turned away, and let in once the first has gone', async () => {
    const kept = await openAt(top);
    expect(await openCheckpointFolder(top)).toEqual({ ok: false, error: 'folder-in-use' });
    await kept.close();
    await (await openAt(top)).keep(NAME, 'mine');
  });

  it('a folder that cannot be made is said to be unusable', async () => {
    await writeFile(join(top, 'a file'), '');
    expect(await openCheckpointFolder(join(top, 'a file', 'kept'))).toEqual({ ok: false, error: 'folder-unusable' });
  });
});

/** A file system of its own with room for next to nothing; undefined where this account may not mount one. */
function mountSmall(at: string): (() => void) | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'holdfast-test', at], { stdio: 'ignore' });
    return () => execFileSync('umount', [at], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
}

describe('P10: a witness whose disk is full', () => {
  it('keeps what it had, says that it could not keep more, and goes on once there is room', async () => {
    const disk = join(top, 'disk');
    await mkdir(disk);
    const unmount = mountSmall(disk);
    try {
      const kept = await openAt(disk);
      await kept.keep(NAME, 'before');
      if (unmount === undefined) {
        // Without leave to mount, the file that is begun cannot be opened for writing: the same refusal, another code.
        await mkdir(join(disk, `${NAME}.checkpoint.new`));
        await expect(kept.keep(NAME, 'after')).rejects.toThrow('EISDIR');
        await rm(join(disk, `${NAME}.checkpoint.new`), { recursive: true });
      } else {
        await writeFile(join(disk, 'filler'), Buffer.alloc(65_536)).catch(() => undefined);
        await expect(kept.keep(NAME, 'after'.repeat(2_000))).rejects.toThrow('ENOSPC');
        await rm(join(disk, 'filler'));
      }
      expect(await kept.read(NAME)).toBe('before');
      await kept.keep(NAME, 'after');
      expect(await kept.read(NAME)).toBe('after');
    } finally {
      await Promise.all(opened.splice(0).map((each) => each.close()));
      unmount?.();
    }
  });
});
