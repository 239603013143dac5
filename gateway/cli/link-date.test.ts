import { describe, expect, it } from '@jest/globals';
import { isDateFormat, readDate } from './link-date.ts';

describe('a birth date of a table', () => {
  it.each([
    ['1984-03-09', undefined, '19840309'],
    ['1984-03', undefined, '198403'],
    ['1984', undefined, '1984'],
    ['1984-03-09T00:00:00Z', undefined, '19840309'],
    ['19840309', 'YYYYMMDD', '19840309'],
    ['09/03/1984', 'DD/MM/YYYY', '19840309'],
    ['9/3/1984', 'DD/MM/YYYY', '19840309'],
    ['9.3.84', 'DD.MM.YY', '19840309'],
    ['03/09/1984', 'MM/DD/YYYY', '19840309'],
    ['Mar 9 1984', 'MM/DD/YYYY', '19840309'],
    ['9-Mar-84', 'MM/DD/YYYY', '19840309'],
    ['20/8/1991', 'MM/DD/YYYY', '19910820'], // possible only the other way round
    ['1984-03-09', 'DD/MM/YYYY', '19840309'], // ISO is always understood
    ['1984-00-00', undefined, '1984'],
  ])('%s with %s is %s', (text, format, expected) => {
    expect(readDate(text, format)).toEqual({ ok: true, value: expected });
  });

  it.each([
    ['31/02/1984', 'DD/MM/YYYY', '19840231'],
    ['1983-02-29', undefined, '19830229'],
    ['19841399', 'YYYYMMDD', '19841399'],
  ])('%s with %s exists in no calendar, and its digits are kept', (text, format, kept) => {
    expect(readDate(text, format)).toEqual({ ok: false, error: { kept } });
  });

  it.each([
    ['about 1984', undefined],
    ['n/a', 'DD/MM/YYYY'],
    ['', 'DD/MM/YYYY'],
    ['9/3', 'DD/MM/YYYY'],
    ['0000-01-01', undefined],
  ])('%s with %s is none', (text, format) => {
    expect(readDate(text, format)).toEqual({ ok: false, error: {} });
  });

  it.each(['YYYYMMDD', 'DD/MM/YYYY', 'MM/DD/YYYY', 'YYYY-MM-DD', 'YYYY-MM-DDTHH:mm:ss', 'D.M.YY', 'YYYY'])(
    '%s is a format',
    (format) => expect(isDateFormat(format)).toBe(true),
  );
  it.each(['', 'yesterday', 'DD/MM', 'YYYY/DD', 'YYYYYYMMDDMM', '%Y-%m-%d'])('%s is none', (format) =>
    expect(isDateFormat(format)).toBe(false),
  );
});
