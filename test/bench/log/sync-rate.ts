import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * How often a second the disk makes 8 kB durable: one block written in place and fdatasync, again and again, as
 * PostgreSQL's pg_test_fsync measures its default method on Linux.
 */
export async function syncRate(folder: string, seconds: number): Promise<number> {
  const path = join(folder, 'sync-rate');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(8_192, 1);
  const start = performance.now();
  let count = 0;
  try {
    for (; performance.now() - start < seconds * 1_000; count += 1) {
      writeSync(file, block, 0, block.length, 0);
      fdatasyncSync(file);
    }
  } finally {
    closeSync(file);
    await rm(path, { force: true });
  }
  return (count * 1_000) / (performance.now() - start);
}
