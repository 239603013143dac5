import type { z } from 'zod';
import { FILE_SCHEMAS } from './language.ts';
import type { FileKind } from './language.ts';
import type { PolicyProblem } from './problem.ts';
import { readYaml } from './read-yaml.ts';
import type { ReadFile } from './read-yaml.ts';

/** From texts to checked shapes, file by file; what one file says of another is checked in check.ts. */

export interface PolicyFile {
  readonly path: string;
  readonly text: string;
}

/** A file of one kind whose shape is right, with the way back to its lines. */
export interface ShapedFile<K extends FileKind> {
  readonly kind: K;
  readonly path: string;
  readonly data: z.infer<(typeof FILE_SCHEMAS)[K]>;
  readonly lineOf: ReadFile['lineOf'];
}
export type AnyShapedFile = { [K in FileKind]: ShapedFile<K> }[FileKind];

const isKind = (word: string): word is FileKind => Object.hasOwn(FILE_SCHEMAS, word);

function kindOf(data: unknown): FileKind | undefined {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return undefined;
  return Object.keys(data).find(isKind);
}

/** Dives to the issue that says most: inside a union, the branch that came furthest. */
function deepest(issue: z.core.$ZodIssue): { issue: z.core.$ZodIssue; path: readonly PropertyKey[] } {
  if (issue.code === 'invalid_union') {
    const inner = issue.errors.flat().map((each) => deepest(each));
    const furthest = inner.sort((a, b) => b.path.length - a.path.length)[0];
    if (furthest !== undefined && furthest.path.length > 0) {
      return { issue: furthest.issue, path: [...issue.path, ...furthest.path] };
    }
  }
  if (issue.code === 'invalid_key' && issue.issues[0] !== undefined)
    return { issue: issue.issues[0], path: issue.path };
  return { issue, path: issue.path };
}

const named = (path: readonly PropertyKey[]): string =>
  path.length === 0 ? 'the file' : `"${path.map(String).join('.')}"`;

function problemsOf(file: ReadFile, error: z.ZodError): PolicyProblem[] {
  return error.issues.flatMap((outer): PolicyProblem[] => {
    const { issue, path } = deepest(outer);
    const line = (at: readonly PropertyKey[]) => ({ file: file.path, line: file.lineOf(at) });
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        ...line([...path, key]),
        what: `"${key}" is not a word that ${named(path)} knows`,
        mend: 'Correct its spelling or remove it: a word that is not understood is never skipped.',
      }));
    }
    if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.includes('received undefined')) {
      return [{ ...line(path), what: `${named(path)} is missing`, mend: 'Add it; every rule states it for itself.' }];
    }
    return [
      {
        ...line(path),
        what: `${named(path)}: ${issue.message}`,
        mend: 'Correct it; the README lists what may stand here.',
      },
    ];
  });
}

function shape<T>(schema: z.ZodType<T>, file: ReadFile, problems: PolicyProblem[]): T | undefined {
  const parsed = schema.safeParse(file.data);
  if (parsed.success) return parsed.data;
  problems.push(...problemsOf(file, parsed.error));
  return undefined;
}

function shapeAs<K extends FileKind>(
  kind: K,
  schema: z.ZodType<ShapedFile<K>['data']>,
  file: ReadFile,
  problems: PolicyProblem[],
): ShapedFile<K> | undefined {
  const data = shape(schema, file, problems);
  return data === undefined ? undefined : { kind, path: file.path, data, lineOf: file.lineOf };
}

function shapeAny(kind: FileKind, file: ReadFile, problems: PolicyProblem[]): AnyShapedFile | undefined {
  switch (kind) {
    case 'purposes':
      return shapeAs(kind, FILE_SCHEMAS.purposes, file, problems);
    case 'powers':
      return shapeAs(kind, FILE_SCHEMAS.powers, file, problems);
    case 'roles':
      return shapeAs(kind, FILE_SCHEMAS.roles, file, problems);
    case 'fields':
      return shapeAs(kind, FILE_SCHEMAS.fields, file, problems);
    case 'guards':
      return shapeAs(kind, FILE_SCHEMAS.guards, file, problems);
    case 'agreement':
      return shapeAs(kind, FILE_SCHEMAS.agreement, file, problems);
  }
}

/** Takes the texts of a bundle; gives the files whose shape is right and adds every problem found to `problems`. */
export function readFiles(files: readonly PolicyFile[], problems: PolicyProblem[]): readonly AnyShapedFile[] {
  return files.flatMap(({ path, text }) => {
    const file = readYaml(path, text, problems);
    if (file === undefined) return [];
    const kind = kindOf(file.data);
    if (kind === undefined) {
      problems.push({
        file: path,
        line: 1,
        what: 'this is no kind of policy file',
        mend: `Begin with one of: ${Object.keys(FILE_SCHEMAS).join(', ')}.`,
      });
      return [];
    }
    const shaped = shapeAny(kind, file, problems);
    return shaped === undefined ? [] : [shaped];
  });
}
