/**
 * Does some works one after another, again and again, until it is stopped. A work that fails is tried again at the next
 * turn, and keeps no other from its own.
 */
export function everySoOften(everyMs: number, works: readonly (() => Promise<unknown>)[]): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  const doAll = async (): Promise<void> => {
    for (const work of works) if (!stopped) await work();
    if (!stopped) schedule();
  };
  const schedule = (): void => {
    timer = setTimeout(() => {
      turn = doAll();
    }, everyMs);
    timer.unref();
  };
  schedule();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
