import type { CaseRef } from '../../../../schemas/names.ts';
import type { Context, PlacedLook } from '../context.ts';
import { DAY_MS } from '../london.ts';
import { staffKey } from '../look.ts';

/** Whether a case is somebody's own, as far as the log and the case's history show. */

/**
 * Whose cases they are not, by the nature of the purpose: a list for a meeting is worked through by whoever goes there,
 * and broken glass is reviewed each time, by two people, within a day.
 */
export const ANYBODYS_PURPOSES: ReadonlySet<string> = new Set(['MARAC', 'EMERG']);

/** Days in which a case is allocated, and anybody may look at it. */
export const NEW_CASE_MS = 14 * DAY_MS;
const MONTH_MS = 31 * DAY_MS;

/**
 * The case's record seldom says who works on it for each agency. Whoever asked in the days in which it was allocated,
 * and came back on another day within a month, was given it as far as anybody can know.
 */
export const wasThereWhenNew = ({ who }: PlacedLook, openedAt: number, ofCase: readonly PlacedLook[]): boolean => {
  const own = ofCase.filter((each) => each.who === who && each.refused === undefined && each.at >= openedAt);
  return (
    own.some(({ at }) => at - openedAt < NEW_CASE_MS) && cameBack(own.filter(({ at }) => at - openedAt < MONTH_MS))
  );
};

/** She did something about it, which whoever leads the case can see. */
export const hasActed = ({ actsOfCase }: Context, caseRef: CaseRef, who: string): boolean =>
  (actsOfCase.get(caseRef) ?? []).some((act) => staffKey(act) === who);

/** On another day: a colleague's one look makes a case nobody's. */
export const cameBack = (looks: readonly PlacedLook[]): boolean =>
  new Set(looks.map(({ local }) => local.date)).size > 1;
