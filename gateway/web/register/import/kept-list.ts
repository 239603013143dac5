import { z } from 'zod';
import { err, ok, type Result } from '../../../../schemas/result.ts';
import { openForSession, sealForSession, type Session } from '../../../access/staff/session.ts';
import type { PageDeps } from '../../page-deps.ts';
import { KEPT_MS } from '../../request/kept.ts';

/** A list between its preview and its import: kept as an answer is, sealed under the session, for ten minutes. */

const keptListSchema = z.strictObject({ maracList: z.string() });

/** Gives the id under which it is kept. */
export async function keepList(
  deps: PageDeps,
  session: Session,
  list: string,
): Promise<Result<string, 'store-unavailable'>> {
  const requestId = deps.newId();
  const kept = await deps.keptAnswers.put({
    ...{ session: session.name, requestId },
    sealed: sealForSession(session.secret, JSON.stringify({ maracList: list })),
    endsAtMs: deps.now().getTime() + KEPT_MS,
  });
  return kept.ok ? ok(requestId) : kept;
}

/** Undefined where it has ended, was never there, or is another session's: nobody can tell which. */
export async function openList(
  deps: PageDeps,
  session: Session,
  id: string,
): Promise<Result<Uint8Array | undefined, 'store-unavailable'>> {
  if (!z.uuid().safeParse(id).success) return ok(undefined);
  const found = await deps.keptAnswers.find(session.name, id);
  if (!found.ok) return err(found.error);
  const { value } = found;
  if (value === undefined || value.endsAtMs <= deps.now().getTime()) return ok(undefined);
  const text = openForSession(session.secret, value.sealed);
  const kept = text === undefined ? undefined : keptListSchema.safeParse(JSON.parse(text));
  return ok(kept?.success === true ? new TextEncoder().encode(kept.data.maracList) : undefined);
}
