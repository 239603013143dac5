import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { SourceAnswer } from '../../gateway/ports/agency-source.ts';
import { API_KEY, holdingOf, startRunning, type Running } from '../../test/agencies/probation/fixture.ts';
import { POLICE_INTELLIGENCE, PUBLIC_PROTECTION } from '../../test/agencies/probation/roles.ts';
import type { SimulatedResponse } from '../../test/agencies/simulator.ts';

let running: Running | undefined;
const start = async (options: Parameters<typeof startRunning>[0] = {}): Promise<Running> =>
  (running = await startRunning(options));
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

const only = (answer: SourceAnswer) => {
  expect(answer.records).toHaveLength(1);
  const [record] = answer.records;
  if (record === undefined) throw new Error('a record was expected');
  return record;
};
const valueOf = (answer: SourceAnswer, field: string) =>
  only(answer).values?.find((value) => value.field === field)?.value;

/** Changes the JSON of one path. */
const tamperAt =
  (path: RegExp, change: (response: SimulatedResponse) => SimulatedResponse | Promise<SimulatedResponse>) =>
  (asked: string, response: SimulatedResponse) => (path.test(asked) ? change(response) : response);

const bothHalves = z.object({ data: z.looseObject({ prisonerOffenderSearch: z.looseObject({}) }) });
const licences = z.object({
  data: z.looseObject({ licences: z.array(z.looseObject({ conditions: z.array(z.unknown()) })) }),
});

/** The same answer with one text in place of another, wherever it stands. */
const replacing =
  (from: string, to: string) =>
  (response: SimulatedResponse): SimulatedResponse => {
    const json: unknown = JSON.parse(JSON.stringify(response.json).replaceAll(from, to));
    return { ...response, json };
  };

describe('probation: finding him', () => {
  it('asks by PNC first, in the long notation, and takes a record that writes it short', async () => {
    const { ask, paths } = await start();
    const answer = await ask({
      subject: {
        names: [{ given: 'Dorian', family: 'Ashgrove' }],
        identifiers: [{ type: 'PNC', value: '12/394773h' }],
      },
      fields: ['pro.crn'],
    });
    expect(answer.outcome).toBe('found');
    expect(paths()[0]).toBe('/v1/persons?pnc_number=2012%2F0394773H&page=1&perPage=20');
    expect(paths().filter((path) => path.startsWith('/v1/persons?'))).toHaveLength(1);
  });

  it('keeps one PNC where two registers write it in two notations', async () => {
    const { ask } = await start();
    const pncs = only(await ask()).person.identifiers?.filter(({ type }) => type === 'PNC');
    expect(pncs).toEqual([{ type: 'PNC', value: '2012/0394773H' }]);
  });

  it('then by names and birth date within aliases, the first page only', async () => {
    const { ask, paths } = await start();
    const answer = await ask({
      subject: {
        names: [{ given: 'Dory', family: 'Ashgrove' }],
        dateOfBirth: '1985-05-05',
        identifiers: [{ type: 'PNC', value: '2001/0000001A' }],
      },
    });
    expect(answer.outcome).toBe('found');
    expect(paths()[1]).toBe(
      '/v1/persons?first_name=Dory&last_name=Ashgrove&date_of_birth=1985-05-05&search_within_aliases=true&page=1&perPage=20',
    );
  });

  it('P5: is never searched by a name alone, nor by a name with a birth year', async () => {
    const { ask, paths } = await start();
    for (const subject of [
      { names: [{ given: 'Dorian', family: 'Ashgrove' }] },
      { names: [{ given: 'Dorian', family: 'Ashgrove' }], dateOfBirth: '1985' },
    ]) {
      expect(await ask({ subject })).toEqual({ outcome: 'not-asked', code: 'not-enough-known', records: [] });
    }
    expect(paths()).toEqual([]);
  });

  it('says none held where it answers that nobody is', async () => {
    const { ask } = await start({ holdings: [] });
    expect(await ask()).toEqual({ outcome: 'none-held', records: [] });
  });

  it('P7: a person that a filter leaves out is none held, as the API itself cannot say more', async () => {
    const role = { ...PUBLIC_PROTECTION, mappaCategories: [4] };
    const { ask } = await start({ role });
    const answer = await ask({ subject: { identifiers: [{ type: 'CRN', value: 'X100001' }] } });
    expect(answer).toEqual({ outcome: 'none-held', records: [] });
  });

  it('reads 400 "narrow your search" as too many, not as none and not as a fault', async () => {
    const narrow = {
      status: 400,
      json: {
        status: 400,
        errorCode: null,
        userMessage: 'Please narrow your search criteria.',
        developerMessage: 'x',
        moreInfo: null,
      },
    };
    const { ask } = await start({ tamper: tamperAt(/^\/v1\/persons$/, () => narrow) });
    expect(await ask()).toEqual({ outcome: 'withheld', code: 'too-many-matches', records: [] });
  });

  it('P5: more namesakes than can be told apart are too many, and no detail of any is read', async () => {
    const holdings = Array.from({ length: 25 }, (_, at) =>
      holdingOf({ reference: `X20000${at % 10}${at}`.slice(0, 7), otherReferences: [], pnc: `2010/00000${at + 10}A` }),
    );
    const { ask, paths } = await start({ holdings });
    expect(await ask()).toMatchObject({ outcome: 'withheld', code: 'too-many-matches' });
    expect(paths()).toHaveLength(1);
  });

  it('P5: people of another PNC or birth date than asked for are refused unread', async () => {
    const { ask, paths } = await start({
      tamper: tamperAt(/^\/v1\/persons$/, replacing('1985-05-05', '1979-09-09')),
    });
    expect(await ask()).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
    expect(paths()).toHaveLength(1);
  });

  it('P5: a person under another id than asked for is refused', async () => {
    const swapped = (response: SimulatedResponse) =>
      replacing('A1001AA', 'B2002BB')(replacing('X100001', 'X999999')(response));
    const { ask } = await start({ tamper: tamperAt(/^\/v1\/persons\/X100001$/, swapped) });
    expect(await ask()).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
  });

  it('a 404 that is not the service’s own is never "none held"', async () => {
    const { ask } = await start({ tamper: () => ({ status: 404, json: { message: 'no Route matched' } }) });
    expect(await ask()).toEqual({ outcome: 'error', code: 'bad-answer', records: [] });
  });
});

