import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** Names that the two sides of the test database share. */

export const TEMPLATE = 'holdfast_template';

/** Where the run with this process id answers with the addresses of its database server. */
export const doorOf = (pid: number): string => join(tmpdir(), `holdfast-test-${pid}.sock`);

export async function connectTo(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, statement_timeout: 30_000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
