import { createPrivateKey, generateKeyPairSync, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT, type JWTPayload } from 'jose';
import { makeAgencyClient, type AgencyClient, type AgencyResponse } from '../../../adapters/https/agency-client.ts';
import { nhsNumberOf } from '../../../adapters/health/nhs-number.ts';
import { spineCodes } from '../../../adapters/health/wire.ts';
import { nhsNumberOf as checked } from './number.ts';
import { soundex } from './soundex.ts';
import { CLIENT_ID, holdingOf, KID, nhsNumber, startPair, type HealthPair } from './under-test.ts';

/** The simulator answers to the specification, so it is asked directly here, without the adapter. */

const RESTRICTED = nhsNumber(2);
const MERGED = nhsNumber(3);
const GONE = nhsNumber(4);

let pair: HealthPair;
let client: AgencyClient;
let clockMs = Date.parse('2026-03-02T09:00:00Z');
const now = () => new Date(clockMs);

beforeAll(async () => {
  pair = await startPair({
    holdings: [
      holdingOf({
        otherReferences: [{ type: 'superseded', value: MERGED }],
        names: [
          { given: 'Daniel', middle: 'Peter', family: 'Okafor' },
          { given: 'Daniel', family: 'Marsh' },
        ],
      }),
      holdingOf({
        reference: RESTRICTED,
        nhsNumber: RESTRICTED,
        names: [{ given: 'Robert', family: 'Smythe' }],
        dateOfBirth: '1970-01-02',
        restricted: true,
      }),
      holdingOf({ agency: 'police', reference: 'URN-1', names: [{ given: 'Otto', family: 'Elsewhere' }] }),
    ],
    invalidated: [GONE],
    requestsPerSecond: 5,
    now,
  });
  client = makeAgencyClient({ baseUrl: pair.simulator.url, tls: { ca: pair.pki.authority.certificatePem } });
});
afterAll(async () => {
  await client.close();
  await pair.stop();
});
// A new second, so that the quota of one test is not spent by another.
beforeEach(() => {
  clockMs += 1_000;
});

const get = async (
  path: string,
  query: [string, string][] = [],
  headers: Record<string, string> = {},
): Promise<AgencyResponse> => {
  const answer = await client.request({
    method: 'GET',
    path: `/personal-demographics/FHIR/R4${path}`,
    query,
    headers: { authorization: `Bearer ${await token()}`, 'x-request-id': randomUUID(), ...headers },
    signal: new AbortController().signal,
    timeoutMs: 2_000,
  });
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
};

const claims = (): JWTPayload => ({
  iss: CLIENT_ID,
  sub: CLIENT_ID,
  aud: pair.simulator.tokenUrl,
  jti: randomUUID(),
  exp: Math.floor(clockMs / 1_000) + 240,
});

const anonymous = (): JWTPayload => {
  const { jti: _jti, ...rest } = claims();
  return rest;
};

const assertion = (payload: JWTPayload, header: { alg?: string; kid?: string } = {}, key = pair.keys.signingKey) =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS512', kid: KID, ...header }).sign(createPrivateKey(key));

const tokenFor = async (signed: string, more: Record<string, string> = {}): Promise<AgencyResponse> => {
  const answer = await client.request({
    method: 'POST',
    path: '/oauth2/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: signed,
      ...more,
    }).toString(),
    signal: new AbortController().signal,
    timeoutMs: 2_000,
  });
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
};

async function token(): Promise<string> {
  const { json } = await tokenFor(await assertion(claims()));
  const value = typeof json === 'object' && json !== null && 'access_token' in json ? json.access_token : undefined;
  return String(value);
}

const born: [string, string] = ['birthdate', 'eq1985-05-17'];

