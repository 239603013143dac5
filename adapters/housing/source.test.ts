import { afterEach, describe, expect, it } from '@jest/globals';
import {
  HER_ID,
  HER_MOBILE,
  herHolding,
  HIS_ID,
  HIS_MOBILE,
  holdingOf,
  seal,
  startRunning,
  strangersKey,
  type Running,
  type RunningOptions,
} from '../../test/agencies/housing/fixture.ts';
import type { ServedAlert } from '../../test/agencies/housing/contract.ts';
import type { HeldOther, HeldPhone, Holding, Relation } from '../../test/population/types.ts';

/** The landlord's services as they are, each quirk once, over real HTTPS. */

let running: Running | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

async function start(options: RunningOptions = {}): Promise<Running> {
  running = await startRunning(options);
  return running;
}

async function askOne(options: RunningOptions = {}, parts: Parameters<Running['ask']>[0] = {}) {
  const { ask } = await start(options);
  const answer = await ask(parts);
  const [record] = answer.records;
  if (record === undefined) throw new Error(`nobody was found: ${answer.outcome} ${answer.code ?? ''}`);
  return { answer, record, others: record.othersContacts ?? [] };
}

const strayTenure = '7d0c3a52-1f4e-4c0b-9a55-0c1f6f0b0001';
const HOME = '14 Larch Road Riverton ZE4 4AB';
const SEARCH = /housing-search/;
const PERSON = /^\/person\//;
const CONTACTS = /contactDetails/;
const TENURE = /^\/tenure-information\//;
const ALERTS = /cautionary-alerts/;

type Tamper = NonNullable<RunningOptions['tamper']>;

/** Rewrites what one service answers, element by element. */
const rewrite =
  (service: RegExp, change: (key: string, value: unknown) => unknown): Tamper =>
  (path, response) =>
    service.test(path) ? { ...response, json: JSON.parse(JSON.stringify(response.json), change) } : response;

/** One element takes another value. */
const set = (service: RegExp, element: string, to: unknown) =>
  rewrite(service, (key, value) => (key === element ? to : value));

const refuse =
  (service: RegExp, status: number, headers: Record<string, string> = {}): Tamper =>
  (path, response) =>
    service.test(path) ? { status, headers } : response;

const other = (as: Relation, phone: string): HeldOther => ({
  citizen: `c-${as}`,
  as,
  name: { given: 'Somebody', family: 'Else' },
  phones: [phone],
});

const JOINT: readonly Holding[] = [
  holdingOf({ tenancy: { reference: 'RVT000123', type: 'Secure', from: '2021-06-01', jointWith: 'c2' } }),
  herHolding(),
];

describe('credentials', () => {
  it.each([
    ['signed by a stranger', { signingKey: strangersKey }],
    ['for another audience', { audience: 'repairs' }],
    ['that has ended', { expiresAt: new Date('2020-01-01T00:00:00Z') }],
  ])('P7: a token %s is an error that an operator hears of, never "none held"', async (_name, token) => {
    const { ask } = await start({ token });
    expect(await ask()).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
  });
});

