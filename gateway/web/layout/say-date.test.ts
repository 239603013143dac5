import { describe, expect, it } from '@jest/globals';
import { sayDate } from './say-date.ts';

describe('a moment as people here write it', () => {
  it.each([
    ['2026-11-22T12:05:00.000Z', '22 November 2026 at 12:05pm'],
    ['2026-11-22T00:05:00.000Z', '22 November 2026 at 12:05am'],
    ['2026-11-22T09:02:00.000Z', '22 November 2026 at 9:02am'],
    ['2026-07-01T23:30:00.000Z', '2 July 2026 at 12:30am'],
    ['2026-11-22', '22 November 2026'],
    ['no moment', 'no moment'],
  ])('%s is said as %s', (moment, said) => {
    expect(sayDate(moment)).toBe(said);
  });
});
