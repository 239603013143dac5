import { err, ok, type Result } from '../../../schemas/result.ts';
import { canonicalize } from '../../../policies/engine/canonical-json.ts';

/** One line of an export, by itself: is it an entry as the log writes them, and is it the one that belongs here. */

export type EntryFaultCode =
  | 'entry-malformed' // no JSON object with body, position and time
  | 'entry-not-canonical' // the same meaning in other bytes: two readers could read two things
  | 'entry-out-of-place' // deleted, inserted or re-ordered
  | 'clock-went-back'; // recorded before the entry it follows

export interface CheckedEntry {
  /** When it was recorded, by the log's clock. */
  readonly recordedAt: string;
}

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/**
 * Checks an entry's text at its position. What a body may hold is not asked: entries of versions to come have to be
 * verifiable too, and what was hashed is what was written.
 * @param before when the entry before it was recorded; empty for the first
 */
export function checkEntry(text: string, position: number, before: string): Result<CheckedEntry, EntryFaultCode> {
  const value = parseJson(text);
  if (!isRecord(value)) return err('entry-malformed');
  const { body, position: stated, recordedAt } = value;
  if (!isRecord(body) || typeof body.kind !== 'string' || typeof stated !== 'number') return err('entry-malformed');
  if (typeof recordedAt !== 'string' || !INSTANT.test(recordedAt)) return err('entry-malformed');
  if (!isCanonical(value, text)) return err('entry-not-canonical');
  if (stated !== position) return err('entry-out-of-place');
  return recordedAt < before ? err('clock-went-back') : ok({ recordedAt });
}

/** RFC 8785. The quick way is right whenever it says yes; in doubt the whole form is written anew. */
function isCanonical(value: unknown, text: string): boolean {
  // An escaped surrogate may be a lone one, which has no canonical form and which JSON.stringify writes all the same.
  if (!text.includes('\\ud') && JSON.stringify(value) === text && isSorted(value)) return true;
  const again = canonicalize(value);
  return again.ok && again.value === text;
}

/** Whether the names of every object, as they are met, rise by their UTF-16 code units. */
function isSorted(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isSorted);
  let before = '';
  for (const [name, member] of Object.entries(value)) {
    if (name < before || !isSorted(member)) return false;
    before = name;
  }
  return true;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