describe('probation: two registers, one man', () => {
  it('one record with both identifiers where the API joins them', async () => {
    const { ask } = await start();
    const record = only(await ask());
    expect(record).toMatchObject({ recordId: 'probation:X100001', system: 'delius', agency: 'probation' });
    expect(record.person.identifiers).toEqual(
      expect.arrayContaining([
        { type: 'CRN', value: 'X100001' },
        { type: 'NOMS', value: 'A1001AA' },
      ]),
    );
  });

  it('a man known to the prison only is a record of the prison register', async () => {
    const { ask } = await start({ holdings: [holdingOf({ reference: 'A1001AA', otherReferences: [] })] });
    const record = only(await ask());
    expect(record).toMatchObject({ recordId: 'probation:A1001AA', system: 'nomis' });
    expect(record.values?.map(({ field }) => field)).not.toContain('pro.crn');
  });

  it('P5: two halves that describe two different men are two records, and no shared detail is read', async () => {
    const stranger = (response: SimulatedResponse): SimulatedResponse => {
      const json = bothHalves.parse(response.json);
      const prison = {
        ...json.data.prisonerOffenderSearch,
        firstName: 'Quentin',
        lastName: 'Vale',
        aliases: [],
        dateOfBirth: '1960-01-01',
        pncId: '99/12345K',
      };
      return { ...response, json: { data: { ...json.data, prisonerOffenderSearch: prison } } };
    };
    const { ask, paths } = await start({ tamper: tamperAt(/^\/v1\/persons\/X100001$/, stranger) });
    const answer = await ask();
    expect(answer).toMatchObject({ outcome: 'found', code: 'wrong-person' });
    expect(answer.records.map(({ recordId, system }) => [recordId, system])).toEqual([
      ['probation:X100001', 'delius'],
      ['probation:A1001AA', 'nomis'],
    ]);
    expect(answer.records.flatMap(({ contacts }) => contacts).filter(({ kind }) => kind === 'address')).toEqual([]);
    expect(paths().filter((path) => path.includes('/addresses'))).toEqual([]);
  });

  it('P5: twins whose numbers were crossed are two records, although birth date and surname agree', async () => {
    const twin = (response: SimulatedResponse): SimulatedResponse => {
      const json = bothHalves.parse(response.json);
      const prison = { ...json.data.prisonerOffenderSearch, firstName: 'Damian', aliases: [], pncId: '12/394774J' };
      return { ...response, json: { data: { ...json.data, prisonerOffenderSearch: prison } } };
    };
    const { ask } = await start({ tamper: tamperAt(/^\/v1\/persons\/X100001$/, twin) });
    const { records } = await ask();
    expect(records).toHaveLength(2);
    // Nothing was read that the service would answer for both at once: P7, that is not "none".
    const details = ['pro.address', 'pro.licence', 'pro.release', 'pro.mappa', 'pro.officer'];
    for (const record of records) expect(record.unansweredFields).toEqual(details);
  });
});

