import { describe, expect, it } from '@jest/globals';
import { linkRecords } from '../../gateway/linkage/link.ts';
import type { LinkageResult } from '../../schemas/linkage.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { AS_OF, BORN, ELSEWHERE, HIS_MOBILE, HIS_NHS, HIS_PNC, HOME, recordOf } from './linkage-hostile-people.ts';

const NAME = { given: 'Darren', family: 'Pottinger' };
const HIM: Person = { names: [NAME], dateOfBirth: BORN, sex: 'male' };
const NO_DATE: Person = { names: [NAME], sex: 'male', addresses: [HOME] };
const FATHER: Person = { ...HIM, dateOfBirth: '1958-11-02' };
const FATHER_AT_HOME: Person = { ...FATHER, addresses: [HOME] };
const EMAIL = 'd.pottinger@example.org';

const ask = (subject: Person, records: readonly SourceRecord[]): LinkageResult =>
  linkRecords({ subject, records, asOf: AS_OF });

const rulesTo = (result: LinkageResult, id: string): string[] =>
  result.links.find(({ a, b }) => a === 'subject' && b === id)?.evidence.map(({ rule }) => rule) ?? [];

describe('a case without his birth date', () => {
  const health = recordOf('health:1', { ...HIM, addresses: [HOME] });
  const housing = recordOf('housing:1', { ...HIM, addresses: [HOME] });

  it('takes that of the one man of his name whom two systems know at his home, and says so', () => {
    const elsewhere = recordOf('courts:1', { ...HIM, addresses: [ELSEWHERE] });
    const result = ask(NO_DATE, [health, housing, elsewhere]);
    expect(result.subjectRecords).toEqual(['health:1', 'housing:1']);
    expect(rulesTo(result, 'health:1')).toContain('birth-date-lent');
  });

  it('takes that of one record which holds his home and his number', () => {
    const subject = { ...NO_DATE, phones: [HIS_MOBILE] };
    const only = recordOf('housing:1', { ...HIM, addresses: [HOME], phones: [HIS_MOBILE] });
    expect(ask(subject, [only]).subjectRecords).toEqual(['housing:1']);
  });

  it.each<[string, readonly SourceRecord[]]>([
    ['of one system alone', [health]],
    ['where another grown man of the name lives there', [health, housing, recordOf('police:2', FATHER_AT_HOME)]],
    ['where two systems know two dates', [health, recordOf('housing:2', { ...FATHER, addresses: [HOME] })]],
    [
      'where another man of the name shares a number with one of them',
      [
        recordOf('health:1', { ...HIM, addresses: [HOME], phones: [HIS_MOBILE] }),
        housing,
        recordOf('police:2', { ...FATHER, addresses: [ELSEWHERE], phones: [HIS_MOBILE] }),
      ],
    ],
    [
      'of a child called after him',
      ['health', 'education'].map((agency) =>
        recordOf(`${agency}:1`, { ...HIM, dateOfBirth: '2017-03-02', addresses: [HOME] }),
      ),
    ],
    [
      'at a hostel',
      ['health', 'housing'].map((agency) =>
        recordOf(`${agency}:1`, { ...HIM, addresses: [{ ...HOME, lines: ['The Limes hostel'] }] }),
      ),
    ],
  ])('P5: takes none %s', (_, records) => {
    expect(ask(NO_DATE, records).subjectRecords).toEqual([]);
  });

  it('P5: a child called after him is not another man, and not he', () => {
    const child = recordOf('education:1', { ...HIM, dateOfBirth: '2017-03-02', addresses: [HOME] });
    expect(ask(NO_DATE, [health, housing, child]).subjectRecords).toEqual(['health:1', 'housing:1']);
  });
});

describe('a record without a birth date', () => {
  const subject: Person = { ...HIM, addresses: [HOME], emails: [EMAIL] };
  const known = [
    recordOf('police:1', { ...HIM, addresses: [HOME], identifiers: [HIS_PNC] }),
    recordOf('health:1', { ...HIM, addresses: [HOME], identifiers: [HIS_NHS] }),
  ];
  const undated = (more: Person) => recordOf('housing:1', { names: [NAME], addresses: [HOME], ...more });

  it.each<[string, Person]>([
    ['mailbox', { emails: [EMAIL] }],
    ['health number', { identifiers: [HIS_NHS] }],
  ])('is his by his home and his %s, where two systems know one man of the name there', (_, more) => {
    expect(ask(subject, [...known, undated(more)]).subjectRecords).toContain('housing:1');
  });

  it.each<[string, readonly SourceRecord[]]>([
    ['by his home and number alone', [...known, undated({ phones: [HIS_MOBILE] })]],
    [
      'where his father of the same name is known there',
      [...known, undated({ emails: [EMAIL] }), recordOf('courts:2', FATHER_AT_HOME)],
    ],
    ['where one system alone knows him there', [...known.slice(0, 1), undated({ identifiers: [HIS_NHS] })]],
  ])('P5: is not his %s', (_, records) => {
    const result = ask({ ...subject, phones: [HIS_MOBILE], emails: [] }, records);
    expect(result.subjectRecords).not.toContain('housing:1');
  });
});

describe('a number under his name', () => {
  it('is shown to a human where the birth date is another', () => {
    const subject: Person = { ...HIM, addresses: [HOME], identifiers: [HIS_PNC] };
    const records = [
      recordOf('police:1', { ...HIM, addresses: [HOME], identifiers: [HIS_PNC] }),
      recordOf('probation:1', { ...HIM, addresses: [HOME] }),
      recordOf('prison:1', { ...HIM, dateOfBirth: '1995-03-23', addresses: [HOME], identifiers: [HIS_PNC] }),
    ];
    expect(ask(subject, records).probable).toEqual(['prison:1']);
  });

  it('of two records of one system takes the fuller, and shows the other', () => {
    const subject: Person = { ...HIM, addresses: [HOME], identifiers: [HIS_PNC] };
    const fuller = { ...HIM, addresses: [HOME], identifiers: [HIS_PNC], phones: [HIS_MOBILE] };
    const records = [
      recordOf('police:1', { ...HIM, addresses: [HOME], identifiers: [HIS_PNC] }),
      recordOf('police:2', fuller),
    ];
    const result = ask(subject, records);
    expect([result.subjectRecords, result.probable]).toEqual([['police:2'], ['police:1']]);
  });

  it('finds her by a surname under which a record of hers knows her', () => {
    const her: Person = { names: [{ given: 'Victoria', family: 'Vane' }], dateOfBirth: BORN, sex: 'female' };
    const former = { given: 'Victoria', family: 'Pottinger' };
    const subject: Person = { ...her, identifiers: [HIS_PNC] };
    const records = [
      recordOf('probation:1', {
        ...her,
        names: [
          { given: 'Victoria', family: 'Vane' },
          { ...former, type: 'alias' },
        ],
        identifiers: [HIS_PNC],
        addresses: [HOME],
      }),
      recordOf('housing:1', { ...her, names: [former], addresses: [HOME] }),
    ];
    expect(ask(subject, records).subjectRecords).toEqual(['housing:1', 'probation:1']);
  });
});
