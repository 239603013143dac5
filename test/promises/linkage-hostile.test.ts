import { describe, expect, it } from '@jest/globals';
import { linkRecords } from '../../gateway/linkage/link.ts';
import type { LinkageResult } from '../../schemas/linkage.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import {
  ANOTHERS_MOBILE,
  ANOTHERS_PNC,
  AS_OF,
  BORN,
  ELSEWHERE,
  FAMILIES,
  HER_HOME,
  HIS_MOBILE,
  HIS_NHS,
  HIS_PNC,
  HOME,
  ownRecord,
  recordOf,
  subjectOf,
  type Family,
} from './linkage-hostile-people.ts';

/**
 * Answers in which somebody may be taken for him, each asked of families of many namings. `theirs` may never be his,
 * `his` has to be, and of `shown` a human has to hear.
 */
interface Hostile {
  readonly subject?: Person;
  readonly records: readonly SourceRecord[];
  readonly theirs?: readonly string[];
  readonly his?: readonly string[];
  readonly shown?: readonly string[];
}

const PRISON = { lines: ['HMP Weir', 'Assize Road'], postcode: 'LS3 9ZP' };
const HOSTEL = { lines: ['The Limes hostel', '61 Station Parade'], postcode: 'LS7 3ZL' };
const FATHERS_DATE = '1958-11-02';
const SONS_DATE = '2006-05-09';
const HIS_CRO = { type: 'CRO', value: '123456/03K' } as const;

const at = (recordId: string, person: Person, more: Partial<SourceRecord> = {}) => recordOf(recordId, person, more);
const male = (names: Person['names'], dateOfBirth: string, more: Person = {}): Person => ({
  names,
  dateOfBirth,
  sex: 'male',
  ...more,
});

