import { mkdir, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createGatewayLogin } from '../../../adapters/postgres/gateway-login.ts';
import { migrate } from '../../../adapters/postgres/migrate.ts';
import { connectTo } from '../../database-address.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../../deploy/embedded-postgres.ts';

/** A durable database of its own for the log's figures, emptied at each start unless it is to be kept. */
export interface LogGround {
  /** On the database's disk, and ours to write to. */
  readonly folder: string;
  readonly url: string;
  readonly ownerUrl: string;
  readonly version: string;
  /** Of the database as it runs now. */
  pid(): number;
  /** Starts the database again on the same port, after it was killed. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

async function versionOf(url: string): Promise<string> {
  const owner = await connectTo(url);
  const { rows } = await owner.query<{ server_version: string }>('show server_version');
  await owner.end();
  return rows[0]?.server_version ?? 'unknown';
}

/**
 * Starts it, or throws with the sentence that says why not.
 * @param keep goes on with what is there, and leaves it there at the end
 */
export async function layLogGround(folder: string, { keep = false } = {}): Promise<LogGround> {
  if (!keep) await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const start = async (port?: number): Promise<EmbeddedPostgres> => {
    const started = await startEmbeddedPostgres({
      folder: join(folder, 'database'),
      durable: true,
      ...(port === undefined ? {} : { port }),
    });
    if (!started.ok) throw new Error(started.error.sentence);
    return started.value;
  };
  let server = await start();
  const migrated = await migrate({ ownerUrl: server.url });
  if (!migrated.ok) throw new Error(migrated.error.sentence);
  const login = await createGatewayLogin(server.url, randomBytes(18).toString('base64url'));
  if (!login.ok) throw new Error(login.error);
  return {
    folder,
    url: login.value,
    ownerUrl: server.url,
    version: await versionOf(server.url),
    pid: () => server.pid,
    restart: async () => {
      server = await start(server.port);
    },
    close: async () => {
      await server.stop();
      if (!keep) await rm(folder, { recursive: true, force: true });
    },
  };
}
