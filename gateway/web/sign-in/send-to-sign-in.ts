import type { Request, Response } from 'express';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { keepPending, ownPathSchema } from './pending.ts';

/** Sends the browser to the identity provider, to come back to the page it was asking for. */
export async function sendToSignIn(
  deps: PageDeps,
  render: Render,
  request: Request,
  response: Response,
  wish: { readonly stepUp: boolean; readonly to?: string } = { stepUp: false },
): Promise<void> {
  const started = await deps.identity.start({ stepUp: wish.stepUp });
  if (!started.ok) {
    render(response, 'layout/message.njk', { navigation: [] }, PROVIDER_AWAY, 503);
    return;
  }
  const asked = wish.to ?? (request.method === 'GET' ? request.originalUrl : '/');
  const to = ownPathSchema.safeParse(asked);
  keepPending(deps, response, started.value.pending, to.success ? to.data : '/');
  response.redirect(303, started.value.url);
}

export const PROVIDER_AWAY = {
  heading: 'You cannot sign in at the moment',
  sentences: [
    'Your organisation’s sign-in service does not answer. Nothing was lost.',
    'Try again in a minute. If it goes on, call your service desk: they can see whether it works.',
  ],
  links: [{ href: '/', text: 'Try again' }],
};