const ROUND_HIM: Readonly<Record<string, (family: Family) => Hostile>> = {
  'her new partner who took her surname and lives at her home': ({ herNewPartner, ...family }) => ({
    records: [
      ownRecord({ ...family, herNewPartner }),
      at('housing:x', male([herNewPartner], '1986-01-08', { addresses: [HER_HOME, HOME], phones: [ANOTHERS_MOBILE] })),
    ],
    theirs: ['housing:x'],
    his: ['police:own'],
  }),
  'her new partner who has taken the subject’s old number too': ({ herNewPartner, ...family }) => ({
    records: [
      ownRecord({ ...family, herNewPartner }),
      at('health:x', male([herNewPartner], '1986-01-08', { addresses: [HER_HOME], phones: [HIS_MOBILE] })),
    ],
    theirs: ['health:x'],
  }),
  'a father of his name in the same prison': (family) => ({
    subject: subjectOf(family, { addresses: [HOME, PRISON] }),
    records: [ownRecord(family), at('prison:x', male([family.his], FATHERS_DATE, { addresses: [HOME, PRISON] }))],
    theirs: ['prison:x'],
    his: ['police:own'],
  }),
  'a son of his name at his home': (family) => ({
    records: [ownRecord(family), at('health:x', male([family.his], SONS_DATE, { addresses: [HOME] }))],
    theirs: ['health:x'],
    his: ['police:own'],
  }),
  'a father of his name whose birth date nobody wrote down, with his number': (family) => ({
    records: [
      ownRecord(family),
      ownRecord(family, 'probation:own'),
      at('housing:x', { names: [family.his], addresses: [HOME], phones: [HIS_MOBILE] }),
    ],
    theirs: ['housing:x'],
    his: ['police:own', 'probation:own'],
  }),
  'father and son of one name, and no birth date in the register': (family) => ({
    subject: { names: [family.his], sex: 'male', addresses: [HOME] },
    records: [
      at('health:x', male([family.his], FATHERS_DATE, { addresses: [HOME] })),
      at('housing:x', male([family.his], FATHERS_DATE, { addresses: [HOME] })),
      at('police:y', male([family.his], BORN, { addresses: [HOME] })),
    ],
    theirs: ['health:x', 'housing:x', 'police:y'],
  }),
  'a child of his name at his home, and no birth date in the register': (family) => ({
    subject: { names: [family.his], sex: 'male', addresses: [HOME] },
    records: [
      at('health:x', male([family.his], '2019-04-30', { addresses: [HOME] })),
      at('education:x', male([family.his], '2019-04-30', { addresses: [HOME] })),
    ],
    theirs: ['health:x', 'education:x'],
  }),
  'a twin given his NHS number': (family) => ({
    subject: subjectOf(family, { identifiers: [HIS_NHS] }),
    records: [at('health:x', male([family.twin], BORN, { identifiers: [HIS_NHS], addresses: [HOME] }))],
    theirs: ['health:x'],
    shown: ['health:x'],
  }),
  'a twin who shares every home, phone and mailbox': (family) => ({
    subject: subjectOf(family, { phones: [HIS_MOBILE], emails: ['family@example.org'] }),
    records: [
      ownRecord(family),
      at(
        'health:x',
        male([family.twin], BORN, { addresses: [HOME], phones: [HIS_MOBILE], emails: ['family@example.org'] }),
      ),
    ],
    theirs: ['health:x'],
  }),
  'a twin whose name is a letter off, as two registers spell it': (family) => ({
    records: [
      ownRecord(family),
      at('health:x', male([family.twinOfLikeName], BORN, { addresses: [HOME] })),
      at('housing:x', male([family.twinOfLikeName], BORN, { addresses: [HOME] })),
    ],
    theirs: ['health:x', 'housing:x'],
    his: ['police:own'],
  }),
  'a twin who is called by the subject’s middle name': (family) => ({
    subject: subjectOf({ ...family, his: { ...family.his, middle: family.twin.given ?? '' } }),
    records: [at('health:x', male([family.twin], BORN, { addresses: [HOME], phones: [ANOTHERS_MOBILE] }))],
    theirs: ['health:x'],
  }),
  'a brother who gave his name, birth date and home to the police': (family) => ({
    records: [
      ownRecord(family, 'probation:own'),
      at('police:x', male([family.his], BORN, { addresses: [HOME], identifiers: [ANOTHERS_PNC] })),
      at('prison:brother', male([family.brother], '1987-08-01', { addresses: [HOME], identifiers: [ANOTHERS_PNC] })),
    ],
    theirs: ['police:x', 'prison:brother'],
    his: ['probation:own'],
    shown: ['police:x'],
  }),
  'a twin who gave his name to the police': (family) => ({
    records: [
      ownRecord(family, 'probation:own'),
      at('police:x', male([family.his], BORN, { addresses: [HOME], identifiers: [ANOTHERS_PNC] })),
      at('prison:twin', male([family.twin], BORN, { addresses: [HOME], identifiers: [ANOTHERS_PNC] })),
    ],
    theirs: ['police:x', 'prison:twin'],
    his: ['probation:own'],
    shown: ['police:x'],
  }),
  'a sister who gave his name': (family) => ({
    records: [
      ownRecord(family),
      at('courts:x', { names: [family.his], dateOfBirth: BORN, sex: 'female', addresses: [HOME] }),
    ],
    theirs: ['courts:x'],
    his: ['police:own'],
    shown: ['courts:x'],
  }),
  'a twin sister at the family home': (family) => ({
    records: [
      ownRecord(family),
      at('health:x', { names: [family.sister], dateOfBirth: BORN, sex: 'female', addresses: [HOME] }),
    ],
    theirs: ['health:x'],
  }),
};

