import type { Pool } from 'pg';
import { z } from 'zod';
import type { LogHead, StoredEntry } from '../../../gateway/ports/access-log.ts';

const COLUMNS = `position, encode(entry_hash, 'hex') as entry_hash`;
const headSchema = z.object({ position: z.coerce.number().int(), entry_hash: z.string() });
const entrySchema = headSchema.extend({ canonical: z.string() });

const base64url = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

/** The newest entry's place and hash, or undefined for an empty log. */
export async function readHead(pool: Pool): Promise<LogHead | undefined> {
  const { rows } = await pool.query(`select ${COLUMNS} from holdfast.entry order by position desc limit 1`);
  const [head] = z.array(headSchema).parse(rows);
  return head === undefined ? undefined : { position: head.position, entryHash: base64url(head.entry_hash) };
}

/** Entries from a position on, oldest first. */
export async function readEntries(pool: Pool, from: number, limit: number): Promise<readonly StoredEntry[]> {
  const { rows } = await pool.query(
    `select ${COLUMNS}, canonical from holdfast.entry where position >= $1 order by position limit $2`,
    [from, limit],
  );
  return z
    .array(entrySchema)
    .parse(rows)
    .map((row) => ({ position: row.position, entryHash: base64url(row.entry_hash), canonical: row.canonical }));
}
