import type { Case } from '../../schemas/case.ts';
import type { Meeting } from '../../schemas/meeting.ts';
import type { IsoDate, Purpose } from '../../schemas/names.ts';
import { plusDays } from '../cases/days.ts';

/**
 * Whether a case may be asked about for a meeting. The attacker is a colleague with a reference and a purpose: "for the
 * meeting" has to name one that there is, and the case has to be on its list.
 */

/** The research window. Source: policy reference 4.2, MARAC: from 14 days before a meeting to 7 days after it. */
export const DAYS_BEFORE = 14;
export const DAYS_AFTER = 7;

/** The purpose whose meetings have a list that cases are put on. */
export const LISTED_PURPOSE: Purpose = 'MARAC';

/** Whether research for a meeting of this day may be done today. */
export function isInWindow(on: IsoDate, today: IsoDate): boolean {
  return plusDays(on, -DAYS_BEFORE) <= today && today <= plusDays(on, DAYS_AFTER);
}

/** Whether the case is on the list of this very meeting now; for a meeting without lists, whether the day fits. */
export function isForMeeting(
  { maracMeetingOn, maracReference }: Pick<Case, 'maracMeetingOn' | 'maracReference'>,
  { on, listing }: Pick<Meeting, 'on' | 'listing'>,
  { purpose, today }: { readonly purpose: Purpose; readonly today: IsoDate },
): boolean {
  if (!isInWindow(on, today)) return false;
  return purpose !== LISTED_PURPOSE || (maracMeetingOn === on && maracReference === listing);
}
