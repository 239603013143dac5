import { z } from 'zod';
import { quantilesOf, quantilesSchema } from './quantiles.ts';

/** A driver of load: a fixed number of askers, each of whom waits for its answer before it asks again. */

export const loadSchema = z.strictObject({
  /** Askers at once, one connection each. */
  connections: z.number().int().positive(),
  seconds: z.number().positive(),
  /** Ends earlier after so many. */
  count: z.number().int().positive().optional(),
  /** Begins at most so many a second, evenly spaced; as fast as answers come where left out. */
  perSecond: z.number().positive().optional(),
});
export type Load = z.infer<typeof loadSchema>;

export const loadFiguresSchema = z.strictObject({
  /** Good answers only. */
  took: quantilesSchema,
  perSecond: z.number(),
  seconds: z.number(),
  /** Whatever was not a good answer, by what it was. */
  faults: z.record(z.string(), z.number()),
});
export type LoadFigures = z.infer<typeof loadFiguresSchema>;

/** One request of one asker: undefined for a good answer, else what was wrong with it. */
export type AskOnce = (connection: number) => Promise<string | undefined>;

/**
 * Runs a load and waits for the last answer. With a pace, time counts from when a question was due and not from when an
 * asker was free for it: otherwise a slow server would be asked less and look better for it.
 */
export async function runLoad(load: Load, askOnce: AskOnce): Promise<LoadFigures> {
  const took: number[] = [];
  const faults: Record<string, number> = {};
  const startedAt = performance.now();
  const endsAt = startedAt + load.seconds * 1000;
  let begun = 0;
  const ask = async (connection: number): Promise<void> => {
    while (begun < (load.count ?? Infinity)) {
      const due = load.perSecond === undefined ? performance.now() : startedAt + (begun * 1000) / load.perSecond;
      if (Math.max(due, performance.now()) >= endsAt) return;
      begun += 1;
      await until(due);
      const fault = await askOnce(connection);
      if (fault === undefined) took.push(performance.now() - due);
      else faults[fault] = (faults[fault] ?? 0) + 1;
    }
  };
  await Promise.all(Array.from({ length: load.connections }, (_, connection) => ask(connection)));
  const seconds = (performance.now() - startedAt) / 1000;
  return { took: quantilesOf(took), perSecond: took.length / seconds, seconds, faults };
}

function until(due: number): Promise<void> {
  const wait = due - performance.now();
  return wait <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait));
}
