import type { IsoDate, Purpose } from '../../../schemas/names.ts';
import { LISTED_PURPOSE } from '../../disclosure/meeting.ts';
import { sayDay } from '../layout/say-date.ts';

/** The meetings that a pack can be made for: each rests on one purpose of the agreements. */
export interface MeetingKind {
  readonly purpose: Purpose;
  /** As in "for the … of 26 November 2026". */
  readonly name: string;
  readonly choice: string;
  readonly hint: string;
}

export const MEETINGS: readonly MeetingKind[] = [
  {
    purpose: LISTED_PURPOSE,
    name: 'MARAC meeting',
    choice: 'A MARAC meeting',
    hint: 'Only cases that are on the list of this day’s meeting can be asked about.',
  },
  {
    purpose: 'DAPG',
    name: 'panel meeting',
    choice: 'A meeting of the panel',
    hint: 'To set or review the state of open cases.',
  },
];

export const meetingOf = (purpose: string | undefined): MeetingKind | undefined =>
  MEETINGS.find((each) => each.purpose === purpose);

/** "MARAC meeting of 26 November 2026" */
export const sayMeeting = ({ purpose, on }: { readonly purpose: Purpose; readonly on: IsoDate }): string =>
  `${meetingOf(purpose)?.name ?? 'meeting'} of ${sayDay(on)}`;
