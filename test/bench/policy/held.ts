import { compileAll } from '../../../policies/engine/compile/compile-policy.ts';
import { compiledOf } from '../../../policies/engine/decide.ts';
import { decide } from '../../../policies/engine/index.ts';
import { randomOf } from '../../population/random.ts';
import { questionsOf } from './questions.ts';
import { shippedBundle } from './shipped.ts';

/** What a bundle's compiled form holds after ten thousand questions; a process of its own, started with --expose-gc. */

const bundle = shippedBundle();
const questions = questionsOf(bundle, randomOf(3), 10_000);
const before = heldBytes();
for (const question of questions) decide(bundle, question, 'all');
compileAll(compiledOf(bundle).policy);
const bytes = heldBytes() - before;
process.stdout.write(JSON.stringify({ bytes, ...compiledOf(bundle).figures, questions: questions.length }));

/** Bytes really held, with everything else collected. */
function heldBytes(): number {
  if (globalThis.gc === undefined) throw new Error('start with --expose-gc');
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
