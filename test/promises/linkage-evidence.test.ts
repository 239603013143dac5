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

const rulesOf = (result: LinkageResult, id: string): string[] =>
  result.links.find(({ a, b }) => a === 'subject' && b === id)?.evidence.map(({ rule }) => rule) ?? [];

const HOME = { lines: ['14 Quarry Lane'], postcode: 'LS12 4QX' };
const ELSEWHERE = { lines: ['3 Canal Row'], postcode: 'BD3 9TN' };
const NAME_AND_AGE: Person = {
  names: [{ given: 'Darren', family: 'Pottinger' }],
  dateOfBirth: '1985-03-24',
  sex: 'male',
};
const PNC = DARREN.identifiers ?? [];
const police = (person: Person): SourceRecord => record(person, { recordId: 'police:1', agency: 'police' });
const housing = (person: Person): SourceRecord => record(person, { recordId: 'housing:1' });

describe('evidence of all his records together', () => {
  const register: Person = { ...NAME_AND_AGE, identifiers: PNC };
  const atPolice = police({ ...NAME_AND_AGE, identifiers: PNC, addresses: [ELSEWHERE] });
  const atHealth = record(
    { ...NAME_AND_AGE, addresses: [ELSEWHERE], emails: ['d.pottinger@example.org'] },
    { recordId: 'health:1', agency: 'health' },
  );

  it('finds a record of which one of his knows the home and another the rest', () => {
    const slip = housing({
      names: [{ given: 'Darren', family: 'Pottinga' }],
      dateOfBirth: '1985-03-25',
      addresses: [ELSEWHERE],
      emails: ['d.pottinger@example.org'],
    });
    expect(ask(register, [slip]).subjectRecords).toEqual([]);
    const result = ask(register, [atPolice, atHealth, slip]);
    expect(result.subjectRecords).toEqual(['health:1', 'housing:1', 'police:1']);
  });

  it('says so in the link, whose bars still add up', () => {
    const register2: Person = { ...NAME_AND_AGE, identifiers: PNC };
    const known = police({
      names: [{ given: 'Darren', family: 'Pottinger' }],
      dateOfBirth: '1985-03-24',
      identifiers: PNC,
      addresses: [{ postcode: 'BD3 9TN' }],
    });
    const other = record(
      { ...NAME_AND_AGE, dateOfBirth: '1985-03-26', addresses: [{ postcode: 'BD3 9TN' }] },
      { recordId: 'health:1', agency: 'health' },
    );
    const third = housing({ ...NAME_AND_AGE, dateOfBirth: '1985-03-26', addresses: [{ postcode: 'M14 6RT' }] });
    const { links } = ask(register2, [known, other, third]);
    for (const { bits, evidence } of links) {
      expect(evidence.reduce((sum, one) => sum + one.bits, 0)).toBeCloseTo(bits, 6);
    }
  });

  it('P5: never brings in a namesake of the same age of whom nothing else is his', () => {
    const namesake = housing({ ...NAME_AND_AGE, addresses: [{ postcode: 'M14 6RT' }], phones: ['07700 900888'] });
    const result = ask(register, [atPolice, atHealth, namesake]);
    expect(result.subjectRecords).not.toContain('housing:1');
  });

  it('P5: does not count a record that came twice with different contents', () => {
    const twice = [atHealth, { ...atHealth, person: { ...atHealth.person, emails: ['other@example.org'] } }];
    const slip = housing({ ...NAME_AND_AGE, emails: ['d.pottinger@example.org'] });
    expect(ask(register, [...twice, slip]).subjectRecords).not.toContain('housing:1');
  });
});

