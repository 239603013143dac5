import { CELL_FAULTS, type RowFault } from './read-marac-list.ts';
import type { ColumnName } from './columns.ts';

/** What to write in each column, for whoever mends a list. */
export const COLUMN_HINTS: Readonly<Record<ColumnName, string>> = {
  case_ref: 'the partnership’s case reference, like DAPG-2026-0042',
  marac_reference: 'the MARAC reference, like MARAC-2026-11-19-12',
  criterion: 'one of repeat, serial, high-harm',
  referred_on: 'the day of the referral, like 2026-11-02',
  meeting_on: 'the day of the meeting, like 2026-11-19, or nothing',
  given: 'the given names, in letters',
  family: 'the family name, in letters',
  date_of_birth: 'the date of birth, like 1988-03-14, or nothing',
  postcode: 'a whole postcode with a space, like RV1 2AB, or nothing',
  pnc: 'the PNC number, like 2006/0900001W, or nothing',
  agencies: 'the ids of agencies with spaces between, like police housing, or nothing',
};

/** What is wrong with a row, and how to mend it. It never says what stands there. */
export function sayRowFault({ column, fault }: RowFault): { readonly wrong: string; readonly mend: string } {
  if (column === undefined)
    return {
      wrong: 'The row has more or fewer cells than the first line',
      mend: 'Put a cell with a comma in it between double quotes, and close every quote.',
    };
  const wrong = `${column} ${CELL_FAULTS[fault]}`;
  if (fault === 'repeated') return { wrong, mend: 'Keep one of the rows with this reference.' };
  if (fault === 'formula')
    return { wrong, mend: `Delete the sign at its beginning and write ${COLUMN_HINTS[column]}.` };
  if (fault === 'hostile-text') return { wrong, mend: `Delete the cell and type it again: ${COLUMN_HINTS[column]}.` };
  return { wrong, mend: `Write ${COLUMN_HINTS[column]}.` };
}
