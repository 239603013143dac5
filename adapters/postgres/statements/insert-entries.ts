import type { ClientBase } from 'pg';
import type { StoredEntry } from '../../../gateway/ports/access-log.ts';

const SQL = `
  insert into holdfast.entry (position, recorded_at, kind, entry_hash, canonical)
  select row.position, $2, row.kind, decode(row.entry_hash, 'hex'), row.canonical
  from unnest($1::bigint[], $3::text[], $4::text[], $5::text[])
    as row (position, kind, entry_hash, canonical)`;

export interface EntryRow {
  readonly stored: StoredEntry;
  readonly kind: string;
}

const hex = (base64url: string) => Buffer.from(base64url, 'base64url').toString('hex');

/** Inserts a batch of consecutive entries recorded at one moment. */
export async function insertEntries(client: ClientBase, rows: readonly EntryRow[], recordedAt: string): Promise<void> {
  await client.query({
    name: 'insert-entries',
    text: SQL,
    values: [
      rows.map((row) => row.stored.position),
      recordedAt,
      rows.map((row) => row.kind),
      rows.map((row) => hex(row.stored.entryHash)),
      rows.map((row) => row.stored.canonical),
    ],
  });
}
