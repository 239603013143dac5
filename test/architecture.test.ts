import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { PROBLEMS } from '../schemas/problem.ts';
import { BULK_MOBILE, DRAMA_LANDLINE, DRAMA_MOBILE } from './population/phones.ts';
import { OFFICE_LINE } from './population/workers.ts';

/** What holds of the repository as a whole, whoever adds to it next. */

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SKIPPED = new Set(['node_modules', 'coverage', 'built']);

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name) || entry.name.startsWith('.')) return [];
    const path = posix.join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : entry.isFile() ? [path] : [];
  });
}

const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const FILES = filesBelow('').filter((path) =>
  /\.(?:ts|js|mjs|json|ya?ml|md|sql|sh|conf|service|csv|njk|css)$/u.test(path),
);
const TYPESCRIPT = FILES.filter((path) => path.endsWith('.ts')).map((path) => ({ path, text: textOf(path) }));
const isTest = (path: string): boolean => path.startsWith('test/') || path.endsWith('.test.ts');

interface Source {
  readonly path: string;
  readonly file: ts.SourceFile;
}
const SOURCES: readonly Source[] = TYPESCRIPT.map(({ path, text }) => ({
  path,
  file: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true),
}));

const placeOf = (file: ts.SourceFile, node: ts.Node): string =>
  `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1}`;

/** The places of all nodes of which `judge` says so. */
function placesWhere(judge: (node: ts.Node, source: Source) => boolean): string[] {
  const found: string[] = [];
  for (const source of SOURCES) {
    const walk = (node: ts.Node): void => {
      if (judge(node, source)) found.push(placeOf(source.file, node));
      ts.forEachChild(node, walk);
    };
    walk(source.file);
  }
  return found;
}

describe('imports go one way only', () => {
  const LAYERS = ['schemas', 'policies', 'gateway', 'adapters', 'deploy'];
  /** What adapters share among themselves: how to call, keys, extracts, one council's formats, what a record carries. */
  const SHARED_BY_ADAPTERS = ['https', 'keys', 'extract', 'council', 'records'];
  /** What the demo plays with. */
  const STAGED = ['test/agencies', 'test/population', 'test/bench'];

  interface Import {
    readonly from: string;
    readonly to: string;
    readonly typesOnly: boolean;
  }
  const importsOf = ({ path, file }: Source): Import[] => {
    const found: { readonly to: string; readonly typesOnly: boolean }[] = [];
    const walk = (node: ts.Node): void => {
      if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
        const typesOnly = ts.isImportDeclaration(node)
          ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
          : node.isTypeOnly;
        if (ts.isStringLiteral(node.moduleSpecifier)) found.push({ to: node.moduleSpecifier.text, typesOnly });
      } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
        const [name] = node.arguments;
        if (name !== undefined && ts.isStringLiteral(name)) found.push({ to: name.text, typesOnly: false });
      }
      ts.forEachChild(node, walk);
    };
    walk(file);
    return found
      .filter(({ to }) => to.startsWith('.'))
      .map(({ to, typesOnly }) => ({ from: path, to: relative(ROOT, join(ROOT, dirname(path), to)), typesOnly }));
  };
  const IMPORTS = SOURCES.flatMap(importsOf);

  function mayImport(from: string, to: string): boolean {
    const [layer = '', part = ''] = from.split('/');
    const [target = '', targetPart = ''] = to.split('/');
    if (layer === 'deploy') return target !== 'test' || STAGED.some((folder) => to.startsWith(`${folder}/`));
    if (target === 'test') return false;
    if (layer !== 'adapters') return LAYERS.indexOf(target) <= LAYERS.indexOf(layer);
    if (target === 'adapters') return targetPart === part || SHARED_BY_ADAPTERS.includes(targetPart);
    return target === 'schemas' || to.startsWith('gateway/ports/');
  }

  it('schemas, policies, gateway, adapters, deploy: each sees itself and what is before it', () => {
    const wrong = IMPORTS.filter(({ from }) => LAYERS.includes(from.split('/')[0] ?? '') && !isTest(from))
      .filter(({ from, to }) => !mayImport(from, to))
      .map(({ from, to }) => `${from} imports ${to}`);
    expect(wrong).toEqual([]);
    expect(IMPORTS.length).toBeGreaterThan(1_000);
  });

  it('schemas import zod and nothing else', () => {
    const named = TYPESCRIPT.filter(({ path }) => path.startsWith('schemas/')).flatMap(({ text }) =>
      [...text.matchAll(/from '([^.'][^']*)'/gu)].map(([, name]) => name),
    );
    expect(new Set(named)).toEqual(new Set(['zod']));
  });

  it('no file runs itself by a circle of files; types may look at each other', () => {
    const next = new Map<string, string[]>();
    for (const { from, to, typesOnly } of IMPORTS) if (!typesOnly) next.set(from, [...(next.get(from) ?? []), to]);
    const circles: string[] = [];
    const done = new Set<string>();
    const visit = (path: string, trail: readonly string[]): void => {
      if (trail.includes(path)) {
        circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
        return;
      }
      if (done.has(path)) return;
      for (const to of next.get(path) ?? []) visit(to, [...trail, path]);
      done.add(path);
    };
    for (const path of next.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });
});

