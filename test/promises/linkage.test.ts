import { describe, expect, it } from '@jest/globals';
import { linkRecords } from '../../gateway/linkage/link.ts';
import type { HumanLinkDecision, LinkageResult } from '../../schemas/linkage.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { AS_OF, DARREN, record, without } from './linkage-people.ts';

const ask = (
  subject: Person,
  records: readonly SourceRecord[],
  decisions: readonly HumanLinkDecision[] = [],
): LinkageResult => linkRecords({ subject, records, asOf: AS_OF, decisions });

const rulesBetween = (result: LinkageResult, a: string, b: string): string[] =>
  (result.links.find((link) => (link.a === a && link.b === b) || (link.a === b && link.b === a))?.evidence ?? []).map(
    (evidence) => evidence.rule,
  );

const POTTINGER_HOME = { lines: ['14 Quarry Lane'], postcode: 'LS12 4QX' };
const COMMON: Person = { names: [{ given: 'David', family: 'Smith' }], dateOfBirth: '1980-06-02', sex: 'male' };

describe('P5: people who look like the subject are never merged with him', () => {
  const twin: Person = { ...without(DARREN, 'identifiers'), names: [{ given: 'Kevin', family: 'Pottinger' }] };
  const father: Person = { ...without(DARREN, 'identifiers'), dateOfBirth: '1958-11-02' };
  const brother: Person = {
    ...without(DARREN, 'identifiers'),
    names: [{ given: 'Craig', family: 'Pottinger' }],
    dateOfBirth: '1987-08-01',
  };
  const wife: Person = {
    ...without(DARREN, 'identifiers'),
    names: [{ given: 'Tracy', family: 'Pottinger' }],
    dateOfBirth: '1986-02-14',
    sex: 'female',
  };
  const landline = { phones: ['0113 496 0123', '07700 900123'], emails: ['pottingers@example.org'] };
  const told: Person = { ...without(DARREN, 'identifiers'), ...landline };

  it.each([
    ['a twin who shares everything but the first name', 'twins', { ...twin, ...landline }],
    [
      'a twin with the same middle name',
      'twins',
      { ...twin, names: [{ given: 'Kevin', middle: 'Lee', family: 'Pottinger' }] },
    ],
    ['a twin whose name rhymes', 'twins', { ...twin, names: [{ given: 'Warren', family: 'Pottinger' }] }],
    ['a father of the same name at the same address', 'father-and-son', { ...father, ...landline }],
    ['a son of the same name', 'father-and-son', { ...father, ...landline, dateOfBirth: '2007-01-30' }],
    ['a brother at the same address', 'brothers', { ...brother, ...landline }],
    ['a brother with no birth date on file', 'brothers', { ...without(brother, 'dateOfBirth'), ...landline }],
    ['a wife with his surname, phone and address', 'spouses', { ...wife, ...landline }],
    [
      'a partner with another surname',
      'spouses',
      { ...wife, ...landline, names: [{ given: 'Tracy', family: 'Vane' }] },
    ],
  ])('P5: not %s (%s)', (_, rule, other) => {
    const relative = record(other);
    const result = ask(told, [relative]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.probable).toEqual([]);
    expect(rulesBetween(result, 'subject', relative.recordId)).toContain(rule);
    expect(result.links[0]?.bits).toBeLessThan(0);
  });

  it('P5: not a father whose record has no birth date, however much of the household it shares', () => {
    const result = ask(told, [record({ ...without(father, 'dateOfBirth', 'sex'), ...landline })]);
    expect(result.subjectRecords).toEqual([]);
    const rules = result.links[0]?.evidence.map(({ rule }) => rule);
    expect(rules).toEqual(expect.arrayContaining(['household-cap', 'same-name-in-household']));
  });

  it('P5: not a father who is told apart by "Senior" alone', () => {
    const senior: Person = { ...without(father, 'dateOfBirth'), names: [{ given: 'Darren', family: 'Pottinger Snr' }] };
    const junior: Person = { ...told, names: [{ given: 'Darren', family: 'Pottinger Jr' }] };
    const relative = record({ ...senior, ...landline });
    const result = ask(junior, [relative]);
    expect(result.subjectRecords).toEqual([]);
    expect(rulesBetween(result, 'subject', relative.recordId)).toContain('father-and-son');
  });

  it('P5: a twin who was given his NHS number is shown to a human, not merged', () => {
    const identifiers = [{ type: 'NHS' as const, value: '943 476 5919' }];
    const result = ask({ ...told, identifiers }, [record({ ...twin, identifiers })]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.probable).toHaveLength(1);
  });

  it('P5: a twin whose first name is his middle name is shown to a human, not merged', () => {
    const other = record({ ...twin, ...landline, names: [{ given: 'Lee', family: 'Pottinger' }] });
    const result = ask(told, [other]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.probable).toEqual([other.recordId]);
    expect(rulesBetween(result, 'subject', other.recordId)).toContain('twin-or-middle-name');
  });

  it('P5: not a namesake with a common name, the same birth date and another address', () => {
    const subject: Person = { ...COMMON, addresses: [{ lines: ['1 Mill Street'], postcode: 'S10 2AB' }] };
    const namesake = record({ ...COMMON, addresses: [{ lines: ['9 High Road'], postcode: 'PL4 7QD' }] });
    const result = ask(subject, [namesake]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.links[0]?.bits).toBeLessThan(14);
    expect(rulesBetween(result, 'subject', namesake.recordId)).toContain('common-name-same-birth-date');
  });

  it('P5: not a namesake with a rare name, the same middle name and the same birth date, and nothing else', () => {
    const bare = without(DARREN, 'identifiers', 'addresses', 'phones');
    const namesake = record({ ...bare, addresses: [{ postcode: 'LS12 1AA' }] });
    const result = ask({ ...bare, addresses: [POTTINGER_HOME] }, [namesake]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.probable).toEqual([namesake.recordId]);
    expect(rulesBetween(result, 'subject', namesake.recordId)).toContain('name-and-birth-date-only');
  });

  it('P5: a namesake in the same district with the same middle name is at most probable', () => {
    const named: Person = { ...COMMON, names: [{ given: 'David', middle: 'Aubrey', family: 'Smith' }] };
    const subject: Person = { ...named, addresses: [{ lines: ['1 Mill Street'], postcode: 'S10 2AB' }] };
    const result = ask(subject, [record({ ...named, addresses: [{ lines: ['9 High Road'], postcode: 'S10 4QD' }] })]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.links[0]?.bits).toBeLessThan(20);
  });

  it.each(['victim', 'partner', 'child'] as const)('P5: not a record that its source calls a %s', (role) => {
    const own = record(DARREN, { role });
    const result = ask(DARREN, [own]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.probable).toEqual([]);
    expect(result.needsAttention).toEqual([{ reason: 'role-conflict', recordIds: [own.recordId] }]);
  });

  it('P5: not even when a human says so: no slip hands over the victim’s number', () => {
    const own = record(DARREN, { role: 'victim', recordId: 'police:v' });
    const result = ask(DARREN, [own], [{ a: 'subject', b: 'police:v', same: true, by: 'p.worker' }]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.needsAttention.map(({ reason }) => reason)).toContain('human-decision-conflict');
  });

  it('P5: a record called "other" needs more than name, birth date and address', () => {
    const own = record(without(DARREN, 'identifiers', 'phones'), { role: 'other' });
    const told2 = { ...DARREN, names: [{ given: 'Darren', family: 'Pottinger' }] };
    expect(ask(told2, [own]).subjectRecords).toEqual([]);
    expect(ask(told2, [{ ...own, role: 'householdMember' as const }]).subjectRecords).toHaveLength(1);
  });

  it('P5: a phone that another person in the answer holds too is no evidence of the person', () => {
    const him = record({ names: DARREN.names ?? [], dateOfBirth: '1985-03-24', phones: ['07700 900123'] });
    const subject = without(DARREN, 'identifiers', 'addresses');
    const hers = record(
      { names: [{ given: 'Tracy', family: 'Vane' }], phones: ['+44 7700 900123'] },
      { role: 'victim' },
    );
    expect(rulesBetween(ask(subject, [him]), 'subject', him.recordId)).toContain('mobile-equal');
    expect(rulesBetween(ask(subject, [him, hers]), 'subject', him.recordId)).toContain('phone-shared');
  });

  it('P5: a number that a source records as his mother’s is no evidence of who he is', () => {
    const subject = without(DARREN, 'identifiers', 'addresses');
    const own = record(without(subject, 'phones'), {
      contacts: [{ kind: 'phone', value: '07700 900123', recordedAs: 'mother' }],
    });
    expect(rulesBetween(ask(subject, [own]), 'subject', own.recordId)).not.toContain('mobile-equal');
  });
});