describe('finding him', () => {
  it('asks for his names in one box of text and keeps only his birth date', async () => {
    const namesake = holdingOf({ reference: HER_ID, citizen: 'c9', dateOfBirth: '1961-02-03' });
    const { ask, paths } = await start({ holdings: [holdingOf(), namesake] });
    const { records } = await ask({ fields: [] });
    expect(records.map(({ recordId }) => recordId)).toEqual([`housing:${HIS_ID}`]);
    expect(paths()).toEqual([
      '/housing-search/api/v1/search/persons?searchText=Dorian+Ashgrove&page=1&pageSize=40',
      `/person/api/v1/persons/${HIS_ID}`,
    ]);
  });

  it.each(['1985-05-05', '1985-05-05T00:00:00Z', '1985-05-05T00:00:00', '05/05/1985', '05/05/1985 00:00:00'])(
    'reads the birth date %s',
    async (written) => {
      const { record } = await askOne({ tamper: set(/./, 'dateOfBirth', written) });
      expect(record.person.dateOfBirth).toBe('1985-05-05');
    },
  );

  it.each([null, '', '1900-01-01', '01/01/1900', '0001-01-01T00:00:00', 'not known', '31/02/1985'])(
    'P5: the birth date %j says nothing: he comes out by his very name only, without it',
    async (written) => {
      const tamper = set(/search|person/, 'dateOfBirth', written);
      const { record } = await askOne({ tamper });
      expect(record.person.dateOfBirth).toBeUndefined();
      expect(record.values?.map(({ field }) => field)).not.toContain('hou.dob');
      await running?.stop();
      const misspelt = await start({ tamper });
      const answer = await misspelt.ask({
        subject: { names: [{ given: 'Dorrian', family: 'Ashgrave' }], dateOfBirth: '1985-05-05' },
      });
      expect(answer).toEqual({ outcome: 'none-held', records: [] });
    },
  );

  it.each([
    ['day and month exchanged', '1985-05-04', '1985-04-05', 1],
    ['another day', '1985-05-05', '1985-05-15', 1],
    ['his father’s', '1985-05-05', '1961-09-02', 0],
    ['a son’s of the same day', '1985-05-05', '2005-05-05', 0],
  ])('P5: a birth date with %s', async (_name, asked, held, count) => {
    const { ask } = await start({ holdings: [holdingOf({ dateOfBirth: held })] });
    const { records } = await ask({
      subject: { names: [{ given: 'Dorian', family: 'Ashgrove' }], dateOfBirth: asked },
    });
    expect(records).toHaveLength(count);
  });

  it('P5: his twin of the same birth date is never read', async () => {
    const twin = holdingOf({ reference: HER_ID, citizen: 'c8', names: [{ given: 'Lucas', family: 'Ashgrove' }] });
    const { ask, paths } = await start({ holdings: [holdingOf(), twin] });
    expect((await ask()).records).toHaveLength(1);
    expect(paths().join()).not.toContain(HER_ID);
  });

  it('tries his other names, and does not stop at a namesake without a birth date', async () => {
    const { dateOfBirth: _none, ...undated } = holdingOf({ reference: HER_ID, citizen: 'c9' });
    const him = holdingOf({ names: [{ given: 'Dory', family: 'Marsh' }] });
    const { ask } = await start({ holdings: [undated, him] });
    const names = [
      { given: 'Dorian', family: 'Ashgrove' },
      { given: 'Dory', family: 'Marsh', type: 'alias' as const },
    ];
    const { records } = await ask({ subject: { names, dateOfBirth: '1985-05-05' } });
    expect(records.map(({ recordId }) => recordId).sort()).toEqual([`housing:${HIS_ID}`, `housing:${HER_ID}`].sort());
  });

  it('P11: reads three pages at most, and says that there were too many', async () => {
    const crowd = Array.from({ length: 200 }, (_, n) => {
      const reference = `7d0c3a52-1f4e-4c0b-9a55-0c1f6f0b${String(n).padStart(4, '0')}`;
      return holdingOf({ reference, citizen: `n${n}`, dateOfBirth: '1950-01-02' });
    });
    const { ask, paths } = await start({ holdings: crowd });
    expect(await ask()).toEqual({ outcome: 'withheld', code: 'too-many-matches', records: [] });
    expect(paths()).toHaveLength(3);
  });

  it('finds him on the second page', async () => {
    const crowd = Array.from({ length: 50 }, (_, n) => {
      const reference = `0d0c3a52-1f4e-4c0b-9a55-0c1f6f0b${String(n).padStart(4, '0')}`;
      return holdingOf({ reference, citizen: `n${n}`, dateOfBirth: '1950-01-02' });
    });
    const { ask } = await start({ holdings: [...crowd, holdingOf()] });
    expect((await ask()).outcome).toBe('found');
  });

  it('falls back on where he lives, and believes it only by the property’s number and his birth date', async () => {
    const remarried = holdingOf({ names: [{ given: 'Dorian', family: 'Quill' }] });
    const subject = {
      names: [{ given: 'Dorian', family: 'Ashgrove' }],
      dateOfBirth: '1985-05-05',
      addresses: [{ lines: ['14 Larch Road'], postcode: 'ZE4 4AB', uprn: '999000000014' }],
    };
    const { ask } = await start({ holdings: [remarried] });
    expect((await ask({ subject })).records).toHaveLength(1);
    const [address] = subject.addresses;
    const elsewhere = { ...subject, addresses: [{ ...address, uprn: '999000000099' }] };
    expect(await ask({ subject: elsewhere })).toEqual({ outcome: 'none-held', records: [] });
  });

  it('asks about nobody without a full birth date', async () => {
    const { ask, paths } = await start();
    const names = [{ given: 'Dorian', family: 'Ashgrove' }];
    for (const subject of [{ names }, { names, dateOfBirth: '1985' }, { dateOfBirth: '1985-05-05' }]) {
      expect(await ask({ subject })).toEqual({ outcome: 'not-asked', code: 'not-enough-known', records: [] });
    }
    expect(paths()).toEqual([]);
  });

  it('P5: the person service answers about somebody else', async () => {
    const { ask } = await start({ tamper: set(PERSON, 'id', HER_ID) });
    expect(await ask()).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
    await running?.stop();
    const named = await start({
      tamper: rewrite(PERSON, (key, value) => (/^(first|sur)name$/i.test(key) ? 'Zebedee' : value)),
    });
    expect(await named.ask()).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
  });

  it('P7: a person whom the search names and the person service does not know is no "none held"', async () => {
    const { ask } = await start({ tamper: refuse(PERSON, 404) });
    expect(await ask()).toEqual({ outcome: 'error', code: 'bad-answer', records: [] });
  });
});

