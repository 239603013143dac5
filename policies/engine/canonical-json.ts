import { err, ok, type Result } from '../../schemas/result.ts';

/**
 * JSON in the one form of RFC 8785 (JSON Canonicalization Scheme), so that equal entries of the log, and equal
 * bundles of agreements, have equal bytes, on every machine and in every verifier.
 */

export type CanonicalFault = 'not-json' | 'lone-surrogate' | 'number-not-finite' | 'too-deep';

const DEPTH_MAX = 64;

/**
 * Takes any value made of plain objects, arrays, strings, numbers, booleans and null; members that are undefined are
 * left out, as in JSON.stringify. Everything else is refused rather than guessed at.
 */
export function canonicalize(value: unknown): Result<string, CanonicalFault> {
  const writing: Writing = { fault: undefined };
  const text = write(value, 0, writing);
  return writing.fault === undefined ? ok(text) : err(writing.fault);
}

/** The first fault, once there is one; what is written after it is thrown away. */
interface Writing {
  fault: CanonicalFault | undefined;
}

function refuse(fault: CanonicalFault, writing: Writing): string {
  writing.fault ??= fault;
  return '';
}

function write(value: unknown, depth: number, writing: Writing): string {
  if (depth > DEPTH_MAX) return refuse('too-deep', writing);
  if (value === null) return 'null';
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      // ECMAScript's own number format is the one that RFC 8785 section 3.2.2.3 prescribes; minus zero becomes 0.
      return Number.isFinite(value) ? JSON.stringify(value) : refuse('number-not-finite', writing);
    case 'string':
      return writeString(value, writing);
    case 'object':
      return Array.isArray(value) ? writeArray(value, depth, writing) : writeObject(value, depth, writing);
    default:
      return refuse('not-json', writing);
  }
}

/** Printable ASCII without quote and backslash: nothing to escape, which almost every string of an entry is. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** A lone surrogate has no UTF-8 form: two readers would hash two different things (section 3.2.2.2). */
function writeString(text: string, writing: Writing): string {
  if (PLAIN.test(text)) return `"${text}"`;
  return /\p{Surrogate}/u.test(text) ? refuse('lone-surrogate', writing) : JSON.stringify(text);
}

function writeArray(items: readonly unknown[], depth: number, writing: Writing): string {
  let text = '';
  for (const item of items) {
    text += `${text === '' ? '' : ','}${write(item, depth + 1, writing)}`;
    if (writing.fault !== undefined) return '';
  }
  return `[${text}]`;
}

function writeObject(object: object, depth: number, writing: Writing): string {
  if (!isPlain(object)) return refuse('not-json', writing);
  let text = '';
  for (const [name, before] of sortedNames(Object.keys(object), writing)) {
    const member = object[name];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${before}${write(member, depth + 1, writing)}`;
    if (writing.fault !== undefined) return '';
  }
  return `{${text}}`;
}

/** Whether an object is nothing but its members: no date, no map, nothing with a class. */
function isPlain(object: object): object is Readonly<Record<string, unknown>> {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null;
}

/** Names of an object's members in canonical order, each with its text up to the member's value. */
type SortedNames = readonly (readonly [name: string, before: string])[];

/** What is known after some names in the order in which an object has them: their canonical order, and how they go on. */
interface SeenNames {
  readonly next: Map<string, SeenNames>;
  sorted?: SortedNames;
}

/** Objects of few shapes are written over and over, and sorting their names took longer than writing them. */
let seen: SeenNames = { next: new Map() };
let seenCount = 0;
/** Whoever sends ever new names is not remembered without end. */
const SEEN_MAX = 5_000;

function sortedNames(names: string[], writing: Writing): SortedNames {
  let at = seen;
  for (const name of names) {
    let next = at.next.get(name);
    if (next === undefined) {
      next = { next: new Map() };
      at.next.set(name, next);
      seenCount += 1;
    }
    at = next;
  }
  if (at.sorted !== undefined) return at.sorted;
  // The default order of strings is by UTF-16 code units, which is what section 3.2.3 asks for.
  const sorted = names.sort().map((name) => [name, `${writeString(name, writing)}:`] as const);
  // A name that was refused is refused the next time as well.
  if (writing.fault === undefined) at.sorted = sorted;
  if (seenCount > SEEN_MAX) [seen, seenCount] = [{ next: new Map() }, 0];
  return sorted;
}
