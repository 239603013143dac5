import { entryLeaves } from '../gateway/audit/leaves.ts';
import type { AccessLog, AppendFault, Receipt, RequestKey, StoredEntry } from '../gateway/ports/access-log.ts';
import type { LogEntryBody } from '../schemas/entry.ts';
import { err, ok, type Result } from '../schemas/result.ts';

/** An access log for tests that need one and no database. It can be told to fail. */
export interface MemoryAccessLog extends AccessLog {
  readonly entries: readonly StoredEntry[];
  /** The bodies of the entries, parsed. */
  bodies(): readonly LogEntryBody[];
  /** From now on every append answers this fault, or works again. */
  failWith(fault: AppendFault | undefined): void;
  /** A second gateway on the same log. */
  another(): MemoryAccessLog;
}

interface Kept {
  readonly entries: StoredEntry[];
  readonly bodies: LogEntryBody[];
  readonly requests: Set<string>;
}

const KEY = /^[\x21-\x7e]{1,200}$/;

export function createMemoryAccessLog(kept: Kept = { entries: [], bodies: [], requests: new Set() }): MemoryAccessLog {
  let fault: AppendFault | undefined;
  let closed = false;
  const append = (body: LogEntryBody, requestKey?: RequestKey): Result<Receipt, AppendFault> => {
    if (closed) return err('log-unavailable');
    if (fault !== undefined) return err(fault);
    const entry = entryLeaves.prepare(body);
    if (!entry.ok) return entry;
    if (requestKey !== undefined) {
      if (!KEY.test(requestKey.clientId) || !KEY.test(requestKey.requestId)) return err('entry-invalid');
      const key = JSON.stringify([requestKey.clientId, requestKey.requestId]);
      if (kept.requests.has(key)) return err('request-replayed');
      kept.requests.add(key);
    }
    const recordedAt = new Date().toISOString();
    const stored = entryLeaves.place(entry.value, { position: kept.entries.length, recordedAt });
    kept.entries.push(stored);
    kept.bodies.push(structuredClone(body));
    return ok({ position: stored.position, entryHash: stored.entryHash, at: recordedAt });
  };
  return {
    entries: kept.entries,
    bodies: () => kept.bodies,
    failWith(next) {
      fault = next;
    },
    another: () => createMemoryAccessLog(kept),
    append: (body, requestKey) => Promise.resolve(append(body, requestKey)),
    head() {
      const last = kept.entries.at(-1);
      return Promise.resolve(ok(last && { position: last.position, entryHash: last.entryHash }));
    },
    read: (from, limit) => Promise.resolve(ok(kept.entries.slice(from, from + limit))),
    close() {
      closed = true;
      return Promise.resolve();
    },
  };
}
