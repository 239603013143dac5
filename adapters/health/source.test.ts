import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { SourceAnswer, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import {
  byName,
  holdingOf,
  nhsNumber,
  otherOf,
  phoneOf,
  questionOf,
  sourceOf,
  startPair,
  testSeal,
  type HealthPair,
} from '../../test/agencies/health/under-test.ts';

let pair: HealthPair | undefined;
afterEach(async () => {
  await pair?.stop();
  pair = undefined;
});

async function started(...options: Parameters<typeof startPair>): Promise<HealthPair> {
  pair = await startPair(...options);
  return pair;
}

const ask = (from: HealthPair, change: Partial<SourceQuestion> = {}, timeoutMs = 4_000): Promise<SourceAnswer> =>
  from.source.ask(questionOf(change), { signal: new AbortController().signal, timeoutMs });

/** What the service was asked, without the token endpoint. */
const asked = ({ simulator }: HealthPair): string[] =>
  simulator.asked
    .filter(({ path }) => path.includes('/Patient'))
    .map(({ path, query }) =>
      decodeURIComponent(`${path.replace(/.*\/R4/, '')}?${query.toString()}`).replace(/\?$/, ''),
    );

const BY_PREFIX = '/Patient?family=Okafor&given=Dan*&birthdate=eq1985-05-17&_history=true';

describe('the Personal Demographics Service: finding him', () => {
  it('retrieves him by his NHS number in one request', async () => {
    const from = await started();
    const answer = await ask(from);
    expect(answer).toEqual({
      outcome: 'found',
      records: [
        {
          recordId: `health:${nhsNumber(1)}`,
          agency: 'health',
          system: 'pds',
          role: 'patient',
          person: {
            identifiers: [{ type: 'NHS', value: nhsNumber(1) }],
            names: [{ given: 'Daniel', middle: 'Peter', family: 'Okafor', type: 'current' }],
            dateOfBirth: '1985-05-17',
            sex: 'male',
            addresses: [{ postcode: 'RV3 4AB', from: '2021-06-01' }],
          },
          contacts: [
            {
              kind: 'phone',
              value: '07700900111',
              recordedAs: 'self',
              field: 'hea.phone',
              basis: 'registration',
              from: '2022-01-01',
            },
            {
              kind: 'email',
              value: 'daniel.okafor@example.com',
              recordedAs: 'self',
              field: 'hea.phone',
              basis: 'registration',
            },
            {
              kind: 'address',
              value: '12 Alder Road, Riverton, RV3 4AB',
              recordedAs: 'self',
              field: 'hea.address',
              basis: 'registration',
              from: '2021-06-01',
              uprn: '100012345678',
            },
          ],
          othersContacts: [{ kind: 'phone', seal: testSeal('phone', '07700900222'), whose: 'other' }],
          values: [
            { field: 'hea.nhs_number', value: { kind: 'identifier', value: nhsNumber(1) } },
            { field: 'hea.name', value: { kind: 'name', given: 'Daniel', middle: 'Peter', family: 'Okafor' } },
            { field: 'hea.dob', value: { kind: 'date-of-birth', date: '1985-05-17' } },
            { field: 'hea.gp', value: { kind: 'professional', organisation: 'A20047' } },
          ],
        },
      ],
    });
    expect(asked(from)).toEqual([`/Patient/${nhsNumber(1)}`]);
  });

  it('searches by name and birth date where no number is known, then retrieves the contact details', async () => {
    const from = await started();
    const answer = await ask(from, byName());
    expect(answer.outcome).toBe('found');
    expect(answer.records[0]?.contacts).toHaveLength(3);
    expect(answer.records[0]?.supersedes).toBeUndefined();
    expect(asked(from)).toEqual([BY_PREFIX, `/Patient/${nhsNumber(1)}`]);
  });

  it('P3: asked for no contact details, it retrieves none', async () => {
    const from = await started();
    const answer = await ask(from, { ...byName(), fields: ['hea.name', 'hea.gp'] });
    expect(asked(from)).toEqual([BY_PREFIX]);
    expect(answer.records[0]?.contacts).toEqual([]);
    expect(answer.records[0]?.othersContacts).toBeUndefined();
  });

  it('finds him under an earlier name, and by the sound of his name', async () => {
    const from = await started({
      holdings: [
        holdingOf({
          names: [
            { given: 'Daniel', family: 'Marsh' },
            { given: 'Daniel', family: 'Okafor' },
          ],
        }),
      ],
    });
    expect((await ask(from, byName())).outcome).toBe('found');
    expect((await ask(from, byName({ names: [{ given: 'Danyel', family: 'Okaffor' }] }))).outcome).toBe('found');
    expect(asked(from).some((request) => request.includes('_fuzzy-match=true'))).toBe(true);
  });

  it('finds him under an alias of the question', async () => {
    const from = await started();
    const names = [
      { given: 'Reginald', family: 'Thwaite', type: 'current' as const },
      { given: 'Daniel', family: 'Okafor', type: 'alias' as const },
    ];
    expect((await ask(from, byName({ names }))).outcome).toBe('found');
  });

  it('holds nobody like him: none held, after a search that was not fuzzy and one that was', async () => {
    const from = await started({ holdings: [] });
    expect(await ask(from, byName())).toEqual({ outcome: 'none-held', records: [] });
    expect(asked(from)).toEqual([
      BY_PREFIX,
      '/Patient?family=Okafor&given=Daniel&birthdate=eq1985-05-17&_fuzzy-match=true',
    ]);
  });

  it('a number with a wrong check digit is never sent', async () => {
    const from = await started();
    const wrong = nhsNumber(1).replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
    const subject = { ...questionOf().subject, identifiers: [{ type: 'NHS' as const, value: wrong }] };
    expect((await ask(from, { subject })).outcome).toBe('found');
    expect(asked(from)[0]).toBe(BY_PREFIX);
  });

  it('P4: neither his phone nor his e-mail is ever searched by: they may be hers', async () => {
    const from = await started({ holdings: [] });
    await ask(from, byName({ phones: ['07700900111'], emails: ['daniel.okafor@example.com'] }));
    expect(from.simulator.asked.map(({ query }) => query.toString()).join()).not.toMatch(/phone|email|07700/);
  });
});

describe('the Personal Demographics Service: several like him', () => {
  const daniel = holdingOf();
  const danny = holdingOf({
    reference: nhsNumber(2),
    nhsNumber: nhsNumber(2),
    names: [{ given: 'Danso', family: 'Okafor' }],
    addresses: [{ lines: ['3 Mill Lane', 'Leeds'], postcode: 'LS1 1AA', type: 'home' }],
  });

  it('P7: 200 with TOO_MANY_MATCHES is an error with its code, never none held', async () => {
    const namesake = holdingOf({ reference: nhsNumber(3), nhsNumber: nhsNumber(3) });
    const from = await started({ holdings: [daniel, namesake] });
    const answer = await ask(from, byName());
    expect(answer).toEqual({ outcome: 'error', code: 'too-many-matches', records: [] });
    expect(asked(from).some((request) => request.includes('_fuzzy'))).toBe(false);
  });

  it('the given name in full tells two brothers apart', async () => {
    const from = await started({ holdings: [daniel, danny] });
    const answer = await ask(from, byName());
    expect(answer.records[0]?.recordId).toBe(`health:${nhsNumber(1)}`);
  });

  it('the area of his postcode tells two namesakes apart, with a wildcard after two characters', async () => {
    const namesake = holdingOf({ ...danny, names: daniel.names });
    const from = await started({ holdings: [daniel, namesake] });
    const answer = await ask(from, byName({ addresses: [{ postcode: 'ls1 1aa' }] }));
    expect(answer.records[0]?.recordId).toBe(`health:${nhsNumber(2)}`);
    expect(asked(from)[2]).toContain('address-postalcode=LS*');
  });
});

describe('the Personal Demographics Service: records that are not what they seem', () => {
  it('a superseded NHS number comes out as the record that replaced it', async () => {
    const old = nhsNumber(9);
    const from = await started({ holdings: [holdingOf({ otherReferences: [{ type: 'superseded', value: old }] })] });
    const subject = { ...questionOf().subject, identifiers: [{ type: 'NHS' as const, value: old }] };
    const [record] = (await ask(from, { subject })).records;
    expect(record?.recordId).toBe(`health:${nhsNumber(1)}`);
    expect(record?.supersedes).toEqual([`health:${old}`]);
    expect(record?.person.identifiers).toEqual([{ type: 'NHS', value: nhsNumber(1) }]);
  });

  it('P5: a superseded number that cannot be confirmed by name or birth date is not believed', async () => {
    const old = nhsNumber(9);
    const from = await started({ holdings: [holdingOf({ otherReferences: [{ type: 'superseded', value: old }] })] });
    const answer = await ask(from, { subject: { identifiers: [{ type: 'NHS', value: old }] } });
    expect(answer).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
  });

  it.each([
    ['R', { holdings: [holdingOf({ restricted: true })] }],
    ['V', { holdings: [holdingOf()], veryRestricted: [nhsNumber(1)] }],
  ])(
    'P7: a patient restricted with %s is restricted and not absent, and nothing but that is told',
    async (_code, options) => {
      const from = await started(options);
      const fields = ['hea.nhs_number', 'hea.name', 'hea.dob', 'hea.address', 'hea.phone', 'hea.gp'];
      for (const change of [{}, byName()]) {
        const answer = await ask(from, change);
        expect(answer).toMatchObject({ outcome: 'restricted', code: 'limited-access' });
        const [record] = answer.records;
        expect(record).toMatchObject({ restricted: true, contacts: [], withheldFields: fields });
        expect(record?.values).toBeUndefined();
        expect(record?.person.addresses).toBeUndefined();
      }
    },
  );

  it('P4: a search that finds his restricted sister does not say that anybody is restricted', async () => {
    const sister = holdingOf({ names: [{ given: 'Danielle', family: 'Okafor' }], sex: 'female', restricted: true });
    const from = await started({ holdings: [sister] });
    expect(await ask(from, byName())).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
  });

  it('an invalidated number is none held, after his name was tried', async () => {
    const from = await started({ holdings: [], invalidated: [nhsNumber(1)] });
    expect(await ask(from)).toEqual({ outcome: 'none-held', records: [] });
    expect(asked(from)).toHaveLength(3);
  });

  it('an unknown number whose name is known finds him under his real number', async () => {
    const from = await started({ holdings: [holdingOf({ reference: nhsNumber(2), nhsNumber: nhsNumber(2) })] });
    const [record] = (await ask(from)).records;
    expect(record?.recordId).toBe(`health:${nhsNumber(2)}`);
    expect(record?.supersedes).toBeUndefined();
  });

  it('P5: his number in our case is his wife\u2019s: she does not come out as him', async () => {
    const wife = holdingOf({
      names: [{ given: 'Amara', family: 'Okafor' }],
      dateOfBirth: '1987-09-09',
      sex: 'female',
      phones: [phoneOf('07700900222')],
    });
    const from = await started({ holdings: [wife] });
    const answer = await ask(from);
    expect(answer).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
    expect(asked(from)).toHaveLength(3);
  });

  it('P7: a dead man is found, cannot be reached, and the record says why', async () => {
    const from = await started({ died: { [nhsNumber(1)]: '2025-12-01' } });
    const answer = await ask(from);
    expect(answer.outcome).toBe('found');
    expect(answer.records[0]?.contacts).toEqual([]);
    expect(answer.records[0]?.whereabouts).toEqual({ field: 'hea.address', died: { on: '2025-12-01', formal: true } });
  });

  it('P4: a number that is both his and his emergency contact\u2019s is not taken as his, however it is written', async () => {
    const from = await started({
      holdings: [
        holdingOf({ phones: [phoneOf('+44 7700 900222'), phoneOf('07700900111')], others: [otherOf('07700900222')] }),
      ],
    });
    const [record] = (await ask(from)).records;
    expect(record?.contacts.filter(({ kind }) => kind === 'phone').map(({ value }) => value)).toEqual(['07700900111']);
    expect(record?.withheldFields).toEqual(['hea.phone']);
  });

  it('P4: a phone that the practice itself calls his mother\u2019s leaves as a seal only', async () => {
    const from = await started({
      holdings: [holdingOf({ phones: [phoneOf('07700900333', { recordedAs: 'mother' })], others: [] })],
    });
    const answer = await ask(from);
    expect(JSON.stringify(answer)).not.toContain('900333');
    expect(answer.records[0]?.othersContacts).toHaveLength(1);
  });
});

describe('the Personal Demographics Service: credentials and limits', () => {
  it('one token serves many questions, and those that start together share the first', async () => {
    const from = await started();
    await Promise.all(Array.from({ length: 10 }, () => ask(from)));
    await ask(from);
    expect(from.simulator.tokensIssued()).toBe(1);
  });

  it('a token about to end is replaced before it is used', async () => {
    let at = Date.parse('2026-03-02T09:00:00Z');
    const now = () => new Date(at);
    const from = await started({ now }, { now });
    await ask(from);
    at += 568_000;
    await ask(from);
    expect(from.simulator.tokensIssued()).toBe(1);
    at += 2_000;
    expect((await ask(from)).outcome).toBe('found');
    expect(from.simulator.tokensIssued()).toBe(2);
  });

  it('a revoked token is replaced once, and the request is sent again under its id', async () => {
    const from = await started();
    await ask(from);
    from.simulator.revokeTokens();
    from.simulator.forgetAsked();
    expect((await ask(from)).outcome).toBe('found');
    const ids = from.simulator.asked
      .filter(({ method }) => method === 'GET')
      .map(({ headers }) => headers['x-request-id']);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('credentials that are refused twice are not authorised, and no third time', async () => {
    const from = await started();
    await ask(from);
    from.simulator.forgetAsked();
    from.simulator.setFault({ kind: 'status', status: 401 });
    expect(await ask(from)).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
    // One refused read, then a token endpoint that refuses too.
    expect(from.simulator.asked).toHaveLength(2);
  });

  it.each([
    ['an unknown kid', { kid: 'somebody-else' }],
    ['another application\u2019s key', { clientId: 'another-app' }],
  ])('%s is not authorised', async (_name, adapter) => {
    const from = await started({}, adapter);
    expect(await ask(from)).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
  });

  it('a clock ten minutes fast is not authorised: the assertion would live too long', async () => {
    const from = await started({}, { now: () => new Date(Date.now() + 600_000) });
    expect(await ask(from)).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
  });

  it('refuses to start with a key that is no RSA key', async () => {
    const from = await started();
    const { keyPem } = await from.pki.client('other');
    expect(() => sourceOf(from, { signingKey: keyPem })).toThrow('RSA');
  });

  it('429 is said with its wait and not asked again', async () => {
    const from = await started(
      { requestsPerSecond: 1, now: () => new Date('2026-03-02T09:00:00Z') },
      { now: () => new Date('2026-03-02T09:00:00Z') },
    );
    expect((await ask(from)).outcome).toBe('found');
    from.simulator.forgetAsked();
    expect(await ask(from)).toEqual({ outcome: 'unavailable', code: 'rate-limited', retryAfterMs: 1_000, records: [] });
    expect(asked(from)).toHaveLength(1);
  });

  it('its own limit holds before the service\u2019s, over all questions together', async () => {
    const from = await started({}, { requestsPerSecond: 2 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => ask(from, {}, 700)));
    expect(answers.filter(({ outcome }) => outcome === 'found')).toHaveLength(2);
    expect(answers.filter(({ code }) => code === 'rate-limited')).toHaveLength(4);
    expect(asked(from)).toHaveLength(2);
  });

  it('every request has an id of its own, and carries the question\u2019s id and the partner\u2019s ODS code', async () => {
    const from = await started();
    const question = questionOf(byName());
    await from.source.ask(question, { signal: new AbortController().signal, timeoutMs: 4_000 });
    const requests = from.simulator.asked.filter(({ method }) => method === 'GET');
    expect(new Set(requests.map(({ headers }) => headers['x-request-id'])).size).toBe(2);
    for (const { headers } of requests) {
      expect(headers['x-correlation-id']).toBe(question.questionId);
      expect(headers['nhsd-end-user-organisation-ods']).toBe('RVH01');
    }
  });

  it('P3: who asks, for which purpose and case, is not told to the service', async () => {
    const from = await started();
    await ask(from, byName());
    expect(JSON.stringify(from.simulator.asked)).not.toMatch(/ENGAGE|DAPG|riverton-council/);
  });
});

describe('the Personal Demographics Service: answers that prove nothing', () => {
  it.each([
    ['an empty 404', { kind: 'status', status: 404 } as const],
    ['403', { kind: 'status', status: 403 } as const],
    ['408', { kind: 'status', status: 408 } as const],
    ['400', { kind: 'status', status: 400 } as const],
    ['204', { kind: 'status', status: 204 } as const],
  ])('P7: %s is not "none held"', async (_name, fault) => {
    const from = await started();
    await ask(from);
    from.simulator.setFault(fault);
    const answer = await ask(from);
    expect(['error', 'unavailable']).toContain(answer.outcome);
    expect(answer.records).toEqual([]);
  });

  it('P7: found by a search and gone a moment later is a contradiction, not "none held"', async () => {
    // Listed under a number that a retrieval says was invalidated.
    const from = await started({ holdings: [holdingOf()], vanished: [nhsNumber(1)] });
    expect(await ask(from, byName())).toEqual({ outcome: 'error', code: 'bad-answer', records: [] });
  });

  it('one question that is called off does not take the token from the other', async () => {
    const from = await started({ delayMs: 30 });
    const off = new AbortController();
    const first = from.source.ask(questionOf(), { signal: off.signal, timeoutMs: 4_000 });
    const second = ask(from);
    off.abort();
    expect((await first).outcome).toBe('timed-out');
    expect((await second).outcome).toBe('found');
  });

  it('a token request that breaks inside is an outcome, and the next question starts afresh', async () => {
    let ids = 0;
    const newId = () => {
      ids += 1;
      // The first id is the read's, the second the assertion's.
      if (ids === 2) throw new Error('no randomness');
      return randomUUID();
    };
    const from = await started({}, { newId });
    expect(await ask(from)).toEqual({ outcome: 'error', code: 'bad-answer', records: [] });
    expect((await ask(from)).outcome).toBe('found');
  });

  it('a seal that throws is an answer outside the contract, not an exception', async () => {
    const from = await started();
    const seal = () => {
      throw new Error('no key');
    };
    expect(await ask(from, { seal })).toEqual({ outcome: 'error', code: 'bad-answer', records: [] });
  });
});

describe('nothing is ever written back', () => {
  it('the adapter knows GET, and POST for its token only', () => {
    const folder = dirname(fileURLToPath(import.meta.url));
    const methods = readdirSync(folder)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .flatMap((file) => {
        const text = readFileSync(join(folder, file), 'utf8');
        return Array.from(
          text.matchAll(/['"`](GET|HEAD|POST|PUT|PATCH|DELETE)['"`]/g),
          ([, method]) => `${file} ${method ?? ''}`,
        );
      });
    expect(methods.sort()).toEqual(['pds.ts GET', 'token.ts POST']);
  });
});
