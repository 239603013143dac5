import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPace } from './pace.ts';

/** Callers who come again at once, a writer and a preparer that can work at the same time; milliseconds. */
interface Machine {
  readonly prepare: number;
  readonly write: number;
  readonly flush: number;
}

/** Sends so many batches as the sequencer would and gives the sizes of the last hundred. */
function run({ prepare, write, flush }: Machine, callers: number, batches: number): number[] {
  let clock = 0;
  const pace = createPace(() => clock);
  const sizes: number[] = [];
  let waiting = callers;
  let answered = 0;
  for (let n = 0; n < batches; n += 1) {
    const ahead = pace.ahead() && waiting > 0;
    if (!ahead) {
      // All are prepared before the turn is over, or enough of them.
      waiting += answered;
      const brought = Math.min(waiting, pace.enough());
      clock += brought * prepare;
      sizes.push(brought);
      pace.sent(brought, waiting - brought);
      const left = waiting - brought;
      clock += Math.max(left * prepare, brought * write + flush);
      waiting = left;
      answered = brought;
      continue;
    }
    sizes.push(waiting);
    pace.sent(waiting, answered);
    clock += Math.max(answered * prepare, waiting * write + flush);
    [waiting, answered] = [answered, waiting];
  }
  return sizes.slice(-100);
}

const mostly = (sizes: readonly number[], size: number): boolean =>
  sizes.filter((each) => each === size).length > sizes.length * 0.7;

describe('the pace of the log', () => {
  it('sends half of the callers ahead where preparing is what takes time', () => {
    expect(mostly(run({ prepare: 0.04, write: 0.03, flush: 0.1 }, 64, 500), 32)).toBe(true);
  });

  it('lets all share one flush where the disk is slow', () => {
    expect(mostly(run({ prepare: 0.04, write: 0.03, flush: 20 }, 64, 500), 64)).toBe(true);
  });

  it('never asks for more than are there, and always for at least one', () => {
    const milliseconds = fc.double({ min: 0.001, max: 50, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({ prepare: milliseconds, write: milliseconds, flush: milliseconds }),
        fc.nat(300),
        (on, n) => {
          for (const size of run(on, n + 1, 150)) {
            expect(size).toBeGreaterThan(0);
            expect(size).toBeLessThanOrEqual(n + 1);
          }
        },
      ),
      { seed: 1, numRuns: 60 },
    );
  });

  it('does not split the few: fewer than eight callers share one flush whatever it costs', () => {
    expect(new Set(run({ prepare: 1, write: 0.01, flush: 0.01 }, 7, 300))).toEqual(new Set([7]));
  });
});
