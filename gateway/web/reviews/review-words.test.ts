import { describe, expect, it } from '@jest/globals';
import { sayDue } from './review-words.ts';

const NOW = new Date('2026-11-22T10:00:00.000Z');

describe('until when a review is due', () => {
  it.each([
    ['2026-11-23T07:30:00.000Z', 'Review due in 21 hours', false],
    ['2026-11-22T11:59:59.000Z', 'Review due in 1 hour', false],
    ['2026-11-22T10:01:00.000Z', 'Review due in 1 minute', false],
    ['2026-11-22T10:00:00.001Z', 'Review due in less than a minute', false],
    ['2026-11-22T10:00:00.000Z', 'Overdue by less than a minute', true],
    ['2026-11-22T09:15:00.000Z', 'Overdue by 45 minutes', true],
    ['2026-11-20T10:00:00.000Z', 'Overdue by 2 days', true],
    ['2026-11-20T10:00:01.000Z', 'Overdue by 47 hours', true],
  ])('%s: %s', (dueAt, text, isOverdue) => {
    expect(sayDue({ dueAt, state: 'open' }, NOW)).toEqual({ text, isOverdue });
  });

  it('of one that has ended nothing is due', () => {
    expect(sayDue({ dueAt: '2026-11-20T10:00:00.000Z', state: 'justified' }, NOW)).toBeUndefined();
  });
});
