import type { Case } from '../../schemas/case.ts';
import type { Acknowledgement } from '../../schemas/case-safety.ts';
import type { IsoDate } from '../../schemas/names.ts';

/**
 * What a case tells victim services: that at an attempt the victim answered, or may have. It is no message of its own:
 * the attempt is it, so that nothing can be recorded and not told.
 */
export interface VictimAnswer {
  /** Absent in one that was loaded before attempts had ids: nobody can acknowledge it. */
  readonly attemptId?: string;
  readonly on: IsoDate;
  /** The worker who recorded it, as a staff id of the lead agency. */
  readonly by?: string;
  readonly acknowledgement?: Acknowledgement;
}

/** Each once (an attempt on a flat lies under two seals), the latest first. */
export function victimAnswers({ attempts = [], acknowledgements = [] }: Case): readonly VictimAnswer[] {
  const answered = attempts.filter(({ outcome }) => outcome === 'victim-answered-or-may-have');
  const each = answered.filter(
    ({ attemptId }, n) => attemptId === undefined || answered.findIndex((one) => one.attemptId === attemptId) === n,
  );
  return each
    .map(({ attemptId, at, by }): VictimAnswer => {
      const acknowledgement = acknowledgements.find((one) => one.attemptId === attemptId);
      return {
        on: at,
        ...(attemptId === undefined ? {} : { attemptId }),
        ...(by === undefined ? {} : { by }),
        ...(acknowledgement === undefined ? {} : { acknowledgement }),
      };
    })
    .reverse();
}

/** Victim services have still to read it. */
export const isUnacknowledged = ({ attemptId, acknowledgement }: VictimAnswer): boolean =>
  attemptId !== undefined && acknowledgement === undefined;
