import { isAlias, isMap, isPair, isScalar, isSeq, LineCounter, parseDocument, Lexer, CST } from 'yaml';
import type { Document } from 'yaml';
import type { PolicyProblem } from './problem.ts';

/**
 * Reads one YAML file into plain data with positions. A policy file may use only what a reader sees at a glance:
 * maps, lists, strings, numbers, true and false. Anchors, aliases, merge keys and tags are refused, because a rule
 * whose text is elsewhere cannot be reviewed, and because an alias bomb is an attack on whoever checks the bundle.
 */

const LIMITS = { bytes: 256 * 1024, depth: 12 } as const;
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype', '<<']);

export interface ReadFile {
  readonly path: string;
  readonly data: unknown;
  /** The line of the deepest part of `at` that the file has. */
  readonly lineOf: (at: readonly PropertyKey[]) => number;
}

interface Reading {
  readonly path: string;
  readonly lines: LineCounter;
  readonly problems: PolicyProblem[];
}

function note(reading: Reading, offset: number, what: string, mend: string): void {
  reading.problems.push({ file: reading.path, line: reading.lines.linePos(offset).line, what, mend });
}

/** Refuses anchors, aliases and tags before anything is composed from them, and nesting that would exhaust the stack. */
function refuseHiddenText(reading: Reading, text: string): void {
  let offset = 0;
  let depth = 0;
  let words = false;
  for (const token of new Lexer().lex(text)) {
    // The lexer's marker `scalar` says that the next token is text, whatever it looks like.
    const type: string | null = words ? 'text' : CST.tokenType(token);
    words = type === 'scalar';
    if (type === 'anchor' || type === 'alias') {
      note(reading, offset, 'anchors and aliases (& and *) are not allowed', 'Write the text out where it is meant.');
    } else if (type === 'tag') {
      note(reading, offset, 'tags (!) are not allowed', 'Remove the tag, and quote the value if it begins with "!".');
    } else if (type === 'flow-map-start' || type === 'flow-seq-start') {
      depth += 1;
      if (depth === LIMITS.depth) note(reading, offset, 'brackets are nested too deeply', 'Use fewer levels.');
    } else if (type === 'flow-map-end' || type === 'flow-seq-end') {
      depth -= 1;
    }
    if (type !== 'doc-mode' && type !== 'flow-error-end' && type !== 'scalar') offset += token.length;
    if (reading.problems.length >= 20) return;
  }
}

/**
 * Characters that a reader does not see or sees elsewhere than they stand: an attacker writes a sentence that reviews
 * as harmless and is another. U+FFFD is what is left of bytes that are not UTF-8.
 */
const UNSEEN = /(?![\t\n\r])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\ufffd]/gu;

function refuseUnseenText(reading: Reading, text: string): void {
  for (const { 0: character, index } of text.matchAll(UNSEEN)) {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const what =
      character === '\ufffd' ? 'the file is not UTF-8 here' : `an unseen character (U+${code}) is not allowed`;
    note(reading, index, what, 'Save the file as UTF-8 without a byte-order mark, and write the line again by hand.');
    if (reading.problems.length >= 20) return;
  }
}

function refuseBadKeys(reading: Reading, node: unknown, depth: number): void {
  if (depth > LIMITS.depth) {
    reading.problems.push({
      file: reading.path,
      line: 0,
      what: 'the file is nested too deeply',
      mend: 'Use fewer levels.',
    });
    return;
  }
  if (isSeq(node)) {
    for (const item of node.items) refuseBadKeys(reading, item, depth + 1);
  } else if (isMap(node)) {
    for (const pair of node.items) {
      const key = pair.key;
      const offset = isScalar(key) ? (key.range?.[0] ?? 0) : (node.range?.[0] ?? 0);
      if (!isScalar(key) || typeof key.value !== 'string')
        note(reading, offset, 'a key must be a word', 'Quote the key.');
      else if (FORBIDDEN_KEYS.has(key.value))
        note(reading, offset, `"${key.value}" cannot be a key`, 'Remove it: it is not part of the language.');
      refuseBadKeys(reading, pair.value, depth + 1);
    }
  } else if (isAlias(node)) {
    note(reading, node.range?.[0] ?? 0, 'aliases (*) are not allowed', 'Write the text out where it is meant.');
  }
}

