import { NAMES, ORIGIN_SHARES } from '../../population/name-lists.ts';
import { randomOf, type Random } from '../../population/random.ts';

/**
 * A table of people who do not exist, for measuring `holdfast link` at any size: households with a surname and an
 * address in common, twins and sons named after their fathers among them, and further records of the same person with
 * errors at about the rates that studies of administrative records report (a few per cent for each field; one address
 * in seven is a former one). The same rows for the same seed.
 */

export const PEOPLE_HEADER = 'id,person,first,last,born,street,town,postcode,email,sex';

/** How `holdfast link` is to read it. */
export const PEOPLE_MAPPING = {
  recordId: 'id',
  person: {
    'names.0.given': 'first',
    'names.0.family': 'last',
    dateOfBirth: 'born',
    'addresses.0.lines.0': 'street',
    'addresses.0.lines.1': 'town',
    'addresses.0.postcode': 'postcode',
    'emails.0': 'email',
    sex: 'sex',
  },
} as const;

interface Home {
  readonly street: string;
  readonly town: string;
  readonly postcode: string;
}

interface Person extends Home {
  readonly first: string;
  readonly last: string;
  readonly born: Date;
  readonly email: string;
  readonly sex: 'male' | 'female';
}

const SYLLABLES =
  'ab ar ben bor cal cor dan dor el fen gar hol in kel lan mar nor ol per quin ros sel tor ul ver win'.split(' ');
const ENDINGS = 'by don ford ham ley man ridge shaw son stead stone ton well wick wood worth'.split(' ');
const STREETS =
  'Acre Bank Chapel Dene Elm Field Grove Hill Iris Jubilee Kiln Lime Mill North Oak Park Queen Rose Spring Vale'.split(
    ' ',
  );
const WAYS = 'Street Road Lane Avenue Close Drive Terrace Way'.split(' ');
const TOWNS =
  'Ashby Barlow Corden Dunmere Easting Farley Garside Hexley Ilmer Kelby Larkham Merton Norley Oakby Penrow Riverton'.split(
    ' ',
  );

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Half of all surnames are among the common ones; the others make the long tail that every register has. */
function surname(random: Random, common: readonly string[]): string {
  if (random.chance(0.5)) return random.early(common);
  const middle = random.chance(0.5) ? random.early(SYLLABLES) : '';
  return capital(random.early(SYLLABLES) + middle + random.early(ENDINGS));
}

/** A place name of three syllables and a way: some 60,000 streets, numbered to 150. */
function home(random: Random): Home {
  const street = `${capital(random.pick(SYLLABLES) + random.pick(SYLLABLES))} ${random.pick(STREETS)} ${random.pick(WAYS)}`;
  const letters = 'ABDEFGHJLNPQRSTUWXYZ';
  const letter = (): string => letters.charAt(random.between(0, letters.length - 1));
  const district = `${random.pick(['LS', 'BD', 'HX', 'WF', 'HG', 'YO'])}${random.between(1, 28)}`;
  return {
    street: `${random.between(1, 150)} ${street}`,
    town: random.early(TOWNS),
    postcode: `${district} ${random.between(1, 9)}${letter()}${letter()}`,
  };
}

const DAY_MS = 86_400_000;
const birthDate = (random: Random): Date => new Date(Date.UTC(1935, 0, 1) + random.between(0, 75 * 365) * DAY_MS);

function email(random: Random, first: string, last: string): string {
  const name = random.chance(0.5) ? `${first}.${last}` : `${first.charAt(0)}${last}`;
  return `${name.toLowerCase().replaceAll(/[^a-z.]/gu, '')}${random.between(1, 999)}@${random.pick(['example.org', 'example.com', 'mail.example'])}`;
}