describe('P5: contradictions and doubt go to a human', () => {
  it('P5: two valid PNC numbers that contradict keep two records apart whatever else agrees', () => {
    const other = record({ ...DARREN, identifiers: [{ type: 'PNC', value: '2007/0765432X' }] });
    const result = ask(DARREN, [other]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.needsAttention).toEqual([{ reason: 'contradicting-identifiers', recordIds: [other.recordId] }]);
  });

  it('P5: a PNC number whose check letter fails contradicts nothing', () => {
    const other = record({ ...DARREN, identifiers: [{ type: 'PNC', value: '2007/0765432A' }] });
    expect(ask(DARREN, [other]).subjectRecords).toEqual([other.recordId]);
  });

  it('P5: a PNC number whose check letter fails is no key', () => {
    const identifiers = [{ type: 'PNC' as const, value: '2007/0765432A' }];
    const nameAndId: Person = { names: [{ given: 'Darren', family: 'Pottinger' }], identifiers };
    expect(ask(nameAndId, [record(nameAndId)]).subjectRecords).toEqual([]);
  });

  it('P5: a superseded NHS number held beside its successor contradicts neither', () => {
    const both = {
      ...DARREN,
      identifiers: ['9434765919', '9990000018'].map((value) => ({ type: 'NHS' as const, value })),
    };
    const one = record({ ...DARREN, identifiers: [{ type: 'NHS', value: '999 000 0018' }] });
    expect(ask(both, [one]).subjectRecords).toEqual([one.recordId]);
  });

  it('P5: two records of one system as good as each other: neither is his until a human says which', () => {
    const system = { agency: 'health', system: 'pds' };
    const [a, b] = [
      record(DARREN, { ...system, recordId: 'health:1' }),
      record(DARREN, { ...system, recordId: 'health:2' }),
    ];
    const result = ask(DARREN, [a, b]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.probable).toEqual(['health:1', 'health:2']);
    expect(result.needsAttention).toEqual([{ reason: 'two-candidates', recordIds: ['health:1', 'health:2'] }]);
  });

  it('P5: of two records of one system the clearly better is his and the other is shown', () => {
    const system = { agency: 'police', system: 'rms' };
    const best = record(DARREN, { ...system, recordId: 'police:1' });
    const poor = record(without(DARREN, 'identifiers', 'phones'), { ...system, recordId: 'police:2' });
    const result = ask(DARREN, [best, poor]);
    expect(result.subjectRecords).toEqual(['police:1']);
    expect(result.probable).toEqual(['police:2']);
    expect(result.needsAttention).toEqual([{ reason: 'two-candidates', recordIds: ['police:1', 'police:2'] }]);
  });

  it('P5: records that their system says are merged are one, and a cycle does no harm', () => {
    const system = { agency: 'police', system: 'rms' };
    const older = record(DARREN, { ...system, recordId: 'police:1', supersedes: ['police:2'] });
    const newer = record(DARREN, { ...system, recordId: 'police:2', supersedes: ['police:1'] });
    expect(ask(DARREN, [older, newer]).subjectRecords).toEqual(['police:1', 'police:2']);
  });

  it('P5: a record cannot say that it replaces a record of another system', () => {
    const mine = record(DARREN, { agency: 'police', system: 'rms', recordId: 'police:1' });
    const stranger = record(COMMON, {
      agency: 'housing',
      system: 'nec',
      recordId: 'housing:1',
      supersedes: ['police:1'],
    });
    expect(ask(DARREN, [mine, stranger]).subjectRecords).toEqual(['police:1']);
  });

  it('P5: a record that resembles two people does not chain them', () => {
    const stranger: Person = {
      names: [{ given: 'Marek', family: 'Zielony' }],
      dateOfBirth: '1979-09-19',
      phones: ['07700 900555'],
      addresses: [{ lines: ['3 Canal Row'], postcode: 'BD3 9TN' }],
    };
    const bridge = record({
      names: [...(DARREN.names ?? []), { given: 'Marek', family: 'Zielony', type: 'alias' }],
      dateOfBirth: '1985-03-24',
      otherDatesOfBirth: ['1979-09-19'],
      addresses: [POTTINGER_HOME, { lines: ['3 Canal Row'], postcode: 'BD3 9TN' }],
      phones: ['07700 900555'],
    });
    const other = record(stranger);
    const result = ask(DARREN, [bridge, other]);
    expect(result.subjectRecords).not.toContain(other.recordId);
  });

  it('P5: a record that fits a stranger better than the subject is doubt, not his', () => {
    const stranger: Person = {
      names: [{ given: 'Marek', family: 'Zielony' }],
      dateOfBirth: '1979-09-19',
      identifiers: [{ type: 'PNC', value: '2007/0765432X' }],
      addresses: [{ lines: ['3 Canal Row'], postcode: 'BD3 9TN' }],
    };
    const mixed = record({
      names: [
        { given: 'Darren', middle: 'Lee', family: 'Pottinger' },
        { given: 'Marek', family: 'Zielony', type: 'alias' },
      ],
      dateOfBirth: '1985-03-24',
      otherDatesOfBirth: ['1979-09-19'],
      identifiers: [{ type: 'PNC', value: '2007/0765432X' }],
      addresses: [POTTINGER_HOME, { lines: ['3 Canal Row'], postcode: 'BD3 9TN' }],
    });
    const result = ask(without(DARREN, 'identifiers'), [mixed, record(stranger)]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.needsAttention.map(({ reason }) => reason)).toEqual(['cluster-would-not-hold']);
    expect(result.probable).toEqual([mixed.recordId]);
  });

  it('P5: a restricted record and an empty one never link, and still stand alone in the answer', () => {
    const restricted = record(DARREN, { recordId: 'health:r', restricted: true });
    const empty = record({}, { recordId: 'housing:e' });
    const result = ask(DARREN, [restricted, empty]);
    expect(result).toMatchObject({
      subjectRecords: [],
      probable: [],
      links: [],
      clusters: [['health:r'], ['housing:e']],
    });
  });

  it('P11: a flood of records neither hides his own nor costs more than a bounded number of pairs', () => {
    const flood = Array.from({ length: 1000 }, (_, index) => record({ ...COMMON, phones: [`01632 960${index}`] }));
    const own = record(DARREN, { recordId: 'zzz:own' });
    const result = ask(DARREN, [...flood, own]);
    expect(result.subjectRecords).toEqual(['zzz:own']);
    expect(result.clusters.flat()).toHaveLength(1001);
    expect(result.links.filter(({ a }) => a === 'subject')).toHaveLength(150);
  });

  it('P5: an id that arrives with two contents is judged by the one that fits worse', () => {
    const result = ask(DARREN, [record(DARREN, { recordId: 'x:1' }), record(COMMON, { recordId: 'x:1' })]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.clusters).toEqual([['x:1']]);
  });
});

