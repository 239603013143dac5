import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Case } from '../../schemas/case.ts';
import type { FieldDecision } from '../../schemas/decision.ts';
import { makeSeal, sealsFor } from '../contacts/seal.ts';
import { link } from '../disclosure/link.ts';
import { reach } from '../disclosure/reach.ts';
import { makeRecordMark } from '../disclosure/record-mark.ts';
import { resolveLine, resolveQuestion } from './resolve.ts';
import { RECORDS_MAX, type ResolveQuestion } from './resolve-question.ts';

const seal = makeSeal(new Uint8Array(32).fill(7));

/** One man, the adviser's client, her child's school age and all: what a panel would write by hand. */
const GOLDEN_QUESTION = {
  queryId: 'panel-7',
  asOf: '2026-07-01',
  subject: {
    names: [
      { given: 'Daniel', middle: 'James', family: 'Marlowe', type: 'current' },
      { full: 'Danny Marlow', type: 'alias' },
    ],
    dateOfBirth: '1984-03-12',
    sex: 'male',
    identifiers: [{ type: 'OTHER', value: 'DAPG 7' }],
    addresses: [{ lines: ['14 Tideway Street', 'Riverton'], postcode: 'SE10 8EW', from: '2019-01-01' }],
  },
  protectedContacts: [{ kind: 'phone', value: '07700 900 555' }],
  records: [
    {
      recordId: 'police:URN-1',
      agency: 'police',
      system: 'records',
      role: 'nominal',
      person: {
        names: [{ given: 'DANIEL', middle: 'JAMES', family: 'MARLOWE' }],
        dateOfBirth: '1984-03-12',
        addresses: [{ lines: ['14 TIDEWAY STREET'], postcode: 'se108ew' }],
        phones: ['+44 7700 900101'],
      },
      contacts: [
        { kind: 'phone', value: '(07700) 900101', recordedAs: 'self', lastConfirmed: '2026-05-02', verified: true },
        { kind: 'phone', value: '07700900555', recordedAs: 'self', lastConfirmed: '2026-06-20' },
        { kind: 'phone', value: '07700 900666', recordedAs: 'mother' },
      ],
      lastUpdated: '2026-06-20',
    },
    {
      recordId: 'probation:X1',
      agency: 'probation',
      system: 'cases',
      person: {
        names: [{ given: 'Daniel', family: 'Marlowe' }],
        dateOfBirth: '1984-03-12',
        addresses: [{ lines: ['14 Tideway St'], postcode: 'SE10 8EW' }],
      },
      contacts: [
        { kind: 'phone', value: '07700 900101', recordedAs: 'self', from: '2025-01-10' },
        { kind: 'email', value: 'Dan.Marlowe@Example.ORG', recordedAs: 'self', lastConfirmed: '2026-01-15' },
        { kind: 'address', value: '22 Wharf Lane, Riverton, se10 9zz', recordedAs: 'self', from: '2026-02-01' },
        { kind: 'phone', value: 'none given', recordedAs: 'unknown' },
      ],
      lastUpdated: '2026-06-01',
    },
    {
      recordId: 'housing:9',
      agency: 'housing',
      system: 'tenancies',
      role: 'partner',
      person: { names: [{ given: 'Anna', family: 'Marlowe' }], dateOfBirth: '1986' },
      contacts: [{ kind: 'email', value: 'anna@example.org', recordedAs: 'self' }],
    },
    { recordId: 'health:5', agency: 'health', system: 'pds', restricted: true, person: {}, contacts: [] },
  ],
};

const anyBits: unknown = expect.any(Number);
const anyProbability: unknown = expect.any(Number);

function answerText(question: unknown): string {
  const answered = resolveLine(seal)(JSON.stringify(question));
  if (!answered.ok) throw new Error(JSON.stringify(answered.error));
  return JSON.stringify(answered.value.answer);
}

