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
  /** Whether newer agreements were refused and older ones stay in force; only on the operator's door. */
  readonly policyRefused?: () => boolean;
  /** Whether the log has been without enough witnesses for ten minutes; only on the operator's door. */
  readonly quorumLost?: () => boolean;
}

/**
 * `GET /ready`: questions can be answered now. Where not, it says which part is missing and nothing else; where they can
 * but an operator has to act, it says on what.
 */
export const getReady =
  ({ log, register, policyRefused, quorumLost }: ReadyDeps): RequestHandler =>
  async (_request, response) => {
    const head = await log.head();
    const missing = [...(head.ok ? [] : ['log']), ...(register().stale ? ['registers'] : [])];
    const attention = [
      ...(policyRefused?.() === true ? ['policy-refused'] : []),
      ...(quorumLost?.() === true ? ['quorum-lost'] : []),
    ];
    if (missing.length === 0) response.json({ status: 'ready', ...(attention.length === 0 ? {} : { attention }) });
    else response.status(503).json({ status: 'not-ready', missing });
  };
