import {
  maracReferenceSchema,
  REFERRAL_CRITERIA,
  referralCriterionSchema,
  type ReferralCriterion,
} from '../../../schemas/case-history.ts';
import type { NewCaseReferral } from '../../../schemas/case-change.ts';
import type { IsoDate } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { sayDay } from '../layout/say-date.ts';
import type { FormFields } from '../session/form-fields.ts';
import { sameStaff, type ChangeForm, type CheckRow } from './change-form.ts';
import { dateField, readDate, type Field, type FieldError } from './fields.ts';
import { CRITERION_WORDS } from './history.ts';

/** A MARAC referral as a form asks for it: of a new case, and of one that is referred again. */

export function referralFields(typed: FormFields): readonly Field[] {
  return [
    {
      kind: 'text',
      name: 'maracReference',
      label: 'MARAC reference',
      hint: 'Day of the meeting and number on its list, like MARAC-2026-11-19-12',
      value: typed.maracReference ?? '',
    },
    {
      kind: 'radios',
      name: 'criterion',
      label: 'Which criterion does the referral meet?',
      value: typed.criterion ?? '',
      choices: REFERRAL_CRITERIA.map((value) => ({ value, text: CRITERION_WORDS[value] })),
    },
    dateField({ name: 'referredOn', label: 'When was the referral made?', hint: 'For example, 27 3 2026' }, typed),
    dateField(
      {
        name: 'meetingOn',
        label: 'When does the MARAC meet about it?',
        hint: 'Leave it empty where the case is not on a meeting’s list yet',
      },
      typed,
    ),
  ];
}

/** The referral that the form holds, or what is wrong with it. */
export function readReferral(typed: FormFields, today: IsoDate): Result<NewCaseReferral, readonly FieldError[]> {
  const reference = maracReferenceSchema.safeParse((typed.maracReference ?? '').trim().toUpperCase());
  const criterion = referralCriterionSchema.safeParse(typed.criterion);
  const referred = readDate('referredOn', typed);
  const meeting = readDate('meetingOn', typed);
  const errors: FieldError[] = [
    ...(reference.success
      ? []
      : [{ field: 'maracReference', text: 'Enter the MARAC reference, like MARAC-2026-11-19-12' }]),
    ...(criterion.success ? [] : [{ field: 'criterion', text: 'Select the criterion that the referral meets' }]),
    ...dayErrors(referred, today),
    ...('fault' in meeting && meeting.fault === 'not-a-day'
      ? [{ field: 'meetingOn', text: 'The day of the meeting must be a real day, like 19 11 2026' }]
      : []),
  ];
  if (!reference.success || !criterion.success || !('date' in referred) || errors.length > 0) return err(errors);
  return ok({
    maracReference: reference.data,
    criterion: criterion.data,
    referredOn: referred.date,
    ...('date' in meeting ? { maracMeetingOn: meeting.date } : {}),
  });
}

function dayErrors(read: ReturnType<typeof readDate>, today: IsoDate): readonly FieldError[] {
  const field = 'referredOn';
  if ('fault' in read) {
    const text =
      read.fault === 'empty'
        ? 'Enter when the referral was made'
        : 'The day of the referral must be a real day, like 27 3 2026';
    return [{ field, text }];
  }
  return read.date > today ? [{ field, text: 'The day of the referral must not be in the future' }] : [];
}

/** A referral in words, before it is recorded. */
export function sayReferral({ maracReference, criterion, referredOn, maracMeetingOn }: ReferralSaid): CheckRow[] {
  return [
    { key: 'MARAC reference', value: maracReference },
    { key: 'Criterion', value: CRITERION_WORDS[criterion] },
    { key: 'Referred on', value: sayDay(referredOn) },
    { key: 'Meeting', value: maracMeetingOn === undefined ? 'On no meeting’s list yet' : sayDay(maracMeetingOn) },
  ];
}

interface ReferralSaid {
  readonly maracReference: string;
  readonly criterion: ReferralCriterion;
  readonly referredOn: IsoDate;
  readonly maracMeetingOn?: IsoDate | undefined;
}

export const REFERRAL_FORM: ChangeForm = {
  slug: 'referral',
  heading: 'Record a further referral',
  button: 'Record the referral',
  done: 'The referral is recorded.',
  whyNot: () => undefined,
  initial: () => ({}),
  fields: (_ground, typed) => referralFields(typed),
  read: ({ today }, typed) => {
    const read = readReferral(typed, today);
    return read.ok ? ok({ kind: 'refer-again', ...read.value }) : read;
  },
  says: ({ kase }, change) =>
    change.kind !== 'refer-again'
      ? []
      : [
          ...sayReferral(change),
          ...(kase.category === 'closed'
            ? [{ key: 'What it means', value: 'The case is open again, without a state until the panel decides.' }]
            : []),
        ],
  isDone: ({ referrals }, change, actor) => {
    const last = referrals?.at(-1);
    return change.kind === 'refer-again' && last?.maracReference === change.maracReference && sameStaff(last.by, actor);
  },
};
