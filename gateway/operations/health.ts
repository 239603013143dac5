import type { RequestHandler } from 'express';
import type { AccessLog } from '../ports/access-log.ts';
import type { AccessSnapshot } from '../ports/access-register.ts';

/** `GET /live`: the process answers. */
export const getLive: RequestHandler = (_request, response) => {
  response.json({ status: 'live' });
};

export interface ReadyDeps {
  readonly log: AccessLog;
  readonly register: () => AccessSnapshot;
}

/** `GET /ready`: questions can be answered now. Where not, it says which part is missing and nothing else. */
export const getReady =
  ({ log, register }: ReadyDeps): RequestHandler =>
  async (_request, response) => {
    const head = await log.head();
    const missing = [...(head.ok ? [] : ['log']), ...(register().stale ? ['registers'] : [])];
    if (missing.length === 0) response.json({ status: 'ready' });
    else response.status(503).json({ status: 'not-ready', missing });
  };