describe('phones and e-mails', () => {
  it('P7: 404 for an empty list of contacts is none, and nothing is missing', async () => {
    const { answer, record } = await askOne({ holdings: [holdingOf({ phones: [], emails: [] })] });
    expect(answer.code).toBeUndefined();
    expect(record.contacts.map(({ kind }) => kind)).toEqual(['address', 'address']);
  });

  it('P7: a 404 page of a proxy is not an empty list', async () => {
    const { answer } = await askOne({ tamper: refuse(CONTACTS, 404, { 'content-type': 'text/html' }) });
    expect(answer).toMatchObject({ outcome: 'found', code: 'bad-answer' });
  });

  it.each([
    ['mobile', 'self'],
    ['home', 'self'],
    ['mainNumber', 'self'],
    ['landline', 'self'],
    ['work', 'work'],
    [null, 'unknown'],
  ])('a number of subtype %s is his', async (subType, recordedAs) => {
    const { record } = await askOne({ tamper: set(CONTACTS, 'subType', subType) });
    expect(record.contacts.find(({ kind }) => kind === 'phone')).toEqual({
      kind: 'phone',
      value: HIS_MOBILE,
      recordedAs,
      from: '2024-02-01',
      lastConfirmed: '2025-10-01',
      field: 'hou.phone',
      basis: 'stated',
    });
  });

  it.each([
    ['wife', 'partner'],
    ['husband', 'partner'],
    ['spouse', 'partner'],
    ['partner', 'partner'],
    ['child', 'child'],
    ['mother', 'mother'],
    ['sibling', 'relative'],
    ['relative', 'relative'],
    ['friend', 'friend'],
    ['neighbour', 'other'],
    ['carer', 'other'],
    ['emergencyContact', 'other'],
    ['socialWorker', 'other'],
    ['doctor', 'other'],
    ['other', 'other'],
    ['nextOfKin2027', 'other'],
    ['WIFE', 'partner'],
  ])('P4: a number of subtype %s is another’s: sealed and dropped', async (subType, whose) => {
    const { answer, others } = await askOne({ tamper: set(CONTACTS, 'subType', subType) });
    expect(others).toContainEqual({ kind: 'phone', seal: seal('phone', HIS_MOBILE), whose });
    expect(JSON.stringify(answer)).not.toMatch(/07700|900123|dorian@/);
  });

  it.each(['07700 900777 (wife)', 'wife 07700 900777', '07700 900777 Mum'])(
    'P4: words beside a number make it another’s: %s',
    async (value) => {
      const { answer } = await askOne({ tamper: rewrite(CONTACTS, (key, held) => (key === 'value' ? value : held)) });
      expect(JSON.stringify(answer)).not.toMatch(/900777|wife|Mum/);
    },
  );

  it('P4: of two numbers in one element each is sealed, or neither is surely his', async () => {
    const two = (subType: string) =>
      rewrite(CONTACTS, (key, held) =>
        key === 'value' ? `${HIS_MOBILE} / ${HER_MOBILE}` : key === 'subType' ? subType : held,
      );
    const { others } = await askOne({ tamper: two('wife') });
    expect(others.map((each) => each.seal)).toEqual([seal('phone', HIS_MOBILE), seal('phone', HER_MOBILE)]);
    await running?.stop();
    const { record } = await askOne({ tamper: two('mobile') });
    const phones = record.contacts.filter(({ kind }) => kind === 'phone');
    expect(phones.map(({ recordedAs }) => recordedAs)).toEqual(['unknown', 'unknown']);
  });

  it('P4: a description is read for whose the number is, and nothing of it leaves', async () => {
    const { answer, others } = await askOne({
      tamper: set(CONTACTS, 'description', 'his wife Wilhelmina, call after six'),
    });
    expect(others.map(({ whose }) => whose)).toEqual(['partner', 'partner']);
    expect(JSON.stringify(answer)).not.toMatch(/Wilhelmina|900123/);
  });

  it('P4: a number given as his and as his wife’s is sealed as well, and speaks for nobody’s identity', async () => {
    const phones: HeldPhone[] = [{ number: HER_MOBILE, type: 'mobile', recordedAs: 'self' }];
    const { record, others } = await askOne({
      holdings: [holdingOf({ phones, emails: [], others: [other('wife', HER_MOBILE)] })],
    });
    expect(others).toEqual([{ kind: 'phone', seal: seal('phone', HER_MOBILE), whose: 'partner' }]);
    expect(record.person.phones).toBeUndefined();
  });

  it('a number whose validity is over ends on that day; an inactive row or an unreadable end is none', async () => {
    const { record } = await askOne({ tamper: set(CONTACTS, 'recordValidUntil', '2025-11-30T00:00:00') });
    expect(record.contacts.find(({ kind }) => kind === 'phone')?.to).toBe('2025-11-30');
    for (const tamper of [set(CONTACTS, 'isActive', false), set(CONTACTS, 'recordValidUntil', 'last spring')]) {
      await running?.stop();
      const again = await askOne({ tamper });
      expect(again.record.contacts.filter(({ kind }) => kind !== 'address')).toEqual([]);
    }
  });

  it('P4: an inactive row of hers is still hers', async () => {
    const tamper = rewrite(CONTACTS, (key, value) => (key === 'isActive' ? false : key === 'subType' ? 'wife' : value));
    const { others } = await askOne({ tamper });
    expect(others).toContainEqual({ kind: 'phone', seal: seal('phone', HIS_MOBILE), whose: 'partner' });
  });

  it('never asks for historic rows', async () => {
    const { paths } = await start();
    await running?.ask();
    expect(paths()).toContain(`/contact-details/api/v2/contactDetails?targetId=${HIS_ID}&includeHistoric=false`);
  });

  it('P5: contact details of another target are refused', async () => {
    const { answer, record } = await askOne({ tamper: set(CONTACTS, 'targetId', HER_ID) });
    expect(answer.code).toBe('wrong-person');
    expect(record.contacts.filter(({ kind }) => kind !== 'address')).toEqual([]);
  });

  it('P4: nobody is reached at a dead man’s number', async () => {
    const { record } = await askOne({ tamper: set(PERSON, 'dateOfDeath', '2025-12-24T00:00:00Z') });
    expect(record.contacts).toEqual([]);
  });
});

