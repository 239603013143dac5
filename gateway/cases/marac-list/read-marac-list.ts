import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { referralCriterionSchema } from '../../../schemas/case-history.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { AskedCase } from '../open-case.ts';
import { agenciesIn, columnNames, COLUMNS, isColumn, type ColumnName } from './columns.ts';

/**
 * Reads a MARAC list, a CSV file with a header, one referral a row. A row with a fault opens no case and stops no other.
 * Faults say line, column and code, and never what stands there: the list names men and what they are said to have done.
 */

/** P11: a month's list is some dozens of rows; a year's, of the largest force, some thousands. */
export const LIST_BYTES_MAX = 4 * 1024 * 1024;
export const LIST_ROWS_MAX = 10_000;

export const CELL_FAULTS = {
  missing: 'is empty, and is needed',
  'too-long': 'is longer than it may be',
  formula: 'begins like a formula of a spreadsheet',
  'hostile-text': 'holds characters that are not text, or that turn or hide text',
  malformed: 'does not have the form that it needs',
  future: 'is a day that has not come',
  repeated: 'stands in the list twice',
} as const;
export type CellFault = keyof typeof CELL_FAULTS;

export interface RowFault {
  /** Line of the file on which the row ends, from 1. */
  readonly line: number;
  /** Absent where the row as a whole cannot be read: more or fewer cells than the header. */
  readonly column?: ColumnName;
  readonly fault: CellFault;
}

export interface ListRow {
  readonly line: number;
  readonly asked: AskedCase;
}

/**
 * - `too-large`: more bytes or rows than a list may have; nothing was read.
 * - `not-utf8`, `not-csv`: cannot be read at all, for example with a quote that nobody closed.
 * - `header`: a column is missing, named twice, or not one of a list.
 */
export type ListFault = 'too-large' | 'not-utf8' | 'not-csv' | 'header';

export interface MaracList {
  readonly rows: readonly ListRow[];
  readonly faults: readonly RowFault[];
}

/** @param today the day that is the last a referral may be of */
export function readMaracList(file: Uint8Array, today: string): Result<MaracList, ListFault> {
  if (file.byteLength > LIST_BYTES_MAX) return err('too-large');
  const records = recordsOf(file);
  if (!records.ok) return records;
  const [header, ...body] = records.value;
  if (header === undefined) return err('header');
  const names = header.cells.map((cell) => cell.trim());
  if (!isHeader(names)) return err('header');
  if (body.length > LIST_ROWS_MAX) return err('too-large');
  const rows: ListRow[] = [];
  const faults: RowFault[] = [];
  const seen = new Set<string>();
  for (const { line, cells } of body) {
    const read = readRow(names, cells, today);
    const repeated = read.ok && seen.has(read.value.caseRef);
    if (!read.ok) faults.push(...read.error.map((each) => ({ line, ...each })));
    else if (repeated) faults.push({ line, column: 'case_ref', fault: 'repeated' });
    else {
      seen.add(read.value.caseRef);
      rows.push({ line, asked: read.value });
    }
  }
  return ok({ rows, faults });
}

interface LinedRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

const parsedSchema = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number().int() }) }));

function recordsOf(file: Uint8Array): Result<readonly LinedRecord[], 'not-utf8' | 'not-csv'> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file);
  } catch {
    return err('not-utf8');
  }
  try {
    const parsed: unknown = parse(text, {
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: 64 * 1024,
    });
    return ok(parsedSchema.parse(parsed).map(({ record, info }) => ({ line: info.lines, cells: record })));
  } catch {
    return err('not-csv');
  }
}

function isHeader(names: readonly string[]): names is readonly ColumnName[] {
  const needed = columnNames().filter((name) => COLUMNS[name].isNeeded);
  return names.every(isColumn) && new Set(names).size === names.length && needed.every((name) => names.includes(name));
}

type Fault = Omit<RowFault, 'line'>;

function readRow(
  names: readonly ColumnName[],
  cells: readonly string[],
  today: string,
): Result<AskedCase, readonly Fault[]> {
  if (cells.length !== names.length) return err([{ fault: 'malformed' }]);
  const values = new Map(names.map((name, at) => [name, (cells[at] ?? '').trim().normalize('NFC')]));
  const faults = names.flatMap((column): Fault[] => {
    const fault = cellFaultOf(column, values.get(column) ?? '', today);
    return fault === undefined ? [] : [{ column, fault }];
  });
  return faults.length > 0 ? err(faults) : ok(caseOfCells((name) => values.get(name) ?? ''));
}

const DAYS_PAST: ReadonlySet<ColumnName> = new Set(['referred_on', 'date_of_birth']);

/** What is wrong with one cell, trimmed and in NFC; undefined where nothing is. A form asks the same of what is typed. */
export function cellFaultOf(column: ColumnName, value: string, today: string): CellFault | undefined {
  const { schema, isNeeded, longest } = COLUMNS[column];
  if (value === '') return isNeeded ? 'missing' : undefined;
  if (value.length > longest) return 'too-long';
  if (/^[=+\-@|%]/.test(value)) return 'formula';
  if (HOSTILE.test(value)) return 'hostile-text';
  if (!schema.safeParse(value).success) return 'malformed';
  return DAYS_PAST.has(column) && value > today ? 'future' : undefined;
}

/** Control and format characters (right-to-left marks among them), what is not assigned, markup and template syntax. */
const HOSTILE = /[\p{C}\p{Zl}\p{Zp}<>{}`$\\]/u;

/** The case that cells without a fault ask for. */
export function caseOfCells(value: (column: ColumnName) => string): AskedCase {
  const known = (column: ColumnName) => (value(column) === '' ? undefined : value(column));
  const [meeting, born, postcode, pnc] = [known('meeting_on'), known('date_of_birth'), known('postcode'), known('pnc')];
  return {
    caseRef: value('case_ref'),
    maracReference: value('marac_reference'),
    criterion: referralCriterionSchema.parse(value('criterion')),
    referredOn: value('referred_on'),
    ...(meeting === undefined ? {} : { maracMeetingOn: meeting }),
    subject: {
      names: [{ given: value('given'), family: value('family') }],
      ...(born === undefined ? {} : { dateOfBirth: born }),
      ...(postcode === undefined ? {} : { addresses: [{ postcode }] }),
      ...(pnc === undefined ? {} : { identifiers: [{ type: 'PNC', value: pnc }] }),
    },
    agencies: [...agenciesIn(value('agencies'))],
  };
}