const WRONG_NUMBERS: Readonly<Record<string, (family: Family) => Hostile>> = {
  'a stranger into whose record his PNC number was typed': (family) => ({
    subject: subjectOf(family, { identifiers: [HIS_PNC] }),
    records: [
      at(
        'courts:x',
        male([{ given: 'Ottokar', family: 'Wetherspoon' }], '1961-07-19', {
          identifiers: [HIS_PNC],
          addresses: [ELSEWHERE],
        }),
      ),
    ],
    theirs: ['courts:x'],
  }),
  'a newborn for whom his NHS number was typed': (family) => ({
    subject: subjectOf(family, { identifiers: [HIS_NHS] }),
    records: [
      at('health:x', male([family.brother], '2026-09-14', { identifiers: [HIS_NHS], addresses: [HOME] }), {
        role: 'patient',
      }),
    ],
    theirs: ['health:x'],
  }),
  'his mother, whose NHS number was typed for his': (family) => ({
    subject: subjectOf(family, { identifiers: [HIS_NHS] }),
    records: [
      at('health:x', {
        names: [family.mother],
        dateOfBirth: '1957-12-14',
        sex: 'female',
        identifiers: [HIS_NHS],
        addresses: [HOME],
      }),
    ],
    theirs: ['health:x'],
  }),
  'a man who has his reissued number': (family) => ({
    subject: subjectOf(family, { phones: [HIS_MOBILE] }),
    records: [
      ownRecord(family),
      at('housing:x', male([family.herNewPartner], '1979-02-02', { addresses: [ELSEWHERE], phones: [HIS_MOBILE] })),
    ],
    theirs: ['housing:x'],
  }),
  'a namesake who has a number of his by chance of the desk': (family) => ({
    subject: subjectOf(family, { phones: ['0113 496 0123'] }),
    records: [at('housing:x', male([family.his], '1969-10-30', { addresses: [ELSEWHERE], phones: ['0113 496 0123'] }))],
    theirs: ['housing:x'],
  }),
  'his brother, with whom a source merged him': (family) => ({
    subject: subjectOf(family, { identifiers: [HIS_PNC] }),
    records: [
      at(
        'police:both',
        male([family.his, { ...family.brother, type: 'alias' }], BORN, {
          otherDatesOfBirth: ['1987-08-01'],
          identifiers: [HIS_PNC, ANOTHERS_PNC],
          addresses: [HOME],
        }),
      ),
      at('prison:x', male([family.brother], '1987-08-01', { identifiers: [ANOTHERS_PNC], addresses: [ELSEWHERE] })),
    ],
    theirs: ['prison:x'],
  }),
  'a namesake of his birth date with another CRO number': (family) => ({
    subject: subjectOf(family, { identifiers: [HIS_CRO] }),
    records: [
      at(
        'courts:x',
        male([family.his], BORN, { addresses: [HOME], identifiers: [{ type: 'CRO', value: '765432/07L' }] }),
      ),
    ],
    theirs: ['courts:x'],
    shown: ['courts:x'],
  }),
};

const NAMESAKES: Readonly<Record<string, (family: Family) => Hostile>> = {
  'a namesake born on his day, and nothing else': (family) => ({
    records: [ownRecord(family), at('housing:x', male([family.his], BORN, { addresses: [ELSEWHERE] }))],
    theirs: ['housing:x'],
    his: ['police:own'],
  }),
  'a namesake born on his day in his district, known to nobody else': (family) => ({
    records: [
      at('housing:x', male([family.his], BORN, { addresses: [{ lines: ['9 High Road'], postcode: 'LS12 1AA' }] })),
    ],
    theirs: ['housing:x'],
  }),
  'a namesake born on 1 January as he was': (family) => ({
    subject: subjectOf(family, { dateOfBirth: '1985-01-01' }),
    records: [at('health:x', male([family.his], '1985-01-01', { addresses: [ELSEWHERE] }))],
    theirs: ['health:x'],
  }),
  'a cousin of his name at one address': (family) => ({
    records: [ownRecord(family), at('health:x', male([family.his], '1983-07-11', { addresses: [HOME] }))],
    theirs: ['health:x'],
    his: ['police:own'],
  }),
  'a man of one name only, which is his first': (family) => ({
    records: [
      ownRecord(family),
      at('health:x', male([{ given: family.his.given ?? '' }], BORN, { addresses: [ELSEWHERE] })),
    ],
    theirs: ['health:x'],
  }),
  'a man whose names are his in the other order, of another age': (family) => ({
    records: [
      ownRecord(family),
      at(
        'courts:x',
        male([{ given: family.his.family ?? '', family: family.his.given ?? '' }], '1990-04-17', { addresses: [HOME] }),
      ),
    ],
    theirs: ['courts:x'],
  }),
  'two of his name and birth date in one system, alike': (family) => ({
    subject: subjectOf(family, { addresses: [HOME, HER_HOME] }),
    records: [
      at('housing:x', male([family.his], BORN, { addresses: [HOME] })),
      at('housing:y', male([family.his], BORN, { addresses: [HER_HOME] })),
    ],
    theirs: ['housing:x', 'housing:y'],
    shown: ['housing:x', 'housing:y'],
  }),
  'a foster brother of his first name and age': (family) => ({
    records: [
      ownRecord(family),
      at(
        'childrens:x',
        male([{ given: family.his.given ?? '', family: 'Wetherspoon' }], '1985-09-02', { addresses: [HOME] }),
      ),
    ],
    theirs: ['childrens:x'],
  }),
};

