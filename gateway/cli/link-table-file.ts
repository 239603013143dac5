import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { parse, type Info, type Parser } from 'csv-parse';
import { err, ok, type Result } from '../../schemas/result.ts';
import { TableBuilder, type Table } from '../linkage/table/table.ts';
import type { Report } from './json-lines.ts';
import { dropLongLines } from './link-long-lines.ts';
import { bindMapping, type Mapping, type WrittenMapping } from './link-mapping.ts';
import { planRows, type RowPlan } from './link-rows.ts';

/** Reads a table of CSV as a stream, row by row, into typed arrays. */

/** A record is refused past this many bytes: a quote that nobody closed would else take in the whole file. */
const RECORD_BYTES_MAX = 1024 * 1024;
/** So many rows are named one by one; of those after them only the number is told. */
const REPORTS_MAX = 200;
const TELL_EVERY = 20_000;

export interface ReadTable {
  readonly table: Table;
  /** By row. */
  readonly recordIds: readonly string[];
  readonly mapping: Mapping;
  /** Rows that were refused, and rows of which a value was left out. */
  readonly refused: number;
  readonly incomplete: number;
}

/** Tells of faults, the first ones one by one. */
class Faults {
  refused = 0;
  incomplete = 0;
  /** The line on which the record before ended, good or not. */
  read = 0;
  #told = 0;
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  refuse(line: number, sentence: string): void {
    this.refused += 1;
    this.#tell(`line ${line}: refused, ${sentence}`);
  }

  leaveOut(line: number, sentences: readonly string[]): void {
    this.incomplete += 1;
    this.#tell(`line ${line}: linked without a value, ${sentences.join('; ')}`);
  }

  #tell(sentence: string): void {
    this.#told += 1;
    if (this.#told <= REPORTS_MAX) this.#report(sentence);
    else if (this.#told === REPORTS_MAX + 1) this.#report('More lines have faults; they are only counted.');
  }
}

/** A record with the line on which it ends. */
interface LinedRecord {
  readonly record: readonly string[];
  readonly info: Info;
}

const isLined = (value: unknown): value is LinedRecord =>
  typeof value === 'object' && value !== null && 'record' in value && 'info' in value;

function parserOf(faults: Faults): Parser {
  return parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: RECORD_BYTES_MAX,
    on_skip: (error) => {
      const line = error !== undefined && 'lines' in error ? Number(error.lines) : 0;
      // A quote that nobody closed is found out many lines further down.
      const begin = line - faults.read > 1 ? `; it begins after line ${faults.read}` : '';
      faults.read = line;
      faults.refuse(line, `its quotes or its length are not those of a CSV record${begin}`);
    },
  });
}

/**
 * Reads a table.
 *
 * @param report told of each row that is refused, with its line and without its values
 * @returns why nothing can be linked, in words, or the table
 */
export async function readTable(
  path: string,
  written: WrittenMapping,
  report: Report,
  onRows: (rows: number) => void,
): Promise<Result<ReadTable, readonly string[]>> {
  const faults = new Faults(report);
  const reader = new RowReader(written, faults, onRows);
  try {
    const tooLong = (line: number): void => faults.refuse(line, `it is longer than ${RECORD_BYTES_MAX} bytes`);
    await pipeline(
      createReadStream(path),
      (chunks: AsyncIterable<Uint8Array>) => dropLongLines(chunks, RECORD_BYTES_MAX, tooLong),
      parserOf(faults),
      async (records: AsyncIterable<unknown>) => {
        for await (const record of records) if (isLined(record)) reader.take(record);
      },
    );
  } catch (error) {
    // The stream ends with an error of its own when its reader leaves.
    if (!reader.hasRefusedHeader) throw error;
  }
  return reader.done();
}

/** Ends a stream before its end; never leaves this file. */
class HeaderRefused extends Error {}

/** Takes the header, then rows. */
class RowReader {
  readonly #written: WrittenMapping;
  readonly #faults: Faults;
  readonly #onRows: (rows: number) => void;
  readonly #ids = new Set<string>();
  #mapping: Mapping | undefined;
  #plan: RowPlan | undefined;
  #builder: TableBuilder | undefined;
  #width = 0;
  #problems: readonly string[] = ['the table is empty: it has no header'];

  constructor(written: WrittenMapping, faults: Faults, onRows: (rows: number) => void) {
    this.#written = written;
    this.#faults = faults;
    this.#onRows = onRows;
  }

  /** @throws HeaderRefused to end the reading of a table that cannot be linked; `done` says why */
  take({ record, info }: LinedRecord): void {
    this.#faults.read = info.lines;
    if (this.#plan === undefined) this.#takeHeader(record);
    else this.#takeRow(record, info.lines, this.#plan);
  }

  #takeHeader(cells: readonly string[]): void {
    this.#width = cells.length;
    const bound = bindMapping(
      this.#written,
      cells.map((cell) => cell.trim()),
    );
    if (!bound.ok) {
      this.#problems = bound.error;
      throw new HeaderRefused();
    }
    this.#mapping = bound.value;
    this.#plan = planRows(bound.value);
    this.#builder = new TableBuilder(this.#plan.shape);
  }

  #takeRow(cells: readonly string[], line: number, plan: RowPlan): void {
    if (cells.length !== this.#width) {
      this.#faults.refuse(line, `it has ${cells.length} cells and the header ${this.#width}`);
      return;
    }
    const read = plan.read(cells);
    if (!read.ok) {
      this.#faults.refuse(line, read.error.sentence);
      return;
    }
    const { row, notices } = read.value;
    if (this.#ids.has(row.recordId)) {
      this.#faults.refuse(line, '/recordId is that of an earlier row');
      return;
    }
    if (notices.length > 0) this.#faults.leaveOut(line, notices);
    this.#ids.add(row.recordId);
    this.#builder?.add(row);
    if (this.#ids.size % TELL_EVERY === 0) this.#onRows(this.#ids.size);
  }

  get hasRefusedHeader(): boolean {
    return this.#width > 0 && this.#plan === undefined;
  }

  done(): Result<ReadTable, readonly string[]> {
    if (this.#mapping === undefined || this.#builder === undefined) return err(this.#problems);
    const recordIds = [...this.#ids];
    this.#ids.clear();
    const { refused, incomplete } = this.#faults;
    return ok({ table: this.#builder.build(), recordIds, mapping: this.#mapping, refused, incomplete });
  }
}
