import type { Agency } from '../../schemas/case.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { AccessSnapshot } from '../ports/access-register.ts';
import { certificateInForce } from './certificate-profile.ts';
import type { PresentedResult } from './connection.ts';

export type IdentifyFault =
  | 'certificate-missing'
  | 'certificate-profile'
  | 'certificate-not-registered'
  | 'certificate-revoked'
  | 'register-unavailable';

/** An agency as its connection proves it. */
export interface IdentifiedAgency {
  readonly agency: Agency;
  readonly thumbprint: string;
}

/**
 * Which agency is at the other end: its certificate has our profile, is in force, is registered by thumbprint, not
 * revoked, and the registered agency's URI is the one it carries. The common name is never read.
 * @param snapshot the register as now known; a stale one identifies nobody (P2)
 */
export function identifyAgency(
  presented: PresentedResult,
  snapshot: AccessSnapshot,
  now: Date,
): Result<IdentifiedAgency, IdentifyFault> {
  if (!presented.ok) {
    return err(presented.error === 'certificate-missing' ? 'certificate-missing' : 'certificate-profile');
  }
  if (snapshot.stale) return err('register-unavailable');
  const { thumbprint, sanUri } = presented.value;
  if (!certificateInForce(presented.value, now).ok) return err('certificate-profile');
  const registered = snapshot.certificates.get(thumbprint);
  if (registered === undefined) return err('certificate-not-registered');
  if (registered.status !== 'active') return err('certificate-revoked');
  const agency = snapshot.agencies.get(registered.agency);
  if (agency?.sanUri !== sanUri) return err('certificate-not-registered');
  return ok({ agency, thumbprint });
}