describe('P5: what excuses an unlikeness, and what does not', () => {
  const CRO = { type: 'CRO' as const, value: '265416/21G' };
  const register: Person = { ...NAME_AND_AGE, identifiers: [...PNC, CRO], addresses: [HOME] };
  const brother: Person = {
    names: [{ given: 'Craig', family: 'Pottinger' }],
    dateOfBirth: '1987-08-01',
    sex: 'male',
    addresses: [HOME],
    phones: ['07700 900222'],
  };

  it('two clerks’ errors: each record by itself is surely his, though the two are unlike', () => {
    const wrongDate = police({ ...register, dateOfBirth: '1983-11-02', addresses: [ELSEWHERE] });
    const wrongName = housing({ ...NAME_AND_AGE, names: [{ given: 'Darren', family: 'Potinger' }], addresses: [HOME] });
    expect(ask(register, [wrongDate, wrongName]).subjectRecords).toEqual(['housing:1', 'police:1']);
    expect(ask(wrongDate.person, [wrongName]).subjectRecords).toEqual([]);
  });

  it('fingerprints: a name that he gave with his own PNC number is his', () => {
    const falseName = police({ ...register, names: [{ given: 'Kevin', family: 'Marsden' }], identifiers: PNC });
    const own = housing({ ...NAME_AND_AGE, phones: ['07700 900123'], addresses: [HOME] });
    expect(ask(register, [falseName, own]).subjectRecords).toEqual(['housing:1', 'police:1']);
  });

  it('P5: not the brother whose name and birth date he gave to the police', () => {
    const borrowed = police({
      ...NAME_AND_AGE,
      names: [...(NAME_AND_AGE.names ?? []), { given: 'Craig', family: 'Pottinger', type: 'alias' }],
      otherDatesOfBirth: ['1987-08-01'],
      identifiers: PNC,
      addresses: [HOME],
    });
    expect(ask(register, [borrowed, housing(brother)]).subjectRecords).toEqual(['police:1']);
  });

  it('P5: not the twin whose name he gave to the police', () => {
    const twin: Person = { ...brother, dateOfBirth: '1985-03-24', addresses: [ELSEWHERE] };
    const borrowed = police({ ...twin, identifiers: register.identifiers, addresses: [HOME, ELSEWHERE], phones: [] });
    const result = ask(register, [borrowed, housing(twin)]);
    expect(result.subjectRecords).toEqual(['police:1']);
  });

  it('another identity: a full name that fingerprints have shown to be his, with his birth date', () => {
    const second: Person = {
      names: [{ given: 'Marek', family: 'Zielony' }],
      dateOfBirth: '1985-03-24',
      addresses: [ELSEWHERE],
      phones: ['07700 900555'],
    };
    const known = police({
      ...second,
      names: [...(NAME_AND_AGE.names ?? []), ...(second.names ?? [])],
      identifiers: PNC,
    });
    expect(ask(register, [housing(second)]).subjectRecords).toEqual([]);
    expect(ask(register, [known, housing(second)]).subjectRecords).toEqual(['housing:1', 'police:1']);
  });

  it('P5: not a stranger whom one record of his describes without fingerprints', () => {
    const stranger: Person = {
      names: [{ given: 'Marek', family: 'Zielony' }],
      dateOfBirth: '1985-03-24',
      addresses: [ELSEWHERE],
    };
    const bridge = record(
      {
        ...register,
        identifiers: [],
        names: [...(NAME_AND_AGE.names ?? []), ...(stranger.names ?? [])],
        addresses: [HOME, ELSEWHERE],
      },
      { recordId: 'childrens:1', agency: 'childrens' },
    );
    expect(ask(register, [bridge, housing(stranger)]).subjectRecords).toEqual(['childrens:1']);
  });

  it('a register without his birth date: the police’s is his, and who has it is found', () => {
    const noDate: Person = { names: NAME_AND_AGE.names ?? [], identifiers: PNC };
    const known = police({ ...NAME_AND_AGE, identifiers: PNC, addresses: [ELSEWHERE] });
    const other = housing({ ...NAME_AND_AGE, addresses: [ELSEWHERE] });
    expect(ask(noDate, [known, other]).subjectRecords).toEqual(['housing:1', 'police:1']);
  });

  it('P5: not his father of the same name, though the register has no birth date', () => {
    const noDate: Person = { names: NAME_AND_AGE.names ?? [], identifiers: PNC };
    const known = police({ ...NAME_AND_AGE, identifiers: PNC, addresses: [HOME] });
    const father = housing({ ...NAME_AND_AGE, dateOfBirth: '1958-01-30', addresses: [HOME], phones: ['07700 900123'] });
    expect(ask(noDate, [known, father]).subjectRecords).toEqual(['police:1']);
  });

  it('P5: a human’s word for one pair excuses no other', () => {
    const said = record(
      { names: [{ given: 'Lee', family: 'Marsden' }], addresses: [ELSEWHERE] },
      { recordId: 'childrens:1' },
    );
    const alike = housing({ names: [{ given: 'Lee', family: 'Marsden' }], addresses: [ELSEWHERE] });
    const decisions = [{ a: 'subject', b: 'childrens:1', same: true, by: 'i.officer' }];
    expect(ask(register, [said, alike], decisions).subjectRecords).toEqual(['childrens:1']);
  });

  it('P5: a circle of human decisions joins no more than its pairs, and each refusal is shown', () => {
    const others = ['a:1', 'b:1', 'c:1'].map((recordId, n) =>
      record({ names: [{ given: 'Lee', family: `Marsden${'abc'.charAt(n)}` }] }, { recordId }),
    );
    const pairs = [
      ['a:1', 'b:1'],
      ['b:1', 'c:1'],
      ['c:1', 'a:1'],
    ] as const;
    const said = pairs.map(([a, b]) => ({ a, b, same: true, by: 'i.officer' }));
    expect(ask(register, others, said).subjectRecords).toEqual([]);
    const apart = [
      ...said,
      { a: 'a:1', b: 'subject', same: true, by: 'x' },
      { a: 'c:1', b: 'subject', same: false, by: 'y' },
    ];
    const result = ask(register, others, apart);
    expect(result.subjectRecords).not.toContain('c:1');
    expect(result.needsAttention.map(({ reason }) => reason)).toContain('human-decision-conflict');
  });
});

