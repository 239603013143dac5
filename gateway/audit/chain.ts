import { createHash } from 'node:crypto';
import type { EntryChain, LogHead, StoredEntry } from '../ports/access-log.ts';
import { chainedEntrySchema, logEntryBodySchema, type ChainedEntry } from '../../schemas/entry.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { canonicalize } from './canonical.ts';

/** The chain of hashes that makes a quiet change to the log visible to whoever remembers a later hash. */

/** What stands before the first entry: 32 zero bytes. */
export const BEFORE_FIRST = Buffer.alloc(32).toString('base64url');

const CANONICAL_MAX = 262_144;

const sha256 = (text: string) => createHash('sha256').update(text, 'utf8').digest('base64url');

/**
 * Hash of an entry as it is kept: SHA-256 over the UTF-8 bytes of its canonical text, which holds its position and the
 * hash of the entry before it. Base64url.
 */
export const entryHashOf = (canonical: string): string => sha256(canonical);

/** Checks bodies and puts them in their place. A body over 256 KiB is refused like one of the wrong shape. */
export const entryChain: EntryChain = {
  beforeFirst: BEFORE_FIRST,
  prepare(body) {
    const parsed = logEntryBodySchema.safeParse(body);
    if (!parsed.success) return err('entry-invalid');
    const text = canonicalize(parsed.data);
    if (!text.ok || text.value.length > CANONICAL_MAX) return err('entry-invalid');
    return ok({ kind: parsed.data.kind, canonicalBody: text.value });
  },
  link(entry, { position, previous, recordedAt }) {
    // The four names are in canonical order and their values need no escaping: this is the canonical form.
    const canonical = `{"body":${entry.canonicalBody},"position":${position},"previous":"${previous}","recordedAt":"${recordedAt}"}`;
    return { position, entryHash: entryHashOf(canonical), canonical };
  },
};

export type ChainFaultCode =
  | 'not-an-entry' // the text is not an entry of a shape we know
  | 'not-canonical' // same meaning, other bytes
  | 'hash-differs' // a byte was changed
  | 'out-of-place' // deleted, inserted or re-ordered: the position is not the next one
  | 'previous-differs' // the entry before it is not the one it was written after
  | 'clock-went-back' // recorded before its predecessor
  | 'truncated' // ends before the head that is known
  | 'head-differs'; // a whole history was replaced: the hash at the known head is another

export interface ChainFault {
  readonly code: ChainFaultCode;
  /** Where it was noticed. */
  readonly position: number;
}

export interface ChainExpectation {
  /** What the first entry must follow; absent means that it is the first of the log. */
  readonly after?: LogHead;
  /** A head that was seen earlier and remembered elsewhere. Without one, a cut tail or a wholly new log goes unseen. */
  readonly head?: LogHead;
}

/**
 * Verifies entries in the order given, oldest first, each against its own hash, its predecessor and, where one is
 * known, a remembered head. Returns the head that they lead to (undefined when there are none), or the first fault.
 */
export function verifyChain(
  entries: Iterable<StoredEntry>,
  expected: ChainExpectation = {},
): Result<LogHead | undefined, ChainFault> {
  let before = expected.after;
  let recordedAt = '';
  for (const stored of entries) {
    const position = before === undefined ? 0 : before.position + 1;
    const entry = readEntry(stored);
    if (!entry.ok) return err({ code: entry.error, position });
    if (entry.value.position !== position || stored.position !== position)
      return err({ code: 'out-of-place', position });
    if (entry.value.previous !== (before?.entryHash ?? BEFORE_FIRST))
      return err({ code: 'previous-differs', position });
    if (entry.value.recordedAt < recordedAt) return err({ code: 'clock-went-back', position });
    if (expected.head?.position === position && expected.head.entryHash !== stored.entryHash)
      return err({ code: 'head-differs', position });
    before = { position, entryHash: stored.entryHash };
    recordedAt = entry.value.recordedAt;
  }
  if (expected.head !== undefined && (before === undefined || before.position < expected.head.position))
    return err({ code: 'truncated', position: (before?.position ?? -1) + 1 });
  return ok(before);
}

function readEntry(stored: StoredEntry): Result<ChainedEntry, ChainFaultCode> {
  if (entryHashOf(stored.canonical) !== stored.entryHash) return err('hash-differs');
  const parsed = chainedEntrySchema.safeParse(parseJson(stored.canonical));
  if (!parsed.success) return err('not-an-entry');
  const again = canonicalize(parsed.data);
  if (!again.ok || again.value !== stored.canonical) return err('not-canonical');
  return ok(parsed.data);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
