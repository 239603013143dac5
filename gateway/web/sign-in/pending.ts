import type { Request, Response } from 'express';
import { z } from 'zod';
import type { PendingSignIn } from '../../ports/identity-provider.ts';
import type { PageDeps } from '../page-deps.ts';
import { clearCookie, readCookie, setCookie } from '../session/cookies.ts';

/** What is remembered, in the browser and sealed, while somebody is at the identity provider. */

const GOOD_FOR_SECONDS = 600;
const PURPOSE = 'sign-in';

/** Only our own paths: an address handed in from outside would send people elsewhere after signing in. */
export const ownPathSchema = z.string().regex(/^\/(?!\/)[A-Za-z0-9/_.~?=&%-]{0,1500}$/);

const pendingSchema = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  stepUp: z.boolean(),
  startedAt: z.number().int(),
  /** Where to go on afterwards. */
  to: ownPathSchema,
  untilMs: z.number().int(),
});
export type Pending = z.infer<typeof pendingSchema>;

export function keepPending(deps: PageDeps, response: Response, pending: PendingSignIn, to: string): void {
  const kept: Pending = { ...pending, to, untilMs: deps.now().getTime() + GOOD_FOR_SECONDS * 1000 };
  setCookie(response, 'signIn', deps.cookieSeal.seal(PURPOSE, JSON.stringify(kept)), GOOD_FOR_SECONDS);
}

/** Takes it back, once: the cookie goes with this answer. Undefined where there is none, or it is too old. */
export function takePending(deps: PageDeps, request: Request, response: Response): Pending | undefined {
  const text = deps.cookieSeal.open(PURPOSE, readCookie(request, 'signIn') ?? '');
  clearCookie(response, 'signIn');
  if (text === undefined) return undefined;
  const pending = pendingSchema.safeParse(JSON.parse(text));
  return pending.success && pending.data.untilMs > deps.now().getTime() ? pending.data : undefined;
}
