import { err, ok, type Result } from '../../../schemas/result.ts';

/** Tables for spreadsheets (RFC 4180, UTF-8, CRLF), written and read back cell by cell. */

/**
 * What a spreadsheet would take for a formula and run on the reader's machine. The attacker writes a sentence of an
 * agreement; an apostrophe before it makes it text. One that begins with an apostrophe gets another, to be read back.
 */
const FORMULA = /^[\s\uFEFF]*[=+\-@\t\r\n|%']/u;

/** One line of a table. */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`;

function csvCell(text: string): string {
  const guarded = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

const CELLS_MAX = 2_000_000;

/** Reads a table, quotes and guards taken off; spreadsheets may have changed line ends and added a byte-order mark. */
export function readCsv(text: string): Result<readonly (readonly string[])[], 'quote-open' | 'too-large'> {
  const lines: string[][] = [];
  let line: string[] = [];
  let count = 0;
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/uy;
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) return err('quote-open');
    if (++count > CELLS_MAX) return err('too-large');
    const [, quoted, plain = '', end] = found;
    const value = quoted?.replaceAll('""', '"') ?? plain;
    line.push(value.startsWith("'") && FORMULA.test(value.slice(1)) ? value.slice(1) : value);
    if (end === ',') continue;
    lines.push(line);
    line = [];
  }
  if (line.length > 0) lines.push([...line, '']);
  return ok(lines);
}
