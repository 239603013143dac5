import type { IsoDate } from '../../../schemas/names.ts';
import { isInWindow, DAYS_AFTER, DAYS_BEFORE } from '../../disclosure/meeting.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { CaseRef } from '../../../schemas/names.ts';
import { dateField, readDate, type Field, type FieldError } from '../register/fields.ts';
import type { FormFields } from '../session/form-fields.ts';
import { referencesIn } from './choose-cases.ts';
import { MEETINGS, meetingOf, type MeetingKind } from './meetings.ts';
import { CASES_MAX } from './pack.ts';

/** The form "Make a meeting pack": which meeting, which day, which cases. */

export interface PackAsked {
  readonly meeting: MeetingKind;
  readonly on: IsoDate;
  readonly refs: readonly CaseRef[];
}

export function packFields(typed: FormFields): readonly Field[] {
  return [
    {
      kind: 'radios',
      name: 'purpose',
      label: 'For which meeting?',
      value: typed.purpose ?? '',
      choices: MEETINGS.map(({ purpose, choice, hint }) => ({ value: purpose, text: choice, hint })),
    },
    dateField({ name: 'on', label: 'On which day does it meet?', hint: 'For example, 26 11 2026' }, typed),
    {
      kind: 'lines',
      name: 'cases',
      label: 'Which cases?',
      hint: `Case references, one a line or with blanks between, ${CASES_MAX} at most. You may paste them.`,
      value: typed.cases ?? '',
    },
  ];
}

/** Meeting and day alone, as they are needed to look up the list of a day. */
export function readMeeting(typed: FormFields, today: IsoDate): Result<Omit<PackAsked, 'refs'>, readonly FieldError[]> {
  const meeting = meetingOf(typed.purpose);
  const day = readDate('on', typed);
  const errors: FieldError[] = [
    ...(meeting === undefined ? [{ field: 'purpose', text: 'Select for which meeting the pack is' }] : []),
    ...dayErrors(day, today),
  ];
  return meeting === undefined || !('date' in day) || errors.length > 0 ? err(errors) : ok({ meeting, on: day.date });
}

function dayErrors(day: ReturnType<typeof readDate>, today: IsoDate): readonly FieldError[] {
  const field = 'on';
  if ('fault' in day) {
    const text =
      day.fault === 'empty'
        ? 'Enter the day of the meeting'
        : 'The day of the meeting must be a real day, like 26 11 2026';
    return [{ field, text }];
  }
  const text = `The meeting must be within the next ${DAYS_BEFORE} days or the last ${DAYS_AFTER}`;
  return isInWindow(day.date, today) ? [] : [{ field, text }];
}

/** All that the form asks, or what is wrong with it, in the order of the form. */
export function readPackForm(typed: FormFields, today: IsoDate): Result<PackAsked, readonly FieldError[]> {
  const meeting = readMeeting(typed, today);
  const { refs, wrong } = referencesIn(typed.cases ?? '');
  const error = casesError(refs, wrong);
  const errors = [
    ...(meeting.ok ? [] : meeting.error),
    ...(error === undefined ? [] : [{ field: 'cases', text: error }]),
  ];
  return meeting.ok && errors.length === 0 ? ok({ ...meeting.value, refs }) : err(errors);
}

function casesError(refs: readonly CaseRef[], wrong: readonly number[]): string | undefined {
  const [first] = wrong;
  if (first !== undefined) return `Reference ${first} is not a case reference. Write it like DAPG-2026-0042`;
  if (refs.length === 0) return 'Enter the references of the cases';
  return refs.length > CASES_MAX ? `Enter ${CASES_MAX} cases at most. Make two packs` : undefined;
}
