import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  randomUUID,
  type KeyObject,
} from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { IssuedCertificate, IssueOptions } from '../../adapters/keys/authority.ts';
import { PROBLEMS, type ProblemCode } from '../../schemas/problem.ts';
import { contactRequest, disclosureRequest, type Asker, type Reply } from '../agencies/asker.ts';
import { clientIdOf } from '../agencies/partnership.ts';
import { makeTestPki } from '../agencies/pki.ts';
import { WORKERS } from '../population/cast-cases.ts';
import { asVersionOne } from './odd-certificates.ts';
import { exchange, openRaw } from './raw-connection.ts';
import { answerOf, openStage, refusalOf, refused, type Stage } from './stage.ts';

const DAY_MS = 86_400_000;
const MINUTE = 60;
const REF = 'DAPG-2026-0001';

let stage: Stage;
let council: Asker;
let token: string;
/** How far the gateway's clock is from everybody else's. */
let skewMs = 0;

beforeAll(async () => {
  stage = await openStage({ gateway: { now: () => new Date(Date.now() + skewMs) } });
  council = stage.asker('riverton-council');
  token = await council.token('ENGAGE', stage.caseRef(1));
}, 60_000);
afterAll(() => stage.close());

const good = (): string => contactRequest(stage.caseRef(1), WORKERS.amara);
const ask = (asker: Asker, bearer: string | undefined, body = good()): Promise<Reply> =>
  asker.send('POST', '/v1/contact-requests', { body, ...(bearer === undefined ? {} : { token: bearer }) });

/** Refused with this code, and nobody was asked anything. */
async function expectRefused(sent: Promise<Reply>, code: ProblemCode): Promise<void> {
  const before = stage.put.length;
  const reply = await sent;
  expect(refusalOf(reply)).toEqual(refused(PROBLEMS[code][0], code));
  expect(reply.text).not.toMatch(/ey[A-Za-z0-9_-]{10}|urn:agency|-system/u);
  expect(stage.put).toHaveLength(before);
}

const partsSchema = z.record(z.string(), z.unknown());
const decoded = (part: string | undefined): Record<string, unknown> =>
  partsSchema.parse(JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')));
const encoded = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The key with which the gateway itself signs tokens. */
function tokenKey(): KeyObject {
  const { x = '', y = '', d = '' } = stage.partnership.keys.tokenKey;
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d }, format: 'jwk' });
}

