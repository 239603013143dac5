import type { ProblemCode } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/** How much may be under way at once (P11): past it callers are told to wait, and what is under way goes on. */

export interface RoomLimits {
  /** Questions under way in the whole process. */
  readonly questionsMax: number;
  /** Questions under way of one client system. */
  readonly questionsPerClientMax: number;
  /** Questions a client system may begin in a minute. */
  readonly questionsPerMinuteMax: number;
}

export const ROOM_LIMITS: RoomLimits = {
  questionsMax: 1_024,
  questionsPerClientMax: 256,
  questionsPerMinuteMax: 60_000,
};

export interface Room {
  /** Takes a place, or says why there is none. The place must be given back. */
  enter(
    clientId: string,
    nowMs: number,
  ): Result<{ leave(): void }, Extract<ProblemCode, 'overloaded' | 'too-many-questions'>>;
  readonly underWay: number;
}

interface ClientUse {
  underWay: number;
  minute: number;
  begunInMinute: number;
}

const MINUTE_MS = 60_000;

/** Client ids come from verified tokens of registered clients, so the table cannot be made to grow from outside. */
export function makeRoom(limits: RoomLimits = ROOM_LIMITS): Room {
  const uses = new Map<string, ClientUse>();
  let underWay = 0;
  return {
    enter: (clientId, nowMs) => {
      const use = uses.get(clientId) ?? { underWay: 0, minute: 0, begunInMinute: 0 };
      uses.set(clientId, use);
      const minute = Math.floor(nowMs / MINUTE_MS);
      if (use.minute !== minute) Object.assign(use, { minute, begunInMinute: 0 });
      if (use.underWay >= limits.questionsPerClientMax) return err('too-many-questions');
      if (use.begunInMinute >= limits.questionsPerMinuteMax) return err('too-many-questions');
      if (underWay >= limits.questionsMax) return err('overloaded');
      underWay += 1;
      use.underWay += 1;
      use.begunInMinute += 1;
      let left = false;
      return ok({
        leave: () => {
          if (left) return;
          left = true;
          underWay -= 1;
          use.underWay -= 1;
        },
      });
    },
    get underWay() {
      return underWay;
    },
  };
}
