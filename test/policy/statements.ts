import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PolicyBundle, PolicyFile } from '../../policies/engine/index.ts';
import { readStatements } from '../../policies/engine/prove/read-statements.ts';
import type { Statement } from '../../policies/engine/prove/statement.ts';

/** The shipped statements, for every test that needs them. */

const FOLDER = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'policies', 'invariants');

export function statementFiles(): readonly PolicyFile[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ path: name, text: readFileSync(join(FOLDER, name), 'utf8') }));
}

/** Statements that must be without problems; the problems are the message where they are not. */
export function mustRead(files: readonly PolicyFile[], bundle: PolicyBundle): readonly Statement[] {
  const read = readStatements(files, bundle);
  if (read.ok) return read.value;
  throw new Error(read.error.map(({ file, line, what }) => `${file}:${line} ${what}`).join('\n'));
}
