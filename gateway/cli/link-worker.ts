import { parentPort, workerData } from 'node:worker_threads';
import { JobCounter, PairScorer } from '../linkage/table/score.ts';
import type { Answer, Assignment, Order } from './link-threads.ts';

/** One thread of `holdfast link`: compares its share of the pairs, order by order, until it is ended. */

const isAssignment = (data: unknown): data is Assignment =>
  typeof data === 'object' && data !== null && 'table' in data && 'index' in data;

function work(port: NonNullable<typeof parentPort>, { table, index }: Assignment): void {
  const scorer = new PairScorer(table, index);
  const say = (answer: Answer): void => port.postMessage(answer);
  port.on('message', (order: Order) => {
    if (order.order === 'score') {
      say({ pairs: scorer.score(order.model, new JobCounter(order.jobs), () => undefined) });
      return;
    }
    scorer.weighAgain(order.model, order.pairs, order.bits, order.from, order.to);
    say({ weighed: true });
  });
}

if (parentPort !== null && isAssignment(workerData)) work(parentPort, workerData);
