import type { LabelledTable } from './labelled-sets.ts';
import { PEOPLE_HEADER, PEOPLE_MAPPING, peopleRows } from './people.ts';
import { randomOf, type Random } from '../../population/random.ts';

/**
 * Our own people in tables as other registers would hold them: one column for the whole name, dates of another format, a
 * placeholder in a third of the rows. The truth stays known, and no register is copied.
 */

const SEED = 29;

/** One row of our own people by column name. */
export type Cells = Readonly<Record<string, string>>;

/** Rows of our own people. */
export function peopleCells(rows: number, seed = SEED): Cells[] {
  const columns = PEOPLE_HEADER.split(',');
  return [...peopleRows(rows, seed)].map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
  });
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Rows as a table; the column `person` is the truth and is left out. */
export function tableOfCells(cells: readonly Cells[], mapping: object): LabelledTable {
  const columns = [...new Set(cells.flatMap((row) => Object.keys(row)))].filter((column) => column !== 'person');
  const lines = [columns, ...cells.map((row) => columns.map((column) => row[column] ?? ''))];
  return {
    csv: lines.map((line) => `${line.map(quoted).join(',')}\n`).join(''),
    mapping,
    personOf: new Map(cells.map((row) => [row.id ?? '', row.person ?? ''])),
  };
}

/** A table of another form, and what linking it has to reach. */
export interface BentTable {
  readonly name: string;
  readonly make: (rows: number) => LabelledTable;
  /** Least precision and recall of some thousand rows; what this linker reached, rounded down. */
  readonly precision: number;
  readonly recall: number;
  /** Least recall of three hundred rows, which show less of themselves. */
  readonly recallOfFew: number;
}

const person = PEOPLE_MAPPING.person;
const mapped = (changes: object, leaveOut: readonly string[] = [], more: object = {}): object => ({
  recordId: 'id',
  person: { ...Object.fromEntries(Object.entries(person).filter(([path]) => !leaveOut.includes(path))), ...changes },
  ...more,
});

type Bend = (row: Cells, random: Random, at: number) => Cells;

const bent =
  (bend: Bend, mapping: object) =>
  (rows: number): LabelledTable => {
    const random = randomOf(SEED);
    return tableOfCells(
      peopleCells(rows).map((row, at) => bend(row, random, at)),
      mapping,
    );
  };

const fullName = ({ first = '', last = '' }: Cells): string => `${first} ${last}`.trim();
const PARTS = ['names.0.given', 'names.0.family'];

const LATIN = 'abvgdejziklmnoprstufhywq';
const CYRILLIC = 'абвгдежзиклмнопрстуфхыэя';
const inCyrillic = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[a-z]/g, (letter) => (LATIN.includes(letter) ? CYRILLIC.charAt(LATIN.indexOf(letter)) : letter));

const ACCENTS: Readonly<Record<string, string>> = { a: 'á', e: 'é', i: 'í', o: 'ö', u: 'ü', c: 'ç', n: 'ñ' };
const accented = (name: string): string => name.replace(/[aeioucn]/, (letter) => ACCENTS[letter] ?? letter);

const withDate = (born: string | undefined, write: (y: string, m: string, d: string) => string): string => {
  const [y = '', m = '', d = ''] = (born ?? '').split('-');
  return y === '' ? '' : write(y, m, d);
};

const LETTERS = 'abcdefghij0123456789';

/** Letters and digits by lot in place of a third of a text. */
const garbled = (random: Random, text: string): string =>
  text.replace(/./gu, (letter) =>
    random.chance(0.3) ? LETTERS.charAt(random.between(0, LETTERS.length - 1)) : letter,
  );

const filled = (random: Random, text: string | undefined, placeholder: string): string =>
  random.chance(1 / 3) ? placeholder : (text ?? '');

const oncePerPerson = (rows: number): Cells[] => {
  const seen = new Set<string>();
  return peopleCells(rows * 3)
    .filter(({ person: of = '' }) => !seen.has(of) && seen.add(of).size > 0)
    .slice(0, rows);
};

const all = mapped({});

/** A table in which every pair that is linked is wrong. */
export const nobodyTwice = (rows: number): LabelledTable => tableOfCells(oncePerPerson(rows), all);