/** The council's own good token with another header or other claims, signed with the gateway's own key or another. */
function forged(header: object, claims: object, key?: KeyObject): string {
  const [head, body] = token.split('.');
  const text = `${encoded({ ...decoded(head), ...header })}.${encoded({ ...decoded(body), ...claims })}`;
  const signing = key ?? tokenKey();
  return `${text}.${createSign('sha256').update(text).sign({ key: signing, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

const now = (): number => Math.floor(Date.now() / 1_000);

describe('P9: an access token that is not the one that was issued here, to this caller, for this', () => {
  it('the forger’s tools make a token that works when nothing is changed', async () => {
    expect((await ask(council, forged({}, {}))).status).toBe(200);
  });

  it('none', () => expectRefused(ask(council, undefined), 'token-missing'));

  const malformed = [
    'x',
    'a.b.c',
    'null',
    'undefined',
    '../../etc/passwd',
    'a'.repeat(5_000),
    'e30.e30.',
    `e30.e30.${'A'.repeat(86)}`,
  ];
  it.each(malformed)('the text %s', (text) => expectRefused(ask(council, text), 'token-invalid'));

  it.each(['Basic dXNlcjpwYXNz', 'Bearer', 'Bearer ', 'DPoP x', 'Bearer a b'])(
    'the scheme "%s"',
    async (authorization) => {
      const sent = council.send('POST', '/v1/contact-requests', { headers: { authorization }, body: good() });
      await expectRefused(sent, 'token-invalid');
    },
  );

  it('with a character changed, added or taken away', async () => {
    const middle = token.indexOf('.') + 20;
    const other = token[middle] === 'A' ? 'B' : 'A';
    await expectRefused(ask(council, `${token.slice(0, middle)}${other}${token.slice(middle + 1)}`), 'token-invalid');
    await expectRefused(ask(council, `${token}A`), 'token-invalid');
    await expectRefused(ask(council, token.slice(0, -1)), 'token-invalid');
    await expectRefused(ask(council, `${token}.${token}`), 'token-invalid');
    const last = token.slice(-1);
    // Another last character whose spare bits only differ: a second spelling of the same signature.
    for (const spelling of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.replace(last, '')) {
      expect((await ask(council, `${token.slice(0, -1)}${spelling}`)).status).toBe(401);
    }
  });

  it.each(['none', 'None', 'nOnE', 'NONE', ''])('unsigned, algorithm "%s"', async (alg) => {
    const [head, body] = token.split('.');
    const unsigned = `${encoded({ ...decoded(head), alg })}.${body ?? ''}.`;
    await expectRefused(ask(council, unsigned), 'token-invalid');
    await expectRefused(ask(council, `${unsigned}${'A'.repeat(86)}`), 'token-invalid');
  });

  it.each(['HS256', 'HS384', 'HS512'])('%s with our public key as the secret', async (alg) => {
    const [head, body] = token.split('.');
    const text = `${encoded({ ...decoded(head), alg })}.${body ?? ''}`;
    const published = createPublicKey(tokenKey());
    const secrets = [
      published.export({ type: 'spki', format: 'pem' }),
      published.export({ type: 'spki', format: 'der' }),
    ];
    for (const secret of secrets) {
      const mac = createHmac(`sha${alg.slice(2)}`, secret)
        .update(text)
        .digest('base64url');
      await expectRefused(ask(council, `${text}.${mac}`), 'token-invalid');
    }
  });

  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const strangersJwk = stranger.publicKey.export({ format: 'jwk' });
  const headers: [string, object][] = [
    ['another key under our key id', {}],
    ['a key that it brings along', { jwk: strangersJwk }],
    ['a key behind a link', { jku: 'https://keys.invalid/jwks' }],
    ['a certificate behind a link', { x5u: 'https://keys.invalid/x5u' }],
    ['a chain that it brings along', { x5c: ['AAAA'] }],
    ['a key id that is a path', { kid: '../../../../dev/null' }],
    ['a key id that is a query', { kid: "' or 1=1 --" }],
    ['a key id that is a member of every object', { kid: '__proto__' }],
  ];
  it.each(headers)('%s', (_name, header) =>
    expectRefused(ask(council, forged(header, {}, stranger.privateKey)), 'token-invalid'),
  );

  const ours: [string, object, () => object][] = [
    ['a critical extension', { crit: ['exp'] }, () => ({})],
    ['a payload that is not encoded', { b64: false, crit: ['b64'] }, () => ({})],
    ['another type', { typ: 'JWT' }, () => ({})],
    ['no type', { typ: undefined }, () => ({})],
    ['another algorithm name', { alg: 'ES384' }, () => ({})],
    ['a member more in the header', { x: 1 }, () => ({})],
    ['another issuer', {}, () => ({ iss: 'https://other.invalid/oauth' })],
    ['our issuer with a slash', {}, () => ({ iss: 'https://gateway.riverton.example/oauth/' })],
    ['another audience', {}, () => ({ aud: 'urn:other' })],
    ['two audiences', {}, () => ({ aud: ['urn:holdfast:gateway', 'urn:other'] })],
    ['no expiry', {}, () => ({ exp: undefined })],
    ['an expiry that is text', {}, () => ({ exp: '9999999999' })],
    ['an expiry in milliseconds', {}, () => ({ exp: Date.now() })],
    ['a life of an hour', {}, () => ({ exp: now() + 3_600 })],
    ['a life of 301 seconds', {}, () => ({ iat: now(), exp: now() + 301 })],
    ['issued eleven seconds from now', {}, () => ({ iat: now() + 12, exp: now() + 5 * MINUTE })],
    ['no moment of issue', {}, () => ({ iat: undefined })],
    ['no binding', {}, () => ({ cnf: undefined })],
    ['a binding by another method', {}, () => ({ cnf: { jkt: 'A'.repeat(43) } })],
    ['a binding beside another', {}, () => ({ cnf: { 'x5t#S256': 'A'.repeat(43), jkt: 'A'.repeat(43) } })],
    ['no purpose', {}, () => ({ authorization_details: [] })],
    ['two purposes', {}, () => ({ authorization_details: [detail('ENGAGE', REF), detail('MARAC', REF)] })],
    ['a purpose with a member more', {}, () => ({ authorization_details: [{ ...detail('ENGAGE', REF), all: true }] })],
    ['a client that there is not', {}, () => ({ client_id: 'nobody-system' })],
    ['the client of another agency', {}, () => ({ client_id: 'police-system' })],
    ['a client that is a member of every object', {}, () => ({ client_id: '__proto__' })],
  ];
  it.each(ours)('signed by us, but: %s', (_name, header, claims) =>
    expectRefused(ask(council, forged(header, claims())), 'token-invalid'),
  );

  it('bound to another certificate', () =>
    expectRefused(ask(council, forged({}, { cnf: { 'x5t#S256': 'A'.repeat(43) } })), 'token-not-bound'));

  it('somebody else’s, stolen', async () => {
    const police = stage.asker('police');
    await expectRefused(ask(police, token), 'token-not-bound');
    await expectRefused(ask(council, await police.token('DVDS', stage.caseRef(1))), 'token-not-bound');
  });

  it('good until its last second and not in the next', async () => {
    const exp = now() + 4 * MINUTE;
    const short = forged({}, { iat: now(), exp });
    const body = (): string =>
      contactRequest(stage.caseRef(1), WORKERS.amara, { sentAt: new Date(Date.now() + skewMs).toISOString() });
    try {
      skewMs = exp * 1_000 - 1_000 - Date.now();
      expect((await ask(council, short, body())).status).toBe(200);
      skewMs = exp * 1_000 + 1 - Date.now();
      await expectRefused(ask(council, short, body()), 'token-expired');
      // Also where it was never seen before.
      await expectRefused(ask(council, forged({}, { iat: now(), exp, jti: randomUUID() }), body()), 'token-expired');
    } finally {
      skewMs = 0;
    }
  });

  it('issued up to ten seconds ahead of our clock is taken, as clocks are', async () => {
    expect(
      (await ask(council, forged({}, { iat: now() + 8, exp: now() + 4 * MINUTE, jti: randomUUID() }))).status,
    ).toBe(200);
  });

  it('of a client that was suspended, from the moment on', async () => {
    const housing = stage.asker('housing');
    const own = await housing.token('HOUSING', stage.caseRef(1));
    const send = (): Promise<Reply> =>
      housing.send('POST', '/v1/disclosures', {
        token: own,
        body: disclosureRequest(
          'HOUSING',
          stage.caseRef(1),
          { id: 'a.member', role: 'hou.tenancy_officer' },
          { fields: ['pol.name'] },
        ),
      });
    expect((await send()).status).toBe(200);
    expect(await stage.partnership.registrar.suspendClient(clientIdOf('housing'))).toEqual({
      ok: true,
      value: undefined,
    });
    let reply = await send();
    for (let n = 0; reply.status === 200 && n < 100; n += 1) {
      await wait(20);
      reply = await send();
    }
    await expectRefused(Promise.resolve(reply), 'token-invalid');
    expect((await housing.requestToken([detail('HOUSING', stage.caseRef(1))])).status).toBe(401);
  });
});

function detail(purpose: string, caseRef: string): object {
  return { type: 'holdfast_question', purpose, caseRef };
}

describe('the token endpoint gives no token', () => {
  const CANARY = 'ZanzibarOkapi900555';
  const details: [string, unknown][] = [
    ['without a purpose', undefined],
    ['for no purpose', []],
    ['for two purposes', [detail('ENGAGE', REF), detail('MARAC', REF)]],
    ['for a detail of another type', [{ ...detail('ENGAGE', REF), type: CANARY }]],
    ['for a detail with more in it', [{ ...detail('ENGAGE', REF), [CANARY]: true }]],
    ['for a purpose of another form', [detail(CANARY, REF)]],
    ['for a case of another form', [detail('ENGAGE', CANARY)]],
    ['for a text', CANARY],
    ['for an object', { a: CANARY }],
  ];
  it.each(details)('%s', async (_name, asked) => {
    const reply = await council.requestToken(asked);
    expect(reply.status).toBe(400);
    expect(reply.text).not.toContain('access_token');
    expect(reply.text).not.toContain(CANARY);
    expect(reply.text).not.toMatch(/node_modules|\.ts\b|at \w+ \(/u);
  });

  it('to another agency’s client id, an unknown one, or one that is a member of every object', async () => {
    for (const clientId of ['police-system', CANARY, '__proto__', 'constructor']) {
      const reply = await council.requestToken([detail('ENGAGE', REF)], clientId);
      expect(reply.status).toBe(401);
      expect(reply.text).not.toContain('access_token');
      expect(reply.text).not.toContain(CANARY);
    }
  });

  it.each(['authorization_code', 'password', 'refresh_token', 'implicit', CANARY])(
    'for the grant %s',
    async (grant) => {
      const body = new URLSearchParams({
        grant_type: grant,
        client_id: clientIdOf('riverton-council'),
        username: CANARY,
        password: CANARY,
        code: CANARY,
        authorization_details: JSON.stringify([detail('ENGAGE', REF)]),
      }).toString();
      const reply = await council.send('POST', '/oauth/token', {
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body,
      });
      expect(reply.status).toBe(400);
      expect(reply.text).not.toContain('access_token');
      expect(reply.text).not.toContain(CANARY);
    },
  );

  it('for another resource, or with a body of another type', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const asked = { grant_type: 'client_credentials', client_id: clientIdOf('riverton-council') };
    const more = { authorization_details: JSON.stringify([detail('ENGAGE', REF)]), resource: `urn:${CANARY}` };
    const other = await council.send('POST', '/oauth/token', {
      headers: form,
      body: new URLSearchParams({ ...asked, ...more }).toString(),
    });
    const json = await council.send('POST', '/oauth/token', { body: JSON.stringify({ ...asked, ...more }) });
    for (const reply of [other, json]) {
      expect(reply.status).toBe(400);
      expect(reply.text).not.toContain('access_token');
      expect(reply.text).not.toContain(CANARY);
    }
  });

  it('and what it gives is bound, short and for one thing', async () => {
    const claims = decoded(token.split('.')[1]);
    expect(claims).toMatchObject({
      cnf: { 'x5t#S256': stage.partnership.certificates.get('riverton-council')?.thumbprint },
      authorization_details: [detail('ENGAGE', stage.caseRef(1))],
      client_id: 'riverton-council-system',
    });
    expect(Number(claims['exp']) - Number(claims['iat'])).toBeLessThanOrEqual(300);
    expect(await council.send('GET', '/oauth/jwks')).toMatchObject({ status: 200 });
    const jwks = await council.send('GET', '/oauth/jwks');
    expect(jwks.text).not.toMatch(/"d":/u);
  });
});

describe('a certificate of our own authority that is not of the profile', () => {
  const AGENCY = 'westmarsh-council';
  const life = { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + 80 * DAY_MS) };
  const profile: IssueOptions = {
    commonName: AGENCY,
    sanUris: [`urn:agency:${AGENCY}`],
    extendedKeyUsage: ['clientAuth'],
    ...life,
  };
  /** Registered all the same: only the profile stands between it and an answer. */
  async function registered(change: Partial<IssueOptions>): Promise<IssuedCertificate> {
    const issued = await stage.partnership.pki.authority.issue({ ...profile, ...change });
    await register(issued);
    return issued;
  }
  const register = (issued: IssuedCertificate) =>
    stage.partnership.registrar.putCertificate({
      thumbprint: issued.thumbprint,
      agency: AGENCY,
      notAfter: new Date(Date.now() + 80 * DAY_MS).toISOString(),
    });
  async function untilKnown(thumbprint: string): Promise<void> {
    // The gateway says of a registered certificate first whether the profile is kept, so a good one is the probe.
    const probe = await stage.partnership.pki.client(AGENCY);
    await register(probe);
    const asker = stage.asker(AGENCY, probe);
    for (let n = 0; n < 200; n += 1) {
      if ((await ask(asker, undefined)).text.includes('token-missing')) return;
      await wait(10);
    }
    throw new Error(`the gateway never heard of ${thumbprint}`);
  }

  const past: [string, Partial<IssueOptions>][] = [
    ['no extended key usage', { extendedKeyUsage: [] }],
    ['CA:TRUE', { certificateAuthority: true }],
    ['no SAN', { sanUris: [] }],
    ['two agencies', { sanUris: [`urn:agency:${AGENCY}`, 'urn:agency:police'] }],
    ['the agency as a DNS name', { sanUris: [], sanDnsNames: [AGENCY] }],
    ['a hundred years', { notAfter: new Date(Date.now() + 36_500 * DAY_MS) }],
  ];
  it.each(past)('%s: past the handshake, and refused', async (_name, change) => {
    const issued = await registered(change);
    await untilKnown(issued.thumbprint);
    const asker = stage.asker(AGENCY, issued);
    await expectRefused(ask(asker, undefined), 'certificate-profile');
    await expectRefused(ask(asker, token), 'certificate-profile');
    expect((await asker.requestToken([detail('ENGAGE', REF)])).status).toBe(401);
  });

  it('RSA of 1024 bits: refused, in the handshake already where the TLS library is strict', async () => {
    const asker = stage.asker(AGENCY, await registered({ key: 'RSA-1024' }));
    const said = await ask(asker, token).then(
      ({ text }) => (text.includes('certificate-profile') ? 'certificate-profile' : text),
      () => 'no connection',
    );
    expect(['certificate-profile', 'no connection']).toContain(said);
  });

  it('X.509 version 1: past the handshake, and refused', async () => {
    const issued = asVersionOne(await stage.partnership.pki.client(AGENCY), stage.partnership.pki.authority);
    await register(issued);
    await untilKnown(issued.thumbprint);
    await expectRefused(ask(stage.asker(AGENCY, issued), undefined), 'certificate-profile');
  });

  const before: [string, Partial<IssueOptions>][] = [
    ['for servers only', { extendedKeyUsage: ['serverAuth'] }],
    ['for any use', { extendedKeyUsage: ['any'] }],
    ['a key for encryption only', { keyUsage: 'keyEncipherment' }],
    ['expired', { notBefore: new Date(Date.now() - 9 * DAY_MS), notAfter: new Date(Date.now() - DAY_MS) }],
    ['not yet valid', { notBefore: new Date(Date.now() + DAY_MS) }],
  ];
  it.each(before)('%s: refused in the handshake', async (_name, change) => {
    const issued = await registered(change);
    await expect(ask(stage.asker(AGENCY, issued), undefined)).rejects.toThrow();
  });

  it('one that expired on the open connection is refused at the next request', async () => {
    try {
      skewMs = 89 * DAY_MS + 60_000;
      await expectRefused(ask(council, token), 'certificate-profile');
    } finally {
      skewMs = 0;
    }
  });

  it('of another authority of the same name, or none at all: no handshake', async () => {
    const other = await makeTestPki('Riverton test authority');
    await expect(ask(stage.asker(AGENCY, await other.client(AGENCY)), undefined)).rejects.toThrow();
    const nobody = await openRaw(stage.partnership, undefined).catch(() => undefined);
    // Under TLS 1.3 the client may finish before it hears that it was refused: then nothing it sends is answered.
    const reply =
      nobody === undefined ? { statuses: [] } : await exchange(nobody, 'GET /live HTTP/1.1\r\nhost: g\r\n\r\n');
    expect(reply.statuses).toEqual([]);
  });

  it('not registered, of a registered agency', async () => {
    await expectRefused(
      ask(stage.asker(AGENCY, await stage.partnership.pki.client(AGENCY)), undefined),
      'certificate-not-registered',
    );
  });

  it('registered for another agency than it names', async () => {
    const issued = await registered({ sanUris: ['urn:agency:riverton-council'] });
    await untilKnown(issued.thumbprint);
    await expectRefused(ask(stage.asker(AGENCY, issued), token), 'certificate-not-registered');
  });

  it('headers that claim a certificate say nothing', async () => {
    const west = stage.asker('westmarsh-council');
    const pem = stage.partnership.certificates.get('riverton-council')?.certificatePem ?? '';
    const claimed = encodeURIComponent(pem);
    const headers = {
      'x-client-cert': claimed,
      'x-ssl-client-cert': claimed,
      'ssl-client-cert': claimed,
      'x-forwarded-client-cert': `Cert="${claimed}"`,
      'client-cert': `:${Buffer.from(pem).toString('base64')}:`,
      'subject-distinguished-name': 'CN=riverton-council',
      'x-ssl-client-verify': 'SUCCESS',
      'x-ssl-client-s-dn': 'CN=riverton-council',
      'x-forwarded-for': '127.0.0.1',
      'x-original-url': '/live',
      'x-http-method-override': 'GET',
    };
    const own = await west.token('ENGAGE', stage.caseRef(1));
    const send = (bearer: string) =>
      west.send('POST', '/v1/contact-requests', { headers, token: bearer, body: good() });
    await expectRefused(send(own), 'case-not-known');
    await expectRefused(send(token), 'token-not-bound');
  });
});

describe('a certificate that is revoked', () => {
  it('is refused, its open connection ends, and its sessions are not resumed', async () => {
    const { pki, registrar } = stage.partnership;
    const issued = await pki.client('police');
    const notAfter = new Date(Date.now() + 80 * DAY_MS).toISOString();
    await registrar.putCertificate({ thumbprint: issued.thumbprint, agency: 'police', notAfter });
    const asker = stage.asker('police', issued);
    let own: string | undefined;
    for (let n = 0; own === undefined && n < 200; n += 1) {
      own = await asker.token('MARAC', stage.caseRef(1)).catch(() => undefined);
      if (own === undefined) await wait(10);
    }
    const send = (): Promise<Reply> =>
      asker.send('POST', '/v1/disclosures', {
        token: own ?? '',
        body: disclosureRequest(
          'MARAC',
          stage.caseRef(1),
          { id: 'a.member', role: 'pol.da_officer' },
          { fields: ['pro.name'] },
        ),
      });
    answerOf(await send());
    const open = await openRaw(stage.partnership, issued);
    let session: Buffer | undefined;
    open.on('session', (given) => {
      session = given;
    });
    const ended = new Promise<void>((resolve) => open.once('close', () => resolve()));
    open.write('GET /live HTTP/1.1\r\nhost: g\r\n\r\n');
    const first = await new Promise<Buffer>((resolve) => open.once('data', resolve));
    expect(first.toString('latin1')).toMatch(/^HTTP\/1\.1 200/u);

    expect(await registrar.revokeCertificate(issued.thumbprint)).toEqual({ ok: true, value: undefined });
    await ended;
    await expectRefused(send(), 'certificate-revoked');
    expect((await asker.requestToken([detail('MARAC', REF)])).status).toBe(401);
    expect(session).toBeDefined();
    const again = await openRaw(stage.partnership, issued, session === undefined ? {} : { session });
    const reply = await exchange(
      again,
      `POST /v1/disclosures HTTP/1.1\r\nhost: g\r\nauthorization: Bearer ${own ?? ''}\r\ncontent-length: 0\r\n\r\n`,
    );
    expect(reply.statuses).toEqual([401]);
    expect(reply.text).toContain('certificate-revoked');
  });
});

describe('the handshake', () => {
  it('is TLS 1.3 and nothing before it', async () => {
    const ours = stage.partnership.certificates.get('riverton-council');
    for (const version of ['TLSv1', 'TLSv1.1', 'TLSv1.2'] as const) {
      await expect(openRaw(stage.partnership, ours, { minVersion: version, maxVersion: version })).rejects.toThrow();
    }
    const socket = await openRaw(stage.partnership, ours);
    expect(socket.getProtocol()).toBe('TLSv1.3');
    socket.destroy();
  });
});

describe('P8: after all of it', () => {
  it('no token and no certificate stands in messages, metrics or any table, and no bug showed itself', async () => {
    const [, , signature = ''] = token.split('.');
    const kept = [JSON.stringify(stage.said), await stage.metrics(), await stage.everythingAtRest()].join('\n');
    expect(kept).not.toContain(signature);
    expect(kept).not.toContain('BEGIN CERTIFICATE');
    expect(stage.said.filter(({ message }) => message === 'internal-fault')).toEqual([]);
  });
});