describe('the code keeps what the lint rules ask', () => {
  it('the environment is read in one place, and by the tests’ way to their reference', () => {
    const readers = FILES.filter((path) => /\.(?:ts|js|mjs)$/u.test(path) && path !== 'eslint.config.js')
      .filter((path) =>
        /process\s*(?:\.|\[\s*['"])\s*env/u.test(textOf(path).replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gmu, '')),
      )
      .filter((path) => path !== 'test/architecture.test.ts');
    const allowed = ['deploy/environment.ts', 'deploy/main.ts', 'deploy/run.mjs', 'test/reference.ts'];
    expect(readers.filter((path) => !allowed.includes(path))).toEqual([]);
    expect(readers).toContain('deploy/main.ts');
  });

  it('nothing is asserted to be of a type, and nothing is of any type', () => {
    const asserted = placesWhere(
      (node) =>
        (ts.isAsExpression(node) && !ts.isConstTypeReference(node.type)) ||
        ts.isTypeAssertionExpression(node) ||
        ts.isNonNullExpression(node) ||
        node.kind === ts.SyntaxKind.AnyKeyword,
    );
    expect(asserted).toEqual([]);
  });

  it('everything is exported by its name', () => {
    // A declaration says what a library's module exports; it exports nothing of ours.
    const defaults = placesWhere(
      (node, { path }) =>
        (ts.isExportAssignment(node) && !path.endsWith('.d.ts')) ||
        (ts.canHaveModifiers(node) &&
          (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword)),
    );
    expect(defaults).toEqual([]);
  });

  it('no function outside the tests has more than 70 lines of code', () => {
    const long = placesWhere((node, { path, file }) => {
      if (isTest(path) || !ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return false;
      const lines = node
        .getText(file)
        .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, '')
        .split('\n');
      return lines.filter((line) => line.trim() !== '').length > 70;
    });
    expect(long).toEqual([]);
  });

  it('nothing is left for later in a comment, and no rule of the linter is switched off beside the code', () => {
    const later = /\bTODO\b|\bFIXME\b|\bHACK\b/u;
    // One rule for one line, with its reason, is a decision; more is a habit.
    const off = /eslint-disable(?!-next-line [a-z/-]+ -- \S)|@ts-(?:ignore|nocheck|expect-error)/u;
    const themselves = ['test/architecture.test.ts', 'test/documents.test.ts', 'package-lock.json'];
    const found = FILES.filter((path) => !themselves.includes(path))
      .map((path) => ({ path, text: textOf(path) }))
      .filter(({ text }) => later.test(text) || off.test(text))
      .map(({ path }) => path);
    expect(found).toEqual([]);
  });

  it('only a command, the demo and the tests’ reporter write to the terminal, and none through console', () => {
    const consoles = placesWhere(
      (node) => ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console',
    );
    expect(consoles).toEqual([]);
  });
});

describe('the folders are those of the design', () => {
  const FOLDERS: Readonly<Record<string, readonly string[]>> = {
    '': ['adapters', 'deploy', 'docs', 'gateway', 'policies', 'schemas', 'test'],
    gateway: [
      'access',
      'api',
      'audit',
      'cases',
      'cli',
      'contacts',
      'disclosure',
      'linkage',
      'operations',
      'ports',
      'review',
      'web',
    ],
    policies: ['agreements', 'engine', 'invariants'],
    test: ['agencies', 'bench', 'contracts', 'journeys', 'policy', 'population', 'promises'],
  };
  it.each(Object.entries(FOLDERS))('/%s', (folder, expected) => {
    const found = readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name))
      .map(({ name }) => name);
    expect(found.filter((name) => !expected.includes(name))).toEqual([]);
  });

  it('nothing is named for being useful', () => {
    const vague = /(?:^|[-/.])(?:utils?|helpers?|common|managers?|services?|misc|shared|lib)(?:[-/.]|$)/u;
    const units = new Set(FILES.filter((path) => path.endsWith('.service')));
    expect(FILES.filter((path) => vague.test(path) && !units.has(path))).toEqual([]);
  });

  it('nothing tells where it was made', () => {
    const place = /(?:^|[\s'"`(=])\/work\//mu;
    const themselves = ['test/architecture.test.ts', 'test/documents.test.ts'];
    expect(FILES.filter((path) => !themselves.includes(path) && place.test(textOf(path)))).toEqual([]);
  });
});

describe('every way to refuse is used and attacked', () => {
  const gateway = TYPESCRIPT.filter(
    ({ path }) => /^(?:gateway|policies)\//u.test(path) && !isTest(path) && !path.endsWith('api/openapi.ts'),
  );
  const tests = TYPESCRIPT.filter(({ path }) => isTest(path) && !path.startsWith('test/architecture'));
  const mentions = (files: typeof TYPESCRIPT, code: string): boolean =>
    files.some(({ text }) => text.includes(`'${code}'`));

  it.each(Object.keys(PROBLEMS))('%s is given by the gateway and asked for by a test', (code) => {
    expect({ given: mentions(gateway, code), tested: mentions(tests, code) }).toEqual({ given: true, tested: true });
  });
});

describe('nobody’s telephone number is in the repository', () => {
  /** Ofcom, telephone numbers for use in drama: also the nationwide, freephone and premium ranges. */
  const NATIONWIDE_DRAMA = /^\+44(?:306999\d{4}|808157\d{4}|909879\d{4})$/u;
  const RESERVED = [DRAMA_MOBILE, BULK_MOBILE, DRAMA_LANDLINE, OFFICE_LINE, NATIONWIDE_DRAMA];
  /** A British number as it is written: country code or trunk zero, then nine or ten digits in groups. */
  const WRITTEN =
    /(?<![\w.+/-])(?:\+44[ -]?(?:\(0\)[ -]?)?|0044[ -]?|0)([1-9]\d{1,4}[ -]?\d{2,6}[ -]?\d{0,6})(?![\w-]|\.\d)/gu;

  /** Written out in tests because they must be refused, compared or dropped; none is anybody's that we know of. */
  const DECLARED = new Set([
    '7777777777', // fillers that a worker types to get past a required field
    '7000000000',
    '1234567890',
    '7123456789',
    '770090012', // a drama number that lost its last digit
    '770090099', // the beginning of drama numbers
    '7700901123', // differs from a drama number before its last three digits
    '123456789', // the digits of a check-digit rule
    '2072123456', // of an example that a contract publishes
  ]);

  it('but those that are reserved for drama, or that the population declares', () => {
    const found: string[] = [];
    let seen = 0;
    for (const path of FILES) {
      if (path.endsWith('package-lock.json')) continue;
      for (const [written, national = ''] of textOf(path).matchAll(WRITTEN)) {
        const digits = national.replaceAll(/\D/gu, '');
        if (digits.length < 9 || digits.length > 10) continue;
        seen += 1;
        if (!DECLARED.has(digits) && !RESERVED.some((range) => range.test(`+44${digits}`)))
          found.push(`${path}: ${written}`);
      }
    }
    expect(found).toEqual([]);
    expect(seen).toBeGreaterThan(100);
  });
});