describe('probation: merged records', () => {
  const merged = holdingOf({
    otherReferences: [
      { type: 'NOMS', value: 'A1001AA' },
      { type: 'superseded', value: 'B7777BB' },
    ],
  });
  const byOldId = { subject: { identifiers: [{ type: 'NOMS', value: 'B7777BB' } as const] } };

  it('follows 303 once and says which id the record replaces', async () => {
    const { ask, paths } = await start({ holdings: [merged] });
    const record = only(await ask({ ...byOldId, fields: ['pro.crn'] }));
    expect(record.supersedes).toEqual(['probation:B7777BB']);
    expect(record.recordId).toBe('probation:X100001');
    expect(paths().slice(0, 2)).toEqual(['/v1/persons/B7777BB', '/v1/persons/X100001']);
  });

  const locations = [
    'https://198.51.100.1/v1/persons/A1001AA',
    '//198.51.100.1/v1/persons/A1001AA',
    'http://127.0.0.1/v1/persons/A1001AA',
    '/v1/persons/A1001AA/images',
    '/v1/persons/../../admin',
    '/v1/persons/A1001AA?view=full',
    '/v1/persons/%41%31%30%30%31%41%41',
    '/v1/persons/B7777BB',
    '/login',
    '',
  ];
  it.each(locations)('never follows 303 to %j', async (location) => {
    const { ask, paths } = await start({
      holdings: [merged],
      tamper: tamperAt(/B7777BB$/, () => ({ status: 303, headers: { location } })),
    });
    expect(await ask(byOldId)).toEqual({ outcome: 'error', code: 'bad-answer', records: [] });
    expect(paths()).toEqual(['/v1/persons/B7777BB']);
  });

  it('never follows a second 303', async () => {
    const { ask, paths } = await start({
      holdings: [merged],
      tamper: tamperAt(/X100001$/, () => ({ status: 303, headers: { location: '/v1/persons/X100002' } })),
    });
    expect(await ask(byOldId)).toEqual({ outcome: 'error', code: 'bad-answer', records: [] });
    expect(paths()).toHaveLength(2);
  });
});

describe('probation: limited access', () => {
  const limited = holdingOf({ restricted: true });

  it.each([
    ['a role that limits access', POLICE_INTELLIGENCE],
    ['a role that the service forgot to limit', PUBLIC_PROTECTION],
  ])('P4: says that the record is restricted and nothing of it, under %s', async (_name, role) => {
    const { ask, paths } = await start({ holdings: [limited], role });
    const answer = await ask({ subject: { identifiers: [{ type: 'CRN', value: 'X100001' }] } });
    expect(answer).toMatchObject({ outcome: 'restricted', code: 'limited-access' });
    const record = only(answer);
    expect(record).toMatchObject({ restricted: true, contacts: [] });
    expect(record.values).toBeUndefined();
    expect(record.withheldFields).toHaveLength(9);
    expect(JSON.stringify(answer)).not.toMatch(/900123|Larch|example\.org|RV1/);
    expect(paths()).toEqual(['/v1/persons/X100001']);
  });

  it('P3: where the search already says so, the person is not even opened', async () => {
    const { ask, paths } = await start({ holdings: [limited] });
    expect((await ask()).outcome).toBe('restricted');
    expect(paths()).toHaveLength(1);
  });

  it('a detail that answers 403 makes the whole record restricted', async () => {
    const forbidden = {
      status: 403,
      json: {
        status: 403,
        errorCode: null,
        userMessage: 'x',
        developerMessage: 'Forbidden to complete action by upstream service: x',
        moreInfo: null,
      },
    };
    const { ask } = await start({ tamper: tamperAt(/\/addresses$/, () => forbidden) });
    const answer = await ask();
    expect(answer).toMatchObject({ outcome: 'restricted', code: 'limited-access' });
    expect(JSON.stringify(answer)).not.toContain('900123');
  });
});

