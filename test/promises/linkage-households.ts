import type { Person } from '../../schemas/person.ts';
import type { RecordRole, SourceRecord } from '../../schemas/source-record.ts';

/**
 * Synthetic questions at the error rates that the Core Person Record publishes as its m column (share of true pairs
 * at each level): 7 % of names near, 5 % of birth dates wrong, 20 % of records without an address in common, and so
 * on. Each question holds the subject's records from five agencies beside his household and a namesake.
 */

export type Chance = () => number;

/** A seeded generator, 0 to 1 (mulberry32, public domain). */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const MEN =
  'David John Michael Paul James Andrew Robert Daniel Mohammed Ahmed Piotr Tomasz Gurpreet Rhys Ciaran Tyrone Kwame Darren Callum Marlon Viktor Leroy'.split(
    ' ',
  );
const WOMEN = 'Sarah Karen Emma Fatima Agnieszka Siobhan Harpreet Tracey Chloe Rachel Ngozi Leanne'.split(' ');
const FAMILIES =
  'Smith Jones Khan Hussain Singh Patel Nowak Evans Murphy Okafor Pottinger Hargreave Ludlow Wetherby Adeyemi Choudhury Brennan Tunstall Ackroyd Molyneux Pennington Szczepanski Rees Farrugia'.split(
    ' ',
  );
const MIDDLES =
  'Lee James Patrick Anthony Alan Thomas Neil Vincent Aubrey Silas Ivor Rufus Ambrose Cyril Gordon Hector Leopold Magnus Noel Oscar Percy Quentin Rupert Sidney Tobias Urban Wilfred Xavier'.split(
    ' ',
  );
const TOWNS = ['LS12', 'BD3', 'M14', 'S10', 'L4', 'HU5', 'B21', 'E17'];