describe('the simulated service: who may ask', () => {
  it('takes a good assertion once', async () => {
    const signed = await assertion(claims());
    expect((await tokenFor(signed)).status).toBe(200);
    expect((await tokenFor(signed)).status).toBe(400);
  });

  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  it.each<[string, () => Promise<string>, number]>([
    ['signed with RS256', () => assertion(claims(), { alg: 'RS256' }), 400],
    ['under an unknown kid', () => assertion(claims(), { kid: 'unknown' }), 401],
    ['signed by another key', () => assertion(claims(), {}, stranger), 401],
    ['for another issuer', () => assertion({ ...claims(), iss: 'other' }), 401],
    ['for another subject', () => assertion({ ...claims(), sub: 'other' }), 401],
    ['for another audience', () => assertion({ ...claims(), aud: 'https://example.com/oauth2/token' }), 401],
    ['that lives ten minutes', () => assertion({ ...claims(), exp: Math.floor(clockMs / 1_000) + 600 }), 400],
    ['that has ended', () => assertion({ ...claims(), exp: Math.floor(clockMs / 1_000) - 1 }), 401],
    ['without an id', () => assertion(anonymous()), 401],
    ['that is no JWT', () => Promise.resolve('a.b.c'), 400],
  ])('refuses an assertion %s', async (_name, make, status) => {
    const answer = await tokenFor(await make());
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.json)).not.toContain('access_token');
  });

  it('refuses another grant', async () => {
    expect((await tokenFor(await assertion(claims()), { grant_type: 'password' })).status).toBe(400);
  });

  it.each([{ authorization: '' }, { authorization: 'Bearer nonsense' }, { authorization: 'Basic eDp5' }])(
    'refuses the authorization %j',
    async (headers) => {
      const answer = await get(`/Patient/${nhsNumber(1)}`, [], headers);
      expect([answer.status, spineCodes(answer.json)]).toEqual([401, ['ACCESS_DENIED']]);
    },
  );

  it('refuses a token that has ended', async () => {
    const old = await token();
    clockMs += 600_000;
    expect((await get(`/Patient/${nhsNumber(1)}`, [], { authorization: `Bearer ${old}` })).status).toBe(401);
  });
});

describe('the simulated service: how one may ask', () => {
  it.each([
    ['', 'INVALID_VALUE'],
    ['1234', 'INVALID_VALUE'],
  ])('refuses the request id %j', async (id, code) => {
    const answer = await get(`/Patient/${nhsNumber(1)}`, [], { 'x-request-id': id });
    expect([answer.status, spineCodes(answer.json)]).toEqual([400, [code]]);
  });

  it('gives the same answer to the same request id, and refuses it for another request', async () => {
    const headers = { 'x-request-id': randomUUID() };
    const first = await get(`/Patient/${nhsNumber(1)}`, [], headers);
    expect((await get(`/Patient/${nhsNumber(1)}`, [], headers)).json).toEqual(first.json);
    expect((await get(`/Patient/${RESTRICTED}`, [], headers)).status).toBe(400);
  });

  it('mirrors both ids', async () => {
    const ids = { 'x-request-id': randomUUID(), 'x-correlation-id': 'c-1' };
    expect((await get(`/Patient/${nhsNumber(1)}`, [], ids)).headers).toMatchObject(ids);
  });

  it('refuses the sixth request of one second, and says when to come back', async () => {
    for (let n = 0; n < 5; n += 1) expect((await get(`/Patient/${nhsNumber(1)}`)).status).toBe(200);
    const sixth = await get(`/Patient/${nhsNumber(1)}`);
    expect([sixth.status, sixth.headers['retry-after'], spineCodes(sixth.json)]).toEqual([
      429,
      '1',
      ['TOO_MANY_REQUESTS'],
    ]);
    clockMs += 1_000;
    expect((await get(`/Patient/${nhsNumber(1)}`)).status).toBe(200);
  });

  it.each<[string, [string, string][], number, string]>([
    ['no parameters', [], 400, 'UNSUPPORTED_SERVICE'],
    ['an unknown parameter', [['family', 'Okafor'], born, ['year', '2003']], 400, 'ADDITIONAL_PROPERTIES'],
    ['no birth date', [['family', 'Okafor']], 400, 'MISSING_VALUE'],
    [
      'phone and e-mail alone',
      [
        ['phone', '0163'],
        ['email', 'j@example.com'],
      ],
      400,
      'MISSING_VALUE',
    ],
    ['a birth date alone', [born], 400, 'INVALID_SEARCH_DATA'],
    [
      'a birth date in another format',
      [
        ['family', 'Okafor'],
        ['birthdate', '19850517'],
      ],
      400,
      'INVALID_VALUE',
    ],
    ['an unknown gender', [['family', 'Okafor'], born, ['gender', 'mal']], 400, 'INVALID_VALUE'],
    ['a name of 36 letters', [['family', 'x'.repeat(36)], born], 400, 'INVALID_VALUE'],
    ['two family names', [['family', 'Okafor'], ['family', 'Marsh'], born], 400, 'INVALID_VALUE'],
    ['a wildcard as second character', [['family', 'O*'], born], 400, 'INVALID_SEARCH_DATA'],
    [
      'a wildcard in a fuzzy search',
      [['family', 'Oka*'], ['given', 'Daniel'], born, ['_fuzzy-match', 'true']],
      400,
      'INVALID_SEARCH_DATA',
    ],
    [
      'a fuzzy search without a given name',
      [['family', 'Okafor'], born, ['_fuzzy-match', 'true']],
      400,
      'INVALID_SEARCH_DATA',
    ],
    [
      'two postcodes',
      [['family', 'Okafor'], born, ['address-postcode', 'RV3 4AB'], ['address-postalcode', 'RV3 4AB']],
      400,
      'INVALID_SEARCH_DATA',
    ],
    ['many results in this mode', [['family', 'Okafor'], born, ['_max-results', '6']], 403, 'INVALID_VALUE'],
  ])('refuses a search with %s', async (_name, query, status, code) => {
    const answer = await get('/Patient', query);
    expect([answer.status, spineCodes(answer.json)]).toEqual([status, [code]]);
  });
});