describe('P5: human decisions outrank weights and never chain', () => {
  const mine = record(DARREN, { recordId: 'police:1' });
  const decision = (a: string, b: string, same: boolean): HumanLinkDecision => ({ a, b, same, by: 'i.officer' });

  it('P5: a human exclusion holds against any weight', () => {
    const result = ask(DARREN, [mine], [decision('police:1', 'subject', false)]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.links[0]?.bits).toBeLessThan(-50);
  });

  it('P5: a human may join what weights would not', () => {
    const alias = record({ names: [{ given: 'Lee', family: 'Marsden' }] }, { recordId: 'housing:1' });
    expect(ask(DARREN, [alias]).subjectRecords).toEqual([]);
    expect(ask(DARREN, [alias], [decision('subject', 'housing:1', true)]).subjectRecords).toEqual(['housing:1']);
  });

  it('P5: a joined record brings nobody along', () => {
    const unlike = record(
      { names: [{ given: 'Darren', family: 'Marsden' }], dateOfBirth: '1985-03-24' },
      { recordId: 'housing:1' },
    );
    const result = ask(DARREN, [mine, unlike], [decision('police:1', 'housing:1', true)]);
    expect(result.subjectRecords).not.toContain('housing:1');
    expect(result.needsAttention).toContainEqual({
      reason: 'human-decision-conflict',
      recordIds: ['housing:1', 'police:1'],
    });
    expect(result.subjectRecords).toEqual(['police:1']);
  });

  it('P5: a record that a human gave to a stranger is not silently the subject’s', () => {
    const stranger = record({ ...COMMON, dateOfBirth: '1961-01-05' }, { recordId: 'housing:1' });
    const result = ask(DARREN, [mine, stranger], [decision('police:1', 'housing:1', true)]);
    expect(result.subjectRecords).toEqual([]);
    expect(result.probable).toEqual(['police:1']);
    expect(result.needsAttention).toEqual([{ reason: 'cluster-would-not-hold', recordIds: ['housing:1', 'police:1'] }]);
  });

  it('P5: of two humans who disagree the one who separates prevails, and it is shown', () => {
    const both = [decision('subject', 'police:1', true), decision('police:1', 'subject', false)];
    const result = ask(DARREN, [mine], both);
    expect(result.subjectRecords).toEqual([]);
    expect(result.needsAttention).toEqual([{ reason: 'human-decision-conflict', recordIds: ['police:1'] }]);
  });

  it('P5: a record that calls itself "subject" takes over no decision', () => {
    const stranger = record(COMMON, { recordId: 'subject' });
    const result = ask(DARREN, [mine, stranger], [decision('subject', 'police:1', false)]);
    expect(result.subjectRecords).toEqual([]);
  });
});

