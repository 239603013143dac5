import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sourceRecordSchema } from '../../schemas/source-record.ts';
import { nhsNumber, testSeal } from '../../test/agencies/health/under-test.ts';
import { HEALTH_FIELDS, isDead, isRestricted, recordOf, type MapOptions } from './map.ts';
import { mayBeHim } from './same-person.ts';
import { patientSchema, type WirePatient } from './wire.ts';

const OPTIONS: MapOptions = { fields: HEALTH_FIELDS, asOf: '2026-03-02', seal: testSeal };

const patientOf = (change: Record<string, unknown>): WirePatient =>
  patientSchema.parse({
    resourceType: 'Patient',
    id: nhsNumber(1),
    meta: { security: [{ code: 'U' }] },
    name: [{ use: 'usual', given: ['Daniel'], family: 'Okafor' }],
    birthDate: '1985-05-17',
    ...change,
  });

const mapped = (change: Record<string, unknown>) => recordOf(patientOf(change), OPTIONS);
const phone = (value: string, more: Record<string, unknown> = {}) => ({ system: 'phone', value, ...more });

const preference = (code: string) => [
  {
    url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ContactPreference',
    extension: [{ url: 'PreferredContactMethod', valueCodeableConcept: { coding: [{ code }] } }],
  },
];
const death = (code: string) => [
  {
    url: 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-DeathNotificationStatus',
    extension: [{ url: 'deathNotificationStatus', valueCodeableConcept: { coding: [{ code }] } }],
  },
];
const removal = (code: string) => [
  {
    url: 'https://fhir.nhs.uk/StructureDefinition/Extension-PDS-RemovalFromRegistration',
    extension: [{ url: 'removalFromRegistrationCode', valueCodeableConcept: { coding: [{ code }] } }],
  },
];

