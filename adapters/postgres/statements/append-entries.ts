import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { PreparedEntry, RequestKey } from '../../../gateway/ports/access-log.ts';
import { binaryArray, roomOf } from './binary-array.ts';

/** Migration 0070 says what happens in it: lock, places, time, hashes, request keys and entries. */
const SQL = 'select first, recorded, places, hashes from holdfast.append_entries($1::json[], $2::text[], $3, $4)';

const HASH_BYTES = 32;

const rowSchema = z.union([
  z.object({
    first: z.coerce.number().int(),
    recorded: z.iso.datetime(),
    /** Which of the entries were taken, from 1; null for all. */
    places: z.array(z.number().int()).nullable(),
    hashes: z.instanceof(Buffer),
  }),
  // Nothing was appended: every request key had been seen.
  z.object({ first: z.null(), recorded: z.null(), places: z.null(), hashes: z.null() }),
]);

export interface AppendedRow {
  /** Which of the entries given, from 0. */
  readonly index: number;
  readonly position: number;
  readonly recordedAt: string;
  /** Base64url. */
  readonly entryHash: string;
}

type Keyed = { readonly entry: PreparedEntry; readonly requestKey?: RequestKey };

/**
 * Appends entries, each without a request key or with one that differs from the others', and answers when all of them
 * are committed. An entry whose key was seen before has no row in the answer. One call at a time on a connection.
 */
export async function appendEntries(client: ClientBase, entries: readonly Keyed[]): Promise<readonly AppendedRow[]> {
  if (entries.length === 0) return [];
  const keyed = entries.some(({ requestKey }) => requestKey !== undefined);
  const { rows } = await client.query<Record<string, unknown>>({
    name: 'append-entries',
    text: SQL,
    values: [
      binaryArray(
        'json',
        entries.map(({ entry }) => entry.canonicalBody),
        roomOf(client),
      ),
      entries.map(({ entry }) => entry.kind),
      keyed ? entries.map(({ requestKey }) => requestKey?.clientId ?? null) : null,
      keyed ? entries.map(({ requestKey }) => requestKey?.requestId ?? null) : null,
    ],
  });
  const [row] = z.array(rowSchema).length(1).parse(rows);
  if (row === undefined || row.first === null) return [];
  const { first, recorded, hashes } = row;
  const places = row.places ?? entries.map((_, n) => n + 1);
  if (hashes.length !== places.length * HASH_BYTES) throw new Error('the log gave another number of hashes');
  // Positions follow one another in the order of the batch.
  return places.map((place, n) => ({
    index: place - 1,
    position: first + n,
    recordedAt: recorded,
    entryHash: hashes.toString('base64url', n * HASH_BYTES, (n + 1) * HASH_BYTES),
  }));
}
