import { Client, Pool, type ClientConfig } from 'pg';

/** Connections to the store, none of which may wait for ever (P11). */

/**
 * How long one who asks waits for a connection to be opened or to come free, in milliseconds; below the log's own limit
 * (`ACCESS_LOG_LIMITS.answerWithinMs`). A gateway that was just started opens all of them at once while it compiles the
 * pipeline: at one second it refused its first questions on a busy machine although the database was well.
 */
export const CONNECT_WITHIN_MS = 2_500;

export interface ConnectionLimits {
  readonly url: string;
  /** Connections at most; further callers wait for one, up to `connectWithinMs`. */
  readonly max: number;
  readonly connectWithinMs: number;
  /** Longest time for one statement: ended by the server, and given up by us a second later if it does not answer. */
  readonly statementWithinMs: number;
  /** Shown in pg_stat_activity. */
  readonly name: string;
  /** Settings of the session beside our own, for example `enable_seqscan=off`. */
  readonly session?: readonly string[];
}

function configuration(limits: Omit<ConnectionLimits, 'max'>): ClientConfig {
  return {
    connectionString: limits.url,
    connectionTimeoutMillis: limits.connectWithinMs,
    statement_timeout: limits.statementWithinMs,
    query_timeout: limits.statementWithinMs + 1000,
    // A transaction whose gateway vanished without closing its connection gives its locks back.
    idle_in_transaction_session_timeout: limits.statementWithinMs + 1000,
    application_name: limits.name,
    keepAlive: true,
    // Whoever runs the server may have relaxed its default; an answer that depends on a commit may not.
    options: ['synchronous_commit=on', ...(limits.session ?? [])].map((each) => `-c ${each}`).join(' '),
  };
}

/** A pool of connections. A connection that breaks while idle is dropped; the next caller gets a new one. */
export function createPool(limits: ConnectionLimits): Pool {
  const pool = new Pool({ ...configuration(limits), max: limits.max, idleTimeoutMillis: 30_000 });
  pool.on('error', () => undefined);
  // A connection in use that breaks fails its query, which is handled where it was asked; without a listener of its own
  // it would end the process as well.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** A single connection, not yet open, for work that is bound to its session (locks, notifications). */
export function createConnection(limits: Omit<ConnectionLimits, 'max'>): Client {
  const client = new Client(configuration(limits));
  client.on('error', () => undefined);
  return client;
}

/** The five-character code of a database error, or undefined for a connection that failed. */
export function sqlState(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code))
    return error.code;
  return undefined;
}