describe('probation: masks and removed elements', () => {
  it('P4, P7: an officer whose name is masked is withheld in that, and the team can still be rung', async () => {
    const { ask } = await start({ role: POLICE_INTELLIGENCE });
    const answer = await ask({
      subject: { identifiers: [{ type: 'CRN', value: 'X100001' }] },
      fields: ['pro.officer'],
    });
    expect(only(answer).withheldFields).toEqual(['pro.officer']);
    expect(valueOf(answer, 'pro.officer')).toEqual({
      kind: 'professional',
      team: 'Riverton East',
      organisation: 'Probation Service',
    });
    expect(JSON.stringify(answer)).not.toContain('REDACTED');
  });

  it.each([
    ['07700 900123', 'pro.phone', /^\/v1\/persons\/X100001$/],
    ['dorian@example.org', 'pro.phone', /^\/v1\/persons\/X100001$/],
    ['Lee', 'pro.name', /^\/v1\/persons\/X100001$/],
    ['Larch Road', 'pro.address', /addresses$/],
    ['RV1 4AB', 'pro.address', /addresses$/],
    ['Be well behaved.', 'pro.licence', /conditions$/],
  ])('P7: %j masked is withheld under %s, and the mask is no value', async (text, field, path) => {
    const { ask } = await start({ tamper: tamperAt(path, replacing(text, '**REDACTED**')) });
    const answer = await ask();
    expect(only(answer).withheldFields).toEqual([field]);
    expect(JSON.stringify(answer)).not.toContain('REDACTED');
  });

  it('P7: contact details that were removed are withheld; an empty element is none held', async () => {
    const removed = (response: SimulatedResponse): SimulatedResponse => {
      const json = JSON.stringify(response.json).replace(
        /"contactDetails":\{.*?\},"currentRestriction"/,
        '"currentRestriction"',
      );
      const without: unknown = JSON.parse(json);
      return { ...response, json: without };
    };
    const first = await start({ tamper: tamperAt(/^\/v1\/persons\/X100001$/, removed) });
    expect(only(await first.ask()).withheldFields).toEqual(['pro.phone']);
    await first.stop();
    const { ask } = await start({ holdings: [holdingOf({ phones: [], emails: [] })] });
    expect(only(await ask()).withheldFields).toBeUndefined();
  });
});

describe('probation: where he is', () => {
  it('no fixed abode', async () => {
    const { ask } = await start({ holdings: [holdingOf({ addresses: [], noFixedAbode: true })] });
    expect(only(await ask()).whereabouts).toEqual({ field: 'pro.address', noFixedAbode: true });
  });

  it.each([true, false])(
    'in prison, with the release date and whether it is confirmed (%s)',
    async (releaseConfirmed) => {
      const custody = { prisonId: 'MDI', since: '2025-11-01', releaseOn: '2026-03-20', releaseConfirmed };
      const { ask } = await start({ holdings: [holdingOf({ custody })] });
      const answer = await ask();
      expect(only(answer).whereabouts).toEqual({
        field: 'pro.address',
        custody: { establishment: 'MDI', since: '2025-11-01', releaseDate: '2026-03-20', releaseConfirmed },
      });
      expect(valueOf(answer, 'pro.release')).toEqual({
        kind: 'dates',
        dates: [{ label: 'Release', date: '2026-03-20', confirmed: releaseConfirmed }],
      });
    },
  );

  it('P3: asked for the release date only, it says nothing of where he is, and does not ask', async () => {
    const custody = { prisonId: 'MDI', since: '2025-11-01', releaseOn: '2026-03-20', releaseConfirmed: true };
    const { ask, paths } = await start({ holdings: [holdingOf({ custody })] });
    const answer = await ask({ fields: ['pro.release'] });
    expect(only(answer).whereabouts).toBeUndefined();
    expect(JSON.stringify(answer)).not.toContain('MDI');
    expect(paths().some((path) => path.includes('base-location'))).toBe(false);
  });

  it('released last week: said as the release that it was', async () => {
    const { ask } = await start({ holdings: [holdingOf({ releasedOn: '2026-02-25' })] });
    const answer = await ask();
    expect(only(answer).whereabouts?.custody).toEqual({
      establishment: 'MDI',
      releaseDate: '2026-02-25',
      releaseConfirmed: true,
    });
    expect(valueOf(answer, 'pro.release')).toEqual({
      kind: 'dates',
      dates: [{ label: 'Release', date: '2026-02-25', confirmed: true }],
    });
  });

  const located = (location: object, release: object) => (path: string, response: SimulatedResponse) => {
    if (path.endsWith('/prisoner-base-location')) return { status: 200, json: { data: location } };
    if (path.includes('key-dates')) return { status: 200, json: { data: { release } } };
    return response;
  };
  const custodyFor = async (location: object, release: object) => {
    const { ask } = await start({ tamper: located(location, release) });
    return only(await ask()).whereabouts?.custody;
  };
  const first = { date: '2024-05-01', confirmedDate: '2024-05-01' };

  it('recalled: in custody, although an earlier release is confirmed', async () => {
    const custody = await custodyFor({ inPrison: true, prisonId: 'MDI', receptionDate: '2025-11-01' }, first);
    expect(custody).toEqual({ establishment: 'MDI', since: '2025-11-01' });
  });

  it('still in prison after his release day: not confirmed as released', async () => {
    const custody = await custodyFor({ inPrison: true, prisonId: 'MDI' }, { confirmedDate: '2026-03-01' });
    expect(custody).toEqual({ establishment: 'MDI', releaseDate: '2026-03-01', releaseConfirmed: false });
  });

  it.each(['Court', 'Temporary Absence', 'Transfers'])(
    'out of the door for %s is still in custody',
    async (lastMovementType) => {
      const custody = await custodyFor({ inPrison: false, lastPrisonId: 'MDI', lastMovementType }, {});
      expect(custody).toEqual({ establishment: 'MDI' });
    },
  );

  it('out, with a release date yet to come: said to be neither in custody nor released', async () => {
    expect(await custodyFor({ inPrison: false, lastPrisonId: 'MDI' }, { date: '2026-09-01' })).toBeUndefined();
  });
});

