import type { SealedTried } from '../../../schemas/case-change.ts';
import type { Case } from '../../../schemas/case.ts';
import { blockedSeals, triedDigests } from '../../cases/blocked-digests.ts';
import { isClosedSince } from '../../disclosure/close-elsewhere.ts';
import type { Result } from '../../../schemas/result.ts';
import { ok } from '../../../schemas/result.ts';
import { isContactStopped } from '../cases/category-words.ts';
import type { PageDeps } from '../page-deps.ts';
import type { Hidden } from '../request/still-shown.ts';

/**
 * Whether the contact that a worker was shown has been closed since, on this case or another: then the page on which she
 * would record shows no more of it than the answer does.
 */
export async function contactClosedSince(
  deps: Pick<PageDeps, 'cases'>,
  kase: Case,
  tried: SealedTried,
): Promise<Result<Extract<Hidden, 'contact-stopped' | 'case-changed'> | undefined, 'register-unavailable'>> {
  if (isContactStopped(kase)) return ok('contact-stopped');
  const own = blockedSeals(kase);
  if (tried.widely.some(({ seal }) => own.has(seal))) return ok('case-changed');
  const closed = await isClosedSince(deps.cases, triedDigests(tried));
  if (!closed.ok) return closed;
  return ok(closed.value ? 'case-changed' : undefined);
}
