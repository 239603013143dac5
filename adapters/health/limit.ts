import type { Result } from '../../schemas/result.ts';
import { err, ok } from '../../schemas/result.ts';
import { OUT_OF_TIME, type Refusal } from './refusal.ts';

/** The time that one question has left, and the signal that calls it off. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Milliseconds, zero or less when it is over. */
  leftMs(): number;
}

/** Starts a deadline of `timeoutMs` from now. */
export function startDeadline(signal: AbortSignal, timeoutMs: number): Deadline {
  const endsAt = performance.now() + timeoutMs;
  return { signal, leftMs: () => endsAt - performance.now() };
}

/** Resolves true after `ms`, false where the signal came first. */
export function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  if (signal.aborted) return Promise.resolve(false);
  return new Promise((resolve) => {
    const finish = (waited: boolean): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      resolve(waited);
    };
    const stop = (): void => finish(false);
    const timer = setTimeout(() => finish(true), ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}

export interface RateLimit {
  /** Waits for a place, or refuses at once where the place would come after the deadline. */
  admit(deadline: Deadline): Promise<Result<void, Refusal>>;
}

const SECOND_MS = 1_000;

/**
 * At most `perSecond` requests in any second, over all questions of this process: PDS grants an application 5 a second
 * and answers 429 beyond that, which would cost the next worker his answer. A sliding window and no bucket that fills
 * up, because after a quiet moment a bucket lets twice the rate through within one second.
 * @param perSecond requests a second
 * @param nowMs a monotonic clock in milliseconds
 * @param wait see `pause`; replaced in tests
 */
export function makeRateLimit(perSecond: number, nowMs = () => performance.now(), wait = pause): RateLimit {
  /** When the last `perSecond` requests went or will go, oldest first. */
  const places: number[] = [];
  return {
    admit: async (deadline) => {
      const now = nowMs();
      const oldest = places.length < perSecond ? undefined : places[0];
      const at = oldest === undefined ? now : Math.max(now, oldest + SECOND_MS);
      const waitMs = Math.ceil(at - now);
      if (deadline.signal.aborted || deadline.leftMs() <= 0) return err(OUT_OF_TIME);
      if (waitMs >= deadline.leftMs()) {
        return err({ outcome: 'unavailable', code: 'rate-limited', retryAfterMs: waitMs });
      }
      places.push(at);
      if (places.length > perSecond) places.shift();
      if (waitMs > 0 && !(await wait(waitMs, deadline.signal))) return err(OUT_OF_TIME);
      return ok(undefined);
    },
  };
}
