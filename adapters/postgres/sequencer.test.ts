import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ok } from '../../schemas/result.ts';
import { createSequencer } from './sequencer.ts';
import type { Appended, BatchOutcome } from './write-batch.ts';

const LIMITS = { waitingMax: 1_000, batchMax: 7, answerWithinMs: 10_000 };
const item = (n: number): Appended => ({ entry: { kind: 'gateway-started', canonicalBody: String(n) } });

/** A log in memory whose writes end as told, in turn. */
function scripted(states: readonly BatchOutcome['state'][]) {
  const kept: string[] = [];
  const sizes: number[] = [];
  let turn = 0;
  const write = async (batch: readonly Appended[]): Promise<BatchOutcome> => {
    const state = states[turn++] ?? 'committed';
    await new Promise((next) => setImmediate(next));
    sizes.push(batch.length);
    if (state === 'not-committed') return { state };
    const results = batch.map(({ entry }) => {
      kept.push(entry.canonicalBody);
      return ok({ position: kept.length - 1, entryHash: entry.canonicalBody, at: '2026-11-20T09:30:00.000Z' });
    });
    return state === 'unknown' ? { state } : { state, results };
  };
  return { kept, sizes, write };
}

describe('the sequencer', () => {
  it('P1: whatever becomes of each write, no caller is told of an entry that is not there, and none is there twice', async () => {
    const state = fc.constantFrom('committed' as const, 'not-committed' as const, 'unknown' as const);
    await fc.assert(
      fc.asyncProperty(fc.array(state, { maxLength: 30 }), fc.integer({ min: 1, max: 60 }), async (states, callers) => {
        const { kept, sizes, write } = scripted(states);
        const sequencer = createSequencer(write, LIMITS);
        const results = await Promise.all(Array.from({ length: callers }, (_, n) => sequencer.append(item(n))));
        await sequencer.close();
        results.forEach((result, n) => {
          if (result.ok) expect(kept[result.value.position]).toBe(String(n));
          else expect(result.error).toBe('log-unavailable');
        });
        expect(new Set(kept).size).toBe(kept.length);
        expect(Math.max(...sizes)).toBeLessThanOrEqual(LIMITS.batchMax);
      }),
      { seed: 1, numRuns: 150 },
    );
  });

  it('keeps the order of arrival', async () => {
    const { kept, write } = scripted([]);
    const sequencer = createSequencer(write, LIMITS);
    await Promise.all(Array.from({ length: 100 }, (_, n) => sequencer.append(item(n))));
    expect(kept).toEqual(Array.from({ length: 100 }, (_, n) => String(n)));
  });

  it('P11: a writer that never comes back costs no more than the limit, and callers are sent away in time', async () => {
    const sequencer = createSequencer(() => new Promise(() => undefined), {
      ...LIMITS,
      waitingMax: 5,
      answerWithinMs: 20,
    });
    const first = sequencer.append(item(0));
    await new Promise((next) => setTimeout(next, 5));
    const more = await Promise.all(Array.from({ length: 8 }, (_, n) => sequencer.append(item(n))));
    expect(await first).toEqual({ ok: false, error: 'log-unavailable' });
    const faults = more.map((result) => (result.ok ? 'ok' : result.error));
    expect(faults.filter((fault) => fault === 'log-full')).toHaveLength(3);
    expect(faults.filter((fault) => fault === 'log-unavailable')).toHaveLength(5);
    // Those who were sent away no longer take a place.
    expect(await sequencer.append(item(9))).toEqual({ ok: false, error: 'log-unavailable' });
  });
});