const pick = <T>(chance: Chance, values: readonly [T, ...T[]] | readonly T[]): T => {
  const value = values[Math.floor(chance() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};
const digits = (chance: Chance, count: number) =>
  Array.from({ length: count }, () => Math.floor(chance() * 10)).join('');
const two = (value: number) => String(value).padStart(2, '0');

/** The truth about one person. */
interface Truth {
  readonly given: string;
  readonly middle: string;
  readonly family: string;
  readonly born: string;
  readonly sex: 'male' | 'female';
  readonly homes: readonly { readonly lines: string[]; readonly postcode: string }[];
  readonly mobile: string;
  readonly pnc: string;
  readonly nhs: string;
}

/** Ofcom's range for drama holds a thousand mobiles: enough inside one question. */
const dramaMobile = (chance: Chance) => `07700 900${digits(chance, 3)}`;

const CHECK = 'ZABCDEFGHJKLMNPQRTUVWXY';
function pncOf(chance: Chance): string {
  const serial = digits(chance, 7);
  return `2004/${serial}${CHECK.charAt(Number(`04${serial}`) % 23)}`;
}
function nhsOf(chance: Chance): string {
  for (;;) {
    const nine = `9${digits(chance, 8)}`;
    const sum = Array.from(nine, Number).reduce((total, digit, place) => total + digit * (10 - place), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check < 10) return `${nine}${check}`;
  }
}
const letters = (chance: Chance) => pick(chance, 'ABDEFGHJLNPQRSTUWXYZ'.split(''));
function homeOf(chance: Chance) {
  const postcode = `${pick(chance, TOWNS)} ${1 + Math.floor(chance() * 8)}${letters(chance)}${letters(chance)}`;
  return { lines: [`${1 + Math.floor(chance() * 150)} Quarry Lane`], postcode };
}
const bornIn = (chance: Chance, year: number) =>
  `${year}-${two(1 + Math.floor(chance() * 12))}-${two(1 + Math.floor(chance() * 28))}`;

function anybody(chance: Chance, more: Partial<Truth> = {}): Truth {
  const sex = more.sex ?? 'male';
  return {
    given: pick(chance, sex === 'male' ? MEN : WOMEN),
    middle: pick(chance, MIDDLES),
    family: pick(chance, FAMILIES),
    born: bornIn(chance, 1960 + Math.floor(chance() * 44)),
    sex,
    homes: [homeOf(chance), homeOf(chance), homeOf(chance)],
    mobile: dramaMobile(chance),
    pnc: pncOf(chance),
    nhs: nhsOf(chance),
    ...more,
  };
}

function typo(chance: Chance, word: string): string {
  const at = 2 + Math.floor(chance() * Math.max(1, word.length - 2));
  return word.slice(0, at) + pick(chance, ['e', 'a', 'r', 'n']) + word.slice(at + 1);
}

/** A name made up for the occasion. */
function stranger(chance: Chance): { given: string; family: string } {
  const word = () => Array.from({ length: 7 }, () => pick(chance, 'abdeginorstu'.split(''))).join('');
  return { given: word(), family: word() };
}

/** Cumulative m column of the published name levels. */
function heldNames(chance: Chance, truth: Truth): NonNullable<Person['names']> {
  const { given, family } = truth;
  const draw = chance();
  const middle = chance() < 0.4 ? {} : { middle: chance() < 0.93 ? truth.middle : typo(chance, truth.middle) };
  if (draw < 0.8806) return [{ given, family, ...middle }];
  if (draw < 0.9538) return [{ given, family: typo(chance, family), ...middle }];
  if (draw < 0.9558) return [{ given: family, family: given }];
  if (draw < 0.9764) return [stranger(chance), { given, family, type: 'alias' }];
  if (draw < 0.9814) return [{ given: typo(chance, given), family: typo(chance, family) }];
  if (draw < 0.9856) return [{ given, family: stranger(chance).family }];
  if (draw < 0.9909) return [{ given: stranger(chance).given, family }];
  return [stranger(chance)];
}

function heldBirthDate(chance: Chance, born: string): Pick<Person, 'dateOfBirth' | 'otherDatesOfBirth'> {
  const draw = chance();
  const day = born.slice(8);
  if (draw < 0.948) return { dateOfBirth: born };
  if (draw < 0.965) return { dateOfBirth: bornIn(chance, 1960 + Math.floor(chance() * 44)), otherDatesOfBirth: [born] };
  if (draw < 0.9823) return { dateOfBirth: `${born.slice(0, 9)}${(Number(day.charAt(1)) + 1) % 9 || 1}` };
  if (draw < 0.9975) return { dateOfBirth: `${Number(born.slice(0, 4)) - 2}-11-09` };
  return { dateOfBirth: '1900-01-01' };
}

function heldHomes(chance: Chance, truth: Truth): NonNullable<Person['addresses']> {
  const draw = chance();
  const [first = homeOf(chance), second = homeOf(chance)] = truth.homes;
  if (draw < 0.4) return [first, homeOf(chance)];
  if (draw < 0.71) return [second];
  if (draw < 0.8) return [{ ...homeOf(chance), postcode: `${first.postcode.split(' ')[0] ?? ''} 9ZZ` }];
  return [homeOf(chance)];
}

interface Keeping {
  readonly agency: string;
  readonly identifiers: (truth: Truth, chance: Chance) => NonNullable<Person['identifiers']>;
  readonly birthDates: number;
  readonly phones: number;
}

/** Shares of records with each value are ours: what such registers plausibly hold, not measured. */
const KEPT: readonly Keeping[] = [
  {
    agency: 'police',
    identifiers: ({ pnc }, c) => (c() < 0.9 ? [{ type: 'PNC', value: pnc }] : []),
    birthDates: 1,
    phones: 0.6,
  },
  {
    agency: 'probation',
    identifiers: ({ pnc }, c) => (c() < 0.9 ? [{ type: 'PNC', value: pnc }] : []),
    birthDates: 1,
    phones: 0.7,
  },
  { agency: 'housing', identifiers: () => [], birthDates: 0.85, phones: 0.7 },
  { agency: 'health', identifiers: ({ nhs }) => [{ type: 'NHS', value: nhs }], birthDates: 1, phones: 0.8 },
  { agency: 'childrens', identifiers: () => [], birthDates: 0.8, phones: 0.6 },
];

let serial = 0;
function hold(chance: Chance, truth: Truth, kept: Keeping, role?: RecordRole): SourceRecord {
  serial += 1;
  return {
    recordId: `${kept.agency}:${serial}`,
    agency: kept.agency,
    system: kept.agency,
    ...(role === undefined ? {} : { role }),
    person: {
      names: heldNames(chance, truth),
      ...(chance() < kept.birthDates ? heldBirthDate(chance, truth.born) : {}),
      sex: chance() < 0.99 ? truth.sex : 'other',
      identifiers: kept.identifiers(truth, chance),
      addresses: heldHomes(chance, truth),
      phones: chance() < kept.phones ? [chance() < 0.7 ? truth.mobile : dramaMobile(chance)] : [],
    },
    contacts: [],
  };
}

export type Kin = 'twin' | 'father' | 'brother' | 'wife' | 'namesake' | 'namesake-same-age';

function kinOf(chance: Chance, he: Truth): readonly (readonly [Kin, Truth])[] {
  const { family, homes, mobile, given, born } = he;
  const other = pick(
    chance,
    MEN.filter((name) => name !== given),
  );
  return [
    ['twin', anybody(chance, { given: other, family, homes, mobile, born })],
    ['father', anybody(chance, { given, family, homes, mobile, born: bornIn(chance, Number(born.slice(0, 4)) - 26) })],
    [
      'brother',
      anybody(chance, { given: other, family, homes, mobile, born: bornIn(chance, Number(born.slice(0, 4)) + 3) }),
    ],
    ['wife', anybody(chance, { sex: 'female', family, homes, mobile })],
    ['namesake', anybody(chance, { given, family })],
    ['namesake-same-age', anybody(chance, { given, family, born })],
  ];
}

export interface Question {
  readonly subject: Person;
  readonly records: readonly SourceRecord[];
  readonly his: readonly SourceRecord[];
  readonly others: readonly { readonly kin: Kin; readonly record: SourceRecord }[];
}

/** One question: what the case register knows, five records of his, and two of his kin or namesakes, elsewhere. */
export function makeQuestion(chance: Chance): Question {
  const he = anybody(chance);
  const subject: Person = {
    names: [{ given: he.given, middle: he.middle, family: he.family }],
    dateOfBirth: he.born,
    sex: 'male',
    identifiers: chance() < 0.85 ? [{ type: 'PNC', value: he.pnc }] : [],
    addresses: he.homes.slice(0, 2).map((home) => ({ ...home })),
    phones: [he.mobile],
  };
  const kin = kinOf(chance, he);
  const his = KEPT.map((kept) => hold(chance, he, kept));
  const others = [pick(chance, kin), pick(chance, kin)].map(([kinship, truth]) => {
    const kept = pick(chance, KEPT);
    const record = hold(chance, truth, { ...kept, agency: `${kept.agency}-next` });
    return { kin: kinship, record };
  });
  return { subject, records: [...his, ...others.map(({ record }) => record)], his, others };
}