function offsetOf(document: Document, at: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const step of at) {
    let found: unknown;
    if (isMap(node)) {
      found = node.items.find((pair) => isScalar(pair.key) && pair.key.value === step);
    } else if (isSeq(node) && typeof step === 'number') {
      found = node.items[step];
    }
    if (found === undefined) break;
    const start = isPair(found) ? found.key : found;
    if (isScalar(start) || isMap(start) || isSeq(start)) offset = start.range?.[0] ?? offset;
    node = isPair(found) ? found.value : found;
  }
  return offset;
}

function compose(reading: Reading, text: string): ReadFile | undefined {
  const document = parseDocument(text, {
    version: '1.2', // in which `no`, `off` and `12:30` are words, not booleans and numbers
    schema: 'core',
    uniqueKeys: true,
    merge: false,
    lineCounter: reading.lines,
    prettyErrors: false,
  });
  for (const error of [...document.errors, ...document.warnings]) {
    note(reading, error.pos[0], `not readable as YAML: ${error.message}`, mendOf(error.code));
  }
  refuseBadKeys(reading, document.contents, 0);
  if (reading.problems.length > 0) return undefined;
  return {
    path: reading.path,
    data: frozen<unknown>(document.toJS({ maxAliasCount: 0 })),
    lineOf: (at) => reading.lines.linePos(offsetOf(document, at)).line,
  };
}

function mendOf(code: string): string {
  if (code === 'DUPLICATE_KEY') return 'Keep one of the two: which was meant cannot be guessed.';
  if (code === 'TAB_AS_INDENT' || code === 'BAD_INDENT') return 'Indent with two spaces a level, no tabs.';
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return 'Put the sentence in quotes: a colon and a space begin a new key.';
  if (code === 'MULTIPLE_DOCS') return 'One document a file: remove the "---" or split the file.';
  return 'Correct the line; compare it with a neighbour of the same kind.';
}

/**
 * The last good reading of each path. Bundles that follow on one another (a reload, a comparison, a chain of signed
 * ones) share nearly all their files, and reading YAML is most of loading. Only the whole text counts as the same file,
 * a text with any problem is never kept, and what is kept is frozen, so that no bundle can change another.
 */
const lastGood = new Map<string, { readonly text: string; readonly file: ReadFile }>();
const KEPT_MAX = 200;

function frozen<T>(data: T): T {
  if (typeof data === 'object' && data !== null && !Object.isFrozen(data)) {
    Object.freeze(data);
    for (const value of Object.values(data)) frozen(value);
  }
  return data;
}

function keep(text: string, file: ReadFile): ReadFile {
  if (lastGood.size >= KEPT_MAX) lastGood.clear();
  lastGood.set(file.path, { text, file });
  return file;
}

/**
 * Takes one file's path and text; gives its data and a way from data back to lines, or undefined with every problem
 * found added to `problems`. Never throws, whatever the text is. The same path and text give the same, frozen data.
 */
export function readYaml(path: string, text: string, problems: PolicyProblem[]): ReadFile | undefined {
  const last = lastGood.get(path);
  if (last?.text === text) return last.file;
  const file = readAnew(path, text, problems);
  return file === undefined ? undefined : keep(text, file);
}

function readAnew(path: string, text: string, problems: PolicyProblem[]): ReadFile | undefined {
  if (Buffer.byteLength(text) > LIMITS.bytes) {
    problems.push({
      file: path,
      line: 0,
      what: `the file is larger than ${LIMITS.bytes / 1024} KiB`,
      mend: 'Split it.',
    });
    return undefined;
  }
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  const reading: Reading = { path, lines, problems: [] };
  try {
    refuseUnseenText(reading, text);
    if (reading.problems.length === 0) refuseHiddenText(reading, text);
    const file = reading.problems.length === 0 ? compose({ ...reading, lines: new LineCounter() }, text) : undefined;
    problems.push(...reading.problems);
    return file;
  } catch {
    // The parser itself gave up, for example on its own stack: the file is wrong, the checker is not.
    const mend = 'Restore the last good version and repeat the change in steps.';
    problems.push({ file: path, line: 0, what: 'the file cannot be read as YAML', mend });
    return undefined;
  }
}