describe('the subject’s own records are found', () => {
  const base: Person = {
    names: [{ given: 'Mohammed', family: 'Rezaei-Tabar' }],
    dateOfBirth: '1990-04-07',
    addresses: [{ lines: ['Flat 2', '81 Station Parade'], postcode: 'M14 6RT' }],
    phones: ['07700 900222'],
  };

  it.each<[string, Person]>([
    ['with another spelling of the first name', { ...base, names: [{ given: 'Muhammad', family: 'Rezaei Tabar' }] }],
    ['in Arabic script', { ...base, names: [{ given: 'محمد', family: 'Rezaei-Tabar' }] }],
    ['with the name in one string, surname first', { ...base, names: [{ full: 'REZAEI-TABAR, Mohammed' }] }],
    ['with a title and in capitals', { ...base, names: [{ full: 'MR MOHAMMED REZAEI-TABAR' }] }],
    ['with one half of a double surname', { ...base, names: [{ given: 'Mohammed', family: 'Tabar' }] }],
    ['with first name and surname exchanged', { ...base, names: [{ given: 'Rezaei-Tabar', family: 'Mohammed' }] }],
    ['with day and month exchanged', { ...base, dateOfBirth: '1990-07-04' }],
    ['with a typing error in the birth date', { ...base, dateOfBirth: '1990-04-01' }],
    ['with only the year of birth', { ...base, dateOfBirth: '1990' }],
    [
      'under an alias',
      {
        ...base,
        names: [
          { given: 'Mo', family: 'Tabari' },
          { given: 'Mohammed', family: 'Rezaei-Tabar', type: 'alias' },
        ],
      },
    ],
    [
      'with O and I in the postcode',
      { ...base, addresses: [{ lines: ['Flat 2', '81 Station Parade'], postcode: 'MI4 6RT' }] },
    ],
    ['at a former address', { ...base, addresses: [{ postcode: 'L1 4DQ' }, { postcode: 'm146rt' }], phones: [] }],
    [
      'with another address and the same mobile',
      { ...base, addresses: [{ postcode: 'L1 4DQ' }], phones: ['+447700900222'] },
    ],
  ])('%s', (_, person) => {
    const own = record(person);
    expect(ask(base, [own]).subjectRecords).toEqual([own.recordId]);
  });

  it('a placeholder birth date says nothing: it neither joins nor separates', () => {
    const placeholder = record({ ...without(DARREN, 'addresses', 'phones'), dateOfBirth: '1900-01-01' });
    const result = ask({ ...DARREN, dateOfBirth: '1970-01-01' }, [placeholder]);
    expect(result.links[0]?.evidence.map(({ comparison }) => comparison)).not.toContain('birth-date');
    expect(ask(DARREN, [placeholder]).subjectRecords).toEqual([placeholder.recordId]);
  });

  it('name and birth date alone are not enough for one address’s worth of doubt', () => {
    const alone = without(DARREN, 'identifiers', 'phones');
    const elsewhere = record({ ...alone, addresses: [{ postcode: 'L1 4DQ' }] });
    expect(ask(alone, [elsewhere]).subjectRecords).toEqual([]);
  });

  it('a record that only another of his records can tell is his joins through it', () => {
    const register: Person = without(DARREN, 'addresses', 'phones');
    const police = record(DARREN, { recordId: 'police:1', agency: 'police' });
    const housing = record(without(DARREN, 'identifiers'), { recordId: 'housing:1' });
    expect(ask(register, [housing]).subjectRecords).toEqual([]);
    expect(ask(register, [police, housing]).subjectRecords).toEqual(['housing:1', 'police:1']);
  });
});