const ROLES: Readonly<Record<string, (family: Family) => Hostile>> = {
  'her, recorded as a nominal with his surname, home and number': (family) => ({
    subject: subjectOf(family, { phones: [HIS_MOBILE] }),
    records: [
      at(
        'police:x',
        {
          names: [{ given: family.victim.given ?? '', family: family.his.family ?? '' }],
          dateOfBirth: '1986-02-14',
          sex: 'female',
          addresses: [HOME],
          phones: [HIS_MOBILE],
        },
        { role: 'nominal' },
      ),
    ],
    theirs: ['police:x'],
  }),
  'her, though she has his name, birth date and home': (family) => ({
    records: [at('police:x', male([family.his], BORN, { addresses: [HOME] }), { role: 'victim' })],
    theirs: ['police:x'],
    shown: ['police:x'],
  }),
  'his child, for whom his own birth date was typed in': (family) => ({
    records: [at('childrens:x', male([family.his], BORN, { addresses: [HOME] }), { role: 'child' })],
    theirs: ['childrens:x'],
    shown: ['childrens:x'],
  }),
  'whom a file calls "other", with his name, birth date and home': (family) => ({
    records: [at('childrens:x', male([family.his], BORN, { addresses: [HOME] }), { role: 'other' })],
    theirs: ['childrens:x'],
    shown: ['childrens:x'],
  }),
  'forty men of one hostel, one of them of his surname': (family) => ({
    subject: subjectOf(family, { addresses: [HOSTEL], phones: ['0113 496 0188'] }),
    records: Array.from({ length: 40 }, (_, n) =>
      at(
        `housing:${n}`,
        male(
          n === 0 ? [family.brother] : [{ given: `Ottokar${'abcdefgh'.charAt(n % 8)}`, family: `Wether${n}` }],
          `19${60 + (n % 30)}-0${1 + (n % 9)}-1${n % 9}`,
          { addresses: [HOSTEL], phones: ['0113 496 0188'] },
        ),
      ),
    ),
    theirs: Array.from({ length: 40 }, (_, n) => `housing:${n}`),
  }),
  'a man of his name in the same hostel, of another age': (family) => ({
    subject: subjectOf(family, { addresses: [HOSTEL] }),
    records: [at('housing:x', male([family.his], '1985-11-30', { addresses: [HOSTEL], phones: ['0113 496 0188'] }))],
    theirs: ['housing:x'],
  }),
};

const humanHears = ({ probable, needsAttention }: LinkageResult, id: string): boolean =>
  probable.includes(id) || needsAttention.some(({ recordIds }) => recordIds.includes(id));

describe.each([
  ['people round him', ROUND_HIM],
  ['numbers that are not whose they seem', WRONG_NUMBERS],
  ['namesakes', NAMESAKES],
  ['roles and crowded places', ROLES],
])('P5: %s', (_, scenarios) => {
  const rows = Object.entries(scenarios).flatMap(([who, make]) =>
    FAMILIES.map((family) => [who, family.naming, make(family), family] as const),
  );

  it.each(rows)(
    'P5: never %s (%s)',
    (_who, _naming, { subject, records, theirs = [], his = [], shown = [] }, family) => {
      const result = linkRecords({ subject: subject ?? subjectOf(family), records, asOf: AS_OF });
      expect(result.subjectRecords.filter((id) => theirs.includes(id))).toEqual([]);
      expect(his.filter((id) => !result.subjectRecords.includes(id))).toEqual([]);
      expect(shown.filter((id) => !humanHears(result, id))).toEqual([]);
    },
  );
});
