import type { ReviewState, ReviewSubject } from '../../../schemas/review.ts';
import { ENDED } from '../../review/states/transitions.ts';

/** Reviews in words. */

export const SUBJECT_WORDS: Readonly<Record<ReviewSubject, string>> = {
  'break-glass': 'Break-glass',
  'unusual-access': 'Unusual access',
  complaint: 'Complaint',
};

export const STATE_WORDS: Readonly<Record<ReviewState, { readonly tag: string; readonly colour: string }>> = {
  open: { tag: 'Not looked at yet', colour: 'blue' },
  explained: { tag: 'Explained', colour: 'blue' },
  'more-information': { tag: 'More information asked', colour: 'yellow' },
  escalated: { tag: 'Escalated', colour: 'red' },
  'justified-by-one': { tag: 'Justified: second officer needed', colour: 'yellow' },
  'not-justified-by-one': { tag: 'Not justified: second officer needed', colour: 'yellow' },
  justified: { tag: 'Justified', colour: 'green' },
  'not-justified': { tag: 'Not justified', colour: 'red' },
};

/** What a step means, to whoever chooses it. A step back to `open` there is none. */
export const STEP_WORDS: Readonly<Record<ReviewState, { readonly text: string; readonly hint: string }>> = {
  open: { text: 'Open', hint: '' },
  explained: { text: 'Explained', hint: 'The member of staff, or their manager, has explained it. Say how.' },
  'more-information': { text: 'More information', hint: 'Say what you have asked for, and of whom.' },
  escalated: { text: 'Escalate', hint: 'Hand it on to whoever deals with conduct or a breach of data protection.' },
  'justified-by-one': {
    text: 'Justified',
    hint: 'An officer of another team has to decide so as well before the review ends.',
  },
  'not-justified-by-one': {
    text: 'Not justified',
    hint: 'An officer of another team has to decide so as well before the review ends. It may be a breach.',
  },
  justified: { text: 'Justified', hint: 'This ends the review.' },
  'not-justified': { text: 'Not justified', hint: 'This ends the review. Begin your breach process.' },
};

export interface Due {
  readonly text: string;
  readonly isOverdue: boolean;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** "Review due in 21 hours", "Overdue by 2 days"; undefined of a review that has ended. */
export function sayDue(
  { dueAt, state }: { readonly dueAt: string; readonly state: ReviewState },
  now: Date,
): Due | undefined {
  if (ENDED.includes(state)) return undefined;
  const leftMs = Date.parse(dueAt) - now.getTime();
  const isOverdue = leftMs <= 0;
  return { isOverdue, text: `${isOverdue ? 'Overdue by' : 'Review due in'} ${sayLength(Math.abs(leftMs))}` };
}

/** A length of time in whole days, hours or minutes, whichever says it best; never more than there is. */
export function sayLength(ms: number): string {
  if (ms < MINUTE_MS) return 'less than a minute';
  if (ms < HOUR_MS) return counted(Math.floor(ms / MINUTE_MS), 'minute');
  return ms < 2 * DAY_MS ? counted(Math.floor(ms / HOUR_MS), 'hour') : counted(Math.floor(ms / DAY_MS), 'day');
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
