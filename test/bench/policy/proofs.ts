import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assembleBundle } from '../../../policies/engine/assemble.ts';
import { compileAll, compilePolicy } from '../../../policies/engine/compile/compile-policy.ts';
import { diffBundles } from '../../../policies/engine/diff/diff-bundles.ts';
import { interferenceIn } from '../../../policies/engine/explain/interference.ts';
import type { PolicyBundle } from '../../../policies/engine/index.ts';
import { prove } from '../../../policies/engine/prove/prove.ts';
import { readStatements } from '../../../policies/engine/prove/read-statements.ts';
import { cpuSecondsOf } from './measure.ts';

/** What it takes to compile, prove and compare the agreements that ship: what a reviewer waits for. */

const STATEMENTS = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'policies', 'invariants');
const TARGET_SECONDS = 10;

/** Tells the times in seconds of processor time, and what was looked at in them. */
export function tellProofs(bundle: PolicyBundle, say: (line: string) => void): void {
  const names = readdirSync(STATEMENTS).filter((name) => name.endsWith('.yaml'));
  const files = names.map((path) => ({ path, text: readFileSync(join(STATEMENTS, path), 'utf8') }));
  const statements = readStatements(files, bundle);
  if (!statements.ok) throw new Error(statements.error.map(({ what }) => what).join('\n'));
  const policy = compilePolicy(bundle);
  const compiled = cpuSecondsOf(() => compileAll(policy));
  let told = '';
  const proved = cpuSecondsOf(() => {
    const { proofs, cellsOfSpace } = prove(policy, statements.value);
    const held = proofs.filter(({ holds }) => holds).length;
    told = `${held} of ${proofs.length} statements hold, over ${cellsOfSpace.toLocaleString('en-GB')} cells`;
  });
  // Three guards the less: gains for several groups and purposes, as a real change might bring.
  const changed = assembleBundle({ ...bundle, guardCaps: bundle.guardCaps.slice(0, -3) });
  let difference = '';
  const compared = cpuSecondsOf(() => {
    const { gains, losses, diagrams } = diffBundles(bundle, changed);
    difference = `${diagrams.toLocaleString('en-GB')} diagrams compared; ${gains.length} gains, ${losses.length} losses`;
  });
  let states = 0;
  const kept = cpuSecondsOf(() => (states = interferenceIn(policy).states));
  const sum = compiled + proved + compared;
  const seconds = (each: number) => `${each.toFixed(2)} s`;
  say(`Compiled, proved and compared      ${seconds(sum)}: ${[compiled, proved, compared].map(seconds).join(', ')}`);
  say(`  ${told}`);
  say(`  ${difference}`);
  say(`  ${sum <= TARGET_SECONDS ? 'met' : 'MISSED'}: at most ${TARGET_SECONDS} s together`);
  say(
    `Words for the asker                ${seconds(kept)}, ${states.toLocaleString('en-GB')} states with something hidden`,
  );
}
