import { parse as parseCsv } from 'csv-parse/sync';
import { err, ok, type Result } from '../../schemas/result.ts';
import { checkCell } from './cells.ts';
import { headerOf, type ExtractLayout, type FileLayout, type Row } from './layout.ts';
import type { BatchFault, ExtractLimits } from './limits.ts';
import { linesOf, type FileTally } from './lines.ts';
import type { RowReject } from './rejects.ts';

export interface PlacedRow {
  readonly reference: string;
  readonly row: Row;
  readonly line: number;
}

/** A row that was not taken, with all that may be said of it. */
export interface MissedRow {
  readonly reference?: string;
  /** It was, or may have been, about somebody else: what protects them is now missing from the person's facts. */
  readonly protecting: boolean;
}

export interface ParsedFile {
  readonly file: FileLayout;
  readonly tally: FileTally;
  /** Every row under the header, taken or not. */
  readonly rowCount: number;
  readonly rows: readonly PlacedRow[];
  readonly rejects: readonly (RowReject & MissedRow)[];
  /** Intelligence, and rows that their handling code holds back. Never told of in the reject file. */
  readonly heldBack: readonly MissedRow[];
}

export interface ParseOptions {
  readonly layout: ExtractLayout;
  readonly file: FileLayout;
  /** Day of the extract, `YYYY-MM-DD`. */
  readonly createdOn: string;
  readonly limits: ExtractLimits;
  readonly signal: AbortSignal;
}

/**
 * Reads one file of an extract row by row. A wrong row is set aside and reading goes on; a fault of the file as a
 * whole (encoding, header, size) ends it.
 */
export async function parseFile(
  chunks: AsyncIterable<Uint8Array>,
  options: ParseOptions,
): Promise<Result<ParsedFile, BatchFault>> {
  const reader = rowReader(options);
  let line = 0;
  for await (const block of linesOf(chunks, options.limits, options.signal)) {
    if (block.kind === 'fault') return err(block.fault);
    if (block.kind === 'end') return line === 0 ? err('header-wrong') : ok(reader.finish(block.tally));
    for (const text of block.lines) {
      line += 1;
      if (line === 1) {
        if (text !== headerOf(options.file)) return err('header-wrong');
      } else if (text !== '') {
        reader.read(text, line);
      }
    }
    if (reader.count() > options.limits.rowsMax) return err('too-many-rows');
  }
  throw new Error('a file ends with a tally or a fault');
}

function rowReader(options: ParseOptions) {
  const rows: PlacedRow[] = [];
  const rejects: (RowReject & MissedRow)[] = [];
  const heldBack: MissedRow[] = [];
  let rowCount = 0;
  return {
    count: () => rowCount,
    read: (text: string, line: number): void => {
      rowCount += 1;
      const outcome = readRow(text, line, options);
      if (outcome.kind === 'taken') rows.push(outcome.placed);
      else if (outcome.kind === 'held-back') heldBack.push(outcome.missed);
      else rejects.push(outcome.reject);
    },
    finish: (tally: FileTally): ParsedFile => ({ file: options.file, tally, rowCount, rows, rejects, heldBack }),
  };
}

type RowOutcome =
  | { readonly kind: 'taken'; readonly placed: PlacedRow }
  | { readonly kind: 'held-back'; readonly missed: MissedRow }
  | { readonly kind: 'rejected'; readonly reject: RowReject & MissedRow };

function readRow(text: string, line: number, options: ParseOptions): RowOutcome {
  const { layout, file } = options;
  const cells = cellsOf(text);
  const missed = missedRow(text, cells, options);
  const reject = (column: string, problem: RowReject['problem']): RowOutcome => ({
    kind: 'rejected',
    reject: { file: file.name, line, column, problem, ...missed },
  });
  if (cells === undefined) return reject('', 'broken-quotes');
  if (cells.length !== file.columns.length) return reject('', 'wrong-number-of-cells');
  // Before anything else is looked at: not even the mistakes of an intelligence row are worth a word.
  if (isHeldBack(cells, options)) return { kind: 'held-back', missed };
  const row = new Map<string, string>();
  for (const [index, column] of file.columns.entries()) {
    if (!column.taken) continue;
    const checked = checkCell(column, cells[index] ?? '', options.createdOn, layout.reference.pattern);
    if (!checked.ok) return reject(column.name, checked.error);
    if (checked.value !== undefined) row.set(column.name, checked.value);
  }
  const reference = row.get(layout.reference.column);
  if (reference === undefined) return reject(layout.reference.column, 'missing');
  return { kind: 'taken', placed: { reference, row, line } };
}

/** Intelligence, or a known handling code that does not permit sharing. An unknown code is a reject, not a guess. */
function isHeldBack(cells: readonly string[], { layout, file }: ParseOptions): boolean {
  if (cellOf(cells, file, layout.intelligence) !== '') return true;
  const code = cellOf(cells, file, layout.handling.column);
  const known = file.columns.find(({ name }) => name === layout.handling.column)?.codes ?? [];
  return known.includes(code) && !layout.handling.shared.includes(code);
}

/**
 * Cells of one line, or undefined where its quotes are broken. Each line is read on its own and a cell holds no line
 * break, so that a stray quote can never swallow the row under it: that row may be the one that says "victim's".
 */
function cellsOf(text: string): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(',');
  try {
    const records = parseCsv(text, { relax_column_count: true, record_delimiter: '\n' });
    return records.length === 1 ? records[0] : undefined;
  } catch {
    return undefined;
  }
}

function cellOf(cells: readonly string[], file: FileLayout, column: string): string {
  return (cells[file.columns.findIndex(({ name }) => name === column)] ?? '').trim();
}

function missedRow(text: string, cells: readonly string[] | undefined, { layout, file }: ParseOptions): MissedRow {
  // Even of a row with broken quotes: whose protection it may have been has to be known.
  const first = (cells?.[0] ?? text.split(',', 1)[0] ?? '').trim();
  const whole = cells?.length === file.columns.length;
  const whose = whole && file.whose !== undefined ? cellOf(cells, file, file.whose.column) : '';
  return {
    protecting: file.whose !== undefined && !file.whose.own.includes(whose),
    ...(layout.reference.pattern.test(first) ? { reference: first } : {}),
  };
}
