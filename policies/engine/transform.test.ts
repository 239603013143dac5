import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { transformContact, transformTo } from './index.ts';
import { TRANSFORM_KINDS } from './language.ts';
import { disclosableValueSchema } from '../../schemas/disclosable-value.ts';
import type { DisclosableValue } from '../../schemas/disclosable-value.ts';
import { LEVELS } from '../../schemas/level.ts';
import { releasedValueSchema } from '../../schemas/released-value.ts';

const ANY = { transform: TRANSFORM_KINDS };
const HELD = { kind: 'held', level: 'exists', held: true };

const TABLE: readonly (readonly [DisclosableValue, ...unknown[]])[] = [
  [
    { kind: 'name', given: 'Darren', family: 'Okafor' },
    HELD,
    HELD,
    { kind: 'name', level: 'partial', initials: 'D.O.' },
    { kind: 'name', level: 'full', given: 'Darren', family: 'Okafor' },
  ],
  [
    { kind: 'name', full: '\u00c9lodie van Dijk' },
    HELD,
    HELD,
    { kind: 'name', level: 'partial', initials: '\u00c9.V.D.' },
    { kind: 'name', level: 'full', full: '\u00c9lodie van Dijk' },
  ],
  [
    { kind: 'date-of-birth', date: '1987-03-14' },
    HELD,
    { kind: 'date-of-birth', level: 'summary', band: '1980-1989' },
    { kind: 'date-of-birth', level: 'partial', year: '1987' },
    { kind: 'date-of-birth', level: 'full', date: '1987-03-14' },
  ],
  [
    { kind: 'address', lines: ['3 Station Road'], postcode: 'SE10 9NN' },
    HELD,
    { kind: 'address', level: 'summary', area: 'SE' },
    { kind: 'address', level: 'partial', outward: 'SE10' },
    { kind: 'address', level: 'full', lines: ['3 Station Road'], postcode: 'SE10 9NN' },
  ],
  [
    { kind: 'address', lines: ['The Hostel, SE10 9NN'] },
    HELD,
    HELD,
    HELD,
    { kind: 'address', level: 'full', lines: ['The Hostel, SE10 9NN'] },
  ],
  [
    { kind: 'phone', number: '07700 900123' },
    HELD,
    { kind: 'phone', level: 'summary', use: 'sms-or-voice' },
    { kind: 'phone', level: 'partial', lastDigits: '123', use: 'sms-or-voice' },
    { kind: 'phone', level: 'full', number: '07700 900123' },
  ],
  [
    { kind: 'phone', number: '020 7946 0017' },
    HELD,
    { kind: 'phone', level: 'summary', use: 'voice' },
    { kind: 'phone', level: 'partial', lastDigits: '017', use: 'voice' },
    { kind: 'phone', level: 'full', number: '020 7946 0017' },
  ],
  [
    { kind: 'phone', number: '999' },
    HELD,
    { kind: 'phone', level: 'summary', use: 'voice' },
    { kind: 'phone', level: 'summary', use: 'voice' },
    { kind: 'phone', level: 'full', number: '999' },
  ],
  [
    { kind: 'email', address: 'd.okafor@Example.ORG' },
    HELD,
    HELD,
    { kind: 'email', level: 'partial', domain: 'example.org' },
    { kind: 'email', level: 'full', address: 'd.okafor@Example.ORG' },
  ],
  [
    { kind: 'identifier', value: '2001/0123456X' },
    HELD,
    HELD,
    { kind: 'identifier', level: 'partial', lastCharacters: '56X' },
    { kind: 'identifier', level: 'full', value: '2001/0123456X' },
  ],
  [{ kind: 'identifier', value: 'X12345' }, HELD, HELD, HELD, { kind: 'identifier', level: 'full', value: 'X12345' }],
  [
    { kind: 'dates', dates: [{ label: 'release', date: '2027-02-09', confirmed: true }] },
    HELD,
    { kind: 'dates', level: 'summary', dates: [{ label: 'release', year: '2027' }] },
    { kind: 'dates', level: 'partial', dates: [{ label: 'release', month: '2027-02' }] },
    { kind: 'dates', level: 'full', dates: [{ label: 'release', date: '2027-02-09', confirmed: true }] },
  ],
  [
    {
      kind: 'list',
      entries: [
        {
          group: 'violence',
          title: 'Assault',
          date: '2019-05-01',
          outcome: 'convicted',
          conditions: ['not to enter Elm Road'],
        },
        { group: 'violence', title: 'Affray', date: '2022-01-01' },
        { group: 'driving', title: 'No insurance' },
      ],
    },
    HELD,
    {
      kind: 'list',
      level: 'summary',
      groups: [
        { group: 'violence', count: 2, mostRecentYear: '2022' },
        { group: 'driving', count: 1 },
      ],
    },
    {
      kind: 'list',
      level: 'partial',
      entries: [
        { group: 'violence', year: '2019', outcome: 'convicted' },
        { group: 'violence', year: '2022' },
        { group: 'driving' },
      ],
    },
    expect.objectContaining({ level: 'full' }),
  ],
  [
    { kind: 'list', entries: [] },
    { kind: 'held', level: 'exists', held: false },
    { kind: 'list', level: 'summary', groups: [] },
    { kind: 'list', level: 'partial', entries: [] },
    { kind: 'list', level: 'full', entries: [] },
  ],
  [
    { kind: 'score', value: 63, band: 'high' },
    HELD,
    { kind: 'score', level: 'summary', band: 'high' },
    { kind: 'score', level: 'summary', band: 'high' },
    { kind: 'score', level: 'full', value: 63, band: 'high' },
  ],
  [
    { kind: 'health-item', asRecorded: 'Depot injection', conditionGroup: 'psychosis', serviceType: 'community' },
    HELD,
    { kind: 'health-item', level: 'summary', serviceType: 'community' },
    { kind: 'health-item', level: 'partial', conditionGroup: 'psychosis', serviceType: 'community' },
    expect.objectContaining({ level: 'full', asRecorded: 'Depot injection' }),
  ],
  [
    { kind: 'free-text', written: 'He said he would go to her sister.' },
    HELD,
    HELD,
    HELD,
    { kind: 'free-text', level: 'full', written: 'He said he would go to her sister.' },
  ],
  [
    { kind: 'free-text', redacted: 'He said [removed].', summary: 'Threat made.' },
    HELD,
    { kind: 'free-text', level: 'summary', summary: 'Threat made.' },
    { kind: 'free-text', level: 'partial', redacted: 'He said [removed].', summary: 'Threat made.' },
    { kind: 'free-text', level: 'partial', redacted: 'He said [removed].', summary: 'Threat made.' },
  ],
];

