import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { sharedFloat32 } from '../linkage/table/dictionary.ts';
import type { ScoredPairs } from '../linkage/table/group.ts';
import type { KeyIndex } from '../linkage/table/key-index.ts';
import type { Model } from '../linkage/table/model.ts';
import { inOrder } from '../linkage/table/pair-columns.ts';
import { JobCounter, PairScorer, type MakeScorer } from '../linkage/table/score.ts';
import type { Table } from '../linkage/table/table.ts';

/** What a thread is given when it starts. Typed arrays are shared, not copied. */
export interface Assignment {
  readonly table: Table;
  readonly index: KeyIndex;
}

export type Order =
  | { readonly order: 'score'; readonly model: Model; readonly jobs: SharedArrayBuffer }
  | {
      readonly order: 'weigh again';
      readonly model: Model;
      readonly pairs: ScoredPairs;
      readonly bits: Float32Array;
      readonly from: number;
      readonly to: number;
    };

export type Answer = { readonly pairs: ScoredPairs } | { readonly weighed: true };

/** More threads than this gain little: memory is what they wait for. */
const THREADS_MAX = 8;

/** One further thread, which does one order after another. */
class Thread {
  readonly #worker: Worker;

  constructor(script: URL, assignment: Assignment) {
    this.#worker = new Worker(script, { workerData: assignment });
  }

  /** @returns its answer when the order is done */
  give(order: Order): Promise<Answer> {
    return new Promise<Answer>((resolve, reject) => {
      const worker = this.#worker.removeAllListeners();
      worker.once('message', (answer: Answer) => resolve(answer));
      worker.once('error', reject);
      worker.once('exit', (code) => reject(new Error(`a thread ended with ${code} and no answer`)));
      worker.postMessage(order);
    });
  }

  async end(): Promise<void> {
    this.#worker.removeAllListeners();
    await this.#worker.terminate();
  }
}

/**
 * Compares in several threads, of which this is one: a further one would take memory and this one would wait.
 *
 * @param worker a module that runs `./link-worker.ts`
 * @param threads as many as there are cores where not said
 */
export const scoreInThreads =
  (worker: URL, threads = Math.min(THREADS_MAX, Math.max(1, availableParallelism()))): MakeScorer =>
  (table, index) => {
    const crew = Array.from({ length: threads - 1 }, () => new Thread(worker, { table, index }));
    const own = new PairScorer(table, index);
    return {
      score: async (model, onProgress) => {
        const jobs = new SharedArrayBuffer(4);
        const others = crew.map((thread) => thread.give({ order: 'score', model, jobs }));
        const found = own.score(model, new JobCounter(jobs), onProgress);
        const answers = await Promise.all(others);
        return inOrder([found, ...answers.flatMap((answer) => ('pairs' in answer ? [answer.pairs] : []))]);
      },
      weighAgain: async (model, pairs) => {
        const bits = sharedFloat32(pairs.count);
        const placeOf = (thread: number): number => Math.floor((pairs.count * thread) / threads);
        const others = crew.map((thread, at) =>
          thread.give({ order: 'weigh again', model, pairs, bits, from: placeOf(at + 1), to: placeOf(at + 2) }),
        );
        own.weighAgain(model, pairs, bits, 0, placeOf(1));
        await Promise.all(others);
        return { ...pairs, bits };
      },
      close: async () => {
        await Promise.all(crew.map((thread) => thread.end()));
      },
    };
  };