describe('the simulated service: what it finds', () => {
  const found = async (...query: [string, string][]): Promise<unknown> => {
    const { json } = await get('/Patient', query);
    return typeof json === 'object' && json !== null && 'total' in json ? json.total : spineCodes(json);
  };

  it.each<[string, [string, string][], number]>([
    ['his name in any case', [['family', 'okAFOR'], born], 1],
    ['a wildcard', [['family', 'Ok*or'], ['given', 'Dan*'], born], 1],
    ['a wildcard over his middle name', [['family', 'Okafor'], ['given', 'Pet*'], born], 0],
    ['his middle name in full', [['family', 'Okafor'], ['given', 'Daniel'], ['given', 'Peter'], born], 1],
    [
      'a range of birth dates',
      [
        ['family', 'Okafor'],
        ['birthdate', 'ge1985-01-01'],
        ['birthdate', 'le1985-12-31'],
      ],
      1,
    ],
    ['an earlier name', [['family', 'Marsh'], born], 0],
    ['an earlier name with history', [['family', 'Marsh'], born, ['_history', 'true']], 1],
    ['a postcode without its space', [['family', 'Okafor'], born, ['address-postalcode', 'rv34ab']], 1],
    ['another postcode', [['family', 'Okafor'], born, ['address-postalcode', 'LS*']], 0],
    ['a homophone', [['family', 'Okaphor'], ['given', 'Daniell'], born], 0],
    ['a homophone, fuzzy', [['family', 'Okaphor'], ['given', 'Daniell'], born, ['_fuzzy-match', 'true']], 1],
    ['names exchanged, fuzzy', [['family', 'Daniel'], ['given', 'Okafor'], born, ['_fuzzy-match', 'true']], 1],
    ['his phone', [['family', 'Okafor'], born, ['phone', '07700900111']], 1],
    ['his emergency contact\u2019s phone', [['family', 'Okafor'], born, ['phone', '07700900222']], 0],
    ['a wildcard that must be exact', [['family', 'Oka*'], born, ['_exact-match', 'true']], 0],
    ['somebody of another agency', [['family', 'Elsewhere'], born], 0],
  ])('by %s', async (_name, query, total) => {
    expect(await found(...query)).toBe(total);
  });

  it('a restricted patient, but not by his postcode', async () => {
    const smythe: [string, string][] = [
      ['family', 'Smythe'],
      ['birthdate', 'eq1970-01-02'],
    ];
    const answer = await get('/Patient', smythe);
    expect(JSON.stringify(answer.json)).not.toMatch(/telecom|address|contact|generalPractitioner/);
    expect(await found(...smythe)).toBe(1);
    expect(await found(...smythe, ['address-postalcode', 'RV3 4AB'])).toBe(0);
    expect(await found(...smythe, ['general-practitioner', 'A20047'])).toBe(0);
  });

  it.each([
    [nhsNumber(5), 404, 'RESOURCE_NOT_FOUND'],
    [GONE, 404, 'INVALIDATED_RESOURCE'],
    ['9990000000', 400, 'INVALID_RESOURCE_ID'],
    ['abc', 400, 'INVALID_RESOURCE_ID'],
  ])('retrieving %s is %i %s', async (id, status, code) => {
    const answer = await get(`/Patient/${id}`);
    expect([answer.status, spineCodes(answer.json)]).toEqual([status, [code]]);
  });

  it('a superseded number gives the patient who replaced it', async () => {
    expect((await get(`/Patient/${MERGED}`)).json).toMatchObject({ id: nhsNumber(1) });
  });
});

describe('its parts', () => {
  it.each([
    ['Smith', 'S530'],
    ['Smythe', 'S530'],
    ['Robert', 'R163'],
    ['Ashcraft', 'A261'],
    ['Tymczak', 'T522'],
    ['Pfister', 'P236'],
    ['\u00c5ngstr\u00f6m', 'A523'],
  ])('%s sounds like %s', (word, code) => expect(soundex(word)).toBe(code));

  it('both checks of an NHS number agree, on the number that the service publishes and on its neighbours', () => {
    for (let n = 9_000_000_000; n < 9_000_000_200; n += 1) {
      expect(nhsNumberOf(String(n))).toBe(checked(String(n)));
    }
    expect(nhsNumberOf('900 000 0009')).toBe('9000000009');
    expect(nhsNumberOf('9000000000')).toBeUndefined();
  });
});