describe('homes', () => {
  it('a running tenure for which he is responsible is his tenancy; one that ended has an end', async () => {
    const { record } = await askOne();
    expect(record.contacts.filter(({ kind }) => kind === 'address')).toEqual([
      {
        kind: 'address',
        value: HOME,
        recordedAs: 'self',
        from: '2021-06-01',
        uprn: '999000000014',
        basis: 'tenancy',
        field: 'hou.address',
      },
      {
        kind: 'address',
        value: '2 Elm Close Riverton ZE5 2BB',
        recordedAs: 'self',
        from: '2018-02-01',
        to: '2021-05-31',
        uprn: '999000000002',
        field: 'hou.address',
      },
    ]);
    expect(record.othersContacts).toBeUndefined();
  });

  it('P4: the home of a joint tenancy is sealed as hers too, and nothing of her is taken', async () => {
    const { answer, record, others } = await askOne({ holdings: JOINT });
    expect(others).toEqual([{ kind: 'address', seal: seal('address', HOME), whose: 'partner' }]);
    expect(record.contacts.map(({ value }) => value)).toContain(HOME);
    expect(JSON.stringify(answer)).not.toMatch(/Wilhelmina|Thorne|1987|mina@/);
    expect(record.values?.map(({ field }) => field)).not.toContain('hou.household');
    expect(record.values?.map(({ field }) => field)).not.toContain('hou.joint_tenant');
  });

  it('P4: it stays hers when his tenancy has ended and hers has not', async () => {
    const tamper = rewrite(PERSON, (key, value) =>
      key === 'isActive' ? false : key === 'endDate' ? '2025-01-01T00:00:00Z' : value,
    );
    const { record, others } = await askOne({ holdings: JOINT, tamper });
    expect(record.contacts.find(({ value }) => value === HOME)).toMatchObject({ to: '2025-01-01' });
    expect(others).toEqual([{ kind: 'address', seal: seal('address', HOME), whose: 'partner' }]);
  });

  it.each([
    [
      'a child',
      { isResponsible: false, personTenureType: 'HouseholdMember', dateOfBirth: '2019-05-02T00:00:00Z' },
      'child',
    ],
    ['a spouse', { isResponsible: false, personTenureType: 'Spouse', dateOfBirth: '' }, 'partner'],
    ['a tenant whom nobody calls responsible', { isResponsible: false, personTenureType: 'Tenant' }, 'partner'],
    [
      'an adult of whom nothing is said',
      { isResponsible: false, personTenureType: 'HouseholdMember', dateOfBirth: null },
      'other',
    ],
  ])('P4: the home is also that of %s', async (_name, change, whose) => {
    const holder = { id: HIS_ID, type: 'person', fullName: 'Dorian Ashgrove', isResponsible: true };
    const member = { id: HER_ID, type: 'person', fullName: 'Somebody Else', dateOfBirth: '1987-08-09', ...change };
    const { others } = await askOne({ tamper: set(TENURE, 'householdMembers', [holder, member]) });
    expect(others.filter(({ kind }) => kind === 'address').map((each) => each.whose)).toEqual([whose, whose]);
  });

  it('says without a basis where he is a member of the household or not on the tenure at all', async () => {
    const member = { id: HIS_ID, isResponsible: false, personTenureType: 'HouseholdMember' };
    const { record } = await askOne({ tamper: set(TENURE, 'householdMembers', [member]) });
    expect(record.contacts.find(({ value }) => value === HOME)).not.toHaveProperty('basis');
    await running?.stop();
    const gone = await askOne({ tamper: set(TENURE, 'householdMembers', []) });
    expect(gone.record.contacts.find(({ value }) => value === HOME)).toMatchObject({ recordedAs: 'unknown' });
    expect(gone.record.contacts.find(({ value }) => value === HOME)).not.toHaveProperty('basis');
  });

  it.each([500, 404])(
    'P4: where the household cannot be read (%i) the home is not taken, and the answer says so',
    async (status) => {
      const { answer, record } = await askOne({ tamper: refuse(TENURE, status) });
      expect(answer.code).toBe(status === 500 ? 'server-error' : 'bad-answer');
      expect(record.contacts.filter(({ kind }) => kind === 'address')).toEqual([]);
    },
  );

  it('P4: nor is an address that he gave, which may be that very home', async () => {
    const { tenancy: _none, ...lodger } = holdingOf();
    const tenures = [{ id: strayTenure, isActive: true, assetFullAddress: HOME }];
    const named = set(PERSON, 'tenures', tenures);
    const { answer, record } = await askOne({
      holdings: [lodger],
      tamper: (path, response) => (TENURE.test(path) ? { status: 502 } : named(path, response)),
    });
    expect(answer.code).toBe('server-error');
    expect(record.contacts.map(({ kind }) => kind)).not.toContain('address');
    expect(record.contacts.map(({ kind }) => kind)).toContain('phone');
    expect(record.unansweredFields).toEqual(['hou.address']);
  });

  it('P4: a tenure that leaves out its household is not a home of his alone', async () => {
    const { answer, record } = await askOne({ tamper: set(TENURE, 'householdMembers', undefined) });
    expect(answer.code).toBe('bad-answer');
    expect(record.contacts.filter(({ kind }) => kind === 'address')).toEqual([]);
  });

  it('an inactive tenure without an end, or with one that is no date, is no home of today', async () => {
    for (const endDate of [null, 'terminated']) {
      const tamper = rewrite(PERSON, (key, value) =>
        key === 'isActive' ? false : key === 'endDate' ? endDate : value,
      );
      const { record } = await askOne({ tamper });
      expect(record.contacts.filter(({ kind }) => kind === 'address')).toEqual([]);
      await running?.stop();
    }
  });

  it('a correspondence address may be another’s door; an address of his wife’s is hers', async () => {
    const { tenancy: _none, ...lodger } = holdingOf();
    const { record } = await askOne({ holdings: [lodger] });
    expect(record.role).toBe('householdMember');
    expect(record.contacts.filter(({ kind }) => kind === 'address')[0]).toEqual({
      kind: 'address',
      value: '14 Larch Road, Riverton, ZE4 4AB',
      recordedAs: 'unknown',
      field: 'hou.address',
      basis: 'stated',
      uprn: '999000000014',
    });
    await running?.stop();
    const hers = await askOne({ holdings: [lodger], tamper: set(CONTACTS, 'subType', 'wife') });
    expect(hers.record.contacts).toEqual([]);
    expect(hers.others).toContainEqual({
      kind: 'address',
      seal: seal('address', '14 Larch Road, Riverton, ZE4 4AB'),
      whose: 'partner',
    });
  });
});

