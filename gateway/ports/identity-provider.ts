import type { IsoInstant } from '../../schemas/names.ts';
import type { Result } from '../../schemas/result.ts';

/** The port of the agencies' identity provider: who a member of staff is, by OpenID Connect. The gateway keeps no passwords. */

/** What must be remembered between sending somebody to the provider and his coming back. */
export interface PendingSignIn {
  readonly state: string;
  readonly nonce: string;
  /** The PKCE verifier (RFC 7636). */
  readonly verifier: string;
  /** Asked to prove again who he is: a session that is merely still open at the provider does not count. */
  readonly stepUp: boolean;
  /** When he was sent there, in seconds since 1970. */
  readonly startedAt: number;
}

export interface SignInStart {
  /** Where to send the browser. */
  readonly url: string;
  readonly pending: PendingSignIn;
}

/** What the provider says of a person, read from a checked ID token; not yet what he may do here. */
export interface ProvenStaff {
  /** The id in the agency's own system. */
  readonly staffId: string;
  readonly name: string;
  readonly agency: string;
  /** The provider's own words for what he is; configuration maps them to roles. */
  readonly groups: readonly string[];
  /** When he last proved it to the provider, by the provider's clock. */
  readonly provenAt: IsoInstant;
}

/**
 * - `provider-unavailable`: the provider did not answer, or not in time; nobody can sign in until it does.
 * - `sign-in-refused`: the provider said no, or what came back does not belong to what was asked, or does not check.
 * - `step-up-refused`: it vouches for the person, and did not ask again or not as strictly as it was told to.
 */
export type SignInFault = 'provider-unavailable' | 'sign-in-refused' | 'step-up-refused';

export interface IdentityProvider {
  /** Origin of its pages, for the policy that says where a form may lead. */
  readonly origin: string;
  start(wish: { readonly stepUp: boolean }): Promise<Result<SignInStart, SignInFault>>;
  /** Takes the query of the address that the browser came back to. */
  redeem(query: string, pending: PendingSignIn): Promise<Result<ProvenStaff, SignInFault>>;
  /**
   * Where to send the browser so that the provider ends its session too, where it knows how. The address names our
   * client and nobody else: an ID token in it would carry her name into every log on the way.
   */
  signOutUrl(): string | undefined;
}
