import type { AppendFault, Receipt } from '../../gateway/ports/access-log.ts';
import { err, type Result } from '../../schemas/result.ts';
import { createPace, type Pace } from './pace.ts';
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
  readonly until: number;
  settle(result: Result<Receipt, AppendFault>): void;
}

/** Takes how a batch is written, which must never reject, and when a batch is enough. */
export function createSequencer(
  write: (batch: readonly Appended[]) => Promise<BatchOutcome>,
  limits: SequencerLimits,
  pace: Pace = createPace(() => performance.now()),
): Sequencer {
  const queue = new Set<Waiting>();
  const asking = makeAsking((late) => {
    // Still in the queue: taken out, so it is certainly never written. In a batch: nobody knows.
    queue.delete(late);
    late.settle(err('log-unavailable'));
  });
  const whenIdle: (() => void)[] = [];
  let closed = false;
  let writing = false;
  let turn: NodeJS.Immediate | undefined;

  const send = (beingAnswered = 0): void => {
    const batch = takeFirst(queue, limits.batchMax);
    if (batch.length === 0) return;
    writing = true;
    pace.sent(batch.length, queue.size + beingAnswered);
    void writeOnceOrAgain(write, batch).then((results) => {
      writing = false;
      if (pace.ahead()) send(batch.length);
      batch.forEach((waiting, index) => {
        asking.delete(waiting);
        waiting.settle(results[index] ?? err('log-unavailable'));
      });
      gather();
    });
  };

  // Whoever arrives in this turn of the event loop travels in the same transaction, unless enough are there before.
  const gather = (): void => {
    turn ??= setImmediate(() => {
      turn = undefined;
      if (!writing) send();
      if (!writing) whenIdle.splice(0).forEach((tell) => tell());
    });
  };

  return {
    append(appended) {
      if (closed) return Promise.resolve(err('log-unavailable'));
      if (queue.size >= limits.waitingMax) return Promise.resolve(err('log-full'));
      return new Promise((settle) => {
        const waiting: Waiting = { appended, until: performance.now() + limits.answerWithinMs, settle };
        queue.add(waiting);
        asking.add(waiting);
        gather();
        if (!writing && queue.size >= pace.enough()) send();
      });
    },
    close() {
      closed = true;
      return writing || queue.size > 0 ? new Promise((resolve) => whenIdle.push(resolve)) : Promise.resolve();
    },
  };
}

/**
 * All who ask and have no answer, each of whom is let go when its time is over. All wait for the same time, so the first
 * is the next whose time is over, and one timer does for all.
 */
function makeAsking(letGo: (late: Waiting) => void): Pick<Set<Waiting>, 'add' | 'delete'> {
  const all = new Set<Waiting>();
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    timer = undefined;
    for (const waiting of all) {
      const left = waiting.until - performance.now();
      if (left > 0) {
        timer = setTimeout(look, left);
        return;
      }
      all.delete(waiting);
      letGo(waiting);
    }
  };
  return {
    add(waiting) {
      all.add(waiting);
      timer ??= setTimeout(look, waiting.until - performance.now());
      return all;
    },
    delete(waiting) {
      const was = all.delete(waiting);
      if (all.size === 0) {
        clearTimeout(timer);
        timer = undefined;
      }
      return was;
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