describe('a sensitive tenant', () => {
  const withheld = {
    restricted: true,
    contacts: [],
    withheldFields: [
      'hou.tenancy_ref',
      'hou.name',
      'hou.dob',
      'hou.address',
      'hou.phone',
      'hou.tenancy',
      'hou.markers',
    ],
  };

  it('P7: 403 is restricted, not absent, and none of him is taken', async () => {
    const { answer, record } = await askOne({ holdings: [holdingOf({ restricted: true })] });
    expect(answer).toMatchObject({ outcome: 'restricted', code: 'limited-access' });
    expect(record).toMatchObject(withheld);
    expect(JSON.stringify(answer)).not.toMatch(/Larch|07700|RVT/);
  });

  it.each([
    ['contact details', CONTACTS],
    ['tenures', TENURE],
  ])('P7: blocked in %s only, he is restricted all the same', async (_name, service) => {
    const { answer, record } = await askOne({ tamper: refuse(service, 403) });
    expect(answer.outcome).toBe('restricted');
    expect(record).toMatchObject(withheld);
  });

  it('P7: alerts that we may not see are withheld, and the rest is told', async () => {
    const { answer, record } = await askOne({ tamper: refuse(ALERTS, 403) });
    expect(answer.outcome).toBe('found');
    expect(record.withheldFields).toEqual(['hou.markers']);
    expect(record.contacts).not.toEqual([]);
  });

  it('P7: whoever is refused at the search is not let in at all', async () => {
    const { ask } = await start({ tamper: refuse(SEARCH, 403) });
    expect(await ask()).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
  });
});

