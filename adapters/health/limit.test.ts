import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeRateLimit, type Deadline } from './limit.ts';

/** A clock that waits by moving on. */
function clock() {
  const state = { ms: 1_000 };
  return {
    state,
    now: () => state.ms,
    wait: (ms: number) => {
      state.ms += ms;
      return Promise.resolve(true);
    },
  };
}

const patient: Deadline = { signal: new AbortController().signal, leftMs: () => 60_000 };

describe('five requests a second', () => {
  it('never more than the rate in any second, however the questions come', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 7 }),
        fc.array(fc.integer({ min: 0, max: 600 }), { minLength: 1, maxLength: 60 }),
        async (rate, gaps) => {
          const { state, now, wait } = clock();
          const limit = makeRateLimit(rate, now, wait);
          const at: number[] = [];
          for (const gap of gaps) {
            state.ms += gap;
            expect((await limit.admit(patient)).ok).toBe(true);
            at.push(state.ms);
          }
          for (const [index, moment] of at.entries()) {
            const earlier = at[index - rate];
            if (earlier !== undefined) expect(moment - earlier).toBeGreaterThanOrEqual(1_000);
          }
        },
      ),
      { seed: 1, numRuns: 100 },
    );
  });

  it('refuses at once what would come too late, with the wait, and keeps the place for others', async () => {
    const { now, wait } = clock();
    const limit = makeRateLimit(1, now, wait);
    await limit.admit(patient);
    const hurried: Deadline = { signal: patient.signal, leftMs: () => 999 };
    const refused = { ok: false, error: { outcome: 'unavailable', code: 'rate-limited', retryAfterMs: 1_000 } };
    expect(await limit.admit(hurried)).toEqual(refused);
    expect(await limit.admit(hurried)).toEqual(refused);
    expect((await limit.admit(patient)).ok).toBe(true);
  });

  it('a question that is over, or called off while it waits, is out of time', async () => {
    const { now } = clock();
    const limit = makeRateLimit(1, now, () => Promise.resolve(false));
    const over: Deadline = { signal: patient.signal, leftMs: () => 0 };
    const outOfTime = { ok: false, error: { outcome: 'timed-out', code: 'deadline' } };
    expect(await limit.admit(over)).toEqual(outOfTime);
    expect(await limit.admit({ ...patient, signal: AbortSignal.abort() })).toEqual(outOfTime);
    await limit.admit(patient);
    expect(await limit.admit(patient)).toEqual(outOfTime);
  });
});
