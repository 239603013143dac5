import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { makeSeal, type Seal } from '../../gateway/contacts/seal.ts';
import { reachSubject, type Reach, type ReachQuestion } from '../../gateway/contacts/reach.ts';
import type { CaseSafety } from '../../gateway/contacts/safety.ts';
import {
  CONTACT_BASES,
  OTHER_OWNERS,
  RECORDED_AS,
  type ContactKind,
  type ContactPoint,
  type SealedContact,
} from '../../schemas/contact-point.ts';
import { RECORD_ROLES, sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';

/** P4 and P5 attacked with generated answers: few values in many spellings, so that they meet all the time. */

const seal: Seal = makeSeal(new Uint8Array(32).fill(3));
const asOf = '2026-11-22';

/** A value, all the ways in which somebody may write it, and what of it must not be found in an answer. */
interface Value {
  readonly kind: ContactKind;
  readonly spellings: readonly string[];
  readonly trace: RegExp;
}

const phoneOf = (last: string): Value => ({
  kind: 'phone',
  spellings: [
    `07700 900${last}`,
    `+44 7700 900${last}`,
    `0044 7700 900${last}`,
    `+44 (0)7700 900${last}`,
    `(0)7700-900-${last}`,
    `7700900${last}`,
    `07700 900${last} ext 2`,
    `o7700 9oo${last}`,
    `tel:+447700900${last}`,
    `447700900${last}`,
    `07700\u2011900\u2011${last}`,
  ],
  trace: new RegExp(`900\\D*${last.split('').join('\\D*')}`),
});
const addressOf = (flat: number, house: number): Value => ({
  kind: 'address',
  spellings: [
    `Flat ${flat}, ${house} Mill Lane, Rivertown, AB1 2CD`,
    `${house} MILL LN, FLAT ${flat}, ab12cd`,
    `${flat}/${house} Mill Lane AB1 2CD`,
    `(Flat ${flat}) ${house} Mill Lane, Rivertown, ABI 2CD, England`,
  ],
  trace: new RegExp(
    `flat\\W*${flat}\\W+${house}\\b|\\b${flat}/${house}\\b|\\b${house} mill \\w+,? flat ${flat}\\b`,
    'i',
  ),
});
const emailOf = (name: string): Value => ({
  kind: 'email',
  spellings: [`${name}.lee@gmail.com`, `${name.toUpperCase()}LEE@googlemail.com`, `mailto:${name}lee+home@gmail.com`],
  trace: new RegExp(`${name}\\.?lee`, 'i'),
});
const VALUES: readonly Value[] = [
  ...['111', '222', '333', '444'].map(phoneOf),
  addressOf(2, 14),
  addressOf(3, 14),
  addressOf(2, 16),
  emailOf('ann'),
  emailOf('bob'),
];

const spelt = fc
  .tuple(fc.nat(VALUES.length - 1), fc.nat(30))
  .map(([index, which]) => ({ index, ...written(index, which) }));

function written(index: number, which: number): { kind: ContactKind; value: string } {
  const { kind, spellings } = VALUES[index] ?? phoneOf('999');
  return { kind, value: spellings[which % spellings.length] ?? '' };
}

const day = fc
  .integer({ min: 0, max: 2_400 })
  .map((days) => new Date(Date.UTC(2021, 0, 1 + days)).toISOString().slice(0, 10));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

/** A contact as a source may hold it, marked by nobody. */
const contact: fc.Arbitrary<ContactPoint> = fc
  .tuple(
    spelt,
    fc.record(
      {
        recordedAs: fc.constantFrom('self', 'work', 'hostel', 'unknown'),
        from: day,
        to: day,
        lastConfirmed: day,
        verified: fc.boolean(),
        field: fc.constantFrom('pol.phone', 'pro.phone', 'hou.address'),
        uprn: fc.constantFrom('1', '02'),
        basis: fc.constantFrom(...CONTACT_BASES),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([{ kind, value }, more]) => ({ kind, value, ...more }));

/** A practitioner into whose boxes a clerk may have typed anything. */
const officer = fc
  .tuple(spelt, fc.constantFrom('name', 'phone', 'email', 'team'), fc.constantFrom('pro.officer', 'hou.officer'))
  .map(([{ value }, box, field]) => ({
    field,
    value: { kind: 'professional', ...(box === 'name' ? {} : { name: 'A. Officer' }), [box]: value.slice(0, 40) },
  }));

const agencies = ['police', 'probation', 'housing', 'health', 'childrens'] as const;
const recordOf = (contacts: fc.Arbitrary<ContactPoint[]>): fc.Arbitrary<SourceRecord> =>
  fc
    .record({
      agency: fc.constantFrom(...agencies),
      number: fc.integer({ min: 1, max: 6 }),
      contacts,
      lastUpdated: maybe(day),
      custody: maybe(fc.record({ since: day, releaseDate: day, releaseConfirmed: fc.boolean() })),
      homeless: fc.boolean(),
      officer: maybe(officer),
    })
    .map(({ agency, number, contacts: held, lastUpdated, custody, homeless, officer: named }) =>
      sourceRecordSchema.parse({
        recordId: `${agency}:${number}`,
        agency,
        system: agency,
        person: {},
        contacts: held,
        ...(lastUpdated === undefined ? {} : { lastUpdated }),
        ...(named === undefined ? {} : { values: [named] }),
        ...(custody === undefined && !homeless
          ? {}
          : {
              whereabouts: {
                field: 'pro.custody',
                noFixedAbode: homeless,
                ...(custody === undefined ? {} : { custody: { establishment: 'HMP Weir', ...custody } }),
              },
            }),
      }),
    );
const records = fc.array(recordOf(fc.array(contact, { maxLength: 6 })), { minLength: 1, maxLength: 5 });

/** One way of saying that a value is another person's, and what it adds to a question. */
const marking = fc.record({
  spelt,
  how: fc.constantFrom(
    'case',
    'sealed',
    'recorded-as',
    'beside',
    'other-record',
    'other-person',
    'other-sealed',
    'misjudged',
    'victim-answered',
    'safety-block',
    'zone',
  ),
  whose: fc.constantFrom(...OTHER_OWNERS),
  role: fc.constantFrom(...RECORD_ROLES),
  recordedAs: fc.constantFrom(
    ...RECORDED_AS.filter((word) => ['partner', 'mother', 'relative', 'friend'].includes(word)),
  ),
});
type Marking = typeof marking extends fc.Arbitrary<infer T> ? T : never;

function sealed({ spelt: { kind, value }, whose }: Marking): SealedContact {
  const of = seal(kind, value);
  if (of === undefined) throw new Error(`unsealable: ${value}`);
  return { kind, seal: of, whose };
}

function mark(question: ReachQuestion, { how, ...rest }: Marking, number: number): ReachQuestion {
  const { kind, value } = rest.spelt;
  const base = { recordId: `marker:${number}`, agency: 'courts', system: 'courts', person: {}, contacts: [] };
  const add = (where: 'subjectRecords' | 'otherRecords', more: object): ReachQuestion => ({
    ...question,
    [where]: [...question[where], sourceRecordSchema.parse({ ...base, ...more })],
  });
  switch (how) {
    case 'case':
      return { ...question, protectedContacts: [...question.protectedContacts, sealed({ how, ...rest })] };
    case 'sealed':
      return add('subjectRecords', { othersContacts: [sealed({ how, ...rest })] });
    case 'recorded-as':
      return add('subjectRecords', { contacts: [{ kind, value, recordedAs: rest.recordedAs }] });
    case 'beside':
      return add('subjectRecords', { contacts: [{ kind, value: `${value} (mum)` }] });
    case 'other-record':
      return add('otherRecords', { role: rest.role, contacts: [{ kind, value, recordedAs: 'self' }] });
    case 'other-person':
      return add('otherRecords', { role: rest.role, person: personWith(kind, value) });
    case 'other-sealed':
      return add('otherRecords', { othersContacts: [sealed({ how, ...rest })] });
    case 'victim-answered':
      return withSafety(question, {
        attempts: [{ sealedContact: sealedValue(rest.spelt), outcome: VICTIM, at: asOf }],
      });
    case 'safety-block':
      return withSafety(question, { safetyBlocks: [{ sealedContact: sealedValue(rest.spelt), since: asOf }] });
    case 'zone':
      return kind === 'address'
        ? withSafety(question, { exclusionZones: [{ by: 'seal', seal: sealedValue(rest.spelt).seal }] })
        : add('otherRecords', { person: personWith(kind, value) });
    case 'misjudged':
      return add('subjectRecords', { role: 'victim', contacts: [{ kind, value, recordedAs: 'self' }] });
  }
}

const VICTIM = 'victim-answered-or-may-have';

function sealedValue({ kind, value }: { readonly kind: ContactKind; readonly value: string }) {
  const of = seal(kind, value);
  if (of === undefined) throw new Error(`unsealable: ${value}`);
  return { kind, seal: of };
}

/** Adds to every list of what the case says. */
function withSafety(question: ReachQuestion, more: CaseSafety): ReachQuestion {
  const { attempts = [], safetyBlocks = [], exclusionZones = [] } = question.safety ?? {};
  return {
    ...question,
    safety: {
      attempts: [...attempts, ...(more.attempts ?? [])],
      safetyBlocks: [...safetyBlocks, ...(more.safetyBlocks ?? [])],
      exclusionZones: [...exclusionZones, ...(more.exclusionZones ?? [])],
    },
  };
}

function personWith(kind: ContactKind, value: string): object {
  if (kind === 'address') return { addresses: [{ lines: [value] }] };
  return kind === 'phone' ? { phones: [value] } : { emails: [value] };
}

/** A home may be shared with his mother (sealed) or with the other residents of a hostel: flagged, not withheld. */
function mayStay({ how, whose, spelt: { kind } }: Marking, question: ReachQuestion): boolean {
  if (kind !== 'address') return false;
  if (how === 'sealed') return ['mother', 'relative', 'friend'].includes(whose);
  const inHostel = question.subjectRecords.some(({ contacts }) =>
    contacts.some(({ recordedAs }) => recordedAs === 'hostel'),
  );
  return inHostel && ['other-record', 'other-person', 'other-sealed'].includes(how);
}

const questionOf = (subjectRecords: readonly SourceRecord[]): ReachQuestion => ({
  subjectRecords,
  otherRecords: [],
  protectedContacts: [],
  seal,
  asOf,
});
const valuesOf = (reach: Reach): readonly string[] => reach.ranked.map(({ value }) => value);
const markings = fc.array(marking, { minLength: 1, maxLength: 4 });

describe('P4: a protected person’s details never come out as his', () => {
  it('P4: no spelling of a marked value is anywhere in the answer, however it was marked and whoever calls it his', () => {
    fc.assert(
      fc.property(records, markings, (held, marks) => {
        const question = marks.reduce((so, one, number) => mark(so, one, number), questionOf(held));
        const text = JSON.stringify(reachSubject(question));
        for (const one of marks)
          if (!mayStay(one, question)) expect(text).not.toMatch(VALUES[one.spelt.index]?.trace ?? /^/);
      }),
      { seed: 1, numRuns: 700 },
    );
  });

  it('P4: without marks the same values do come out, so the test above can fail', () => {
    for (const { kind, spellings, trace } of VALUES) {
      for (const value of spellings) {
        const held = sourceRecordSchema.parse({
          recordId: 'police:1',
          agency: 'police',
          system: 'police',
          person: {},
          contacts: [{ kind, value, recordedAs: 'self' }],
        });
        expect(JSON.stringify(reachSubject(questionOf([held])))).toMatch(trace);
      }
    }
  });

  it('P4: one more mark never adds a contact point', () => {
    fc.assert(
      fc.property(records, markings, marking, (held, marks, more) => {
        const question = marks.reduce((so, one, number) => mark(so, one, number), questionOf(held));
        const before = new Set(valuesOf(reachSubject(question)));
        for (const value of valuesOf(reachSubject(mark(question, more, 99)))) expect(before).toContain(value);
      }),
      { seed: 2, numRuns: 400 },
    );
  });

  it('P4: what is withheld is the same whichever value it is', () => {
    fc.assert(
      fc.property(fc.nat(900), fc.nat(900), fc.constantFrom(...OTHER_OWNERS), (a, b, whose) => {
        const [first, second] = [a, b].map((last) => {
          const value = `07700 900${String(last).padStart(3, '0')}`;
          const held = { recordId: 'police:1', agency: 'police', system: 'police', person: {} };
          const record = sourceRecordSchema.parse({
            ...held,
            contacts: [{ kind: 'phone', value, recordedAs: 'self' }],
          });
          const protectedContacts = [{ kind: 'phone' as const, seal: seal('phone', value) ?? '', whose }];
          return reachSubject({ ...questionOf([record]), protectedContacts });
        });
        expect(first).toEqual(second);
        expect(first?.withheld).toHaveLength(1);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it('P4: a refused source neither adds a contact point nor removes a mark', () => {
    fc.assert(
      fc.property(records, markings, fc.subarray([...agencies]), (held, marks, refused) => {
        const question = marks.reduce((so, one, number) => mark(so, one, number), questionOf(held));
        const permits = ({ recordId }: { recordId: string }): boolean =>
          !refused.some((agency) => recordId.startsWith(agency));
        const all = new Set(
          reachSubject(question).ranked.flatMap(({ sources }) => sources.map(({ recordId }) => recordId)),
        );
        const answer = reachSubject({ ...question, permits });
        for (const { sources, because } of answer.ranked) {
          for (const { recordId } of sources) {
            expect(permits({ recordId })).toBe(true);
            expect(all).toContain(recordId);
          }
          for (const agency of refused)
            expect(because.toLowerCase()).not.toMatch(new RegExp(`\\b${agency} (?:both |all )?hold`));
        }
        for (const one of marks) {
          if (!mayStay(one, question))
            expect(JSON.stringify(answer)).not.toMatch(VALUES[one.spelt.index]?.trace ?? /^/);
        }
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe('P5: the ranking is a function of what is held, not of how it arrived', () => {
  it('P5: order and repetition of records, contacts and seals change nothing', () => {
    const shuffle = <T>(items: readonly T[], by: number): T[] =>
      items
        .map((item, index) => ({ item, at: (index * 7 + by * 13) % 11 }))
        .sort((a, b) => a.at - b.at)
        .map(({ item }) => item);
    fc.assert(
      fc.property(records, markings, fc.nat(10), (held, marks, by) => {
        const question = marks.reduce((so, one, number) => mark(so, one, number), questionOf(held));
        const mixed = (all: readonly SourceRecord[]): SourceRecord[] =>
          shuffle([...all, ...all], by).map((record) => ({ ...record, contacts: shuffle(record.contacts, by) }));
        const again = reachSubject({
          ...question,
          subjectRecords: mixed(question.subjectRecords),
          otherRecords: mixed(question.otherRecords),
          protectedContacts: shuffle([...question.protectedContacts, ...question.protectedContacts], by),
        });
        expect(again).toEqual(reachSubject(question));
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('P5: probabilities are between 0 and 1, best first, and every sentence is one sentence without a value', () => {
    fc.assert(
      fc.property(records, (held) => {
        const { ranked } = reachSubject(questionOf(held));
        const probabilities = ranked.map(({ probability }) => probability);
        expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
        expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
        for (const { because } of ranked) {
          expect(because.length).toBeLessThanOrEqual(400);
          expect(because).toMatch(/^[A-Z].*\.$/);
          for (const { trace } of VALUES) expect(because).not.toMatch(trace);
        }
      }),
      { seed: 6, numRuns: 250 },
    );
  });

  it('P11: anything that the schemas allow is answered without throwing', () => {
    const anything = recordOf(
      fc.array(
        fc.record({
          kind: fc.constantFrom('phone', 'email', 'address'),
          value: fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }),
        }),
        { maxLength: 10 },
      ),
    );
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 6 }), fc.array(anything, { maxLength: 3 }), (held, other) => {
        expect(reachSubject({ ...questionOf(held), otherRecords: other })).toHaveProperty('ranked');
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});
