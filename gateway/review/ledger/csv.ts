import type { LedgerLine } from '../../../schemas/review-request.ts';

/** The ledger as a table for a spreadsheet (RFC 4180, UTF-8, CRLF). */

type Column = readonly [heading: string, cell: (line: LedgerLine) => string | number];

const COLUMNS: readonly Column[] = [
  ['log position', (line) => line.position],
  ['disclosed at', (line) => line.at],
  ['recorded at', (line) => line.recordedAt],
  ['owner', (line) => line.owner],
  ['field', (line) => line.field],
  ['level', (line) => line.level],
  ['values', (line) => line.values],
  ['recipient agency', (line) => line.recipient],
  ['recipient staff', (line) => line.staffId],
  ['recipient role', (line) => line.role],
  ['purpose', (line) => line.purpose],
  ['case', (line) => line.caseRef],
  ['subject', (line) => line.subject],
  ['powers', (line) => line.powers.join(' ')],
  ['rules', (line) => line.grants.join(' ')],
  ['keep for months', (line) => line.retainMonths ?? ''],
  ['onward sharing', (line) => line.onward ?? ''],
  ['policy version', (line) => line.policyVersion],
];

export const LEDGER_HEADINGS: readonly string[] = COLUMNS.map(([heading]) => heading);

/** The first line of the table. */
export const ledgerHead = (): string => row(LEDGER_HEADINGS);

/** One line of the table. */
export const ledgerRow = (line: LedgerLine): string => row(COLUMNS.map(([, cell]) => cell(line)));

const row = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/**
 * One cell. The attacker chooses a staff id or a reference that a spreadsheet takes for a formula and runs on the
 * officer's machine: what begins like one gets an apostrophe before it, and a cell that needs quotes gets them.
 */
export function csvCell(value: string | number): string {
  const text = String(value);
  const guarded = /^[\s\uFEFF]*[=+\-@\t\r\n|%]/u.test(text) && typeof value === 'string' ? `'${text}` : text;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