/** The tables, each bent in one way. */
export const BENT_TABLES: readonly BentTable[] = [
  {
    name: 'one column for the whole name',
    make: bent((row) => ({ ...row, name: fullName(row) }), mapped({ 'names.0.full': 'name' }, PARTS)),
    precision: 0.99,
    recall: 0.98,
    recallOfFew: 0.94,
  },
  {
    name: 'family name first, without a comma',
    make: bent(
      (row) => ({ ...row, name: `${row.last ?? ''} ${row.first ?? ''}`.trim().toUpperCase() }),
      mapped({ 'names.0.full': 'name' }, PARTS),
    ),
    precision: 0.99,
    recall: 0.975,
    recallOfFew: 0.94,
  },
  {
    name: 'names in capitals in half of the rows, with accents in others',
    make: bent(
      (row, random) =>
        random.chance(0.5)
          ? { ...row, first: (row.first ?? '').toUpperCase(), last: (row.last ?? '').toUpperCase() }
          : { ...row, first: accented(row.first ?? ''), last: accented(row.last ?? '') },
      all,
    ),
    precision: 0.99,
    recall: 0.98,
    recallOfFew: 0.94,
  },
  {
    name: 'names in Cyrillic letters in half of the rows',
    make: bent(
      (row, random) =>
        random.chance(0.5) ? { ...row, first: inCyrillic(row.first ?? ''), last: inCyrillic(row.last ?? '') } : row,
      all,
    ),
    precision: 0.99,
    recall: 0.97,
    recallOfFew: 0.92,
  },
  {
    name: 'an alias in two columns of its own',
    make: bent(
      (row, random) =>
        random.chance(0.3) ? { ...row, last: 'Aliasham', knownFirst: row.first ?? '', knownLast: row.last ?? '' } : row,
      mapped({ 'names.1.given': 'knownFirst', 'names.1.family': 'knownLast' }),
    ),
    precision: 0.99,
    recall: 0.98,
    recallOfFew: 0.94,
  },
  {
    name: 'dates as day, month and year',
    make: bent(
      (row) => ({ ...row, born: withDate(row.born, (y, m, d) => `${d}/${m}/${y}`) }),
      mapped({ dateOfBirth: { column: 'born', format: 'DD/MM/YYYY' } }),
    ),
    precision: 0.99,
    recall: 0.98,
    recallOfFew: 0.94,
  },
  {
    name: 'dates to the month',
    make: bent(
      (row) => ({ ...row, born: withDate(row.born, (y, m) => `${m}/${y}`) }),
      mapped({ dateOfBirth: { column: 'born', format: 'MM/YYYY' } }),
    ),
    precision: 0.99,
    recall: 0.97,
    recallOfFew: 0.93,
  },
  {
    name: 'birth years only',
    make: bent(
      (row) => ({ ...row, born: (row.born ?? '').slice(0, 4) }),
      mapped({ dateOfBirth: { column: 'born', format: 'YYYY' } }),
    ),
    precision: 0.99,
    recall: 0.97,
    recallOfFew: 0.93,
  },
  {
    name: 'no birth date in half of the rows',
    make: bent((row, random) => (random.chance(0.5) ? { ...row, born: '' } : row), all),
    precision: 0.96,
    recall: 0.91,
    recallOfFew: 0.79,
  },
  {
    name: 'columns that are mapped twice',
    make: bent(
      (row) => row,
      mapped({ 'addresses.0.lines.2': 'street', 'emails.1': 'email' }, [], {
        other: { surname: 'last', town: 'town' },
      }),
    ),
    precision: 0.99,
    recall: 0.98,
    recallOfFew: 0.94,
  },
  {
    name: 'ten sources, no link inside one',
    make: bent(
      (row) => ({ ...row, source: `s${(row.id ?? '').split('-')[1] ?? ''}` }),
      mapped({}, [], { source: 'source', linkOnly: true }),
    ),
    precision: 0.999,
    recall: 0.98,
    recallOfFew: 0.94,
  },
  {
    name: 'a hostel where every third row lives',
    make: bent(
      (row, random) =>
        random.chance(1 / 3) ? { ...row, street: '1 Hostel Road', town: 'Ashby', postcode: 'LS1 1AA' } : row,
      all,
    ),
    precision: 0.985,
    recall: 0.985,
    recallOfFew: 0.92,
  },
  {
    name: 'a source in which all live in one house',
    make: bent((row) => ({ ...row, street: '1 Hostel Road', town: 'Ashby', postcode: 'LS1 1AA' }), all),
    precision: 0.955,
    recall: 0.98,
    recallOfFew: 0.88,
  },
  {
    name: 'a fifth of the rows corrupted beyond reading',
    make: bent(
      (row, random) =>
        random.chance(0.2)
          ? {
              ...row,
              first: garbled(random, row.first ?? ''),
              last: garbled(random, row.last ?? ''),
              street: garbled(random, row.street ?? ''),
              email: garbled(random, row.email ?? ''),
            }
          : row,
      all,
    ),
    precision: 0.98,
    recall: 0.925,
    recallOfFew: 0.75,
  },
  {
    name: 'attributes that say nothing: one value, a value of each row, a copy of another',
    make: bent(
      (row, _random, at) => ({ ...row, one: 'yes', each: `n${at}`, copy: row.last ?? '' }),
      mapped({}, [], { other: { one: 'one', each: 'each', copy: 'copy' } }),
    ),
    precision: 0.99,
    recall: 0.98,
    recallOfFew: 0.94,
  },
  {
    name: 'a placeholder in a third of all cells',
    make: bent(
      (row, random) => ({
        ...row,
        first: filled(random, row.first, 'UNKNOWN'),
        postcode: filled(random, row.postcode, 'ZZ99 3VZ'),
        email: filled(random, row.email, 'a@b.c'),
        born: filled(random, row.born, '1901-01-01'),
        phone: filled(random, '', '9999999999'),
      }),
      mapped({ 'phones.0': 'phone' }),
    ),
    precision: 0.975,
    recall: 0.635,
    recallOfFew: 0.62,
  },
  {
    name: 'the landline of a hospital',
    make: bent(
      (row, random) => ({ ...row, phone: random.chance(0.3) ? '0113 496 0100' : '' }),
      mapped({ 'phones.0': 'phone' }),
    ),
    precision: 0.99,
    recall: 0.98,
    recallOfFew: 0.94,
  },
  {
    name: 'nobody twice',
    make: nobodyTwice,
    precision: 0,
    recall: 1,
    recallOfFew: 1,
  },
  {
    name: 'everybody twice',
    make: (rows) => {
      const once = oncePerPerson(rows / 2);
      const again = once.map((row) => ({ ...row, id: `${row.id ?? ''}b` }));
      return tableOfCells([...once, ...again], all);
    },
    precision: 0.98,
    recall: 0.99,
    recallOfFew: 0.99,
  },
];
