import { hash } from 'node:crypto';
import type { EntryLeaves, StoredEntry } from '../ports/access-log.ts';
import { logEntryBodySchema } from '../../schemas/entry.ts';
import { loggedEntrySchema, type LoggedEntry, type TreeHead } from '../../schemas/log.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { canonicalize } from '../../policies/engine/canonical-json.ts';
import { appendLeaves, EMPTY_RANGE, rootOf, type CompactRange } from './tree/compact-range.ts';
import { ENTRY_BYTES_MAX } from './tree/bundle.ts';

/** How entries become leaves of the log's tree, and whether a run of stored entries is one that could have been. */

/** Room for the place around a body: position, time and member names. */
const PLACE_BYTES_MAX = 128;

/**
 * Hash of an entry as it is kept: the RFC 6962 leaf hash of the UTF-8 bytes of its canonical text, which holds its
 * position and time. Base64url.
 */
// One call into the library: the prefix of a leaf, a zero byte, is also the UTF-8 form of the character zero.
export const entryHashOf = (canonical: string): string => hash('sha256', `\u0000${canonical}`, 'base64url');

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');

/**
 * Checks bodies and gives them their place. An entry that would not fit a bundle of C2SP tlog-tiles (65,535 bytes) is
 * refused like one of the wrong shape: nobody could fetch it to verify it.
 */
export const entryLeaves: EntryLeaves = {
  prepare(body) {
    const parsed = logEntryBodySchema.safeParse(body);
    if (!parsed.success) return err('entry-invalid');
    const text = canonicalize(parsed.data);
    if (!text.ok || Buffer.byteLength(text.value) > ENTRY_BYTES_MAX - PLACE_BYTES_MAX) return err('entry-invalid');
    return ok({ kind: parsed.data.kind, canonicalBody: text.value });
  },
  place(entry, { position, recordedAt }) {
    // The three names are in canonical order and their values need no escaping: this is the canonical form.
    const canonical = `{"body":${entry.canonicalBody},"position":${position},"recordedAt":"${recordedAt}"}`;
    return { position, entryHash: entryHashOf(canonical), canonical };
  },
};

export type EntryFaultCode =
  | 'hash-differs' // the text is not what was hashed: it was changed
  | 'not-an-entry' // text that is no entry of the log
  | 'not-canonical' // the same meaning in other bytes
  | 'out-of-place' // the position is not the next one: deleted, inserted or re-ordered
  | 'clock-went-back' // recorded before the entry it follows: back-dated
  | 'truncated' // shorter than a head that is known
  | 'root-differs'; // another history than that of a head that is known

export interface EntryFault {
  readonly code: EntryFaultCode;
  /** Where it was noticed. */
  readonly position: number;
}

/** Entries that were verified up to here, and all that is needed to go on from here. */
export interface VerifiedEntries {
  readonly range: CompactRange;
  /** Of the last of them; empty before the first. */
  readonly recordedAt: string;
}

export const NOTHING_VERIFIED: VerifiedEntries = { range: EMPTY_RANGE, recordedAt: '' };

export const treeHeadOf = ({ range }: VerifiedEntries): TreeHead => ({
  size: range.size,
  root: textOf(rootOf(range)),
});

export interface EntriesExpectation {
  /** What they follow; absent means that the first of them is the first of the log. */
  readonly after?: VerifiedEntries;
  /** A head that the log once had, kept by somebody else. Without one a wholly new log goes unseen. */
  readonly head?: TreeHead;
}

/**
 * Verifies entries in the order given, oldest first: each against its own hash and place, all of them against a head
 * where one is known. Gives how far they reach, or the first fault.
 */
export function verifyEntries(
  entries: Iterable<StoredEntry>,
  { after = NOTHING_VERIFIED, head }: EntriesExpectation = {},
): Result<VerifiedEntries, EntryFault> {
  let verified = after;
  const fault = headFault(verified, head);
  if (fault !== undefined) return fault;
  for (const stored of entries) {
    const position = verified.range.size;
    const entry = readEntry(stored);
    if (!entry.ok) return err({ code: entry.error, position });
    if (entry.value.position !== position || stored.position !== position)
      return err({ code: 'out-of-place', position });
    if (entry.value.recordedAt < verified.recordedAt) return err({ code: 'clock-went-back', position });
    const leaf = Buffer.from(stored.entryHash, 'base64url');
    verified = { range: appendLeaves(verified.range, [leaf]), recordedAt: entry.value.recordedAt };
    const differs = headFault(verified, head);
    if (differs !== undefined) return differs;
  }
  const { size } = verified.range;
  return head !== undefined && size < head.size ? err({ code: 'truncated', position: size }) : ok(verified);
}

function headFault(verified: VerifiedEntries, head: TreeHead | undefined) {
  if (head === undefined || verified.range.size !== head.size || treeHeadOf(verified).root === head.root)
    return undefined;
  return err({ code: 'root-differs' as const, position: Math.max(0, head.size - 1) });
}

/** The entry that a stored text holds, if the text is what was hashed and in the one form that the log writes. */
export function readEntry(stored: StoredEntry): Result<LoggedEntry, EntryFaultCode> {
  if (entryHashOf(stored.canonical) !== stored.entryHash) return err('hash-differs');
  const parsed = loggedEntrySchema.safeParse(parseJson(stored.canonical));
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
