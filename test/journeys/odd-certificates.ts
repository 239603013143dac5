import { createHash, createSign, X509Certificate } from 'node:crypto';
import type { Authority, IssuedCertificate } from '../../adapters/keys/authority.ts';

/** A certificate that no issuing library makes any more. */

interface Element {
  readonly tag: number;
  readonly whole: Buffer;
  readonly content: Buffer;
}

/** The members of a DER constructed element's content. */
function elements(content: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < content.length;) {
    const first = content[at + 1] ?? 0;
    const more = first < 0x80 ? 0 : first & 0x7f;
    const length = more === 0 ? first : content.readUIntBE(at + 2, more);
    const start = at + 2 + more;
    found.push({
      tag: content[at] ?? 0,
      whole: content.subarray(at, start + length),
      content: content.subarray(start, start + length),
    });
    at = start + length;
  }
  return found;
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  if (length < 0x100) return Buffer.concat([Buffer.from([tag, 0x81, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

const SEQUENCE = 0x30;
const BIT_STRING = 0x03;
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

/** The same certificate as X.509 version 1: no version, no extensions, signed anew by the authority. */
export function asVersionOne(issued: IssuedCertificate, authority: Authority): IssuedCertificate {
  const [certificate] = elements(new X509Certificate(issued.certificatePem).raw);
  const [toBeSigned, algorithm] = elements(certificate?.content ?? Buffer.alloc(0));
  if (toBeSigned === undefined || algorithm === undefined) throw new Error('this is no certificate');
  const kept = elements(toBeSigned.content).filter(({ tag }) => tag !== VERSION && tag !== EXTENSIONS);
  const body = element(SEQUENCE, Buffer.concat(kept.map(({ whole }) => whole)));
  const signature = createSign('sha256').update(body).sign(authority.keyPem);
  const der = element(
    SEQUENCE,
    Buffer.concat([body, algorithm.whole, element(BIT_STRING, Buffer.concat([Buffer.from([0]), signature]))]),
  );
  return {
    ...issued,
    certificatePem: `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/gu, '$&\n')}\n-----END CERTIFICATE-----\n`,
    thumbprint: createHash('sha256').update(der).digest('base64url'),
  };
}