describe('a patient as a record', () => {
  it('says whose a number is as the service does: work is work, and a fax or textphone is left out', () => {
    const { contacts } = mapped({
      telecom: [
        phone('07700900111', { use: 'mobile' }),
        phone('01632960111', { use: 'work' }),
        phone('01632960112', { use: 'old' }),
        { system: 'fax', value: '01632960113' },
        { system: 'other', value: '01632960114', use: 'home' },
        { system: 'email', value: 'd@example.com', use: 'work' },
      ],
    });
    expect(contacts.map(({ value, recordedAs }) => [value, recordedAs])).toEqual([
      ['07700900111', 'self'],
      ['01632960111', 'work'],
      ['d@example.com', 'work'],
    ]);
  });

  it('P4: where calls go to a proxy, whose the phone is counts as unknown', () => {
    const telecom = [phone('07700900111'), { system: 'email', value: 'd@example.com' }];
    const whose = (code: string) => mapped({ telecom, extension: preference(code) }).contacts.map((c) => c.recordedAs);
    expect(whose('6')).toEqual(['unknown', 'self']);
    expect(whose('3')).toEqual(['self', 'self']);
  });

  it('a temporary address keeps its end, a correspondence address may be care of somebody else', () => {
    const { contacts } = mapped({
      address: [
        { use: 'temp', line: ['1 Quay St'], postalCode: 'RV1 1AA', period: { start: '2025-01-01', end: '2025-06-30' } },
        { use: 'billing', line: ['c/o 2 Hill St', ' '], postalCode: 'RV1 1AB' },
        { use: 'work', line: ['Depot'], postalCode: 'RV9 1AB' },
      ],
    });
    expect(contacts).toMatchObject([
      { value: '1 Quay St, RV1 1AA', recordedAs: 'self', from: '2025-01-01', to: '2025-06-30' },
      { value: 'c/o 2 Hill St, RV1 1AB', recordedAs: 'unknown' },
      { value: 'Depot, RV9 1AB', recordedAs: 'work' },
    ]);
  });

  it.each([
    ['2024', '2024-12-31'],
    ['2024-02', '2024-02-29'],
    ['2024-02-03', '2024-02-03'],
    ['2024-02-03T10:00:00+00:00', '2024-02-03'],
  ])('a period that ends in %s lasts until %s', (end, to) => {
    expect(mapped({ telecom: [phone('07700900111', { period: { end } })] }).contacts[0]?.to).toBe(to);
  });

  it.each([{ end: 'soon' }, { end: '2024-13' }, { start: '2024-02-30' }, { end: 7 }])(
    'a period of %j is an answer outside the contract: an end that is not understood must not read as "still"',
    (period) => {
      expect(patientSchema.safeParse({ ...patientOf({}), telecom: [phone('07700900111', { period })] }).success).toBe(
        false,
      );
    },
  );

  it('no fixed abode is said, and is neither an address nor a postcode to match on', () => {
    const record = mapped({ address: [{ use: 'home', line: ['NO FIXED ABODE'], postalCode: 'zz993vz' }] });
    expect(record.contacts).toEqual([]);
    expect(record.person.addresses).toBeUndefined();
    expect(record.whereabouts).toEqual({ field: 'hea.address', noFixedAbode: true });
  });

  it.each([
    ['it ended', { postalCode: 'ZZ99 3VZ', period: { end: '2025-01-01' } }],
    ['the address is merely not known', { postalCode: 'ZZ99 3WZ' }],
  ])('he is not said to have no fixed abode where %s', (_why, change) => {
    expect(mapped({ address: [{ use: 'home', line: ['-'], ...change }] }).whereabouts).toBeUndefined();
  });

  it('a registration that ended gives no practice', () => {
    const at = (end: string) =>
      mapped({ generalPractitioner: [{ identifier: { value: 'A20047', period: { start: '2020-01-01', end } } }] });
    expect(at('2026-03-01').values?.some(({ field }) => field === 'hea.gp')).toBe(false);
    expect(at('2026-03-02').values).toContainEqual({
      field: 'hea.gp',
      value: { kind: 'professional', organisation: 'A20047' },
      asAt: '2020-01-01',
    });
  });

  it('his earlier names are aliases for matching, and the usual one is the name', () => {
    const record = mapped({
      name: [
        { use: 'old', given: ['Dan'], family: 'Marsh' },
        { use: 'usual', given: ['Daniel', 'Peter', 'John'], family: 'Okafor' },
      ],
    });
    expect(record.person.names).toEqual([
      { given: 'Dan', family: 'Marsh', type: 'alias' },
      { given: 'Daniel', middle: 'Peter John', family: 'Okafor', type: 'current' },
    ]);
    expect(record.values).toContainEqual({
      field: 'hea.name',
      value: { kind: 'name', given: 'Daniel', middle: 'Peter John', family: 'Okafor' },
    });
  });

  it('P4: emergency contacts are sealed by kind, a next of kin as a relative', () => {
    const contact = (code: string, telecom: unknown) => ({
      relationship: [{ coding: [{ code }] }],
      telecom: [telecom],
    });
    const record = mapped({
      contact: [contact('C', phone('07700900222')), contact('N', { system: 'email', value: 'mum@example.com' })],
    });
    expect(record.othersContacts).toEqual([
      { kind: 'phone', seal: testSeal('phone', '07700900222'), whose: 'other' },
      { kind: 'email', seal: testSeal('email', 'mum@example.com'), whose: 'relative' },
    ]);
  });

  it('P4: a number that cannot be sealed is still not taken as his where it is an emergency contact\u2019s', () => {
    const record = recordOf(
      patientOf({
        telecom: [phone('0044 7700 900 222')],
        contact: [{ telecom: [{ system: 'phone', value: '07700 900222' }] }],
      }),
      { ...OPTIONS, seal: () => undefined },
    );
    expect(record).toMatchObject({ contacts: [], withheldFields: ['hea.phone'] });
    expect(record.othersContacts).toBeUndefined();
  });
});

