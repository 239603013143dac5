import { parentPort, workerData } from 'node:worker_threads';
import { PairScorer } from '../linkage/table/score.ts';
import type { Answer, Assignment, Order } from './link-threads.ts';

/** One thread of `holdfast link`: compares its share of the pairs when told to. */

const isAssignment = (data: unknown): data is Assignment =>
  typeof data === 'object' && data !== null && 'table' in data && 'indexes' in data && 'first' in data;

function serve(port: NonNullable<typeof parentPort>, { table, indexes, first, step }: Assignment): void {
  const scorer = new PairScorer(table, indexes);
  const say = (answer: Answer): void => port.postMessage(answer);
  port.on('message', ({ what, model }: Order) => {
    const pairs = what === 'again' ? scorer.again(model) : scorer.first(model, first, step, (done) => say({ done }));
    say({ pairs });
  });
}

if (parentPort !== null && isAssignment(workerData)) serve(parentPort, workerData);
