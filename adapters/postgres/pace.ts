/**
 * When a batch is enough. Preparing entries and writing them are work for two processors, but where all callers wait for
 * one batch, each processor is idle while the other works. So half of the callers may be sent ahead and the others
 * prepared meanwhile. That costs a second flush: where the disk is slow beside the preparing, it is better that all go
 * together. Which of the two, depends on machine, disk and load, and is found out: the other way is tried now and then,
 * and the one by which an entry took less time is kept to.
 */
export interface Pace {
  /** Waiting entries that are enough to be sent before the turn of the event loop is over; infinite where all go together. */
  enough(): number;
  /** Whether the next batch goes out before the callers of the one that was answered hear of it. */
  ahead(): boolean;
  /** A batch goes out, while so many others are still waiting or are just being answered. */
  sent(entries: number, others: number): void;
}

/** Fewer callers than this share one flush, whatever it costs. */
const HALVED_FROM = 8;
/** Batches that are sent one way before the other is tried, and in such a trial. */
const KEPT = 96;
const TRIED = 12;
/** Batches after a change that still belong to both ways. */
const BETWEEN = 3;

/** @param now milliseconds of a clock that never goes back */
export function createPace(now: () => number): Pace {
  const cost = { together: Number.POSITIVE_INFINITY, halves: Number.POSITIVE_INFINITY };
  let way: keyof typeof cost = 'together';
  let trying = true;
  let population = 0;
  let measured = { batches: -BETWEEN, entries: 0, began: 0 };

  const begin = (next: keyof typeof cost, asTrial: boolean): void => {
    way = next;
    trying = asTrial;
    measured = { batches: -BETWEEN, entries: 0, began: 0 };
  };
  const judge = (): void => {
    cost[way] = (now() - measured.began) / measured.entries;
    const better = cost.halves < cost.together ? 'halves' : 'together';
    if (trying && cost.halves < Number.POSITIVE_INFINITY) begin(better, false);
    else begin(way === 'halves' ? 'together' : 'halves', true);
  };
  return {
    enough: () => (way === 'halves' && population >= HALVED_FROM ? Math.ceil(population / 2) : Infinity),
    ahead: () => way === 'halves' && population >= HALVED_FROM,
    sent(entries, others) {
      population = entries + others;
      if (population < HALVED_FROM) {
        // Nobody waits for long enough that there would be anything to find out.
        begin(way, trying);
        return;
      }
      if (measured.batches === (trying ? TRIED : KEPT)) judge();
      if (measured.batches === 0) measured.began = now();
      // What is sent now is paid for by the time until the next is sent.
      if (measured.batches >= 0) measured.entries += entries;
      measured.batches += 1;
    },
  };
}
