import type { Person, PersonName } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';

/** Families in which somebody may be taken for the subject. Names from general knowledge of naming; nobody is meant. */
export interface Family {
  readonly naming: string;
  readonly his: PersonName;
  readonly brother: PersonName;
  /** A twin of the other name; the like-named one is one letter off. */
  readonly twin: PersonName;
  readonly twinOfLikeName: PersonName;
  readonly sister: PersonName;
  readonly mother: PersonName;
  readonly victim: PersonName;
  readonly herNewPartner: PersonName;
}

const named = (given: string, family: string, middle?: string): PersonName => ({
  given,
  family,
  ...(middle === undefined ? {} : { middle }),
});

interface Words {
  readonly naming: string;
  readonly family: string;
  readonly givens: readonly [
    his: string,
    brother: string,
    twin: string,
    likeNamed: string,
    sister: string,
    mother: string,
    victim: string,
  ];
  readonly middle?: string;
  readonly hers: string;
  readonly women?: string;
}

const familyOf = ({ naming, family, givens, middle, hers, women = family }: Words): Family => {
  const [his, brother, twin, likeNamed, sister, mother, victim] = givens;
  return {
    naming,
    his: named(his, family, middle),
    brother: named(brother, family),
    twin: named(twin, family),
    twinOfLikeName: named(likeNamed, family),
    sister: named(sister, women),
    mother: named(mother, women),
    victim: named(victim, hers),
    herNewPartner: named(brother, hers),
  };
};

export const FAMILIES: readonly Family[] = [
  {
    naming: 'a common English name',
    family: 'Smith',
    givens: ['David', 'Mark', 'Paul', 'Davvyd', 'Karen', 'Susan', 'Lisa'] as const,
    middle: 'John',
    hers: 'Taylor',
  },
  {
    naming: 'a rare English name',
    family: 'Pottinger',
    givens: ['Darren', 'Craig', 'Kevin', 'Darrten', 'Tracy', 'Maureen', 'Gemma'] as const,
    middle: 'Lee',
    hers: 'Vane',
  },
  {
    naming: 'a Welsh patronymic',
    family: 'ap Rhys',
    givens: ['Llywelyn', 'Gethin', 'Owain', 'Llywelan', 'Angharad', 'Mair', 'Nia'] as const,
    hers: 'Parry',
  },
  {
    naming: 'Irish Mac and O',
    family: "O'Dowd",
    givens: ['Cormac', 'Fergal', 'Declan', 'Corkmac', 'Siobhán', 'Bridget', 'Aoife'] as const,
    hers: 'McGrath',
  },
  {
    naming: 'Polish surnames with a woman’s form',
    family: 'Wiśniewski',
    givens: ['Sławomir', 'Marcin', 'Bartosz', 'Slawoimr', 'Agnieszka', 'Danuta', 'Kinga'] as const,
    hers: 'Mazur',
    women: 'Wiśniewska',
  },
  {
    naming: 'Vietnamese, the family name first',
    family: 'Nguyen',
    givens: ['Van Minh', 'Van Hung', 'Van Tuan', 'Van Mihn', 'Thi Lan', 'Thi Hoa', 'Thi Mai'] as const,
    hers: 'Tran',
  },
  {
    naming: 'Somali, three generations of first names',
    family: 'Warsame',
    givens: ['Abdirahman', 'Liban', 'Guled', 'Abdirahmen', 'Hodan', 'Faduma', 'Ifrah'] as const,
    middle: 'Yusuf',
    hers: 'Jama',
  },
  {
    naming: 'Sikh, Singh for him and Kaur for her',
    family: 'Singh',
    givens: ['Harjinder', 'Balbir', 'Sukhdev', 'Harjindar', 'Manjit', 'Surinder', 'Jasleen'] as const,
    hers: 'Kaur',
    women: 'Kaur',
  },
  {
    naming: 'Spanish, two surnames',
    family: 'García Belmonte',
    givens: ['Joaquín', 'Álvaro', 'Rafael', 'Joaqin', 'Pilar', 'Dolores', 'Inés'] as const,
    hers: 'Ruiz Ortega',
  },
  {
    naming: 'the Prophet’s name before his own',
    family: 'Chaudhry',
    givens: [
      'Mohammed Zeeshan',
      'Mohammed Adeel',
      'Mohammed Waqas',
      'Mohammed Zeshann',
      'Nasreen',
      'Rukhsana',
      'Saira',
    ] as const,
    hers: 'Butt',
  },
].map(familyOf);

export const AS_OF = '2026-11-22';
export const BORN = '1985-03-24';
export const HOME = { lines: ['14 Quarry Lane', 'Riverton'], postcode: 'LS12 4QX' };
export const HER_HOME = { lines: ['7 Larch Close', 'Riverton'], postcode: 'LS12 9AB' };
export const ELSEWHERE = { lines: ['3 Canal Row', 'Eastmarch'], postcode: 'BD3 9TN' };
export const HIS_MOBILE = '07700 900123';
export const ANOTHERS_MOBILE = '07700 900456';
export const HIS_PNC = { type: 'PNC', value: '2003/0123456L' } as const;
export const ANOTHERS_PNC = { type: 'PNC', value: '2007/0765432X' } as const;
export const HIS_NHS = { type: 'NHS', value: '943 476 5919' } as const;

/** What the case register knows of him: name, birth date and home, and whatever else is said. */
export const subjectOf = ({ his }: Family, more: Person = {}): Person => ({
  names: [his],
  dateOfBirth: BORN,
  sex: 'male',
  addresses: [HOME],
  ...more,
});

/** A record that is his whatever happens: his mobile and home as the case has them. */
export const ownRecord = (family: Family, recordId = 'police:own'): SourceRecord =>
  recordOf(recordId, { ...subjectOf(family), phones: [HIS_MOBILE] });

/** A record of the agency that its id begins with; every agency has one system. */
export function recordOf(recordId: string, person: Person, more: Partial<SourceRecord> = {}): SourceRecord {
  const agency = recordId.split(':')[0] ?? '';
  return { recordId, agency, system: `${agency}-register`, person, contacts: [], ...more };
}
