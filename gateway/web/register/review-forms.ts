import { err, ok } from '../../../schemas/result.ts';
import { reviewDueOn } from '../../cases/review-due.ts';
import { CATEGORY_WORDS } from '../cases/category-words.ts';
import { sayDay } from '../layout/say-date.ts';
import { isOpenCase, sameStaff, type ChangeForm } from './change-form.ts';
import { dateField, readDate } from './fields.ts';

/** What the panel looked at: its quarterly review, and what police said when they were asked. */

export const REVIEW_FORM: ChangeForm = {
  slug: 'review',
  heading: 'Record a review',
  button: 'Record the review',
  done: 'The review is recorded.',
  whyNot: isOpenCase,
  initial: () => ({}),
  fields: ({ kase }, typed) => [
    {
      kind: 'radios',
      name: 'looked',
      label: `Did the panel look at this case and leave it as it is (${CATEGORY_WORDS[kase.category].tag})?`,
      hint: 'Where it decided on another state, change the state instead: that counts as a review.',
      value: typed.looked ?? '',
      choices: [{ value: 'yes', text: 'Yes, it leaves the case as it is' }],
    },
  ],
  read: (_ground, typed) =>
    typed.looked === 'yes'
      ? ok({ kind: 'review' })
      : err([{ field: 'looked', text: 'Select whether the panel leaves the case as it is' }]),
  says: ({ kase }) => [
    { key: 'The panel leaves the case as it is', value: CATEGORY_WORDS[kase.category].tag },
    { key: 'A review was due by', value: sayDay(reviewDueOn(kase)) },
  ],
  isDone: ({ reviews }, change, actor) => change.kind === 'review' && sameStaff(reviews?.at(-1)?.by, actor),
};

export const POLICE_FORM: ChangeForm = {
  slug: 'police-check',
  heading: 'Record what police said',
  button: 'Record it',
  done: 'What police said is recorded.',
  whyNot: () => undefined,
  initial: () => ({}),
  fields: (_ground, typed) => [
    {
      kind: 'radios',
      name: 'reported',
      label: 'Was domestic abuse reported to police?',
      hint: 'Of this person, as police answered when they were asked today.',
      value: typed.reported ?? '',
      choices: [
        { value: 'never', text: 'No, none at all' },
        { value: 'yes', text: 'Yes, last on the day below' },
      ],
    },
    dateField({ name: 'lastReported', label: 'When was it last reported?', hint: 'For example, 27 3 2026' }, typed),
  ],
  read: ({ today }, typed) => {
    if (typed.reported === 'never') return ok({ kind: 'record-police-check' });
    if (typed.reported !== 'yes')
      return err([{ field: 'reported', text: 'Select whether domestic abuse was reported' }]);
    const read = readDate('lastReported', typed);
    if (!('date' in read)) return err([{ field: 'lastReported', text: 'Enter the day on which it was last reported' }]);
    if (read.date > today)
      return err([{ field: 'lastReported', text: 'The day on which it was last reported must not be in the future' }]);
    return ok({ kind: 'record-police-check', lastReportedOn: read.date });
  },
  says: (_ground, change) =>
    change.kind !== 'record-police-check'
      ? []
      : [
          {
            key: 'Police said',
            value:
              change.lastReportedOn === undefined
                ? 'No domestic abuse was reported to them'
                : `Domestic abuse was last reported to them on ${sayDay(change.lastReportedOn)}`,
          },
        ],
  isDone: ({ policeChecks }, change, actor) => {
    const last = policeChecks?.at(-1);
    return (
      change.kind === 'record-police-check' &&
      last !== undefined &&
      sameStaff(last.by, actor) &&
      last.lastReportedOn === change.lastReportedOn
    );
  },
};
