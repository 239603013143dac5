import { TLSSocket } from 'node:tls';
import { err, type Result } from '../../schemas/result.ts';
import { checkCertificateProfile, type PresentedCertificate, type ProfileFault } from './certificate-profile.ts';

/**
 * The client certificate of a connection. Parsed once a connection (it cannot change under TLS 1.3, which has no
 * renegotiation); whether it is registered and in force is looked up again at every request, because a revoked client
 * stays connected on keep-alive.
 */

export type PresentedResult = Result<PresentedCertificate, ProfileFault | 'certificate-missing'>;

const presented = new WeakMap<TLSSocket, PresentedResult>();

/** Never looks at a header: a forged `X-Client-Cert` says nothing about who is at the other end. */
export function presentedBy(socket: unknown): PresentedResult {
  if (!(socket instanceof TLSSocket)) return err('certificate-missing');
  const known = presented.get(socket);
  if (known !== undefined) return known;
  const certificate = socket.authorized ? socket.getPeerX509Certificate() : undefined;
  const result: PresentedResult =
    certificate === undefined ? err('certificate-missing') : checkCertificateProfile(certificate.raw);
  presented.set(socket, result);
  return result;
}