describe('levels of a name', () => {
  const at = (given: string, family: string, middle?: string): Person => ({
    names: [{ given, family, ...(middle === undefined ? {} : { middle }) }],
    dateOfBirth: '1985-03-24',
  });
  const ruleOf = (a: Person, b: Person): string => {
    const other = record(b);
    return ask(a, [other]).links[0]?.evidence.find(({ comparison }) => comparison === 'name')?.rule ?? '';
  };

  it.each([
    ['a letter too few', at('Darren', 'Pottinger'), at('Daren', 'Pottinger'), 'name-slip'],
    ['a letter doubled', at('Waqas', 'Desai'), at('Waaqas', 'Desai'), 'name-slip'],
    ['two letters exchanged', at('Kwabena', 'Nwosu'), at('Kawbena', 'Nwosu'), 'name-slip'],
    ['a surname as it sounds', at('Tomasz', 'Wojciechowski'), at('Tomasz', 'Voycechowski'), 'name-slip'],
    ['a Welsh and an English form', at('Dafydd', 'Roberts'), at('David', 'Roberts'), 'name-variant'],
    ['a Somali spelling', at('Abdi', 'Farah'), at('Cabdi', 'Faarax'), 'name-variant'],
    ['the name after the Prophet’s', at('Mohammed', 'Khan', 'Imran'), at('Imran', 'Khan'), 'name-exact'],
    ['an initial', at('Darren', 'Pottinger'), at('D', 'Pottinger'), 'surname-and-initial'],
    ['half a double surname', at('Darren', 'Pottinger'), at('Darren', 'Pottinger-Vane'), 'name-part'],
  ])('%s', (_, a, b, rule) => expect(ruleOf(a, b)).toBe(rule));

  it.each([
    ['two names that both are names', at('Arun', 'Patel'), at('Arjun', 'Patel')],
    ['rhyming names', at('Jayden', 'Pottinger'), at('Hayden', 'Pottinger')],
    ['a man’s and a woman’s form', at('Michael', 'Pottinger'), at('Michaela', 'Pottinger')],
    ['brothers who both bear the Prophet’s name', at('Mohammed', 'Khan', 'Imran'), at('Mohammed', 'Khan', 'Usman')],
  ])('P5: %s are not one', (_, a, b) => {
    const home = { addresses: [HOME] };
    const other = record({ ...b, ...home });
    const result = ask({ ...a, ...home }, [other]);
    expect(result.subjectRecords).toEqual([]);
    expect(rulesOf(result, other.recordId)).toEqual(expect.arrayContaining([expect.stringMatching(/^twins$/u)]));
  });

  it('P5: a religious middle name in common is no evidence', () => {
    const one = record(at('Gurpreet', 'Gill', 'Singh'));
    expect(rulesOf(ask(at('Gurpreet', 'Gill', 'Singh'), [one]), one.recordId)).not.toContain('middle-name-exact');
  });
});

