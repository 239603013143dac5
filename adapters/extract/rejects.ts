/**
 * Rows that could not be taken, told back to the agency as a file. The file names the row, never its content: it may
 * be mailed about, and what is in a row may be the victim's address.
 */

/** What is wrong with a row, and what the agency should do about it. Closed: a new one is a change here. */
export const ROW_PROBLEMS = {
  'wrong-number-of-cells': 'Write one cell for each column of the header; quote a cell that holds a comma.',
  'broken-quotes': 'Write a quote inside a quoted cell twice, and no line break inside a cell.',
  missing: 'Fill this cell: the column is mandatory.',
  'too-long': 'Shorten the value to the length that the layout allows.',
  'control-character': 'Remove control and direction characters from the value.',
  'not-a-date': 'Write a date that exists as YYYY-MM-DD.',
  'date-in-future': 'Correct the date: it must lie before the day of the extract.',
  'not-a-code': 'Use one of the codes that the layout lists for this column.',
  'not-a-reference': 'Write the reference in the form that the layout gives.',
  'not-a-phone': 'Write the number in E.164 form with + and digits, or leave the row out.',
  'not-an-email': 'Write one address with one @, or leave the row out.',
  'not-a-postcode': 'Write a postcode in Royal Mail form, or leave the cell empty.',
  'not-a-uprn': 'Write the UPRN as at most twelve digits, or leave the cell empty.',
  'reference-unknown': 'Add the person of this reference to the first file, or leave the row out.',
  'merged-to-unknown': 'Add the surviving person to the first file, or clear the merged-to cell.',
  'merged-in-a-circle': 'Correct the merged-to cells: they lead back to this reference.',
} as const;
export type RowProblem = keyof typeof ROW_PROBLEMS;

export interface RowReject {
  readonly file: string;
  /** Line of the file, the header being line 1. */
  readonly line: number;
  /** Empty where the row as a whole is wrong. */
  readonly column: string;
  /** Only where the row's first cell has the form of a reference; anything else might be a misplaced name. */
  readonly reference?: string;
  readonly problem: RowProblem;
}

/** More rejects than this are counted, not listed. */
export const REJECTS_LISTED_MAX = 10_000;

const HEADER = 'file,line,column,reference,problem,what_to_do';

/**
 * Writes the reject file. Every cell is ours or matched the reference pattern, so none can start a formula in the
 * spreadsheet of whoever opens it.
 */
export function rejectFile(rejects: readonly RowReject[]): string {
  const lines = rejects
    .slice(0, REJECTS_LISTED_MAX)
    .map(
      (reject) =>
        `${reject.file}.csv,${reject.line},${reject.column},${reject.reference ?? ''},${reject.problem},"${ROW_PROBLEMS[reject.problem]}"`,
    );
  const more = rejects.length - lines.length;
  if (more > 0) lines.push(`,,,,not-listed,"${more} more rows were rejected and are not listed."`);
  return `${[HEADER, ...lines].join('\r\n')}\r\n`;
}