describe('who is restricted, and who is dead', () => {
  it.each([
    [[{ code: 'U' }], false],
    [[{ code: 'R' }], true],
    [[{ code: 'V' }], true],
    [[{ code: 'REDACTED' }], true],
    [[{ code: 'N' }], true],
    [[{ code: 'U' }, { code: 'R' }], true],
    [[{}], true],
    [[], true],
  ])('P2: the security %j restricts: %s', (security, restricted) => {
    expect(isRestricted(patientOf({ meta: { security } }))).toBe(restricted);
  });

  it('P2: no security at all restricts', () => {
    expect(isRestricted(patientOf({ meta: undefined }))).toBe(true);
  });

  it('P4: what the service forgot to remove from a restricted patient is dropped here', () => {
    const record = mapped({
      meta: { security: [{ code: 'R' }] },
      telecom: [phone('07700900111')],
      address: [{ use: 'home', line: ['12 Alder Road'], postalCode: 'RV3 4AB' }],
      contact: [{ telecom: [phone('07700900222')] }],
      generalPractitioner: [{ identifier: { value: 'A20047' } }],
    });
    expect(JSON.stringify(record)).not.toMatch(/900111|900222|Alder|RV3|A20047/);
    expect(record.othersContacts).toBeUndefined();
  });

  it.each([
    ['a date of death', { deceasedDateTime: '2025-12-01T00:00:00+00:00' }, true],
    ['a year of death', { deceasedDateTime: '2025' }, true],
    ['the word of FHIR', { deceasedBoolean: true }, true],
    ['an informal notice', { extension: death('1') }, true],
    ['a formal notice', { extension: death('2') }, true],
    ['a notice that was removed', { extension: death('U') }, false],
    ['removal because of death', { extension: removal('DEA') }, true],
    ['removal to Scotland', { extension: removal('SCT') }, false],
    ['nothing of the kind', { deceasedBoolean: false }, false],
  ])('%s', (_name, change, dead) => {
    const patient = patientOf({ ...change, telecom: [phone('07700900111')] });
    expect(isDead(patient)).toBe(dead);
    expect(recordOf(patient, OPTIONS).contacts).toHaveLength(dead ? 0 : 1);
  });

  it.each([
    ['a date of death', { deceasedDateTime: '2025-12-01T00:00:00+00:00' }, { on: '2025-12-01' }],
    ['a year of death is no day', { deceasedDateTime: '2025' }, {}],
    ['no day that exists', { deceasedDateTime: '2025-02-30' }, {}],
    ['an informal notice', { extension: death('1') }, { formal: false }],
    ['a formal notice', { extension: [...death('1'), ...death('2')] }, { formal: true }],
    ['removal because of death', { extension: removal('DEA') }, {}],
  ])('P7: that he has died is told in place of his contacts: %s', (_name, change, died) => {
    expect(mapped(change).whereabouts).toEqual({ field: 'hea.address', died });
  });

  it('P3: that he has died is told under a contact field that was asked for, and under no other', () => {
    const patient = patientOf({ deceasedDateTime: '2025-12-01' });
    const told = (fields: MapOptions['fields']) => recordOf(patient, { ...OPTIONS, fields }).whereabouts?.field;
    expect(told(['hea.phone', 'hea.address'])).toBe('hea.address');
    expect(told(['hea.phone'])).toBe('hea.phone');
    expect(told(['hea.name', 'hea.dob', 'hea.gp'])).toBeUndefined();
  });

  it('P4: of a restricted patient not even a death is told', () => {
    const record = mapped({ deceasedDateTime: '2025-12-01', meta: { security: [{ code: 'R' }] } });
    expect(JSON.stringify(record)).not.toMatch(/died|2025-12-01/);
  });
});

describe('P5: whether an answer can be about him', () => {
  const him = { names: [{ given: 'Daniel', family: 'Okafor' }], dateOfBirth: '1985-05-17' };
  const other = [{ use: 'usual', given: ['Amara'], family: 'Okafor' }];
  it.each([
    ['the same', {}, true],
    ['another birth date', { birthDate: '1985-07-15' }, true],
    ['another given name', { name: other }, true],
    ['his wife: only the family name agrees', { name: other, birthDate: '1987-09-09' }, false],
    [
      'names exchanged, another birth date',
      { name: [{ use: 'usual', given: ['Okafor'], family: 'D\u00e1niel' }], birthDate: '1900-01-01' },
      true,
    ],
    ['nothing to compare', { name: undefined, birthDate: undefined }, true],
    ['another name, no birth date', { name: other, birthDate: undefined }, false],
    ['a birth year that agrees', { name: other, birthDate: '1985' }, true],
    ['a number whose check digit fails', { id: '9990000000' }, false],
    [
      'an identifier that is another number',
      { identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber(2) }] },
      false,
    ],
  ])('%s', (_name, change, expected) => {
    const patient = patientOf(change);
    expect(mayBeHim(patient, him, patient.id)).toBe(expected);
  });

  it('another number than the one asked, and nothing to compare', () => {
    expect(mayBeHim(patientOf({ name: undefined, birthDate: undefined }), him, nhsNumber(2))).toBe(false);
    expect(mayBeHim(patientOf({}), him, nhsNumber(2))).toBe(true);
  });
});

