import { beforeAll, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { makeTestPki, type TestPki } from '../../test/agencies/pki.ts';
import type { IssueOptions } from '../../adapters/keys/authority.ts';
import { certificateInForce, checkCertificateProfile, type ProfileFault } from './certificate-profile.ts';

const DAY_MS = 86_400_000;
const START = new Date('2026-11-01T00:00:00Z');
const good: IssueOptions = {
  commonName: 'riverton-council',
  sanUris: ['urn:agency:riverton-council'],
  extendedKeyUsage: ['clientAuth'],
  notBefore: START,
  notAfter: new Date(START.getTime() + 90 * DAY_MS),
};
let pki: TestPki;
beforeAll(async () => {
  pki = await makeTestPki();
});
const check = async (options: IssueOptions) =>
  checkCertificateProfile(new X509Certificate((await pki.authority.issue(options)).certificatePem).raw);

describe('the certificate profile refuses what TLS lets through', () => {
  const refused: [string, Partial<IssueOptions>, ProfileFault][] = [
    ['no extended key usage', { extendedKeyUsage: [] }, 'not-for-clients'],
    ['server usage only', { extendedKeyUsage: ['serverAuth'] }, 'not-for-clients'],
    ['any usage', { extendedKeyUsage: ['any'] }, 'not-for-clients'],
    ['any usage beside client usage', { extendedKeyUsage: ['clientAuth', 'any'] }, 'not-for-clients'],
    ['CA:TRUE', { certificateAuthority: true }, 'may-issue'],
    ['no SAN', { sanUris: [] }, 'not-one-agency'],
    ['two agencies', { sanUris: ['urn:agency:police', 'urn:agency:riverton-council'] }, 'not-one-agency'],
    ['an agency only as a DNS name', { sanUris: [], sanDnsNames: ['riverton-council'] }, 'not-one-agency'],
    ['an agency URI with something behind it', { sanUris: ['urn:agency:police?x'] }, 'not-one-agency'],
    ['a URI of another kind', { sanUris: ['https://riverton.example/agency'] }, 'not-one-agency'],
    ['an RSA key of 1024 bits', { key: 'RSA-1024' }, 'weak-key'],
    ['a hundred years', { notAfter: new Date(START.getTime() + 36_500 * DAY_MS) }, 'too-long-lived'],
    ['a hundred and one days', { notAfter: new Date(START.getTime() + 101 * DAY_MS) }, 'too-long-lived'],
  ];
  it.each(refused)('%s', async (_name, change, fault) => {
    expect(await check({ ...good, ...change })).toEqual({ ok: false, error: fault });
  });

  it('a certificate that is no certificate', () => {
    expect(checkCertificateProfile(Buffer.from('not DER'))).toEqual({ ok: false, error: 'unreadable' });
  });

  it.each(['P-256', 'P-384', 'Ed25519', 'RSA-2048', 'RSA-3072'] as const)('takes a %s key', async (key) => {
    expect(await check({ ...good, key })).toMatchObject({ ok: true, value: { sanUri: 'urn:agency:riverton-council' } });
  });

  it('never reads the agency from the common name', async () => {
    const answer = await check({ ...good, commonName: 'police' });
    expect(answer).toMatchObject({ ok: true, value: { sanUri: 'urn:agency:riverton-council' } });
  });

  it('checks the dates again at each request: a connection can outlive its certificate', async () => {
    const answer = await check(good);
    if (!answer.ok) throw new Error('a good certificate was refused');
    expect(certificateInForce(answer.value, new Date('2026-12-01T00:00:00Z'))).toEqual({ ok: true, value: true });
    expect(certificateInForce(answer.value, new Date('2027-03-01T00:00:00Z'))).toEqual({ ok: false, error: 'expired' });
    expect(certificateInForce(answer.value, new Date('2026-10-01T00:00:00Z'))).toEqual({
      ok: false,
      error: 'not-yet-valid',
    });
  });
});
