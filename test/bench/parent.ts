import { z } from 'zod';

/** The child's side of a forked process: it does what its parent tells it, one duty at a time, and ends with it. */

/** What a process has used since it began. */
export const usageSchema = z.strictObject({
  /** User and system time, in microseconds. */
  cpu: z.number(),
  /** Resident memory now and at its highest, and JavaScript objects in use, in bytes. */
  resident: z.number(),
  residentPeak: z.number(),
  heapUsed: z.number(),
});
export type Usage = z.infer<typeof usageSchema>;

export const toldSchema = z.strictObject({ id: z.number(), duty: z.string(), told: z.unknown() });
export const answerSchema = z.discriminatedUnion('ok', [
  z.strictObject({ id: z.number(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: z.number(), ok: z.literal(false), sentence: z.string() }),
]);

export type Duties = Readonly<Record<string, (told: unknown) => unknown>>;

/** Serves the parent until it disconnects or is gone, then stops and ends the process. */
export function serveParent(duties: Duties, stop: () => Promise<void>): void {
  const known = new Map<string, Duties[string]>(Object.entries({ usage: () => usageNow(), settle, ...duties }));
  process.on('message', (message) => {
    const { id, duty, told } = toldSchema.parse(message);
    void (async () => {
      try {
        const value: unknown = await known.get(duty)?.(told);
        process.send?.({ id, ok: true, value: value ?? null });
      } catch (error) {
        process.send?.({ id, ok: false, sentence: error instanceof Error ? (error.stack ?? '') : 'unknown' });
      }
    })();
  });
  process.on('disconnect', () => {
    void stop().finally(() => process.exit(0));
  });
  // Ctrl-C reaches the whole group; the parent decides in which order things end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
}

export function usageNow(): Usage {
  const { user, system } = process.cpuUsage();
  const { rss: resident, heapUsed } = process.memoryUsage();
  return { cpu: user + system, resident, residentPeak: process.resourceUsage().maxRSS * 1024, heapUsed };
}

/** Usage after the garbage was collected, where Node was started with `--expose-gc`: what is left is really held. */
async function settle(): Promise<Usage> {
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return usageNow();
}
