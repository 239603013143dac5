import { err, ok, type Result } from '../../schemas/result.ts';

/**
 * JSON in the one form of RFC 8785 (JSON Canonicalization Scheme), so that equal entries have equal bytes, on every
 * machine and in every verifier.
 */

export type CanonicalFault = 'not-json' | 'lone-surrogate' | 'number-not-finite' | 'too-deep';

const DEPTH_MAX = 64;

/**
 * Takes any value made of plain objects, arrays, strings, numbers, booleans and null; members that are undefined are
 * left out, as in JSON.stringify. Everything else is refused rather than guessed at.
 */
export function canonicalize(value: unknown): Result<string, CanonicalFault> {
  return write(value, 0);
}

function write(value: unknown, depth: number): Result<string, CanonicalFault> {
  if (depth > DEPTH_MAX) return err('too-deep');
  if (value === null) return ok('null');
  switch (typeof value) {
    case 'boolean':
      return ok(value ? 'true' : 'false');
    case 'number':
      // ECMAScript's own number format is the one that RFC 8785 section 3.2.2.3 prescribes; minus zero becomes 0.
      return Number.isFinite(value) ? ok(JSON.stringify(value)) : err('number-not-finite');
    case 'string':
      return writeString(value);
    case 'object':
      return Array.isArray(value) ? writeArray(value, depth) : writeObject(value, depth);
    default:
      return err('not-json');
  }
}

/** A lone surrogate has no UTF-8 form: two readers would hash two different things (section 3.2.2.2). */
function writeString(text: string): Result<string, CanonicalFault> {
  return /\p{Surrogate}/u.test(text) ? err('lone-surrogate') : ok(JSON.stringify(text));
}

function writeArray(items: readonly unknown[], depth: number): Result<string, CanonicalFault> {
  const parts: string[] = [];
  for (const item of items) {
    const part = write(item, depth + 1);
    if (!part.ok) return part;
    parts.push(part.value);
  }
  return ok(`[${parts.join(',')}]`);
}

function writeObject(object: object, depth: number): Result<string, CanonicalFault> {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null) return err('not-json');
  // The default order of strings is by UTF-16 code units, which is what section 3.2.3 asks for.
  const members = Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1));
  const parts: string[] = [];
  for (const [name, member] of members) {
    if (member === undefined) continue;
    const key = writeString(name);
    if (!key.ok) return key;
    const part = write(member, depth + 1);
    if (!part.ok) return part;
    parts.push(`${key.value}:${part.value}`);
  }
  return ok(`{${parts.join(',')}}`);
}
