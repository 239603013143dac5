import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { PreparedEntry, RequestKey } from '../../../gateway/ports/access-log.ts';

/** Migration 0006 says what happens in it: lock, places, time, hashes, request keys and entries. */
const SQL = `
  select min(entry_position) as first, min(recorded) as recorded,
    array_agg(place::int order by place) as places, string_agg(hash, ''::bytea order by place) as hashes
  from holdfast.append_entries($1, $2, $3, $4)`;

const HASH_BYTES = 32;

const rowSchema = z.union([
  z.object({
    first: z.coerce.number().int(),
    recorded: z.iso.datetime(),
    places: z.array(z.number().int()),
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

/**
 * Appends entries, each without a request key or with one that differs from the others', and answers when all of them
 * are committed. An entry whose key was seen before has no row in the answer.
 */
export async function appendEntries(
  client: ClientBase,
  entries: readonly { readonly entry: PreparedEntry; readonly requestKey?: RequestKey }[],
): Promise<readonly AppendedRow[]> {
  const { rows } = await client.query<Record<string, unknown>>({
    name: 'append-entries',
    text: SQL,
    values: [
      // One JSON text and not an array of texts: nothing in it has to be escaped, and a body's bytes stay as they are.
      `[${entries.map(({ entry }) => entry.canonicalBody).join(',')}]`,
      entries.map(({ entry }) => entry.kind),
      entries.map(({ requestKey }) => requestKey?.clientId ?? null),
      entries.map(({ requestKey }) => requestKey?.requestId ?? null),
    ],
  });
  const [row] = z.array(rowSchema).length(1).parse(rows);
  if (row === undefined || row.first === null) return [];
  const { first, recorded, places, hashes } = row;
  // Positions follow one another in the order of the batch.
  return places.map((place, n) => ({
    index: place - 1,
    position: first + n,
    recordedAt: recorded,
    entryHash: hashes.toString('base64url', n * HASH_BYTES, (n + 1) * HASH_BYTES),
  }));
}
