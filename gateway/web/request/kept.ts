import { z } from 'zod';
import { disclosureSchema, receiptSchema } from '../../../schemas/answer.ts';
import { categorySchema } from '../../../schemas/case.ts';
import { roleSchema } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { openForSession, sealForSession, type Session } from '../../access/staff/session.ts';
import type { PageDeps } from '../page-deps.ts';

/** An answer kept for ten minutes, sealed under the session that asked: nobody else, and nothing at rest, opens it. */

export const KEPT_MS = 10 * 60_000;

export const keptSchema = z.strictObject({
  disclosure: disclosureSchema,
  receipt: receiptSchema,
  role: roleSchema,
  /** Digests of what any case may close since. */
  closable: z.array(z.string()),
  /** How the case stood when it was asked. */
  standing: z.strictObject({ category: categorySchema, safety: z.string(), protected: z.string() }),
});
export type Kept = z.infer<typeof keptSchema>;

export async function keepAnswer(
  deps: PageDeps,
  session: Session,
  requestId: string,
  kept: Kept,
): Promise<Result<void, 'store-unavailable'>> {
  return deps.keptAnswers.put({
    session: session.name,
    requestId,
    sealed: sealForSession(session.secret, JSON.stringify(kept)),
    endsAtMs: deps.now().getTime() + KEPT_MS,
  });
}

/** Undefined where it has ended, was never there, or is another session's: nobody can tell which. */
export async function openKept(
  deps: PageDeps,
  session: Session,
  requestId: string,
): Promise<Result<{ readonly kept: Kept; readonly endsAtMs: number } | undefined, 'store-unavailable'>> {
  if (!z.uuid().safeParse(requestId).success) return ok(undefined);
  const found = await deps.keptAnswers.find(session.name, requestId);
  if (!found.ok) return err(found.error);
  const { value } = found;
  if (value === undefined || value.endsAtMs <= deps.now().getTime()) return ok(undefined);
  const text = openForSession(session.secret, value.sealed);
  const kept = text === undefined ? undefined : keptSchema.safeParse(JSON.parse(text));
  return ok(kept?.success === true ? { kept: kept.data, endsAtMs: value.endsAtMs } : undefined);
}
