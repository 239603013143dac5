import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { RequestKey } from '../../../gateway/ports/access-log.ts';

const SQL = `
  insert into holdfast.request_seen (client_id, request_id)
  select * from unnest($1::text[], $2::text[])
  on conflict do nothing
  returning client_id, request_id`;

const rowsSchema = z.array(z.object({ client_id: z.string(), request_id: z.string() }));

/** Marks requests as seen and returns those that had not been; the keys given must differ from each other. */
export async function insertRequests(client: ClientBase, keys: readonly RequestKey[]): Promise<readonly RequestKey[]> {
  const { rows } = await client.query({
    name: 'insert-requests',
    text: SQL,
    values: [keys.map((key) => key.clientId), keys.map((key) => key.requestId)],
  });
  return rowsSchema.parse(rows).map((row) => ({ clientId: row.client_id, requestId: row.request_id }));
}
