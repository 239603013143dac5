import { parentPort, workerData } from 'node:worker_threads';
import { PairScorer } from '../linkage/table/score.ts';
import type { Answer, Assignment } from './link-threads.ts';

/** One thread of `holdfast link`: compares its share of the pairs, says them and ends. */

const isAssignment = (data: unknown): data is Assignment =>
  typeof data === 'object' && data !== null && 'table' in data && 'indexes' in data && 'first' in data;

function work(port: NonNullable<typeof parentPort>, { table, indexes, first, step, model }: Assignment): void {
  const say = (answer: Answer): void => port.postMessage(answer);
  say({ pairs: new PairScorer(table, indexes).score(model, first, step, (done) => say({ done })) });
}

if (parentPort !== null && isAssignment(workerData)) work(parentPort, workerData);