/** Those of one household, one to five. */
function household(random: Random): Person[] {
  const origin = random.weighted(ORIGIN_SHARES);
  const last = surname(random, NAMES[origin].family);
  const where = home(random);
  const size = random.weighted([
    [1, 0.35],
    [2, 0.3],
    [3, 0.15],
    [4, 0.15],
    [5, 0.05],
  ] as const);
  const people: Person[] = [];
  for (let at = 0; at < size; at += 1) {
    const sex = random.chance(0.5) ? 'male' : 'female';
    const before = people.at(-1);
    const first = before?.sex === sex && random.chance(0.02) ? before.first : random.early(NAMES[origin][sex]);
    const ownLast = at === 1 && random.chance(0.25) ? surname(random, NAMES[origin].family) : last;
    const isTwin = before !== undefined && random.chance(0.02) && first !== before.first;
    const shared = before !== undefined && random.chance(0.05);
    people.push({
      first,
      last: ownLast,
      sex,
      born: isTwin ? before.born : birthDate(random),
      email: shared ? before.email : email(random, first, ownLast),
      ...where,
    });
  }
  return people;
}

/** One slip of a finger. */
function mistyped(random: Random, word: string): string {
  const at = random.between(0, Math.max(0, word.length - 2));
  const letter = String.fromCharCode(97 + random.between(0, 25));
  const kind = random.between(0, 3);
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return word.slice(0, at) + letter + word.slice(at);
  if (kind === 2) return word.slice(0, at) + letter + word.slice(at + 1);
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}

const isoOf = (date: Date): string => date.toISOString().slice(0, 10);

function slippedDate(random: Random, born: Date): string {
  const [year = '', month = '', day = ''] = isoOf(born).split('-');
  const kind = random.between(0, 2);
  if (kind === 0 && Number(day) <= 12) return `${year}-${day}-${month}`;
  if (kind === 1) return `${Number(year) + (random.chance(0.5) ? 1 : -1)}-${month}-${day}`;
  return isoOf(new Date(born.getTime() + random.pick([-10, -1, 1, 10]) * DAY_MS));
}

/** A text as a clerk writes it: `wrong` of all mistyped, `absent` of all left out. */
const noted = (random: Random, text: string, wrong: number, absent: number): string =>
  random.chance(absent) ? '' : random.chance(wrong) ? mistyped(random, text) : text;

function writeRecord(random: Random, id: string, person: number, truth: Person): string {
  const where = random.chance(0.14) ? home(random) : truth;
  const renamed = truth.sex === 'female' && random.chance(0.03);
  const first = random.chance(0.02) ? truth.first.charAt(0) : noted(random, truth.first, 0.05, 0.02);
  const last = renamed ? surname(random, NAMES.british.family) : noted(random, truth.last, 0.04, 0.01);
  const [one, other] = random.chance(0.01) ? [last, first] : [first, last];
  const born = random.chance(0.04) ? '' : random.chance(0.04) ? slippedDate(random, truth.born) : isoOf(truth.born);
  const cells = [
    id,
    `p${person}`,
    one,
    other,
    born,
    noted(random, where.street, 0.05, 0.03),
    noted(random, where.town, 0.02, 0.05),
    noted(random, where.postcode, 0.03, 0.05),
    random.chance(0.15) ? email(random, truth.first, truth.last) : noted(random, truth.email, 0.03, 0.45),
    random.chance(0.1) ? '' : truth.sex,
  ];
  return cells.join(',');
}

/** Rows of the table, without header: two in five people have further records, up to six; in no order of people. */
export function* peopleRows(rows: number, seed: number): Generator<string> {
  const random = randomOf(seed);
  let [written, person] = [0, 0];
  let waiting: string[] = [];
  while (written < rows) {
    for (const truth of household(random)) {
      person += 1;
      const records = random.chance(0.4) ? random.between(2, 4) + (random.chance(0.1) ? 2 : 0) : 1;
      for (let record = 0; record < records; record += 1) {
        waiting.push(writeRecord(random, `r${person}-${record}`, person, truth));
      }
    }
    if (waiting.length < 5_000 && written + waiting.length < rows) continue;
    for (const row of shuffled(random, waiting)) {
      if (written >= rows) return;
      written += 1;
      yield row;
    }
    waiting = [];
  }
}

/** In an order by lot (Fisher and Yates). */
function shuffled(random: Random, rows: string[]): string[] {
  for (let at = rows.length - 1; at > 0; at -= 1) {
    const other = random.between(0, at);
    const [a, b] = [rows[at] ?? '', rows[other] ?? ''];
    rows[at] = b;
    rows[other] = a;
  }
  return rows;
}
