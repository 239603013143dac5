import 'reflect-metadata';
import { createHash, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { err, ok, type Result } from '../../schemas/result.ts';

/**
 * What a client certificate must be, beyond being signed by our authority. Node's TLS lets through certificates that
 * an attacker who can get anything at all signed would use: no extended key usage, CA:TRUE, version 1, no SAN, a
 * 1024-bit key, a hundred years of life, two agencies in one certificate. Each has a code and a test.
 */

export const PROFILE_FAULTS = [
  'unreadable',
  'no-extensions', // X.509 version 1, or version 3 that says nothing
  'not-one-agency', // no agency URI, or more than one
  'may-issue', // CA:TRUE
  'not-for-clients', // no clientAuth, or anyExtendedKeyUsage
  'weak-key',
  'too-long-lived',
  'not-yet-valid',
  'expired',
] as const;
export type ProfileFault = (typeof PROFILE_FAULTS)[number];

export interface PresentedCertificate {
  /** SHA-256 of the DER, base64url (RFC 8705 `x5t#S256`). */
  readonly thumbprint: string;
  /** The one `urn:agency:` URI of its subject alternative name. */
  readonly sanUri: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY_USAGE = '2.5.29.37.0';
const AGENCY_URI = /^urn:agency:[a-z][a-z0-9-]{1,39}$/;
const RSA_BITS_MIN = 2048;
const CURVES = new Set(['prime256v1', 'secp384r1', 'secp521r1']);
/** 90-day certificates with an overlap; anything longer outlives the people it was issued for. */
export const LIFETIME_DAYS_MAX = 100;
const DAY_MS = 86_400_000;

/**
 * Checks a certificate against the profile (all but its dates, which `certificateInForce` checks at each request).
 * @param der the certificate as the TLS layer received it; already verified against our authority
 */
export function checkCertificateProfile(der: Uint8Array): Result<PresentedCertificate, ProfileFault> {
  let certificate: x509.X509Certificate;
  try {
    certificate = new x509.X509Certificate(Buffer.from(der));
  } catch {
    return err('unreadable');
  }
  if (certificate.extensions.length === 0) return err('no-extensions');
  const sanUri = onlyAgencyUri(certificate);
  if (sanUri === undefined) return err('not-one-agency');
  if (certificate.getExtension(x509.BasicConstraintsExtension)?.ca === true) return err('may-issue');
  const usages = certificate.getExtension(x509.ExtendedKeyUsageExtension)?.usages.map(String) ?? [];
  if (!usages.includes(CLIENT_AUTH) || usages.includes(ANY_USAGE)) return err('not-for-clients');
  if (!strongKey(der)) return err('weak-key');
  const { notBefore, notAfter } = certificate;
  if (notAfter.getTime() - notBefore.getTime() > LIFETIME_DAYS_MAX * DAY_MS) return err('too-long-lived');
  return ok({ thumbprint: createHash('sha256').update(der).digest('base64url'), sanUri, notBefore, notAfter });
}

/** Whether a certificate is within its dates at a moment; a kept-alive connection can outlive its certificate. */
export function certificateInForce(certificate: PresentedCertificate, now: Date): Result<true, ProfileFault> {
  if (now < certificate.notBefore) return err('not-yet-valid');
  return now > certificate.notAfter ? err('expired') : ok(true);
}

function onlyAgencyUri(certificate: x509.X509Certificate): string | undefined {
  const names = certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  const uris = names.filter((name) => name.type === 'url').map((name) => name.value);
  const [uri] = uris;
  return uris.length === 1 && uri !== undefined && AGENCY_URI.test(uri) ? uri : undefined;
}

function strongKey(der: Uint8Array): boolean {
  const key = new X509Certificate(der).publicKey;
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return true;
    case 'ec':
      return CURVES.has(key.asymmetricKeyDetails?.namedCurve ?? '');
    case 'rsa':
      return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= RSA_BITS_MIN;
    default:
      return false;
  }
}