describe('probation: contact points', () => {
  it('carry field, period, kind of place and what approval the API gives them', async () => {
    const address = { lines: ['1 Gate Street', 'Riverton'], postcode: 'RV3 3CC', from: '2026-01-01' };
    const { ask } = await start({
      holdings: [
        holdingOf({
          addresses: [
            { ...address, type: 'hostel' },
            { ...address, type: 'approved' },
            { ...address, type: 'home' },
          ],
        }),
      ],
    });
    const addresses = only(await ask()).contacts.filter(({ kind }) => kind === 'address');
    const common = {
      kind: 'address',
      value: '1 Gate Street, Riverton, RV3 3CC',
      from: '2026-01-01',
      field: 'pro.address',
    };
    expect(addresses).toEqual([
      { ...common, recordedAs: 'hostel', basis: 'approved-address' },
      { ...common, recordedAs: 'self', basis: 'approved-address' },
      { ...common, recordedAs: 'self' },
    ]);
  });

  it('P4: nothing of a free-text note comes out, not even a number in it', async () => {
    const note = 'Ring 07700 900999, ask for Wilhelmina';
    const { ask } = await start({ tamper: tamperAt(/./, replacing('mother: Wilhelmina 020 7946 0456', note)) });
    const answer = await ask();
    expect(only(answer).contacts.filter(({ kind }) => kind === 'address')).toHaveLength(2);
    expect(JSON.stringify(answer)).not.toMatch(/900999|Wilhelmina|Ring/);
  });

  it.each(["This is their partner's address.", 'Victim lives at this address', 'House belongs to his mother'])(
    'P4: an address of which the note says %j is not his: it is sealed, and no postcode of it helps to match',
    async (note) => {
      const { ask } = await start({ tamper: tamperAt(/./, replacing('mother: Wilhelmina 020 7946 0456', note)) });
      const record = only(await ask());
      expect(record.contacts.filter(({ kind }) => kind === 'address')).toEqual([]);
      expect(record.othersContacts).toHaveLength(2);
      expect(JSON.stringify(record)).not.toMatch(/RV1|Larch/);
    },
  );

  it('P4: words beside a number are left behind; a number that they give to another is sealed', async () => {
    const { ask } = await start({
      holdings: [
        holdingOf({
          phones: [
            { number: '07700 900777 (ex-partner, ask for Jo)', type: 'mobile', recordedAs: 'self' },
            { number: '07700 900555 ask for Jo', type: 'mobile', recordedAs: 'self' },
            { number: '07700 900556 new mobile', type: 'mobile', recordedAs: 'self' },
            { number: '020 7946 0123', type: 'landline', recordedAs: 'work' },
          ],
        }),
      ],
    });
    const record = only(await ask());
    expect(record.contacts.filter(({ kind }) => kind === 'phone')).toEqual([
      { kind: 'phone', value: '07700 900556', recordedAs: 'self', field: 'pro.phone', basis: 'active-service' },
      { kind: 'phone', value: '020 7946 0123', recordedAs: 'work', field: 'pro.phone', basis: 'active-service' },
    ]);
    expect(record.othersContacts).toMatchObject([
      { kind: 'phone', whose: 'partner' },
      { kind: 'phone', whose: 'other' },
    ]);
    expect(JSON.stringify(record)).not.toMatch(/900777|900555|Jo\b/);
  });

  it('P4: the officer’s number is the officer’s, never among his', async () => {
    const { ask } = await start();
    const record = only(await ask());
    expect(JSON.stringify(record.contacts)).not.toContain('960111');
    expect(JSON.stringify(record.values)).toContain('960111');
  });
});

