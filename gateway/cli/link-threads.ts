import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { ScoredPairs } from '../linkage/table/group.ts';
import type { KeyIndex } from '../linkage/table/key-index.ts';
import type { Model } from '../linkage/table/model.ts';
import type { Scorer } from '../linkage/table/score.ts';
import type { Table } from '../linkage/table/table.ts';

/** What a thread is given when it starts. Typed arrays are shared, not copied. */
export interface Assignment {
  readonly table: Table;
  readonly indexes: readonly KeyIndex[];
  readonly first: number;
  readonly step: number;
  readonly model: Model;
}

export type Answer = { readonly done: number } | { readonly pairs: ScoredPairs };

/** More threads than this gain little: memory is what they wait for. */
const THREADS_MAX = 8;

/** Runs one thread to its end. */
function runThread(worker: URL, assignment: Assignment, onProgress: (done: number) => void): Promise<ScoredPairs> {
  const thread = new Worker(worker, { workerData: assignment });
  return new Promise<ScoredPairs>((resolve, reject) => {
    thread.on('message', (answer: Answer) => {
      if ('done' in answer) onProgress(answer.done);
      else resolve(answer.pairs);
    });
    thread.on('error', reject);
    thread.on('exit', (code) => reject(new Error(`a thread ended with ${code} and no answer`)));
  });
}

/** Scores in as many threads as there are cores. @param worker a module that runs `./link-worker.ts` */
export const scoreInThreads =
  (worker: URL): Scorer =>
  async (table, indexes, model, onProgress) => {
    const step = Math.min(THREADS_MAX, Math.max(1, availableParallelism()));
    const parts = Array.from({ length: step }, (_, first) =>
      runThread(worker, { table, indexes, first, step, model }, first === 0 ? onProgress : () => undefined),
    );
    return joined(await Promise.all(parts));
  };

function joined(parts: readonly ScoredPairs[]): ScoredPairs {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const all = { count, a: new Int32Array(count), b: new Int32Array(count), bits: new Float32Array(count) };
  let at = 0;
  for (const part of parts) {
    all.a.set(part.a.subarray(0, part.count), at);
    all.b.set(part.b.subarray(0, part.count), at);
    all.bits.set(part.bits.subarray(0, part.count), at);
    at += part.count;
  }
  return all;
}
