import type { Client } from 'pg';
import type { AccessRegister, AccessSnapshot } from '../../gateway/ports/access-register.ts';
import { createConnection } from './pool.ts';
import { readAccess, readAccessRevision, type AccessRows } from './statements/read-access.ts';

export interface PostgresAccessRegisterOptions {
  /** Connection address of the gateway's login. */
  readonly url: string;
  /** How often the revision is checked, in case a notification was lost; 400 ms when not given. */
  readonly checkEveryMs?: number;
  /** After this long without a successful check the snapshot is stale; 5 s when not given. */
  readonly staleAfterMs?: number;
  /** A clock that never goes back, in milliseconds. */
  readonly monotonicMs?: () => number;
}

/**
 * The access register, followed in memory: read whole at the start, again at each notification, and checked in between,
 * so that a revocation counts within a second also on connections that are open. Resolves after the first attempt to
 * read; where that failed the snapshot is empty and stale, and following goes on.
 */
export async function followAccessRegister(options: PostgresAccessRegisterOptions): Promise<AccessRegister> {
  const follower = new AccessFollower(options);
  await follower.check();
  follower.schedule();
  return {
    snapshot: () => follower.snapshot(),
    onChange: (listener) => follower.onChange(listener),
    close: () => follower.close(),
  };
}

const NOTHING: AccessRows = { revision: -1, agencies: [], certificates: [], clients: [] };

function indexed(rows: AccessRows): Omit<AccessSnapshot, 'stale'> {
  return {
    revision: rows.revision,
    agencies: new Map(rows.agencies.map((agency) => [agency.id, agency])),
    certificates: new Map(rows.certificates.map((certificate) => [certificate.thumbprint, certificate])),
    clients: new Map(rows.clients.map((client) => [client.clientId, client])),
  };
}

class AccessFollower {
  readonly #options: PostgresAccessRegisterOptions;
  readonly #now: () => number;
  readonly #listeners = new Set<(snapshot: AccessSnapshot) => void>();
  #content = indexed(NOTHING);
  #confirmedAt = Number.NEGATIVE_INFINITY;
  #connection: Client | undefined;
  #checking: Promise<void> | undefined;
  #again = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: PostgresAccessRegisterOptions) {
    this.#options = options;
    this.#now = options.monotonicMs ?? (() => performance.now());
  }

  snapshot(): AccessSnapshot {
    const stale = this.#now() - this.#confirmedAt > (this.#options.staleAfterMs ?? 5_000);
    return { ...this.#content, stale };
  }

  onChange(listener: (snapshot: AccessSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  schedule(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      void this.check().then(() => {
        this.schedule();
      });
    }, this.#options.checkEveryMs ?? 400).unref();
  }

  /** One check at a time; a notification that arrives during one asks for another after it. */
  check(): Promise<void> {
    if (this.#closed) return this.#checking ?? Promise.resolve();
    this.#again = true;
    this.#checking ??= this.#checkUntilSettled();
    return this.#checking;
  }

  async #checkUntilSettled(): Promise<void> {
    while (this.#again && !this.#closed) {
      this.#again = false;
      await this.#checkOnce();
    }
    this.#checking = undefined;
  }

  async #checkOnce(): Promise<void> {
    // What is confirmed is the register as it was when we asked, not when the answer came.
    const asked = this.#now();
    try {
      const connection = (this.#connection ??= await this.#connect());
      if ((await readAccessRevision(connection)) !== this.#content.revision) await this.#load(connection);
      this.#confirmedAt = asked;
    } catch {
      await this.#disconnect();
    }
  }

  async #load(connection: Client): Promise<void> {
    this.#content = indexed(await readAccess(connection));
    const snapshot: AccessSnapshot = { ...this.#content, stale: false };
    for (const listener of this.#listeners) listener(snapshot);
  }

  async #connect(): Promise<Client> {
    const connection = createConnection({
      url: this.#options.url,
      connectWithinMs: 1_000,
      statementWithinMs: 1_000,
      name: 'holdfast access',
    });
    connection.on('notification', () => void this.check());
    try {
      await connection.connect();
      await connection.query('listen holdfast_access');
      return connection;
    } catch (error) {
      await connection.end().catch(() => undefined);
      throw error;
    }
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.end().catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#checking;
    await this.#disconnect();
  }
}
