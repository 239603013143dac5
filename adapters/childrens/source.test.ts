import { afterEach, describe, expect, it } from '@jest/globals';
import {
  CHILD_ID,
  childHolding,
  CHILDS_MOBILE,
  FAMILY,
  HER_HOME,
  HER_ID,
  HER_MOBILE,
  herHolding,
  HIS_HOME,
  HIS_ID,
  HIS_MOBILE,
  holdingOf,
  seal,
  startRunning,
  type Running,
  type RunningOptions,
} from '../../test/agencies/childrens/fixture.ts';
import type { SimulatorRequest } from '../../test/agencies/simulator.ts';
import type { Holding } from '../../test/population/types.ts';

/** Children's services asked about an adult, over real HTTPS; the attacker is every field about a child. */

let running: Running | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

async function start(options: RunningOptions = {}): Promise<Running> {
  await running?.stop();
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

type Tamper = NonNullable<RunningOptions['tamper']>;
type About = (request: SimulatorRequest) => boolean;

const at =
  (path: RegExp): About =>
  (request) =>
    path.test(`${request.path}?${request.query.toString()}`);
const HIM = at(new RegExp(`/residents/${HIS_ID}\\?`));
const HER = at(new RegExp(`/residents/${HER_ID}\\?`));
const ADULT_SEARCH = at(/\/residents\?.*context_flag=A/);
const CHILD_SEARCH = at(/\/residents\?.*context_flag=C/);
const RELATIONS = at(/\/relationships\?/);
const STATUSES = at(/case-statuses/);
const ALLOCATIONS = at(/\/allocations/);

/** Rewrites an answer, element by element. */
const rewrite =
  (about: About, change: (key: string, value: unknown) => unknown): Tamper =>
  (request, response) =>
    about(request) && response.json !== undefined
      ? { ...response, json: JSON.parse(JSON.stringify(response.json), change) }
      : response;

const set = (about: About, element: string, to: unknown): Tamper =>
  rewrite(about, (key, value) => (key === element ? to : value));

const refuse =
  (about: About, status: number): Tamper =>
  (request, response) =>
    about(request) ? { status } : response;

const ONLY_BY_RELATIONSHIP: readonly Holding[] = [holdingOf({ relationshipOnly: true }), childHolding(), herHolding()];
const herLine = `${HER_HOME.lines.join(', ')}, ${HER_HOME.postcode ?? ''}`;
const hisLine = `${HIS_HOME.lines.join(', ')}, ${HIS_HOME.postcode ?? ''}`;

describe('credentials', () => {
  it('P7: a key that the platform does not know is an error, never "none held"', async () => {
    const { ask } = await start({ apiKey: 'another' });
    expect(await ask()).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
  });
});

describe('finding the adult', () => {
  it('asks for adults only, by name and birth date, and reads him alone where no field needs more', async () => {
    const { ask, paths } = await start();
    const { outcome, records } = await ask({ fields: ['chi.name'] });
    expect(outcome).toBe('found');
    expect(records.map(({ recordId }) => recordId)).toEqual([`childrens:${HIS_ID}`]);
    expect(paths()).toEqual([
      '/api/v1/residents?first_name=Dorian&last_name=Ashgrove&date_of_birth=1985-05-05&context_flag=A&cursor=0&limit=20',
      `/api/v1/residents/${HIS_ID}`,
    ]);
  });

  it('reaches an adult who is known only by relationship through the child’s record', async () => {
    const { record } = await askOne({ holdings: ONLY_BY_RELATIONSHIP });
    expect(record).toMatchObject({
      recordId: `childrens:${HIS_ID}`,
      role: 'parent',
      person: {
        names: [
          { given: 'Dorian', family: 'Ashgrove' },
          { given: 'Dory', family: 'Ashgrove' },
        ],
      },
    });
  });

  it('reaches him through a child of another name where he is known to have lived', async () => {
    const child = childHolding({ names: [{ given: 'Primrose', family: 'Thorne' }] });
    const holdings = [holdingOf({ relationshipOnly: true }), child, herHolding()];
    const subject = { names: [{ given: 'Dorian', family: 'Ashgrove' }], dateOfBirth: '1985-05-05' };
    const { ask } = await start({ holdings });
    expect(await ask({ subject })).toEqual({ outcome: 'none-held', records: [] });
    const there = { ...subject, addresses: [{ postcode: 'ZE7 3CD' }] };
    expect((await ask({ subject: there })).records).toHaveLength(1);
  });

  it('does not stop at a namesake whose birth date nobody wrote down', async () => {
    const { dateOfBirth: _none, ...undated } = holdingOf({ reference: '900199', citizen: 'c9', others: [] });
    const { ask } = await start({ holdings: [...ONLY_BY_RELATIONSHIP, undated] });
    const { records } = await ask();
    expect(records.map(({ recordId }) => recordId).sort()).toEqual([`childrens:${HIS_ID}`, 'childrens:900199']);
  });

  it('P5: a father of his name with another birth date is not he', async () => {
    const { ask } = await start({ holdings: [holdingOf({ dateOfBirth: '1961-02-03' }), childHolding()] });
    expect(await ask()).toEqual({ outcome: 'none-held', records: [] });
  });

  it('P5: a child of his name and birth date is never he', async () => {
    const { ask } = await start({ tamper: set(HIM, 'contextFlag', 'C') });
    expect(await ask()).toEqual({ outcome: 'none-held', records: [] });
    const holdings = [holdingOf({ others: [] })];
    const listed = await start({ holdings, tamper: set(ADULT_SEARCH, 'ageContext', 'C') });
    expect(await listed.ask()).toEqual({ outcome: 'none-held', records: [] });
  });

  it.each([
    ['another number', { id: 900_777 }],
    ['another name', { firstName: 'Zebedee', lastName: 'Quill', otherNames: [] }],
  ])('P5: an answer about %s is dropped', async (_name, change) => {
    const tamper = rewrite(HIM, (key, value) => Object.entries(change).find(([name]) => name === key)?.[1] ?? value);
    const { ask } = await start({ tamper });
    expect(await ask()).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
  });

  it('P7: named by the search and gone under his number is no "none held"', async () => {
    const { ask } = await start({ tamper: refuse(HIM, 404) });
    expect(await ask()).toEqual({ outcome: 'error', code: 'bad-answer', records: [] });
  });

  it('P3: does not trawl through children: more of one name than a family has are not read', async () => {
    const children = Array.from({ length: 11 }, (_, n) =>
      childHolding({ reference: String(910_000 + n), citizen: `k${n}`, others: [] }),
    );
    const { ask, paths } = await start({ holdings: children });
    expect(await ask()).toEqual({ outcome: 'withheld', code: 'too-many-matches', records: [] });
    expect(paths().filter((path) => path.includes('relationships'))).toEqual([]);
  });

  it('P3: his father of the same name, born on another day, is not read although a child’s record names him', async () => {
    const father = holdingOf({ reference: '900150', citizen: 'c5', dateOfBirth: '1961-02-03', others: [] });
    const named = { citizen: 'c5', as: 'father' as const, name: { given: 'Dorian', family: 'Ashgrove' }, phones: [] };
    const child = childHolding({ others: [...childHolding().others, named] });
    const him = holdingOf({ relationshipOnly: true });
    const { ask, paths } = await start({ holdings: [him, father, child, herHolding()] });
    const { records } = await ask({ fields: ['chi.name'] });
    expect(records.map(({ recordId }) => recordId)).toEqual([`childrens:${HIS_ID}`]);
    expect(paths()).toContain(`/api/v1/residents/${HIS_ID}`);
    expect(paths()).not.toContain('/api/v1/residents/900150');
  });

  it('P3: a restricted man whom the search names is not read where his child’s record names him too', async () => {
    const { dateOfBirth: _none, ...undated } = holdingOf({ restricted: true });
    const { ask, paths } = await start({ holdings: [undated, childHolding(), herHolding()] });
    expect(await ask()).toMatchObject({ outcome: 'restricted', records: [{ recordId: `childrens:${HIS_ID}` }] });
    expect(paths().filter((path) => path.includes(`/${HIS_ID}`))).toEqual([]);
  });

  it('P3: asks for nothing twice, though the way to him and what is told of him cross', async () => {
    const { ask, paths } = await start({ holdings: ONLY_BY_RELATIONSHIP });
    expect((await ask()).outcome).toBe('found');
    expect(paths()).toContain(`/api/v1/residents/${CHILD_ID}/relationships`);
    expect(new Set(paths()).size).toBe(paths().length);
  });

  it('asks about nobody without a full birth date', async () => {
    const { ask, paths } = await start();
    const names = [{ given: 'Dorian', family: 'Ashgrove' }];
    for (const subject of [{ names }, { names, dateOfBirth: '1985-05' }, { dateOfBirth: '1985-05-05' }]) {
      expect(await ask({ subject })).toEqual({ outcome: 'not-asked', code: 'not-enough-known', records: [] });
    }
    expect(paths()).toEqual([]);
  });
});

describe('a restricted resident', () => {
  const withheld = {
    restricted: true,
    contacts: [],
    withheldFields: ['chi.lcs_id', 'chi.name', 'chi.dob', 'chi.address', 'chi.plan', 'chi.s47', 'chi.worker'],
  };

  it('P7: is restricted, not absent; nothing of him is read or taken', async () => {
    const holdings = [holdingOf({ restricted: true }), childHolding(), herHolding()];
    const { answer, record } = await askOne({ holdings });
    expect(answer).toMatchObject({ outcome: 'restricted', code: 'limited-access' });
    expect(record).toMatchObject(withheld);
    expect(JSON.stringify(answer)).not.toMatch(/Larch|07700|Fairclough/);
    expect(running?.paths().filter((path) => path.includes(`/${HIS_ID}`))).toEqual([]);
  });

  it.each(['Y', 'y', 'Yes', 'restricted', '?'])(
    'P7: the flag %j restricts, also where only his own record has it',
    async (flag) => {
      const { answer, record } = await askOne({ tamper: set(HIM, 'restricted', flag) });
      expect(answer.outcome).toBe('restricted');
      expect(record).toMatchObject(withheld);
    },
  );

  it.each(['N', 'n', null, ''])('the flag %j does not', async (flag) => {
    const { answer } = await askOne({ tamper: set(HIM, 'restricted', flag) });
    expect(answer.outcome).toBe('found');
  });
});

describe('P4: children and the other parent', () => {
  const isHis = (request: SimulatorRequest): boolean =>
    ADULT_SEARCH(request) || request.path === `/api/v1/residents/${HIS_ID}`;
  /** Everything that the service says about anybody but him, each element with a mark of its own. */
  const marked: Tamper = (request, response) => {
    if (isHis(request) || response.json === undefined) return response;
    const kept = /^(?:id|mosaicId|personId|type|ageContext|contextFlag|restricted|nextCursor|startDate|endDate)$/;
    const his = CHILD_SEARCH(request) || RELATIONS(request) ? /^$/ : /^allocat|^caseStatus$/;
    let n = 0;
    const mark = (key: string, value: unknown): unknown => {
      if (kept.test(key) || his.test(key)) return value;
      n += 1;
      if (typeof value === 'string') return key === 'number' ? `0770090099${n % 10}` : `MARK${n}-${value}`;
      return key === 'nhsNumber' || key === 'uprn' ? 777_000_000 + n : value;
    };
    return { ...response, json: JSON.parse(JSON.stringify(response.json), mark) };
  };
  const LEAK = /MARK|7770000|0770090099|Primrose|Wilhelmina|Thorne|Yarrow|ZE7|2015|1987-|999000001|primrose|mina@/;

  it('no name, birth date, school, NHS number, placement or contact of a child is in the answer', async () => {
    const { answer } = await askOne({ tamper: marked });
    expect(answer.records[0]?.values?.map(({ field }) => field)).toEqual([
      'chi.lcs_id',
      'chi.name',
      'chi.dob',
      'chi.plan',
      'chi.s47',
      'chi.worker',
    ]);
    expect(JSON.stringify(answer)).not.toMatch(LEAK);
  });

  it('nor where he is reached through the child', async () => {
    const keepAdults: Tamper = (request, response) => (RELATIONS(request) ? response : marked(request, response));
    const { answer } = await askOne({ holdings: ONLY_BY_RELATIONSHIP, tamper: keepAdults });
    expect(answer.outcome).toBe('found');
    expect(JSON.stringify(answer)).not.toMatch(LEAK);
  });

  it('what the service adds to a child tomorrow (a school, a placement) does not pass either', async () => {
    const tamper: Tamper = (request, response) =>
      isHis(request) || typeof response.json !== 'object' || response.json === null || Array.isArray(response.json)
        ? response
        : { ...response, json: { ...response.json, school: 'MARK School', placementAddress: 'MARK House' } };
    const { answer } = await askOne({ tamper });
    expect(answer.outcome).toBe('found');
    expect(JSON.stringify(answer)).not.toMatch(LEAK);
  });

  it('their numbers, e-mails and homes are sealed as theirs', async () => {
    const { others } = await askOne();
    expect(others).toEqual(
      expect.arrayContaining([
        { kind: 'phone', seal: seal('phone', CHILDS_MOBILE), whose: 'child' },
        { kind: 'email', seal: seal('email', 'primrose@example.org'), whose: 'child' },
        { kind: 'address', seal: seal('address', herLine), whose: 'child' },
        { kind: 'phone', seal: seal('phone', HER_MOBILE), whose: 'partner' },
        { kind: 'email', seal: seal('email', 'mina@example.org'), whose: 'partner' },
        { kind: 'address', seal: seal('address', herLine), whose: 'partner' },
      ]),
    );
    expect(others).toHaveLength(6);
  });

  it('the other parent is found through the child where no relationship of his own names her', async () => {
    const [child] = holdingOf().others;
    const him = holdingOf({ others: child === undefined ? [] : [child] });
    const { others } = await askOne({ holdings: [him, childHolding(), herHolding()] });
    expect(others).toContainEqual({ kind: 'phone', seal: seal('phone', HER_MOBILE), whose: 'partner' });
  });

  it('a restricted child’s home is sealed all the same: it must not come out as his', async () => {
    const holdings = [holdingOf(), childHolding({ restricted: true }), herHolding()];
    const { others } = await askOne({ holdings });
    expect(others).toContainEqual({ kind: 'address', seal: seal('address', herLine), whose: 'child' });
  });

  it.each([
    ['hers', HER],
    ['relationships', RELATIONS],
  ])('where %s cannot be read his address is not taken, and the answer says so', async (_name, about) => {
    const { answer, record } = await askOne({ tamper: refuse(about, 500) });
    expect(answer).toMatchObject({ outcome: 'found', code: 'server-error' });
    expect(record.contacts).toEqual([]);
  });

  it('nor where her record is gone though a relationship names her', async () => {
    const { answer, record } = await askOne({ tamper: refuse(HER, 404) });
    expect(answer).toMatchObject({ outcome: 'found', code: 'bad-answer' });
    expect(record.contacts).toEqual([]);
  });

  it('relationships that are left out are not a man without a family', async () => {
    const { answer, record } = await askOne({ tamper: set(RELATIONS, 'personalRelationships', undefined) });
    expect(answer).toMatchObject({ outcome: 'found', code: 'bad-answer' });
    expect(record.contacts).toEqual([]);
  });

  it('a number in his own record under her word is sealed, and never matched on', async () => {
    for (const [type, whose] of [
      ['Partner', 'partner'],
      ["Mum's", 'mother'],
      ['Grandad', 'other'],
      ['Wilhelmina', 'other'],
    ]) {
      const { answer, record, others } = await askOne({
        tamper: set(HIM, 'phoneNumbers', [{ number: '07700900444', type }]),
      });
      expect(others).toContainEqual({ kind: 'phone', seal: seal('phone', '07700900444'), whose });
      expect(record.person.phones).toBeUndefined();
      expect(JSON.stringify(answer)).not.toMatch(/900444|Grandad|Mum/);
    }
  });

  it('warning notes are never asked for', async () => {
    const { paths, ask } = await start();
    await ask();
    expect(paths().filter((path) => /warning/i.test(path))).toEqual([]);
  });
});

describe('values', () => {
  it('his address is a contact point; his numbers serve matching only, as no field may release them', async () => {
    const { record } = await askOne();
    expect(record.contacts).toEqual([
      {
        kind: 'address',
        value: hisLine,
        recordedAs: 'self',
        field: 'chi.address',
        basis: 'stated',
        uprn: '999000000014',
      },
    ]);
    expect(record.person).toEqual({
      identifiers: [{ type: 'LCS', value: HIS_ID }],
      names: [
        { given: 'Dorian', family: 'Ashgrove', type: 'current' },
        { given: 'Dory', family: 'Ashgrove', type: 'alias' },
      ],
      dateOfBirth: '1985-05-05',
      sex: 'male',
      addresses: [{ postcode: 'ZE4 4AB', uprn: '999000000014' }],
      phones: [HIS_MOBILE.replace(' ', '')],
      emails: ['dorian@example.org'],
    });
    expect(record.lastUpdated).toBe('2026-01-15');
  });

  it('P3: his numbers are not taken where no contact point is asked for', async () => {
    const { record } = await askOne({}, { fields: ['chi.plan', 'chi.worker'] });
    expect(record.person.phones).toBeUndefined();
    expect(record.othersContacts).toBeUndefined();
  });

  it('plan, enquiry and worker are coded facts and a professional', async () => {
    const { record } = await askOne({}, { fields: ['chi.plan', 'chi.s47', 'chi.worker'] });
    expect(record.values).toEqual([
      { field: 'chi.plan', value: { kind: 'coded', code: 'CP', label: 'Child protection plan' }, asAt: '2026-01-15' },
      { field: 'chi.s47', value: { kind: 'coded', code: 'S47', label: 'Section 47 enquiry open' }, asAt: '2026-01-15' },
      {
        field: 'chi.worker',
        value: { kind: 'professional', name: 'Judith Fairclough', team: 'Child Protection Team' },
      },
    ]);
  });

  it.each([
    ['his relationships', RELATIONS],
    ['a case status', STATUSES],
  ])(
    'P7: where %s cannot be read an enquiry is said to be unknown and unanswered, least of all that there is none',
    async (_name, about) => {
      const { answer, record } = await askOne({ tamper: refuse(about, 503) }, { fields: ['chi.s47'] });
      expect(answer).toMatchObject({ outcome: 'found', code: 'server-error' });
      expect(record.values).toEqual([
        {
          field: 'chi.s47',
          value: { kind: 'coded', code: 'NOT-KNOWN', label: 'Not known: not every case status could be read' },
        },
      ]);
      expect(record.unansweredFields).toEqual(['chi.s47']);
    },
  );

  it('that no enquiry is among the statuses is said where all of them were read', async () => {
    const { record } = await askOne(
      { tamper: (r, response) => (STATUSES(r) ? { ...response, json: [] } : response) },
      { fields: ['chi.s47'] },
    );
    expect(record.values).toEqual([
      {
        field: 'chi.s47',
        value: { kind: 'coded', code: 'NONE', label: 'No section 47 enquiry among the case statuses' },
      },
    ]);
  });

  it('takes the plan that asks for most care, whichever child has it, and says nothing of how many', async () => {
    const statuses = ['CIN', 'LAC', 'CIN'].map((type) => ({ type, startDate: '2025-02-03T00:00:00', notes: 'text' }));
    const { record } = await askOne({
      tamper: (r, response) => (STATUSES(r) ? { ...response, json: statuses } : response),
    });
    expect(record.values?.filter(({ field }) => field === 'chi.plan')).toEqual([
      {
        field: 'chi.plan',
        value: { kind: 'coded', code: 'LAC', label: 'Looked after by the council' },
        asAt: '2025-02-03',
      },
    ]);
  });

  it.each([
    ['ended', { type: 'CP', startDate: '2024-01-01T00:00:00', endDate: '2025-01-01T00:00:00' }],
    ['not yet begun', { type: 'CP', startDate: '2026-09-01T00:00:00' }],
    ['of an unknown kind', { type: 'EHM', startDate: '2024-01-01T00:00:00' }],
  ])('a status %s says nothing, which is not "none"', async (_name, status) => {
    const { answer, record } = await askOne({
      tamper: (r, response) => (STATUSES(r) ? { ...response, json: [status] } : response),
    });
    expect(record.values?.map(({ field }) => field)).not.toContain('chi.plan');
    expect(answer.code).toBeUndefined();
  });

  it('the worker of the child’s case where nobody works on his own; a closed allocation is nobody', async () => {
    const { worker: _none, ...him } = holdingOf();
    const { record } = await askOne({ holdings: [him, childHolding(), herHolding()] }, { fields: ['chi.worker'] });
    expect(record.values?.map(({ field }) => field)).toEqual(['chi.worker']);
    const closed = await askOne(
      {
        holdings: [him, childHolding(), herHolding()],
        tamper: set(ALLOCATIONS, 'allocationEndDate', '2025-01-01T00:00:00'),
      },
      { fields: ['chi.worker'] },
    );
    expect(closed.record.values).toBeUndefined();
  });

  it('P5: allocations of another person are refused', async () => {
    const { answer, record } = await askOne({ tamper: set(ALLOCATIONS, 'personId', 900_777) });
    expect(answer.code).toBe('wrong-person');
    // The team stands in his own record.
    expect(record.values?.find(({ field }) => field === 'chi.worker')?.value).toEqual({
      kind: 'professional',
      team: 'Child Protection Team',
    });
  });

  it('a father without children on record, or whose relationships are not there, is told without a role', async () => {
    const { record } = await askOne({ holdings: [holdingOf({ others: [] })] });
    expect(record.role).toBeUndefined();
    const none = await askOne({ holdings: FAMILY, tamper: refuse(RELATIONS, 404) });
    expect(none.answer).toMatchObject({ outcome: 'found' });
    expect(none.answer.code).toBeUndefined();
    expect(none.record.role).toBeUndefined();
  });

  it('P4, P7: relationships that are not there, of a man who is, are no man without a family', async () => {
    const { record } = await askOne({ tamper: refuse(RELATIONS, 404) });
    expect(record.contacts).toEqual([]);
    expect(record.values?.find(({ field }) => field === 'chi.s47')?.value).toMatchObject({ code: 'NOT-KNOWN' });
    expect(record.unansweredFields).toEqual(['chi.address', 'chi.plan', 'chi.s47']);
  });

  it('nobody is reached at a dead man’s home', async () => {
    const { record } = await askOne({ tamper: set(HIM, 'dateOfDeath', '2025-12-24T00:00:00') });
    expect(record.contacts).toEqual([]);
  });

  it('his child’s number is not read as his family’s when the record answers as another child', async () => {
    const tamper = set(at(new RegExp(`/residents/${CHILD_ID}\\?`)), 'id', 900_555);
    const { answer, record } = await askOne({ tamper });
    expect(answer.code).toBe('wrong-person');
    expect(record.contacts).toEqual([]);
  });
});

describe('P7: a part that fails', () => {
  const HIS_ALLOCATIONS = at(new RegExp(`/allocations\\?mosaic_id=${HIS_ID}`));
  const HIS_RELATIONS = at(new RegExp(`/residents/${HIS_ID}/relationships`));

  it.each([
    ['his relationships', HIS_RELATIONS, ['chi.address', 'chi.plan', 'chi.s47']],
    ['a child’s relationships', at(new RegExp(`/residents/${CHILD_ID}/relationships`)), ['chi.address']],
    ['her record', HER, ['chi.address']],
    ['a case status', STATUSES, ['chi.plan', 'chi.s47']],
    ['his allocations', HIS_ALLOCATIONS, ['chi.worker']],
  ])('%s: the fields read from it are unanswered, and no other', async (_name, about, fields) => {
    for (const status of [502, 200, 429]) {
      const { answer, record } = await askOne({ tamper: refuse(about, status) });
      expect(answer.outcome).toBe('found');
      expect(answer.code).toBeDefined();
      expect(record.unansweredFields).toEqual(fields);
    }
  });

  it('a read that never ends leaves its fields unanswered and the rest standing', async () => {
    const tamper: Tamper = (request, response) => (ALLOCATIONS(request) ? new Promise(() => undefined) : response);
    const { ask } = await start({ tamper });
    const answer = await ask({}, { timeoutMs: 400 });
    expect(answer).toMatchObject({ outcome: 'found', code: 'deadline' });
    expect(answer.records[0]?.unansweredFields).toEqual(['chi.worker']);
    expect(answer.records[0]?.contacts).toHaveLength(1);
  });

  it('a child’s worker is unanswered where nobody works on his own case', async () => {
    const { worker: _none, ...him } = holdingOf();
    const holdings = [him, childHolding(), herHolding()];
    const ofChild = at(new RegExp(`/allocations\\?mosaic_id=${CHILD_ID}`));
    for (const about of [ofChild, HIS_RELATIONS]) {
      const { record } = await askOne({ holdings, tamper: refuse(about, 502) }, { fields: ['chi.worker'] });
      expect(record.unansweredFields).toEqual(['chi.worker']);
    }
  });

  it('what is answered is not called unanswered, nor what nobody asked for', async () => {
    expect((await askOne()).record).not.toHaveProperty('unansweredFields');
    const { record } = await askOne({ tamper: refuse(HER, 502) }, { fields: ['chi.plan', 'chi.worker'] });
    expect(record).not.toHaveProperty('unansweredFields');
    const homeless = await askOne({
      holdings: [holdingOf({ addresses: [] }), childHolding(), herHolding()],
      tamper: refuse(HER, 502),
    });
    expect(homeless.record).not.toHaveProperty('unansweredFields');
  });

  it('P11: of a larger family than is read everything that is read from it is unanswered', async () => {
    const { worker: _none, ...him } = holdingOf();
    const children = Array.from({ length: 13 }, (_, n) => ({ personId: 920_000 + n }));
    const tamper: Tamper = (request, response) => {
      const [, id] = /\/residents\/(\d+)\/?/.exec(request.path) ?? [];
      if (HIS_RELATIONS(request)) {
        const personalRelationships = [{ type: 'child', relationships: children }];
        return { status: 200, json: { personId: Number(id), personalRelationships } };
      }
      if (RELATIONS(request)) return { status: 200, json: { personId: Number(id), personalRelationships: [] } };
      if (STATUSES(request)) return { status: 200, json: [] };
      return id?.startsWith('92') === true ? { status: 200, json: { id: Number(id) } } : response;
    };
    const { answer, record } = await askOne({ holdings: [him], tamper });
    expect(answer).toMatchObject({ outcome: 'found', code: 'too-many-matches' });
    expect(record.unansweredFields).toEqual(['chi.address', 'chi.plan', 'chi.s47', 'chi.worker']);
  });
});

describe('P7: an enquiry', () => {
  const SINCE = '2025-02-03T00:00:00';
  /** Two children, each with its statuses or a refusal. */
  async function askWith(first: unknown, second: unknown) {
    const sister = childHolding({ reference: '900104', citizen: 'c4' });
    const hers = { citizen: 'c4', as: 'child' as const, name: { given: 'Iris', family: 'Ashgrove' }, phones: [] };
    const him = holdingOf({ others: [...holdingOf().others, hers] });
    const tamper: Tamper = (request, response) => {
      if (!STATUSES(request)) return response;
      const json = request.path.includes(CHILD_ID) ? first : second;
      return json === 404 || json === 503 ? { status: json } : { status: 200, json };
    };
    const { record } = await askOne(
      { holdings: [him, childHolding(), sister, herHolding()], tamper },
      { fields: ['chi.plan', 'chi.s47'] },
    );
    const { values = [], unansweredFields } = record;
    const codes = values.map(({ field, value }) => [field, value.kind === 'coded' ? value.code : value.kind]);
    return { codes, unansweredFields };
  }

  it('is told though another child’s statuses failed, and not by being the one thing answered', async () => {
    for (const refused of [503, 404]) {
      const open = await askWith([{ type: 'S47', startDate: SINCE }], refused);
      const none = await askWith([], refused);
      expect(open.codes).toEqual([['chi.s47', 'S47']]);
      expect(none.codes).toEqual([['chi.s47', 'NOT-KNOWN']]);
      // Whoever may know no more than that something is held, and that not all came, reads the same of both.
      expect(open.unansweredFields).toEqual(['chi.plan', 'chi.s47']);
      expect(none.unansweredFields).toEqual(open.unansweredFields);
    }
  });

  it.each(['closed', '31/02/2025', '0'])('whose end reads %j is open: missing one costs a child', async (endDate) => {
    const { codes, unansweredFields } = await askWith([{ type: 'S47', startDate: SINCE, endDate }], []);
    expect(codes).toEqual([['chi.s47', 'S47']]);
    expect(unansweredFields).toBeUndefined();
  });

  it.each([
    ['that has ended', { startDate: SINCE, endDate: '2025-03-01T00:00:00' }],
    ['that has not begun, whatever its end reads', { startDate: '2026-09-01T00:00:00', endDate: 'closed' }],
  ])('%s is none', async (_name, dates) => {
    expect((await askWith([{ type: 'S47', ...dates }], [])).codes).toEqual([['chi.s47', 'NONE']]);
  });

  it('is not said to be none where a status has no type', async () => {
    const { codes, unansweredFields } = await askWith([{ type: null, startDate: SINCE }], []);
    expect(codes).toEqual([['chi.s47', 'NOT-KNOWN']]);
    expect(unansweredFields).toEqual(['chi.plan', 'chi.s47']);
  });

  it('beside a plan of an unreadable end: the plan is unanswered, not absent, where none asks for more care', async () => {
    const unclear = { type: 'CP', startDate: SINCE, endDate: 'closed' };
    const lesser = await askWith([unclear], [{ type: 'CIN', startDate: SINCE }]);
    expect(lesser.codes).toEqual([
      ['chi.plan', 'CIN'],
      ['chi.s47', 'NONE'],
    ]);
    expect(lesser.unansweredFields).toEqual(['chi.plan']);
    expect((await askWith([unclear], [])).unansweredFields).toEqual(['chi.plan']);
    expect((await askWith([unclear], [{ type: 'CP', startDate: SINCE }])).unansweredFields).toBeUndefined();
  });
});