describe('P7: a part that fails', () => {
  const silent =
    (service: RegExp): Tamper =>
    (path, response) =>
      service.test(path) ? new Promise(() => undefined) : response;

  it.each([
    ['contact details', CONTACTS, ['hou.address', 'hou.phone']],
    ['a household', TENURE, ['hou.address']],
    ['alerts', ALERTS, ['hou.markers']],
  ])('%s: the fields read from it are unanswered, and no other', async (_name, service, fields) => {
    for (const tamper of [refuse(service, 502), refuse(service, 200), refuse(service, 429)]) {
      const { answer, record } = await askOne({ tamper });
      expect(answer.outcome).toBe('found');
      expect(answer.code).toBeDefined();
      expect(record.unansweredFields).toEqual(fields);
      expect(record.withheldFields).toBeUndefined();
      await running?.stop();
    }
  });

  it('a read that never ends leaves its field unanswered and the rest standing', async () => {
    const { ask } = await start({ tamper: silent(ALERTS) });
    const answer = await ask({}, { timeoutMs: 400 });
    expect(answer).toMatchObject({ outcome: 'found', code: 'deadline' });
    expect(answer.records[0]?.unansweredFields).toEqual(['hou.markers']);
    expect(answer.records[0]?.contacts).not.toEqual([]);
  });

  it('a field that nobody asked for is not called unanswered', async () => {
    const { record } = await askOne({ tamper: refuse(TENURE, 502) }, { fields: ['hou.phone', 'hou.name'] });
    expect(record).not.toHaveProperty('unansweredFields');
  });

  it('what is answered is not, and "none" is an answer', async () => {
    for (const service of [/^nothing$/, CONTACTS, ALERTS]) {
      const { record } = await askOne({ tamper: refuse(service, 404) });
      expect(record).not.toHaveProperty('unansweredFields');
      await running?.stop();
    }
  });

  it('a home of today past the number of tenures that are read is unanswered; an old one is not', async () => {
    const tenures = (isActive: boolean) =>
      Array.from({ length: 7 }, (_, n) => ({
        id: `7d0c3a52-1f4e-4c0b-9a55-0c1f6f0b000${String(n)}`,
        isActive,
        assetFullAddress: `${String(n + 1)} Larch Road Riverton ZE4 4AB`,
      }));
    const holder = { id: HIS_ID, isResponsible: true };
    for (const [isActive, unanswered] of [
      [true, ['hou.address']],
      [false, undefined],
    ] as const) {
      const tamper: Tamper = (path, response) =>
        TENURE.test(path)
          ? { status: 200, json: { id: path.split('/').at(-1), householdMembers: [holder] } }
          : set(PERSON, 'tenures', tenures(isActive))(path, response);
      const { record } = await askOne({ tamper });
      expect(record.unansweredFields).toEqual(unanswered);
      await running?.stop();
    }
  });
});

