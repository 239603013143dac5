import { sayBundleFault } from '../../policies/engine/sign/sentences.ts';
import { maySucceed } from '../../policies/engine/sign/succeed.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { readEntry } from '../audit/leaves.ts';
import type { AccessLog } from '../ports/access-log.ts';
import type { ReadBundle } from './policy-holder.ts';

/**
 * Which signed bundle was in force last, as the access log has it. The log remembers, and no file beside the agreements:
 * whoever can put back old agreements could put back an old file, and cannot rewrite the log (P10).
 */

const PAGE = 10_000;
const MARK = '"kind":"policy-loaded"';
const NO_LOG = 'The access log cannot be read, so the gateway does not start: check DATABASE_URL and the database.';

interface LastLoaded {
  readonly number: number;
  /** SHA-256 of the signed statement, hexadecimal. */
  readonly digest: string;
}

/** Reads the log backwards to the newest entry that says which agreements were loaded; undefined where none were signed. */
export async function lastLoaded(
  log: Pick<AccessLog, 'head' | 'read'>,
): Promise<Result<LastLoaded | undefined, 'log-unavailable'>> {
  const head = await log.head();
  if (!head.ok) return head;
  for (let until = (head.value?.position ?? -1) + 1; until > 0; until -= PAGE) {
    const from = Math.max(0, until - PAGE);
    const page = await log.read(from, until - from);
    if (!page.ok) return page;
    for (const stored of [...page.value].reverse()) {
      const entry = stored.canonical.includes(MARK) ? readEntry(stored) : undefined;
      if (entry?.ok !== true || entry.value.body.kind !== 'policy-loaded') continue;
      const { signed } = entry.value.body;
      if (signed === undefined) return ok(undefined);
      return ok({ number: signed.number, digest: Buffer.from(signed.digest, 'base64url').toString('hex') });
    }
  }
  return ok(undefined);
}

/** Whether a gateway may start with these agreements after what the log says was in force; a sentence says why not. */
export async function mayFollow(
  log: Pick<AccessLog, 'head' | 'read'>,
  bundle: ReadBundle,
): Promise<Result<true, string>> {
  const last = await lastLoaded(log);
  if (!last.ok) return err(NO_LOG);
  const follows = maySucceed(bundle.provenance, last.value);
  return follows.ok ? follows : err(sayBundleFault(follows.error));
}
