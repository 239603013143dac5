import type { TreeHead } from '../../schemas/log.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { NOTHING_VERIFIED, treeHeadOf, verifyEntries, type EntryFault } from '../audit/leaves.ts';
import type { AccessLog } from '../ports/access-log.ts';

/** What a verification found: how many entries hold, and the head of the tree over them. */
export interface VerifiedLog {
  readonly entries: number;
  readonly head: TreeHead;
}

export type VerifyFault = EntryFault | { readonly code: 'log-unavailable'; readonly position: number };

const PAGE = 1_000;

/**
 * Verifies the whole log page by page, from its first entry on.
 * @param kept a head that the log once had, noted down elsewhere; without one, a cut tail cannot be told from a short
 *   log, nor a log that was written anew from the first
 */
export async function verifyLog(
  log: Pick<AccessLog, 'read'>,
  kept?: TreeHead,
): Promise<Result<VerifiedLog, VerifyFault>> {
  let verified = NOTHING_VERIFIED;
  for (;;) {
    const position = verified.range.size;
    const page = await log.read(position, PAGE);
    if (!page.ok) return err({ code: 'log-unavailable', position });
    const reached = position + page.value.length;
    // A head that lies further on is for a later page.
    const head = kept !== undefined && (kept.size <= reached || page.value.length === 0) ? { head: kept } : {};
    const holds = verifyEntries(page.value, { after: verified, ...head });
    if (!holds.ok) return holds;
    verified = holds.value;
    if (page.value.length === 0) return ok({ entries: position, head: treeHeadOf(verified) });
  }
}

/**
 * Verifies a live log and records in it that this was done and what was found. What was found stands also where it
 * cannot be recorded: a log that does not hold may be one that cannot be written either.
 */
export async function verifyAndRecord(
  log: Pick<AccessLog, 'read' | 'append'>,
  kept: TreeHead | undefined,
  at: Date,
): Promise<Result<VerifiedLog, VerifyFault>> {
  const verified = await verifyLog(log, kept);
  if (!verified.ok && verified.error.code === 'log-unavailable') return verified;
  await log.append({
    kind: 'log-verified',
    v: 1,
    at: at.toISOString(),
    operations: [],
    actor: 'operator',
    entries: verified.ok ? verified.value.entries : verified.error.position,
    holds: verified.ok,
    ...(verified.ok ? {} : { code: verified.error.code, position: verified.error.position }),
  });
  return verified;
}