describe('values', () => {
  const alert = (change: Partial<ServedAlert> = {}): ServedAlert => ({
    alertId: 'a1',
    alertCode: '10\u201110',
    description: 'Shouted at Wilhelmina',
    reason: 'Told by the neighbour at 16',
    assureReference: '1234',
    personName: 'Dorian Ashgrove',
    personId: HIS_ID,
    startDate: '07/06/2023',
    endDate: null,
    dateModified: '07/06/2023',
    modifiedBy: 'A Housing Officer',
    isActive: true,
    ...change,
  });

  it('takes an alert by its code with plain hyphens and its date, and never a comment', async () => {
    const alerts = new Map([
      [HIS_ID, [alert(), alert({ alertCode: '77', isActive: false }), alert({ alertCode: '10' })]],
    ]);
    const { answer, record } = await askOne({ alerts });
    expect(record.values?.find(({ field }) => field === 'hou.markers')?.value).toEqual({
      kind: 'list',
      entries: [
        { group: 'Staff-safety marker', title: 'Alert 10-10: Anti-social behaviour', date: '2023-06-07' },
        { group: 'Staff-safety marker', title: 'Alert 10: Do not visit alone', date: '2023-06-07' },
      ],
    });
    expect(JSON.stringify(answer)).not.toMatch(/Shouted|neighbour|1234|Housing Officer/);
  });

  it('drops an alert that has ended and one whose code is a sentence; another’s alerts are refused', async () => {
    const ended = [alert({ endDate: '01/01/2024' }), alert({ alertCode: 'ask Wilhelmina first' })];
    const { record } = await askOne({ alerts: new Map([[HIS_ID, ended]]) });
    expect(record.values?.map(({ field }) => field)).not.toContain('hou.markers');
    await running?.stop();
    const hers = await askOne({ alerts: new Map([[HIS_ID, [alert({ personId: HER_ID })]]]) });
    expect(hers.answer.code).toBe('wrong-person');
  });

  it('takes name, birth date, reference and tenancies, and no address with them', async () => {
    const { record } = await askOne({}, { fields: ['hou.name', 'hou.dob', 'hou.tenancy_ref', 'hou.tenancy'] });
    expect(record).toEqual({
      recordId: `housing:${HIS_ID}`,
      agency: 'housing',
      system: 'tenancies',
      role: 'tenant',
      person: {
        names: [{ given: 'Dorian', middle: 'Lee', family: 'Ashgrove', type: 'current' }],
        dateOfBirth: '1985-05-05',
        addresses: [
          { postcode: 'ZE4 4AB', uprn: '999000000014', from: '2021-06-01' },
          { postcode: 'ZE5 2BB', uprn: '999000000002', from: '2018-02-01', to: '2021-05-31' },
        ],
      },
      contacts: [],
      values: [
        { field: 'hou.tenancy_ref', value: { kind: 'identifier', value: 'RVT000123' } },
        { field: 'hou.name', value: { kind: 'name', given: 'Dorian', middle: 'Lee', family: 'Ashgrove' } },
        { field: 'hou.dob', value: { kind: 'date-of-birth', date: '1985-05-05' } },
        {
          field: 'hou.tenancy',
          value: {
            kind: 'list',
            entries: [
              { group: 'Tenancy', title: 'Secure', date: '2021-06-01', outcome: 'Running' },
              { group: 'Tenancy', title: 'Secure', date: '2018-02-01', until: '2021-05-31', outcome: 'Ended' },
            ],
          },
        },
      ],
    });
  });

  it('P3: neither contact details nor household nor alerts are read where no field needs them', async () => {
    const { paths, ask } = await start();
    await ask({ fields: ['hou.tenancy'] });
    expect(paths().filter((path) => CONTACTS.test(path) || TENURE.test(path) || ALERTS.test(path))).toEqual([]);
    await ask({ fields: ['hou.markers'] });
    expect(paths().filter((path) => CONTACTS.test(path) || TENURE.test(path))).toEqual([]);
  });
});