describe('resolve answers one question in the published shape', () => {
  it('of a man whom two agencies hold, with his wife’s record beside them', () => {
    const answer: unknown = JSON.parse(answerText(GOLDEN_QUESTION));
    expect(answer).toEqual({
      queryId: 'panel-7',
      subjectRecords: ['police:URN-1', 'probation:X1'],
      probable: [],
      clusters: [['health:5'], ['housing:9'], ['police:URN-1', 'probation:X1']],
      links: [
        { a: 'subject', b: 'housing:9', bits: anyBits },
        { a: 'subject', b: 'police:URN-1', bits: anyBits },
        { a: 'subject', b: 'probation:X1', bits: anyBits },
        { a: 'police:URN-1', b: 'probation:X1', bits: anyBits },
      ],
      needsAttention: [],
      contacts: [
        {
          kind: 'phone',
          value: '+447700900101',
          probability: anyProbability,
          sources: ['police:URN-1', 'probation:X1'],
          lastConfirmed: '2026-05-02',
          flags: ['confirmed-recently'],
        },
        {
          kind: 'email',
          value: 'dan.marlowe@example.org',
          probability: anyProbability,
          sources: ['probation:X1'],
          lastConfirmed: '2026-01-15',
          flags: [],
        },
        {
          kind: 'address',
          value: '22 Wharf Lane, Riverton, SE10 9ZZ',
          probability: anyProbability,
          sources: ['probation:X1'],
          flags: [],
        },
      ],
      withheldContacts: [
        { kind: 'phone', reason: 'protected-person', sources: ['police:URN-1'] },
        { kind: 'phone', reason: 'recorded-as-others', sources: ['police:URN-1'] },
        { kind: 'phone', reason: 'unusable', sources: ['probation:X1'] },
      ],
    });
  });

  it('with its properties in one order, so that equal answers are equal bytes', () => {
    expect([...answerText(GOLDEN_QUESTION).matchAll(/"(\w+)":(?=[["])/g)].map(([, key]) => key).slice(0, 4)).toEqual([
      'queryId',
      'subjectRecords',
      'probable',
      'clusters',
    ]);
  });

  it('where nothing is known and nobody answered', () => {
    expect(JSON.parse(answerText({ queryId: 'q', asOf: '2026-07-01', subject: {}, records: [] }))).toEqual({
      queryId: 'q',
      subjectRecords: [],
      probable: [],
      clusters: [],
      links: [],
      needsAttention: [],
      contacts: [],
      withheldContacts: [],
    });
  });

  it('P4: a withheld value appears nowhere in it, in no spelling', () => {
    const digits = answerText(GOLDEN_QUESTION).replaceAll(/\D/g, '');
    expect(digits).not.toContain('900555');
    expect(digits).not.toContain('900666');
    expect(digits).toContain('900101');
  });
});

const PEOPLE = [
  { names: [{ given: 'Daniel', family: 'Marlowe' }], dateOfBirth: '1984-03-12', addresses: [{ postcode: 'SE10 8EW' }] },
  { names: [{ given: 'Dan', family: 'Marlowe' }], dateOfBirth: '1984-03-12', addresses: [{ postcode: 'se10 8ew' }] },
  { names: [{ given: 'Daniel', family: 'Marlowe' }], dateOfBirth: '1984' },
  { names: [{ given: 'Anna', family: 'Marlowe' }], dateOfBirth: '1986-07-01', addresses: [{ postcode: 'SE10 8EW' }] },
  {},
];
const number = (n: number): string => `90000${n}`;
const CALLED = ['self', 'partner', 'mother', 'relative', 'friend', 'work', 'hostel', 'unknown'] as const;
const OTHERS: ReadonlySet<string> = new Set(['partner', 'mother', 'relative', 'friend']);

const phone = fc
  .tuple(fc.nat(9), fc.constantFrom('07700 ', '+447700', '(07700) ', '0044 7700 '))
  .map(([n, before]) => `${before}${number(n)}`);
const contact = fc.record({
  kind: fc.constant('phone' as const),
  value: phone,
  recordedAs: fc.constantFrom(...CALLED),
  lastConfirmed: fc.constantFrom('2024-01-01', '2026-06-01'),
});
const question: fc.Arbitrary<ResolveQuestion> = fc
  .record({
    contacts: fc.array(fc.array(contact, { maxLength: 4 }), { minLength: 1, maxLength: 5 }),
    people: fc.array(fc.constantFrom(...PEOPLE), { minLength: 5, maxLength: 5 }),
    roles: fc.array(fc.constantFrom('nominal' as const, 'victim' as const, undefined), { minLength: 5, maxLength: 5 }),
    protectedContacts: fc.array(fc.record({ kind: fc.constant('phone' as const), value: phone }), { maxLength: 2 }),
  })
  .map(({ contacts, people, roles, protectedContacts }) => ({
    queryId: 'q',
    asOf: '2026-07-01',
    subject: PEOPLE[0] ?? {},
    protectedContacts,
    records: contacts.map((held, at) => ({
      recordId: `r${at}`,
      agency: at % 2 === 0 ? 'police' : 'probation',
      system: `s${at}`,
      person: people[at] ?? {},
      role: roles[at],
      contacts: held,
    })),
  }));

describe('resolve is the live pipeline', () => {
  /** A case, sources and decisions under which policy permits everything. */
  function live({ subject, asOf, records, protectedContacts = [] }: ResolveQuestion) {
    const kase: Case = {
      caseRef: 'DAPG-2026-0001',
      maracReference: 'MARAC-2026-01-01-1',
      category: 'contact',
      leadAgency: 'council',
      agencies: ['council'],
      team: [],
      facts: { facts: {}, asAt: {} },
      subject,
      protectedContacts: protectedContacts.flatMap(({ kind, value }) =>
        sealsFor(seal, kind, value).map((sealed) => ({ kind, seal: sealed, whose: 'protected-person' as const })),
      ),
      openedOn: '2026-01-01',
    };
    const permitted: FieldDecision = {
      field: 'pol.phone',
      level: 'full',
      reason: 'granted',
      because: 'granted',
      grants: [],
      caps: [],
      powers: [],
      obligations: {},
    };
    const answered = records.map((record) => ({
      ...record,
      contacts: record.contacts.map((held) => ({ ...held, field: 'pol.phone' })),
    }));
    const report = {
      agency: 'police',
      name: 'Police',
      fields: [],
      tookMs: 1,
      answer: { outcome: 'found' as const, records: answered },
    };
    const linked = link(kase, [report], asOf, makeRecordMark(new Uint8Array(32)), seal);
    return { linked, reached: reach(linked, kase, seal, asOf, new Map([['pol.phone', permitted]])) };
  }

  it('gives what its steps give for any records', () => {
    let ranked = 0;
    let withheld = 0;
    fc.assert(
      fc.property(question, (asked) => {
        const answer = resolveQuestion(asked, seal);
        const { linked, reached } = live(asked);
        ranked += answer.contacts.length;
        withheld += answer.withheldContacts.length;
        expect(answer.subjectRecords).toEqual(linked.result.subjectRecords);
        expect(answer.contacts.map(({ value, probability }) => [value, probability])).toEqual(
          reached.ranked.map(({ value, probability }) => [value, probability]),
        );
        expect(answer.withheldContacts.map(({ reason }) => reason)).toEqual(
          reached.withheld.map(({ reason }) => reason),
        );
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(ranked).toBeGreaterThan(0);
    expect(withheld).toBeGreaterThan(0);
  });

  it('P4: a value that is protected, or that any record calls another’s, is never in the answer', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const text = JSON.stringify(resolveQuestion(asked, seal).contacts).replaceAll(/[^\d]/g, ' ');
        const othersValues = asked.records.flatMap(({ contacts }) =>
          contacts.filter(({ recordedAs }) => OTHERS.has(recordedAs ?? 'unknown')).map(({ value }) => value),
        );
        for (const value of [...othersValues, ...(asked.protectedContacts ?? []).map((held) => held.value)]) {
          expect(text).not.toContain(value.slice(-6));
        }
      }),
      { seed: 2, numRuns: 300 },
    );
  });

  it('gives the same bytes again, under another run’s key, and for any order of the records', () => {
    const otherRun = makeSeal(new Uint8Array(32).fill(9));
    fc.assert(
      fc.property(question, (asked) => {
        const first = JSON.stringify(resolveQuestion(asked, seal));
        expect(JSON.stringify(resolveQuestion(asked, otherRun))).toBe(first);
        expect(JSON.stringify(resolveQuestion({ ...asked, records: [...asked.records].reverse() }, seal))).toBe(first);
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

const SECRET = 'Marlowe-07700900555';
const good = GOLDEN_QUESTION;
const [record] = good.records;
const withRecord = (changes: object) => ({ ...good, records: [{ ...record, ...changes }] });
const withContact = (changes: object) => withRecord({ contacts: [{ kind: 'phone', value: SECRET, ...changes }] });

describe('a broken line is refused by place and code, and its values are not repeated', () => {
  const cases: [string, unknown, string][] = [
    ['no question id', { ...good, queryId: undefined }, '/queryId missing'],
    ['no day', { ...good, asOf: undefined }, '/asOf missing'],
    ['an impossible day', { ...good, asOf: '2026-02-30' }, '/asOf malformed'],
    ['an unknown key', { ...good, [SECRET]: 1 }, ' unknown'],
    ['a key that every object has', { ...good, ['__proto__']: { queryId: SECRET } }, ' unknown'],
    ['an unknown key of a person', { ...good, subject: { [SECRET]: SECRET } }, '/subject unknown'],
    ['an empty string', { ...good, subject: { phones: [''] } }, '/subject/phones/0 malformed'],
    ['an impossible birth date', { ...good, subject: { dateOfBirth: '1984-13-01' } }, '/subject/dateOfBirth malformed'],
    [
      'a name of 10,000 characters',
      { ...good, subject: { names: [{ given: SECRET.repeat(600) }] } },
      '/subject/names/0/given too-long',
    ],
    ['records that are no list', { ...good, records: { 0: SECRET } }, '/records wrong-type'],
    ['a record without an id', withRecord({ recordId: undefined }), '/records/0/recordId missing'],
    [
      'two records of one id that say two things',
      { ...good, records: [record, { ...record, role: 'victim' }] },
      '/records/1/recordId taken',
    ],
    ['a record called subject', withRecord({ recordId: 'subject' }), '/records/0/recordId malformed'],
    ['a record of no agency', withRecord({ agency: SECRET }), '/records/0/agency malformed'],
    ['a role that there is not', withRecord({ role: SECRET }), '/records/0/role malformed'],
    ['a record that replaces itself', withRecord({ supersedes: ['police:URN-1'] }), '/records/0/supersedes cycle'],
    ['a contact of no kind', withContact({ kind: SECRET }), '/records/0/contacts/0/kind malformed'],
    [
      'a word that is not the format’s',
      withContact({ recordedAs: SECRET }),
      '/records/0/contacts/0/recordedAs malformed',
    ],
    ['a live gateway’s field', withContact({ field: 'pol.phone' }), '/records/0/contacts/0 unknown'],
    ['sealed contacts', withRecord({ othersContacts: [] }), '/records/0 unknown'],
    [
      '10,000 records',
      { ...good, records: Array.from({ length: 10 * RECORDS_MAX }, () => record) },
      '/records too-long',
    ],
  ];
  it.each(cases)('%s', (_name, asked, where) => {
    const answered = resolveLine(seal)(JSON.stringify(asked));
    if (answered.ok) throw new Error('was answered');
    const places = answered.error.places?.map(({ pointer, code }) => `${pointer} ${code}`) ?? [];
    expect(places).toContain(where);
    expect(JSON.stringify(answered)).not.toContain('Marlowe');
  });

  it.each([
    ['no JSON', `{"queryId":"${SECRET}"`, 'body-not-json'],
    ['a key twice', '{"queryId":"a","queryId":"b"}', 'body-duplicate-key'],
    ['a list without end', '['.repeat(100) + ']'.repeat(100), 'body-too-deep'],
  ])('%s', (_name, text, code) => {
    expect(resolveLine(seal)(text)).toEqual({ ok: false, error: { code } });
  });

  it('a cycle through several records of one system is found, and a chain or another system’s id is none', () => {
    const chainOf = (replaces: readonly (readonly string[])[], systems: readonly string[]) => ({
      ...good,
      records: replaces.map((supersedes, at) => ({
        ...record,
        recordId: `r${at}`,
        system: systems[at] ?? 's',
        supersedes,
      })),
    });
    const isRefused = (asked: unknown) => !resolveLine(seal)(JSON.stringify(asked)).ok;
    expect(isRefused(chainOf([['r1'], ['r2'], ['r0']], []))).toBe(true);
    expect(isRefused(chainOf([['r1', 'r2'], ['r2'], ['gone']], []))).toBe(false);
    expect(isRefused(chainOf([['r1'], ['r0']], ['s', 't']))).toBe(false);
  });

  it('the same record given twice is one record, in whatever order its properties stand', () => {
    const turned = Object.fromEntries(Object.entries(record ?? {}).reverse());
    expect(answerText({ ...good, records: [...good.records, turned] })).toBe(answerText(good));
  });

  it('P4: says so when a protected contact is none and so protects nobody', () => {
    const answered = resolveLine(seal)(
      JSON.stringify({ ...good, protectedContacts: [...good.protectedContacts, { kind: 'phone', value: 'ask her' }] }),
    );
    expect(answered).toMatchObject({
      ok: true,
      value: { notices: [{ pointer: '/protectedContacts/1', code: 'not-a-contact' }] },
    });
  });

  it('takes texts as agencies hold them: no fixed abode as a postcode, a note behind a number', () => {
    const held = {
      ...good,
      subject: {
        addresses: [{ lines: ['NFA'], postcode: 'NO FIXED ABODE / NOT KNOWN' }],
        phones: ['07700 900101 (leave no message, somebody else may hear it)'],
      },
    };
    expect(resolveLine(seal)(JSON.stringify(held)).ok).toBe(true);
  });
});