const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== '');
const aDate = fc
  .date({ min: new Date('1930-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Drops what is undefined, as a value that came as JSON would have. */
const compact = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const anyValue: fc.Arbitrary<DisclosableValue> = fc
  .oneof(
    fc.record({
      kind: fc.constant('name'),
      given: maybe(word),
      middle: maybe(word),
      family: maybe(word),
      full: maybe(word),
    }),
    fc.record({
      kind: fc.constant('date-of-birth'),
      date: fc.oneof(
        aDate,
        aDate.map((d) => d.slice(0, 7)),
        aDate.map((d) => d.slice(0, 4)),
      ),
    }),
    fc.record({
      kind: fc.constant('address'),
      lines: fc.array(word, { maxLength: 3 }),
      postcode: maybe(fc.oneof(word, fc.constantFrom('SE10 9NN', 'm1 1ae', 'EC1A1BB'))),
      uprn: maybe(word),
    }),
    fc.record({ kind: fc.constant('phone'), number: fc.oneof(word, fc.stringMatching(/^07700 9\d{5}$/)) }),
    fc.record({ kind: fc.constant('email'), address: fc.oneof(word, fc.emailAddress({ size: 'small' })) }),
    fc.record({ kind: fc.constant('identifier'), value: word }),
    fc.record({
      kind: fc.constant('dates'),
      dates: fc.array(fc.record({ label: word, date: aDate, confirmed: maybe(fc.boolean()) }), { maxLength: 4 }),
    }),
    fc.record({
      kind: fc.constant('list'),
      entries: fc.array(
        fc.record({
          group: word,
          title: word,
          date: maybe(aDate),
          until: maybe(aDate),
          outcome: maybe(word),
          conditions: maybe(fc.array(word, { maxLength: 3 })),
        }),
        { maxLength: 5 },
      ),
    }),
    fc.record({ kind: fc.constant('score'), value: fc.integer(), band: word }),
    fc.record({ kind: fc.constant('coded'), code: word, label: word, detail: maybe(word) }),
    fc.record({
      kind: fc.constant('health-item'),
      asRecorded: word,
      conditionGroup: maybe(word),
      serviceType: maybe(word),
    }),
    fc.record({ kind: fc.constant('free-text'), written: maybe(word), redacted: maybe(word), summary: maybe(word) }),
    fc.record({
      kind: fc.constant('professional'),
      name: maybe(word),
      team: maybe(word),
      organisation: maybe(word),
      phone: maybe(word),
      email: maybe(word),
    }),
  )
  .map((value) => disclosableValueSchema.parse(compact(value)));

/** Every text and number in a value, keys apart. */
function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leavesOf);
  return [String(value)];
}

describe('P2: a value is made no more than its level', () => {
  it.each(TABLE)('%j comes out as the table of transforms says', (value, ...expected) => {
    const released = LEVELS.slice(1).map((level) => transformTo(level, value, ANY));
    expect(released).toEqual(expected);
  });

  it('gives nothing at all where denied', () => {
    for (const [value] of TABLE) expect(transformTo('deny', value, ANY)).toBeUndefined();
    expect(transformContact('deny', 'phone', '07700 900123')).toBeUndefined();
  });

  it('gives a value of the released shape, never above the level decided', () => {
    fc.assert(
      fc.property(anyValue, fc.constantFrom(...LEVELS), (value, level) => {
        const released = transformTo(level, value, ANY);
        if (level === 'deny') return released === undefined;
        const parsed = releasedValueSchema.parse(released);
        return LEVELS.indexOf(parsed.level) <= LEVELS.indexOf(level);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('is monotone: what comes out at a level can be made from what comes out at the next', () => {
    // Two values that look the same at one level must look the same at every level below it.
    const lookAlike = fc.constantFrom<DisclosableValue>(
      ...['1980-01-01', '1980-01-02', '1980-05-01', '1987', '1991-01-01'].map(
        (date) => ({ kind: 'date-of-birth', date }) as const,
      ),
      ...['SE10 9NN', 'SE10 8AA', 'SE1 1AA', 'SW1A 1AA'].map(
        (postcode) => ({ kind: 'address', lines: new Array<string>(), postcode }) as const,
      ),
      ...['07700 900123', '07700 901123', '020 7946 0123', '020 7946 0124'].map(
        (number) => ({ kind: 'phone', number }) as const,
      ),
      ...['ABC1234', 'XYZ9234', '12'].map((value) => ({ kind: 'identifier', value }) as const),
      ...['John', 'Jane', 'Ann'].map((given) => ({ kind: 'name', given }) as const),
      ...[1, 2].map((value) => ({ kind: 'score', value, band: 'high' }) as const),
      ...['2020-01-01', '2020-01-09', '2020-09-01'].map((date): DisclosableValue => ({
        kind: 'list',
        entries: [{ group: 'g', title: date, date }],
      })),
      ...['2020-01-01', '2020-01-09', '2020-09-01'].map((date): DisclosableValue => ({
        kind: 'dates',
        dates: [{ label: 'l', date }],
      })),
    );
    let same = 0;
    fc.assert(
      fc.property(lookAlike, lookAlike, fc.constantFrom('full', 'partial', 'summary'), (a, b, level) => {
        const at = (value: DisclosableValue, each: number) =>
          JSON.stringify(transformTo(LEVELS[each] ?? 'deny', value, ANY));
        const above = LEVELS.indexOf(level);
        if (at(a, above) !== at(b, above)) return;
        same += 1;
        for (let below = above - 1; below >= 0; below -= 1) expect(at(a, below)).toBe(at(b, below));
      }),
      { seed: 1, numRuns: 3000 },
    );
    expect(same).toBeGreaterThan(150);
  });

  it('P4: a value that is denied or only said to exist appears nowhere in what comes out', () => {
    fc.assert(
      fc.property(anyValue, fc.constantFrom('deny', 'exists'), (value, level) => {
        const { kind, ...rest } = value;
        const secret = leavesOf(rest).filter((leaf) => leaf.length > 5);
        const out = JSON.stringify([transformTo(level, value, ANY)]);
        expect(secret.filter((leaf) => kind !== leaf && out.includes(leaf))).toEqual([]);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('P4: below full, no title or condition of an order comes out, since they name where she lives', () => {
    const order: DisclosableValue = {
      kind: 'list',
      entries: [{ group: 'non-molestation', title: 'Not to go to 4 Elm Road', conditions: ['4 Elm Road', 'SE10 9NN'] }],
    };
    for (const level of ['exists', 'summary', 'partial'] as const) {
      expect(JSON.stringify(transformTo(level, order, ANY))).not.toMatch(/Elm|SE10/);
    }
  });

  it('never makes a summary of free text', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 60 }), (written) => {
        for (const level of ['exists', 'summary', 'partial'] as const) {
          expect(transformTo(level, { kind: 'free-text', written }, ANY)).toEqual(HELD);
        }
      }),
      { seed: 1, numRuns: 50 },
    );
  });

  it('reduces a value of a kind that its field does not name to "held"', () => {
    const address: DisclosableValue = { kind: 'coded', code: 'A', label: '3 Station Road, SE10 9NN' };
    expect(transformTo('full', address, { transform: ['address'] })).toEqual(HELD);
    expect(transformTo('full', { kind: 'identifier', value: 'image-7' }, { transform: ['existence'] })).toEqual(HELD);
  });

  it('takes the postcode of a one-line address and the digits of a number for a contact point', () => {
    const at = (level: 'partial' | 'summary' | 'exists') => [
      transformContact(level, 'address', '3 Station Road, London SE10 9NN'),
      transformContact(level, 'phone', '+447700900123'),
      transformContact(level, 'email', 'd.okafor@example.org'),
    ];
    expect(at('partial')).toEqual([
      { kind: 'address', level: 'partial', outward: 'SE10' },
      { kind: 'phone', level: 'partial', lastDigits: '123', use: 'sms-or-voice' },
      { kind: 'email', level: 'partial', domain: 'example.org' },
    ]);
    expect(at('summary')).toEqual([
      { kind: 'address', level: 'summary', area: 'SE' },
      { kind: 'phone', level: 'summary', use: 'sms-or-voice' },
      HELD,
    ]);
    expect(at('exists')).toEqual([HELD, HELD, HELD]);
    expect(transformContact('full', 'address', '3 Station Road, London SE10 9NN')).toEqual({
      kind: 'address',
      level: 'full',
      lines: ['3 Station Road, London'],
      postcode: 'SE10 9NN',
    });
    expect(transformContact('partial', 'address', 'The Hostel, Riverton')).toEqual(HELD);
  });

  it('gives contact points of the released shape, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('phone', 'email', 'address'),
        fc.string({ minLength: 1, maxLength: 400 }),
        fc.constantFrom('exists', 'summary', 'partial', 'full'),
        (kind, value, level) => releasedValueSchema.safeParse(transformContact(level, kind, value)).success,
      ),
      { seed: 1, numRuns: 1000 },
    );
  });
});
