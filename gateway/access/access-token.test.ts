import { describe, expect, it } from '@jest/globals';
import { createHmac, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { cachedTokenReader, readAccessToken, type TokenRules } from './access-token.ts';

const NOW = new Date('2026-11-20T09:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const THUMBPRINT = 'T'.repeat(43);
const ours = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const theirs = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rules: TokenRules = {
  issuer: 'https://gateway.example/oauth',
  audience: 'urn:holdfast:gateway',
  keys: new Map([['token-1', ours.publicKey]]),
  lifetimeSecondsMax: 300,
};
const claims = {
  iss: rules.issuer,
  aud: rules.audience,
  sub: 'council-system',
  client_id: 'council-system',
  jti: 'a-token-of-the-day',
  iat: SECONDS - 10,
  exp: SECONDS + 290,
  cnf: { 'x5t#S256': THUMBPRINT },
  authorization_details: [{ type: 'holdfast_question', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0042' }],
};
const header = { alg: 'ES256', typ: 'at+jwt', kid: 'token-1' };
const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function token(payload: unknown = claims, head: unknown = header, key: KeyObject = ours.privateKey): string {
  const input = `${encode(head)}.${encode(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}
const read = (text: string, thumbprint = THUMBPRINT, now = NOW) => readAccessToken(text, thumbprint, now, rules);

describe('P9: a token is a claim of one purpose on one case, on one connection', () => {
  it('takes a token of ours on the connection it was issued to', () => {
    expect(read(token())).toEqual({
      ok: true,
      value: {
        clientId: 'council-system',
        purpose: 'ENGAGE',
        caseRef: 'DAPG-2026-0042',
        expiresAt: SECONDS + 290,
        tokenId: 'a-token-of-the-day',
      },
    });
  });

  it('is worth nothing on another connection, also from the cache', () => {
    const cached = cachedTokenReader(rules);
    const text = token();
    expect(cached(text, THUMBPRINT, NOW)).toMatchObject({ ok: true });
    expect(cached(text, 'S'.repeat(43), NOW)).toEqual({ ok: false, error: 'token-not-bound' });
  });

  it('expires to the second, also from the cache', () => {
    const cached = cachedTokenReader(rules);
    const text = token();
    expect(cached(text, THUMBPRINT, new Date((SECONDS + 289) * 1000))).toMatchObject({ ok: true });
    expect(cached(text, THUMBPRINT, new Date((SECONDS + 290) * 1000))).toEqual({ ok: false, error: 'token-expired' });
  });

  const forged: [string, string][] = [
    ['no algorithm', token(claims, { ...header, alg: 'none' })],
    ['no algorithm and no signature', `${encode({ ...header, alg: 'none' })}.${encode(claims)}.`],
    ['an algorithm in other letters', token(claims, { ...header, alg: 'nOnE' })],
    ['a key of somebody else', token(claims, header, theirs.privateKey)],
    ['an unknown key id', token(claims, { ...header, kid: 'token-2' })],
    ['a key id that is a path', token(claims, { ...header, kid: '../../dev/null' })],
    [
      'an embedded key',
      token(claims, { ...header, jwk: theirs.publicKey.export({ format: 'jwk' }) }, theirs.privateKey),
    ],
    ['a linked key', token(claims, { ...header, jku: 'https://attacker.example/keys' })],
    ['a critical extension', token(claims, { ...header, crit: ['b64'], b64: false })],
    ['the type of another token', token(claims, { ...header, typ: 'JWT' })],
    ['another issuer', token({ ...claims, iss: 'https://gateway.example/oauth/' })],
    ['another audience', token({ ...claims, aud: 'urn:other' })],
    ['several audiences', token({ ...claims, aud: [rules.audience, 'urn:other'] })],
    ['a life longer than we give', token({ ...claims, exp: SECONDS + 86_400 })],
    ['an issue date in the future', token({ ...claims, iat: SECONDS + 11, exp: SECONDS + 300 })],
    ['no binding', token({ ...claims, cnf: {} })],
    ['no purpose', token({ ...claims, authorization_details: [] })],
    [
      'two purposes',
      token({ ...claims, authorization_details: [...claims.authorization_details, ...claims.authorization_details] }),
    ],
    [
      'a purpose with more in it',
      token({ ...claims, authorization_details: [{ ...claims.authorization_details[0], admin: true }] }),
    ],
    ['a changed payload', token().replace(/\.[^.]+\./, `.${encode({ ...claims, jti: 'another-token' })}.`)],
    ['a megabyte', `${'A'.repeat(1_000_000)}.${encode(claims)}.${'A'.repeat(86)}`],
    ['nothing', ''],
    ['three dots', '...'],
  ];
  it.each(forged)('refuses %s', (_name, text) => {
    expect(read(text)).toEqual({ ok: false, error: 'token-invalid' });
  });

  it('refuses HS256 with our public key as the secret', () => {
    const input = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`;
    const secret = ours.publicKey.export({ type: 'spki', format: 'pem' });
    expect(read(`${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`).ok).toBe(false);
  });

  it('refuses a second spelling of the same signature', () => {
    const [head, body, signature = ''] = token().split('.');
    const last = signature.at(-1) ?? '';
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const other = alphabet[alphabet.indexOf(last) ^ 1] ?? '';
    expect(read(`${head ?? ''}.${body ?? ''}.${signature.slice(0, -1)}${other}`)).toEqual({
      ok: false,
      error: 'token-invalid',
    });
  });
});
