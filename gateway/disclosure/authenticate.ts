import type { Agency } from '../../schemas/case.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { TokenClaim, TokenFault } from '../access/access-token.ts';
import type { PresentedResult } from '../access/connection.ts';
import { identifyAgency, type IdentifyFault } from '../access/identify.ts';
import type { AccessSnapshot } from '../ports/access-register.ts';

/**
 * Step 1: who is asking. The connection's certificate gives the agency, the token bound to it gives the client system
 * and the purpose it may ask for; both must belong to the same registered agency.
 */

export interface Caller {
  readonly agency: Agency;
  readonly clientId: string;
  /** SHA-256 of the client certificate, base64url. */
  readonly thumbprint: string;
  /** The purpose and case that the token was issued for (P9). */
  readonly claim: Pick<TokenClaim, 'purpose' | 'caseRef'>;
}

/** Whoever asks in a page: proven by sign-in, so a session stands where a system has its certificate and token. */
export interface SignedInCaller extends Omit<Caller, 'thumbprint'> {
  /** Names the session without being its key. */
  readonly session: string;
}

export type AuthenticateFault = IdentifyFault | TokenFault | 'token-missing';

export interface AuthenticateDeps {
  readonly register: () => AccessSnapshot;
  readonly readToken: (token: string, thumbprint: string, now: Date) => Result<TokenClaim, TokenFault>;
}

const BEARER = /^Bearer ([A-Za-z0-9._-]{1,4096})$/i;

/** Checks certificate, then token, then that they belong together. Asks no database: the register is in memory. */
export function authenticate(
  deps: AuthenticateDeps,
  presented: PresentedResult,
  authorization: string | undefined,
  now: Date,
): Result<Caller, AuthenticateFault> {
  const snapshot = deps.register();
  const identified = identifyAgency(presented, snapshot, now);
  if (!identified.ok) return identified;
  const token = BEARER.exec(authorization ?? '')?.[1];
  if (token === undefined) return err(authorization === undefined ? 'token-missing' : 'token-invalid');
  const { agency, thumbprint } = identified.value;
  const claim = deps.readToken(token, thumbprint, now);
  if (!claim.ok) return claim;
  const client = snapshot.clients.get(claim.value.clientId);
  // A token outlives the suspension of its client by minutes; the register is asked at each request instead.
  if (client?.status !== 'active' || client.agency !== agency.id) return err('token-invalid');
  if (!client.purposes.includes(claim.value.purpose)) return err('token-invalid');
  const { clientId, purpose, caseRef } = claim.value;
  return ok({ agency, clientId, thumbprint, claim: { purpose, caseRef } });
}
