/** Processor time of this process, so that what others do on the machine counts in no figure. */

/** Seconds of processor time that a piece of work takes, garbage collection and compilation by V8 included. */
export function cpuSecondsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/**
 * How many of something a core does in a second of processor time: `step` is called with 0, 1, 2, ... in rounds of
 * growing size until a round took long enough to be told from chance; the best of the rounds after that. V8 has compiled
 * everything by then.
 */
export function rateOf(step: (nth: number) => void, seconds = 1, rounds = 5): number {
  let count = 1;
  let nth = 0;
  const round = (): number =>
    cpuSecondsOf(() => {
      for (const end = nth + count; nth < end; nth++) step(nth);
    });
  while (round() < seconds / rounds) count *= 2;
  let best = 0;
  for (let taken = 0; taken < rounds; taken++) best = Math.max(best, count / round());
  return best;
}

const MILLION = 1e6;

/** A rate as people read it: `312,000/s`. */
export const rate = (perSecond: number): string =>
  `${Math.round(perSecond >= 10_000 ? Math.round(perSecond / 1000) * 1000 : perSecond).toLocaleString('en-GB')}/s`;

/** Microseconds of processor time for one. */
export const each = (perSecond: number): string => `${(MILLION / perSecond).toFixed(perSecond > MILLION ? 3 : 2)} us`;
