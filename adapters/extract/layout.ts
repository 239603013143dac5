/**
 * What an agency's extract looks like, as data. An agency without an API describes its files here once; everything
 * else in this folder reads the description and knows no agency.
 */

export type CellForm =
  'text' | 'date' | 'past-date' | 'code' | 'reference' | 'phone' | 'email' | 'postcode' | 'uprn' | 'yes-no';

export interface Column {
  readonly name: string;
  readonly form: CellForm;
  /** Longest value in characters. */
  readonly max: number;
  readonly required: boolean;
  /** False: the agency's file has the column, its cells are dropped while the row is read and go nowhere (P3). */
  readonly taken: boolean;
  /** Closed list of a `code` column. */
  readonly codes?: readonly string[];
  /** Number of the attribute in the published standard that the agency follows. */
  readonly standard?: string;
}

export interface FileLayout {
  /** Name without its ending: `nominals` is read from `nominals.csv`. */
  readonly name: string;
  /** In the order of the header row. The first column is always the layout's reference column. */
  readonly columns: readonly Column[];
  /** Rows alike in these columns are versions of one fact, and the newest counts. */
  readonly versionKey: readonly string[];
  /** Where rows may be about somebody else: the column that says so, and the codes that mean the subject himself. */
  readonly whose?: { readonly column: string; readonly own: readonly string[] };
}

export interface ExtractLayout {
  /** Name and version, for example `police-nominals/1`; the manifest repeats it. */
  readonly id: string;
  /** One row (or several versions) for each person. */
  readonly primary: FileLayout;
  /** Further facts, joined by the reference. */
  readonly details: readonly FileLayout[];
  readonly reference: { readonly column: string; readonly pattern: RegExp };
  /** Column of the primary file that names the reference this one was merged into. */
  readonly mergedTo?: string;
  /** Date columns that say which of two versions is newer, the most telling first. */
  readonly newest: readonly string[];
  /** In every file: rows whose code is not among `shared` are not taken. */
  readonly handling: { readonly column: string; readonly shared: readonly string[] };
  /** In every file: a row with anything in this column is intelligence and is not taken. */
  readonly intelligence: string;
}

/** One accepted row: taken columns that hold something, by name. */
export type Row = ReadonlyMap<string, string>;

/** Every file of a layout, the primary first. */
export function filesOf(layout: ExtractLayout): readonly FileLayout[] {
  return [layout.primary, ...layout.details];
}

/** The header row that a file must have, exactly. */
export function headerOf(file: FileLayout): string {
  return file.columns.map((column) => column.name).join(',');
}
