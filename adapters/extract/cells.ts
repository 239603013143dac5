import { err, ok, type Result } from '../../schemas/result.ts';
import type { Column } from './layout.ts';
import type { RowProblem } from './rejects.ts';

/**
 * Control characters (a bare carriage return among them), the byte-order mark inside a text, and the direction
 * overrides with which a value can be made to read as another one on a worker's screen.
 */
// eslint-disable-next-line no-control-regex -- refusing them is the point
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]/;

const PHONE = /^(?:\+[1-9]|0)[0-9 ]{5,33}$/;
const EMAIL = /^[^\s@,;<>()]{1,64}@[^\s@,;<>()]+\.[^\s@,;<>()]+$/;
const POSTCODE = /^[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}$/i;
const UPRN = /^[0-9]{1,12}$/;
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Says whether a text is a calendar date that exists, `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  const parts = DATE.exec(text);
  if (parts === null) return false;
  const moment = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

/**
 * Checks one cell against its column. Gives the value, undefined for an empty cell, or what is wrong with it. A cell
 * that looks like a spreadsheet formula is a text like any other: nothing here evaluates or repairs it. `createdOn` is
 * the day of the extract, which no past date may reach.
 */
export function checkCell(
  column: Column,
  cell: string,
  createdOn: string,
  reference: RegExp,
): Result<string | undefined, RowProblem> {
  const value = cell.trim();
  if (value === '') return column.required ? err('missing') : ok(undefined);
  // Before trimming: a tab or a bare carriage return at the end of a cell is as unsafe as in its middle.
  if (UNSAFE.test(cell)) return err('control-character');
  const listed = column.form === 'code' || column.form === 'yes-no';
  if (!listed && value.length > column.max) return err('too-long');
  const problem = problemOfForm(column, value, createdOn, reference);
  return problem === undefined ? ok(value) : err(problem);
}

function problemOfForm(column: Column, value: string, createdOn: string, reference: RegExp): RowProblem | undefined {
  switch (column.form) {
    case 'text':
      return undefined;
    case 'date':
      return isCalendarDate(value) ? undefined : 'not-a-date';
    case 'past-date':
      if (!isCalendarDate(value)) return 'not-a-date';
      return value < createdOn ? undefined : 'date-in-future';
    case 'code':
      return column.codes?.includes(value) === true ? undefined : 'not-a-code';
    case 'reference':
      return reference.test(value) ? undefined : 'not-a-reference';
    case 'phone':
      return PHONE.test(value) ? undefined : 'not-a-phone';
    case 'email':
      return EMAIL.test(value) ? undefined : 'not-an-email';
    case 'postcode':
      return POSTCODE.test(value) ? undefined : 'not-a-postcode';
    case 'uprn':
      return UPRN.test(value) ? undefined : 'not-a-uprn';
    case 'yes-no':
      return value === 'Y' || value === 'N' ? undefined : 'not-a-code';
  }
}
