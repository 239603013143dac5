import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of third-party reference material (published contracts, vectors), which is never committed: the one that
 * HOLDFAST_REFERENCE names, else `../shared` beside this clone, else undefined and the tests that need it say so.
 */
export function referenceFolder(): string | undefined {
  const named = process.env.HOLDFAST_REFERENCE;
  const folder = named ?? join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'shared');
  return existsSync(join(folder, 'contracts')) ? folder : undefined;
}
