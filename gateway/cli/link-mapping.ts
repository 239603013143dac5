import { z } from 'zod';
import { IDENTIFIER_TYPES } from '../../schemas/person.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { isDateFormat } from './link-date.ts';

/** `mapping.json` of `holdfast link`: which column of a table holds what. */

const columnName = z.string().min(1).max(200);
const cellSchema = z.union([
  columnName,
  z.strictObject({ column: columnName, format: z.string().min(1).max(40).optional() }),
  z.strictObject({ constant: z.string().min(1).max(200) }),
]);
type MappedCell = z.infer<typeof cellSchema>;

/** Paths of a person, as in a question of `holdfast resolve`; numbers count from 0. */
const PATH =
  /^(?:names\.\d{1,2}\.(?:given|middle|family|full|type)|dateOfBirth|otherDatesOfBirth\.\d{1,2}|sex|identifiers\.\d{1,2}\.(?:type|value)|addresses\.\d{1,2}\.(?:lines(?:\.\d{1,2})?|postcode|uprn|from|to)|phones\.\d{1,2}|emails\.\d{1,2})$/;

const mappingSchema = z.strictObject({
  recordId: cellSchema,
  source: cellSchema.optional(),
  person: z.record(z.string().regex(PATH), cellSchema).optional(),
  other: z.record(z.string().min(1).max(100), cellSchema).optional(),
  linkOnly: z.boolean().optional(),
  model: z.enum(['frozen', 'learn']).optional(),
});

/** Where a value is found: in a column, by its position, or the same for all rows. */
export interface Cell {
  readonly column?: number;
  readonly constant?: string;
  readonly format?: string;
  /** As the mapping calls the value. */
  readonly path: string;
}

export interface Mapping {
  readonly recordId: Cell;
  readonly source?: Cell;
  readonly person: ReadonlyMap<string, Cell>;
  readonly other: ReadonlyMap<string, Cell>;
  readonly linkOnly: boolean;
  readonly frozen: boolean;
}

/** A mapping as written, before the table's header is known. */
export type WrittenMapping = z.infer<typeof mappingSchema>;

/** Reads a mapping. @returns every problem with its path, in words, or the mapping */
export function readMapping(text: string): Result<WrittenMapping, readonly string[]> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return err(['the mapping is not JSON']);
  }
  const read = mappingSchema.safeParse(json);
  if (read.success) return ok(read.data);
  return err(read.error.issues.map((issue) => `/${issue.path.join('/')} ${wordIssue(issue)}`));
}

function wordIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `has what a mapping does not have: ${issue.keys.join(', ')}`;
  if (issue.code === 'invalid_key') return 'is no path of a person';
  return 'is malformed';
}

/** Finds the columns that a mapping names in the header of a table. @returns every name that is not there, in words */
export function bindMapping(written: WrittenMapping, header: readonly string[]): Result<Mapping, readonly string[]> {
  const problems: string[] = [];
  const bind = (path: string, cell: MappedCell): Cell => bindCell(path, cell, header, problems);
  const bindAll = (prefix: string, cells: Readonly<Record<string, MappedCell>> = {}): Map<string, Cell> =>
    new Map(Object.entries(cells).map(([path, cell]) => [path, bind(`${prefix}/${path}`, cell)]));
  const mapping: Mapping = {
    recordId: bind('/recordId', written.recordId),
    ...(written.source === undefined ? {} : { source: bind('/source', written.source) }),
    person: bindAll('/person', written.person),
    other: bindAll('/other', written.other),
    linkOnly: written.linkOnly ?? false,
    frozen: written.model === 'frozen',
  };
  if (mapping.linkOnly && mapping.source === undefined)
    problems.push('/linkOnly needs /source: which rows are of one source?');
  if (mapping.recordId.column === undefined) problems.push('/recordId is not a column');
  checkIdentifiers(mapping, problems);
  if (problems.length === 0 && !comparesAnything(mapping))
    problems.push('/person and /other name no column that could be compared');
  return problems.length === 0 ? ok(mapping) : err(problems);
}

function bindCell(path: string, cell: MappedCell, header: readonly string[], problems: string[]): Cell {
  if (typeof cell === 'object' && 'constant' in cell) return { path, constant: cell.constant };
  const { column: name, format } = typeof cell === 'string' ? { column: cell, format: undefined } : cell;
  const column = header.indexOf(name.trim());
  if (column === -1) problems.push(`${path} names no column of the table`);
  else if (header.indexOf(name.trim(), column + 1) !== -1)
    problems.push(`${path} names a column that the table has twice`);
  if (format === undefined) return { path, column };
  if (!/[dD]ate/.test(path)) problems.push(`${path} has a format and is no date`);
  else if (!isDateFormat(format)) problems.push(`${path} has a format that is none`);
  return { path, column, format };
}

/** Paths whose values are compared; a type, a `from` or a `to` alone tells nobody from anybody. */
const COMPARED =
  /^(?:names\.\d+\.(?:given|middle|family|full)|dateOfBirth|otherDatesOfBirth\..*|sex|identifiers\.\d+\.value|addresses\.\d+\.(?:lines.*|postcode|uprn)|phones\..*|emails\..*)$/;

/** A constant is the same for everybody: a table with nothing else would be one person. */
function comparesAnything({ person, other }: Mapping): boolean {
  return (
    [...other.values()].some(({ column }) => column !== undefined) ||
    [...person].some(([path, { column }]) => column !== undefined && COMPARED.test(path))
  );
}

function checkIdentifiers({ person }: Mapping, problems: string[]): void {
  for (const [path, { constant }] of person) {
    if (!/^identifiers\.\d+\.type$/.test(path) || constant === undefined) continue;
    if (!IDENTIFIER_TYPES.some((type) => type === constant)) problems.push(`/person/${path} is no type of identifier`);
  }
}