describe('probation: licence and MAPPA', () => {
  const withCondition = (condition: object) =>
    tamperAt(/conditions$/, (response) => {
      const json = licences.parse(response.json);
      json.data.licences[0]?.conditions.push(condition);
      return { ...response, json };
    });

  it('P4: the wording of a condition written for him is not taken: it may name the victim or her road', async () => {
    const { ask } = await start({
      tamper: withCondition({
        type: 'STANDARD',
        code: null,
        category: 'Contact with a person',
        condition: 'Not to contact Petra Quill of 9 Oak Lane',
      }),
    });
    const answer = await ask();
    expect(valueOf(answer, 'pro.licence')).toMatchObject({
      entries: [{ conditions: ['Be well behaved.', 'Contact with a person (wording held by probation)'] }],
    });
    expect(JSON.stringify(answer)).not.toMatch(/Petra|Oak Lane/);
  });

  it('a bespoke condition is said to exist', async () => {
    const { ask } = await start({
      tamper: withCondition({ type: 'Bespoke', code: null, category: null, condition: 'Stay away from Petra Quill' }),
    });
    const answer = await ask();
    expect(JSON.stringify(valueOf(answer, 'pro.licence'))).toContain('Individual condition');
    expect(JSON.stringify(answer)).not.toContain('Petra');
  });

  it('P5: licence conditions of another id are refused, and not read as none', async () => {
    const { ask } = await start({ tamper: tamperAt(/conditions$/, replacing('X100001', 'X555555')) });
    const answer = await ask();
    expect(answer).toMatchObject({ outcome: 'found', code: 'wrong-person' });
    expect(valueOf(answer, 'pro.licence')).toBeUndefined();
  });

  it('MAPPA category and level with the date since when; its note never', async () => {
    const { ask } = await start();
    const answer = await ask({ fields: ['pro.mappa'] });
    expect(only(answer).values).toEqual([
      {
        field: 'pro.mappa',
        value: { kind: 'coded', code: 'C2L1', label: 'MAPPA category 2, level 1' },
        asAt: '2025-06-01',
      },
    ]);
    expect(JSON.stringify(answer)).not.toContain('Wilhelmina');
  });

  it('404 on a detail: that detail is not held, and the rest stands', async () => {
    const { mappa: _mappa, ...unmanaged } = holdingOf();
    const { ask } = await start({ holdings: [unmanaged] });
    const answer = await ask();
    expect(answer.outcome).toBe('found');
    expect(answer.code).toBeUndefined();
    expect(valueOf(answer, 'pro.mappa')).toBeUndefined();
  });
});

