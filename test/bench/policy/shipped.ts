import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBundle, type PolicyBundle } from '../../../policies/engine/index.ts';

const AGREEMENTS = join(dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url))))), 'policies', 'agreements');

/** The agreements that ship, loaded. */
export function shippedBundle(): PolicyBundle {
  const names = readdirSync(AGREEMENTS).filter((name) => name.endsWith('.yaml'));
  const loaded = loadBundle(names.map((path) => ({ path, text: readFileSync(join(AGREEMENTS, path), 'utf8') })));
  if (loaded.ok) return loaded.value;
  throw new Error(loaded.error.map(({ file, line, what }) => `${file}:${line} ${what}`).join('\n'));
}
