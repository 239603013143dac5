import { err, ok, type Result } from '../../schemas/result.ts';
import { verifyChain, type ChainFault } from '../audit/chain.ts';
import type { AccessLog, LogHead } from '../ports/access-log.ts';

/** What a verification found: how many entries hold, and the newest of them. */
export interface VerifiedLog {
  readonly entries: number;
  readonly head: LogHead | undefined;
}

export type VerifyFault = ChainFault | { readonly code: 'log-unavailable'; readonly position: number };

const PAGE = 1_000;

/**
 * Verifies the whole log page by page, each entry against the one before.
 * @param remembered a head that was noted down elsewhere; without one a cut tail cannot be told from a short log
 */
export async function verifyLog(
  log: Pick<AccessLog, 'read'>,
  remembered?: LogHead,
): Promise<Result<VerifiedLog, VerifyFault>> {
  let head: LogHead | undefined;
  let entries = 0;
  let sawRemembered = remembered === undefined;
  for (;;) {
    const page = await log.read(entries, PAGE);
    if (!page.ok) return err({ code: 'log-unavailable', position: entries });
    if (page.value.length === 0) break;
    const holds = verifyChain(page.value, { ...(head === undefined ? {} : { after: head }) });
    if (!holds.ok) return holds;
    for (const { position, entryHash } of page.value) {
      if (position !== remembered?.position) continue;
      if (entryHash !== remembered.entryHash) return err({ code: 'head-differs', position });
      sawRemembered = true;
    }
    head = holds.value;
    entries += page.value.length;
  }
  return sawRemembered ? ok({ entries, head }) : err({ code: 'truncated', position: entries });
}