describe('probation: a part that fails', () => {
  const never = (): Promise<SimulatedResponse> => new Promise(() => undefined);

  it('P7: key dates that time out leave the rest standing, and the answer says that it is incomplete', async () => {
    const { ask } = await start({ tamper: tamperAt(/key-dates/, never) });
    const answer = await ask({}, { timeoutMs: 400 });
    expect(answer).toMatchObject({ outcome: 'found', code: 'deadline' });
    expect(valueOf(answer, 'pro.release')).toBeUndefined();
    expect(valueOf(answer, 'pro.officer')).toBeDefined();
    expect(only(answer).withheldFields).toBeUndefined();
    expect(only(answer).unansweredFields).toEqual(['pro.release']);
  });

  it.each([
    [/\/addresses$/, 'pro.address'],
    [/prisoner-base-location$/, 'pro.address'],
    [/key-dates/, 'pro.release'],
    [/mappadetail$/, 'pro.mappa'],
    [/person-responsible-officer$/, 'pro.officer'],
    [/conditions$/, 'pro.licence'],
  ])('P7: a read that fails leaves its own field unanswered and no other: %s', async (path, field) => {
    const { ask } = await start({ tamper: tamperAt(path, () => ({ status: 502, json: {} })) });
    const answer = await ask();
    expect(answer).toMatchObject({ outcome: 'found', code: 'server-error' });
    expect(only(answer).unansweredFields).toEqual([field]);
    const others = await ask({ fields: ['pro.name', 'pro.phone'] });
    expect(only(others).unansweredFields).toBeUndefined();
  });

  it('P7: what is answered is not called unanswered, and "none" is an answer', async () => {
    const none = {
      status: 404,
      json: { status: 404, errorCode: null, userMessage: 'Not found.', developerMessage: 'x', moreInfo: null },
    };
    const { ask } = await start({ tamper: tamperAt(/mappadetail$/, () => none) });
    expect(only(await ask()).unansweredFields).toBeUndefined();
  });

  it('P7: a level that the register does not have leaves the field unanswered, not without a level', async () => {
    const odd = { status: 200, json: { data: { level: 9, category: 2, startDate: null } } };
    const { ask } = await start({ tamper: tamperAt(/mappadetail$/, () => odd) });
    expect(only(await ask()).unansweredFields).toEqual(['pro.mappa']);
  });

  it.each([
    ['a status of a failing server', { status: 502, json: {} }, 'server-error'],
    ['a shape outside the contract', { status: 200, json: { data: { release: { date: 'soon' } } } }, 'bad-answer'],
    ['a path that our role lost', { status: 403, json: { message: 'Forbidden' } }, 'not-authorised'],
  ])('P7: key dates with %s', async (_name, response, code) => {
    const { ask } = await start({ tamper: tamperAt(/key-dates/, () => response) });
    const answer = await ask();
    expect(answer).toMatchObject({ outcome: 'found', code });
    expect(valueOf(answer, 'pro.release')).toBeUndefined();
    expect(only(answer).unansweredFields).toEqual(['pro.release']);
  });

  it('the published role lacks the base location: said as a refusal, not as "not in prison"', async () => {
    const { ask } = await start({ role: PUBLIC_PROTECTION });
    expect(await ask()).toMatchObject({ outcome: 'found', code: 'not-authorised' });
  });
});

describe('probation: least', () => {
  it.each([
    ['pro.phone', []],
    ['pro.address', ['prisoner-base-location']],
    ['pro.release', ['sentences/latest-key-dates-and-adjustments']],
    ['pro.mappa', ['risks/mappadetail']],
    ['pro.officer', ['person-responsible-officer']],
    ['pro.licence', ['licences/conditions']],
  ])('P3: for %s only its own detail is read, beside the addresses that matching needs', async (field, details) => {
    const { ask, paths } = await start();
    await ask({ fields: [field] });
    const read = paths()
      .filter((path) => path.startsWith('/v1/persons/X100001/'))
      .map((path) => path.replace('/v1/persons/X100001/', ''));
    expect(read.sort()).toEqual(['addresses', ...details].sort());
  });
});

describe('probation: credentials', () => {
  it.each([
    ['another key', 'key-of-somebody-else'],
    ['no key', ''],
  ])('the registered certificate with %s is refused', async (_name, apiKey) => {
    const { ask } = await start({ apiKey });
    expect(await ask()).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
  });

  it.each(['another-agency', 'holdfast'])(
    'our key with another certificate of the same authority, named %s, is refused',
    async (presents) => {
      const { ask } = await start({ presents });
      expect(await ask()).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
    },
  );

  it('P7: a role that may not search is refused, and that is not "none held"', async () => {
    const { ask } = await start({ role: POLICE_INTELLIGENCE });
    expect(await ask()).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
  });

  it('sends key and question, and nothing about the case or the asker', async () => {
    const { ask, simulator } = await start();
    await ask();
    for (const { headers, body, path } of simulator.asked) {
      expect(headers['x-api-key']).toBe(API_KEY);
      expect(JSON.stringify([headers, body, path])).not.toMatch(/DAPG|riverton-council|ENGAGE/);
    }
  });
});
