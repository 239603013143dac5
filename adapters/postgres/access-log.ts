import { err, ok, type Result } from '../../schemas/result.ts';
import type { AccessLog, EntryLeaves, RequestKey } from '../../gateway/ports/access-log.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';
import { createSequencer, type SequencerLimits } from './sequencer.ts';
import { readEntries, readHead } from './statements/read-entries.ts';
import { createBatchWriter } from './write-batch.ts';

export interface PostgresAccessLogOptions {
  /** Connection address of the gateway's login. */
  readonly url: string;
  /** `entryLeaves` of gateway/audit/leaves.ts. */
  readonly leaves: EntryLeaves;
  readonly limits?: Partial<SequencerLimits>;
  /** For one statement of a batch; the lock of another gateway's batch is waited for within it. */
  readonly statementWithinMs?: number;
}

export const ACCESS_LOG_LIMITS: SequencerLimits = { waitingMax: 10_000, batchMax: 500, answerWithinMs: 3_000 };

const READ_MAX = 10_000;
const FORGET_EVERY_MS = 60_000;
const FORGET_AT_ONCE = 10_000;

/** What a request key may hold; anything else would fail the whole batch in which it travels. */
const KEY = /^[\x21-\x7e]{1,200}$/;
const isKey = (key: RequestKey) => KEY.test(key.clientId) && KEY.test(key.requestId);

/**
 * The access log in PostgreSQL. Several gateways may append to one database; each has connections of its own, apart
 * from all others, so that no query elsewhere can keep an entry waiting. Connects when first used and again after the
 * database was restarted.
 */
export function createPostgresAccessLog(options: PostgresAccessLogOptions): AccessLog {
  const connect = {
    url: options.url,
    connectWithinMs: CONNECT_WITHIN_MS,
    statementWithinMs: options.statementWithinMs ?? 2_500,
  };
  const writer = createPool({ ...connect, max: 1, name: 'holdfast log writer' });
  const reader = createPool({ ...connect, statementWithinMs: 10_000, max: 2, name: 'holdfast log reader' });
  const batches = createBatchWriter(writer, options.leaves);
  const sequencer = createSequencer((batch) => batches.write(batch), { ...ACCESS_LOG_LIMITS, ...options.limits });
  const forgetting = setInterval(() => {
    reader.query('select holdfast.forget_requests($1)', [FORGET_AT_ONCE]).catch(() => undefined);
  }, FORGET_EVERY_MS).unref();
  let closing: Promise<void> | undefined;
  const close = async () => {
    clearInterval(forgetting);
    await sequencer.close();
    batches.close();
    await Promise.all([writer.end(), reader.end()]);
  };
  return {
    async append(body, requestKey) {
      const entry = options.leaves.prepare(body);
      if (!entry.ok) return entry;
      if (requestKey === undefined) return sequencer.append({ entry: entry.value });
      if (!isKey(requestKey)) return err('entry-invalid');
      return sequencer.append({ entry: entry.value, requestKey: { ...requestKey } });
    },
    head: () => available(() => readHead(reader)),
    read: (from, limit) => available(() => readEntries(reader, from, Math.max(0, Math.min(limit, READ_MAX)))),
    close: () => (closing ??= close()),
  };
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, 'log-unavailable'>> {
  try {
    return ok(await query());
  } catch {
    return err('log-unavailable');
  }
}
