import type { AppendFault, Receipt } from '../../gateway/ports/access-log.ts';
import { err, type Result } from '../../schemas/result.ts';
import type { Appended, BatchOutcome } from './write-batch.ts';

/**
 * Group commit: while one batch is being written the next one gathers, so that many callers share one wait for the
 * disk. Everything has a limit (P11): how many wait, how many go together, and how long any of them waits.
 */

export interface SequencerLimits {
  /** Callers that may wait; further ones are told `log-full`. */
  readonly waitingMax: number;
  /** Entries of one transaction. */
  readonly batchMax: number;
  /** After this long a caller is told `log-unavailable`, whatever has become of its entry. */
  readonly answerWithinMs: number;
}

export interface Sequencer {
  append(appended: Appended): Promise<Result<Receipt, AppendFault>>;
  close(): Promise<void>;
}

interface Waiting {
  readonly appended: Appended;
  settle(result: Result<Receipt, AppendFault>): void;
}

/** Takes how a batch is written, which must never reject. */
export function createSequencer(
  write: (batch: readonly Appended[]) => Promise<BatchOutcome>,
  limits: SequencerLimits,
): Sequencer {
  const queue = new Set<Waiting>();
  let closed = false;
  let running: Promise<void> | undefined;

  const drain = async () => {
    while (queue.size > 0) {
      // Whoever arrives in this turn of the event loop travels in the same transaction.
      await new Promise((next) => setImmediate(next));
      const batch = takeFirst(queue, limits.batchMax);
      if (batch.length === 0) break;
      const results = await writeOnceOrAgain(write, batch);
      batch.forEach((waiting, index) => {
        waiting.settle(results[index] ?? err('log-unavailable'));
      });
    }
    running = undefined;
  };

  return {
    append(appended) {
      if (closed) return Promise.resolve(err('log-unavailable'));
      if (queue.size >= limits.waitingMax) return Promise.resolve(err('log-full'));
      return new Promise((resolve) => {
        const waiting: Waiting = {
          appended,
          settle(result) {
            clearTimeout(timer);
            resolve(result);
          },
        };
        const timer = setTimeout(() => {
          // Still in the queue: taken out, so it is certainly never written. In a batch: nobody knows.
          queue.delete(waiting);
          resolve(err('log-unavailable'));
        }, limits.answerWithinMs);
        queue.add(waiting);
        running ??= drain();
      });
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

function takeFirst<T>(queue: Set<T>, count: number): readonly T[] {
  const first: T[] = [];
  for (const item of queue) {
    if (first.length === count) break;
    first.push(item);
    queue.delete(item);
  }
  return first;
}

/** A batch that certainly was not committed (one that a server refused while it started) is tried once more. */
async function writeOnceOrAgain(
  write: (batch: readonly Appended[]) => Promise<BatchOutcome>,
  batch: readonly Waiting[],
): Promise<readonly Result<Receipt, AppendFault>[]> {
  const appended = batch.map((waiting) => waiting.appended);
  let outcome = await write(appended);
  if (outcome.state === 'not-committed') outcome = await write(appended);
  return outcome.state === 'committed' ? outcome.results : [];
}