describe('values that a family shares', () => {
  const subject: Person = { ...NAME_AND_AGE, phones: ['07700 900123'] };
  const hers = record(
    { names: [{ given: 'Tracy', family: 'Vane' }], phones: ['07700 900123'] },
    { recordId: 'health:v' },
  );

  it.each([
    ['same-house', { ...NAME_AND_AGE, addresses: [HOME] }, { ...NAME_AND_AGE, addresses: [HOME] }],
    ['contact-of-one-man', subject, subject],
    ['birth-date-two-parts', NAME_AND_AGE, { ...NAME_AND_AGE, dateOfBirth: '1985-12-24' }],
    ['fingerprints-and-name', { ...NAME_AND_AGE, identifiers: PNC }, { ...NAME_AND_AGE, identifiers: PNC }],
    [
      'number-and-name',
      { ...NAME_AND_AGE, identifiers: [{ type: 'NHS' as const, value: '943 476 5919' }] },
      { ...NAME_AND_AGE, identifiers: [{ type: 'NHS' as const, value: '9434765919' }] },
    ],
  ])('%s counts where name and birth date are his', (rule, a, b) => {
    expect(rulesOf(ask(a, [housing(b)]), 'housing:1')).toContain(rule);
  });

  it('a phone that she holds too counts as the family’s, where name and birth date are his', () => {
    expect(rulesOf(ask(subject, [housing(subject), hers]), 'housing:1')).toContain('phone-of-his-family');
  });

  it('a number that one record calls his mother’s and another his own is the family’s', () => {
    const called = record(NAME_AND_AGE, {
      recordId: 'housing:1',
      contacts: [{ kind: 'phone', value: '07700 900123', recordedAs: 'mother' }],
    });
    expect(rulesOf(ask(subject, [called]), 'housing:1')).toContain('phone-of-his-family');
  });

  it.each([
    ['a brother', { ...subject, names: [{ given: 'Craig', family: 'Pottinger' }], dateOfBirth: '1987-08-01' }],
    ['a father', { ...subject, dateOfBirth: '1958-01-30' }],
    ['whoever has no birth date', without(subject, 'dateOfBirth')],
  ])('P5: none of it counts for %s', (_, other) => {
    const home = { addresses: [HOME] };
    const result = ask({ ...subject, ...home }, [housing({ ...other, ...home })]);
    expect(result.subjectRecords).toEqual([]);
    const confirming = ['same-house', 'contact-of-one-man', 'phone-of-his-family'];
    expect(rulesOf(result, 'housing:1').filter((rule) => confirming.includes(rule))).toEqual([]);
  });
});

describe('fingerprints that the register itself holds', () => {
  const his = record(DARREN, { recordId: 'police:1', agency: 'police' });
  /** Somebody entered another man's PNC number in his file; everything else in it is his. */
  const mistaken = record(
    { ...DARREN, identifiers: [{ type: 'PNC', value: '2007/0765432X' }], emails: ['darren.pottinger@example.org'] },
    { recordId: 'prison:1', agency: 'prison' },
  );
  const alike = { ...his, person: { ...his.person, emails: ['darren.pottinger@example.org'] } };

  it('are not doubted because a file with a contradicting number resembles the record', () => {
    const result = ask(DARREN, [alike, mistaken]);
    expect(result.subjectRecords).toEqual(['police:1']);
    expect(result.needsAttention).toEqual([{ reason: 'contradicting-identifiers', recordIds: ['prison:1'] }]);
  });

  it('P5: are doubted where the record is not under his name', () => {
    const twins = { ...alike, person: { ...alike.person, names: [{ given: 'Kevin', family: 'Pottinger' }] } };
    const twin = record({ ...twins.person, identifiers: [{ type: 'PNC', value: '2007/0765432X' }] });
    expect(ask(DARREN, [twins, twin]).subjectRecords).toEqual([]);
  });
});
