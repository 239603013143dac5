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
}

export interface Order {
  readonly what: 'first' | 'again';
  readonly model: Model;
}

export type Answer = { readonly done: number } | { readonly pairs: ScoredPairs };

/** More threads than this gain little: memory is what they wait for. */
const THREADS_MAX = 8;

class Thread {
  readonly #worker: Worker;

  constructor(worker: URL, assignment: Assignment) {
    this.#worker = new Worker(worker, { workerData: assignment });
  }

  ask(order: Order, onProgress: (done: number) => void): Promise<ScoredPairs> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void): void => {
        this.#worker.removeAllListeners();
        settle();
      };
      this.#worker.on('message', (answer: Answer) => {
        if ('done' in answer) onProgress(answer.done);
        else end(() => resolve(answer.pairs));
      });
      this.#worker.on('error', (error) => end(() => reject(error)));
      this.#worker.on('exit', (code) => end(() => reject(new Error(`a thread ended with ${code}`))));
      this.#worker.postMessage(order);
    });
  }

  async end(): Promise<void> {
    this.#worker.removeAllListeners();
    await this.#worker.terminate();
  }
}

/** Scores in as many threads as there are cores. */
export const scoreInThreads =
  (worker: URL) =>
  (table: Table, indexes: readonly KeyIndex[]): Scorer => {
    const step = Math.min(THREADS_MAX, Math.max(1, availableParallelism()));
    const threads = Array.from({ length: step }, (_, first) => new Thread(worker, { table, indexes, first, step }));
    const askAll = async (order: Order, onProgress: (done: number) => void): Promise<ScoredPairs> =>
      joined(
        await Promise.all(threads.map((thread, at) => thread.ask(order, at === 0 ? onProgress : () => undefined))),
      );
    return {
      first: (model, onProgress) => askAll({ what: 'first', model }, onProgress),
      again: (model) => askAll({ what: 'again', model }, () => undefined),
      close: async () => {
        await Promise.all(threads.map((thread) => thread.end()));
      },
    };
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