describe('whatever the service may send', () => {
  const text = (maxLength: number) => fc.string({ unit: 'grapheme', maxLength });
  const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const date = fc.constantFrom('2020-01-01', '2020-02', '2020', '2030-12-31');
  const period = perhaps(fc.record({ start: date, end: date }, { requiredKeys: [] }));
  const telecom = fc.record({
    system: fc.constantFrom('phone', 'fax', 'email', 'other', 'sms'),
    value: fc.oneof(text(20), fc.constantFrom('07700900111', '07700 900222', 'd@example.com')),
    use: perhaps(fc.constantFrom('home', 'work', 'mobile', 'temp', 'old')),
    period,
  });
  const wire = fc.record({
    resourceType: fc.constant('Patient'),
    id: fc.constantFrom(nhsNumber(1), nhsNumber(2)),
    meta: perhaps(fc.record({ security: fc.array(fc.record({ code: fc.constantFrom('U', 'U', 'R', 'V', 'x') })) })),
    name: perhaps(
      fc.array(
        fc.record({
          use: fc.constantFrom('usual', 'old'),
          given: fc.array(text(100), { maxLength: 6 }),
          family: text(100),
        }),
        { maxLength: 5 },
      ),
    ),
    birthDate: perhaps(fc.constantFrom('1985-05-17', '1985-05', '1985')),
    deceasedDateTime: perhaps(fc.constant('2025-12-01')),
    telecom: perhaps(fc.array(telecom, { maxLength: 6 })),
    contact: perhaps(fc.array(fc.record({ telecom: fc.array(telecom, { maxLength: 3 }) }), { maxLength: 3 })),
    address: perhaps(
      fc.array(
        fc.record({
          use: fc.constantFrom('home', 'temp', 'billing', 'work'),
          line: perhaps(fc.array(text(100), { maxLength: 8 })),
          postalCode: perhaps(fc.oneof(text(12), fc.constantFrom('RV3 4AB', 'ZZ99 3VZ', ' '))),
          period,
        }),
        { maxLength: 5 },
      ),
    ),
    generalPractitioner: perhaps(
      fc.array(fc.record({ identifier: fc.record({ value: text(20), period }) }), { maxLength: 2 }),
    ),
  });

  it('P3, P4: a patient that is read at all becomes a record of the contract, of asked fields only, without another\u2019s number', () => {
    let read = 0;
    fc.assert(
      fc.property(wire, fc.subarray([...HEALTH_FIELDS]), (json, fields) => {
        const patient = patientSchema.safeParse(json);
        if (!patient.success) return;
        read += 1;
        const record = recordOf(patient.data, { ...OPTIONS, fields });
        expect(sourceRecordSchema.safeParse(record)).toMatchObject({ success: true });
        const named = [...record.contacts, ...(record.values ?? [])].map(({ field }) => field);
        const place = record.whereabouts === undefined ? [] : [record.whereabouts.field];
        for (const field of [...named, ...place, ...(record.withheldFields ?? [])]) expect(fields).toContain(field);
        if (isRestricted(patient.data) || isDead(patient.data)) expect(record.contacts).toEqual([]);
        const others = (patient.data.contact ?? []).flatMap(({ telecom: theirs }) => theirs ?? []);
        const sealed = new Set(
          others.flatMap(({ system, value }) => testSeal(system === 'email' ? 'email' : 'phone', value ?? '') ?? []),
        );
        for (const { kind, value } of record.contacts) expect(sealed).not.toContain(testSeal(kind, value));
      }),
      { seed: 1, numRuns: 500 },
    );
    expect(read).toBeGreaterThan(300);
  });
});
