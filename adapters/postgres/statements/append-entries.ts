import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { PreparedEntry, RequestKey } from '../../../gateway/ports/access-log.ts';

/** Migration 0006 says what happens in it: lock, places, time, hashes, request keys and entries. */
const SQL = `
  select place, entry_position as position, recorded, encode(hash, 'base64') as hash
  from holdfast.append_entries($1, $2, $3, $4)`;

const rowsSchema = z.array(
  z.object({
    place: z.coerce.number().int(),
    position: z.coerce.number().int(),
    recorded: z.iso.datetime(),
    hash: z.string(),
  }),
);

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
  return rowsSchema.parse(rows).map(({ place, position, recorded, hash }) => ({
    index: place - 1,
    position,
    recordedAt: recorded,
    entryHash: Buffer.from(hash, 'base64').toString('base64url'),
  }));
}
