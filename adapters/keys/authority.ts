import 'reflect-metadata';
import { createHash, webcrypto, X509Certificate } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/**
 * A certificate authority for the demo and the tests: a root that issues the profiles the gateway asks for. A
 * partnership runs its own; nothing here is needed, or reachable, in production.
 */

x509.cryptoProvider.set(webcrypto);

export type KeyKind = 'P-256' | 'P-384' | 'Ed25519' | 'RSA-1024' | 'RSA-2048' | 'RSA-3072';

/** What to put into a certificate. Every deviation from the profile is possible, so that each can be refused. */
export interface IssueOptions {
  readonly commonName: string;
  readonly sanUris?: readonly string[];
  readonly sanDnsNames?: readonly string[];
  readonly sanIps?: readonly string[];
  readonly extendedKeyUsage?: readonly ('clientAuth' | 'serverAuth' | 'any')[];
  readonly certificateAuthority?: boolean;
  readonly keyUsage?: 'digitalSignature' | 'keyEncipherment';
  readonly key?: KeyKind;
  readonly notBefore: Date;
  readonly notAfter: Date;
}

export interface IssuedCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** SHA-256 of the DER, base64url: the form of RFC 8705 `x5t#S256`. */
  readonly thumbprint: string;
  readonly serialNumber: string;
}

export interface Authority {
  readonly certificatePem: string;
  readonly keyPem: string;
  issue(options: IssueOptions): Promise<IssuedCertificate>;
}

const EXTENDED_KEY_USAGE_OIDS = {
  clientAuth: '1.3.6.1.5.5.7.3.2',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  any: '2.5.29.37.0',
} as const;

interface Signing {
  readonly generate: webcrypto.RsaHashedKeyGenParams | webcrypto.EcKeyGenParams;
  readonly sign: webcrypto.Algorithm | webcrypto.EcdsaParams;
}

const rsa = (modulusLength: number): Signing => ({
  generate: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength, publicExponent: new Uint8Array([1, 0, 1]) },
  sign: { name: 'RSASSA-PKCS1-v1_5' },
});
const ec = (namedCurve: string): Signing => ({
  generate: { name: 'ECDSA', namedCurve },
  sign: { name: 'ECDSA', hash: 'SHA-256' },
});

const SIGNING: Record<KeyKind, Signing> = {
  'P-256': ec('P-256'),
  'P-384': ec('P-384'),
  Ed25519: { generate: { name: 'Ed25519', namedCurve: 'Ed25519' }, sign: { name: 'Ed25519' } },
  'RSA-1024': rsa(1024),
  'RSA-2048': rsa(2048),
  'RSA-3072': rsa(3072),
};

async function generateKeys(kind: KeyKind): Promise<{ keys: webcrypto.CryptoKeyPair; signing: Signing }> {
  const signing = SIGNING[kind];
  const keys = await webcrypto.subtle.generateKey(signing.generate, true, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new Error('a key pair was expected');
  return { keys, signing };
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/.{64}/g, '$&\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

/** SHA-256 of a certificate's DER in base64url (RFC 8705 section 3.1). */
export function thumbprintOf(certificatePem: string): string {
  return createHash('sha256').update(new X509Certificate(certificatePem).raw).digest('base64url');
}

/** 16 random bytes, the first of them below 0x80 so that the number stays positive in DER. */
function newSerialNumber(): string {
  const bytes = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16)));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x01;
  return bytes.toString('hex');
}

function extensionsFor(options: IssueOptions): x509.Extension[] {
  const names: x509.JsonGeneralNames = [
    ...(options.sanUris ?? []).map((value) => ({ type: 'url' as const, value })),
    ...(options.sanDnsNames ?? []).map((value) => ({ type: 'dns' as const, value })),
    ...(options.sanIps ?? []).map((value) => ({ type: 'ip' as const, value })),
  ];
  const usages = (options.extendedKeyUsage ?? ['clientAuth']).map((usage) => EXTENDED_KEY_USAGE_OIDS[usage]);
  const keyUsage =
    options.keyUsage === 'keyEncipherment' ? x509.KeyUsageFlags.keyEncipherment : x509.KeyUsageFlags.digitalSignature;
  return [
    new x509.BasicConstraintsExtension(options.certificateAuthority ?? false, undefined, true),
    new x509.KeyUsagesExtension(keyUsage, true),
    ...(usages.length > 0 ? [new x509.ExtendedKeyUsageExtension(usages)] : []),
    ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension(names)] : []),
  ];
}

/**
 * Makes a root authority with a fresh P-256 key.
 * @param name its common name
 * @param life from when until when the root is valid
 */
export async function makeAuthority(name: string, life: { notBefore: Date; notAfter: Date }): Promise<Authority> {
  const { keys, signing } = await generateKeys('P-256');
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: newSerialNumber(),
    name: `CN=${name}`,
    ...life,
    keys,
    signingAlgorithm: signing.sign,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return authorityFrom(root.toString('pem'), await exportKey(keys.privateKey), keys.privateKey);
}

/** Opens an authority again from its certificate and PKCS#8 key. */
export async function openAuthority(certificatePem: string, keyPem: string): Promise<Authority> {
  const der = Buffer.from(keyPem.replace(/-----[^-]+-----/g, ''), 'base64');
  const key = await webcrypto.subtle.importKey('pkcs8', der, { name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  return authorityFrom(certificatePem, keyPem, key);
}

function authorityFrom(certificatePem: string, keyPem: string, signingKey: webcrypto.CryptoKey): Authority {
  const issuer = new x509.X509Certificate(certificatePem).subject;
  const issue = async (options: IssueOptions): Promise<IssuedCertificate> => {
    const { keys } = await generateKeys(options.key ?? 'P-256');
    const certificate = await x509.X509CertificateGenerator.create({
      serialNumber: newSerialNumber(),
      subject: `CN=${options.commonName}`,
      issuer,
      notBefore: options.notBefore,
      notAfter: options.notAfter,
      publicKey: keys.publicKey,
      signingKey,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      extensions: extensionsFor(options),
    });
    const pem = certificate.toString('pem');
    return {
      certificatePem: `${pem}\n`,
      keyPem: await exportKey(keys.privateKey),
      thumbprint: thumbprintOf(pem),
      serialNumber: certificate.serialNumber,
    };
  };
  return { certificatePem: `${certificatePem.trimEnd()}\n`, keyPem, issue };
}
