import type { z } from 'zod';
import type { ProblemCode, ProblemPlace } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { parseStrictJson } from './strict-json.ts';

/** What is wrong with a request, as codes and places: the values themselves are never repeated. */
export interface RequestFault {
  readonly code: ProblemCode;
  readonly places?: readonly ProblemPlace[];
}

const PLACES_MAX = 20;
const POINTER_SEGMENTS_MAX = 8;

/** Reads a body's text as one request of the given shape. Gives all places that are wrong, up to twenty. */
export function readRequest<T>(text: string, shape: z.ZodType<T>): Result<T, RequestFault> {
  const json = parseStrictJson(text);
  if (!json.ok) return err({ code: json.error });
  const parsed = shape.safeParse(json.value);
  if (parsed.success) return ok(parsed.data);
  const places = parsed.error.issues.flatMap((issue) => placesOf(issue, json.value)).slice(0, PLACES_MAX);
  const [first] = places;
  return err({ code: first === undefined ? 'field-malformed' : PROBLEM_OF_PLACE[first.code], places });
}

const PROBLEM_OF_PLACE = {
  missing: 'field-missing',
  unknown: 'field-unknown',
  'wrong-type': 'field-wrong-type',
  'too-long': 'field-too-long',
  malformed: 'field-malformed',
  'not-in-catalogue': 'field-not-in-catalogue',
} as const satisfies Record<ProblemPlace['code'], ProblemCode>;

function placesOf(issue: z.core.$ZodIssue, body: unknown): ProblemPlace[] {
  const pointer = pointerOf(issue.path);
  switch (issue.code) {
    case 'unrecognized_keys':
      // The key itself came from outside and may be anything, a name included: only its place is told.
      return [{ pointer, code: 'unknown' }];
    case 'invalid_type':
      return [{ pointer, code: standsAt(body, issue.path) ? 'wrong-type' : 'missing' }];
    case 'too_big':
      return [{ pointer, code: 'too-long' }];
    case 'invalid_union':
      return [{ pointer, code: unionCode(issue) }];
    default:
      return [{ pointer, code: 'malformed' }];
  }
}

/** The alternative that came closest says best what is wrong: one that got past the type. */
function unionCode(issue: z.core.$ZodIssueInvalidUnion): ProblemPlace['code'] {
  const pastType = issue.errors.flat().some((inner) => inner.code !== 'invalid_type' && inner.code !== 'invalid_value');
  return pastType ? 'malformed' : 'wrong-type';
}

function standsAt(body: unknown, path: readonly PropertyKey[]): boolean {
  let at: unknown = body;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = Reflect.get(at, key);
  }
  return at !== undefined;
}

/** JSON pointer (RFC 6901) of keys that our own schema names and of list positions; nothing else gets in. */
function pointerOf(path: readonly PropertyKey[]): string {
  return path
    .slice(0, POINTER_SEGMENTS_MAX)
    .map((key) => `/${typeof key === 'number' ? key : /^[A-Za-z]{1,40}$/.test(String(key)) ? String(key) : '?'}`)
    .join('');
}
