import { givenNameShare, surnameShare } from '../compare/frequencies.ts';
import { dateLikeness } from './dates.ts';
import { MISSING, textsOf, type Dictionary } from './dictionary.ts';
import { Elsewhere } from './elsewhere.ts';
import {
  emailLikeness,
  familyLikeness,
  givenLikeness,
  identifierLikeness,
  middleLikeness,
  NEAR_LEVEL,
  phoneLikeness,
  postcodeLikeness,
  sexLikeness,
  textLikeness,
  type Likeness,
} from './likeness.ts';
import { EQUAL, LEVELS, MISSING_LEVEL, type ComparisonKind, type Level } from './levels.ts';
import type { AttributeKind } from './shape.ts';
import type { Column, NameColumns, Table } from './table.ts';
import { Words } from './words.ts';

/** One comparison of a pair of rows. */
export interface Comparison {
  readonly name: string;
  readonly kind: ComparisonKind;
  readonly levels: readonly Level[];
  /** What counts as one value's holders, for how common it is; none where level 1 is not an equal value. */
  readonly columns: readonly Column[];
  readonly values: number;
  /** Said of a home or of a contact point, which a household shares. */
  readonly household: boolean;
  /** Only ever compared with the shares assumed, not learnt: too rare in any table. */
  readonly fixed: boolean;
  /** The share of mankind that has each value, where it is known and the table is too small to show it. */
  readonly elsewhere?: Float32Array;
}

const KIND_OF: Readonly<Record<AttributeKind, ComparisonKind>> = {
  line: 'text',
  postcode: 'postcode',
  uprn: 'identifier',
  phone: 'phone',
  email: 'email',
  identifier: 'identifier',
  tenancy: 'identifier',
  date: 'date',
  sex: 'sex',
  other: 'text',
};

const HOUSEHOLD: ReadonlySet<AttributeKind> = new Set(['line', 'postcode', 'uprn', 'phone', 'email', 'tenancy']);

const LIKENESS: Readonly<Record<AttributeKind, (dictionary: Dictionary, words?: Words) => Likeness>> = {
  line: textLikeness,
  postcode: postcodeLikeness,
  uprn: identifierLikeness,
  phone: phoneLikeness,
  email: emailLikeness,
  identifier: identifierLikeness,
  tenancy: identifierLikeness,
  date: dateLikeness,
  sex: sexLikeness,
  other: textLikeness,
};

/** How long texts of a kind take to compare, by rank. */
const COST: Readonly<Record<AttributeKind, number>> = {
  sex: 0,
  date: 1,
  identifier: 2,
  uprn: 2,
  tenancy: 2,
  postcode: 3,
  phone: 3,
  email: 4,
  other: 5,
  line: 6,
};

interface ComparedAttribute {
  readonly position: number;
  readonly isLine: boolean;
  readonly columns: readonly Column[];
  readonly likeness: Likeness;
}

/** Positions of the comparisons that every table has. */
export const GIVEN = 0;
export const FAMILY = 1;
export const ORDER = 2;
export const MIDDLE = 3;
export const GENERATION = 4;
export const FIRST_ATTRIBUTE = 5;

function comparison(
  name: string,
  kind: ComparisonKind,
  columns: readonly Column[],
  values: number,
  household = false,
): Comparison {
  return { name, kind, levels: LEVELS[kind], columns, values, household, fixed: kind === 'generation' };
}

/** A table of more rows shows by itself how common names are. */
const SMALL_ROWS = 5_000;
/** Birthdays of sixty years are about as likely as each other. */
const SHARE_OF_DATE = 1 / 22_000;

function sharesOf(dictionary: Dictionary, share: (text: string) => number): Float32Array {
  const shares = new Float32Array(dictionary.size);
  let value = 0;
  for (const text of textsOf(dictionary)) {
    shares[value] = share(text);
    value += 1;
  }
  return shares;
}

/** What is known of a comparison's values beyond a small table. */
function knownElsewhere({ rows, nameDictionary, attributes }: Table, at: number): Pick<Comparison, 'elsewhere'> {
  if (rows > SMALL_ROWS) return {};
  if (at === GIVEN) return { elsewhere: sharesOf(nameDictionary, givenNameShare) };
  if (at === FAMILY) return { elsewhere: sharesOf(nameDictionary, surnameShare) };
  const attribute = attributes[at - FIRST_ATTRIBUTE];
  return attribute?.kind === 'date' ? { elsewhere: sharesOf(attribute.dictionary, () => SHARE_OF_DATE) } : {};
}

/** The comparisons of a table, in the order in which `Comparer` gives their levels. */
export function comparisonsOf(table: Table): Comparison[] {
  const { names, nameDictionary, middleDictionary, middle, attributes } = table;
  const all = [
    comparison(
      'given name',
      'given',
      names.map(({ given }) => given),
      nameDictionary.size,
    ),
    comparison(
      'family name',
      'family',
      names.map(({ family }) => family),
      nameDictionary.size,
    ),
    comparison('order of names', 'order', [], 0),
    comparison('middle name', 'middle', [middle], middleDictionary.size),
    comparison('generation', 'generation', [], 0),
    ...attributes.map(({ name, kind, columns, dictionary }) =>
      comparison(name, KIND_OF[kind], columns, dictionary.size, HOUSEHOLD.has(kind)),
    ),
  ];
  return all.map((one, at) => ({ ...one, ...knownElsewhere(table, at) }));
}

/** How much a level of a name is worth, to choose between readings: the bits of the assumed shares. */
const nameWorth = (kind: 'given' | 'family'): Float64Array =>
  Float64Array.from([0, ...LEVELS[kind].map(({ m, u }) => Math.log2(m / u))]);

const GIVEN_WORTH = nameWorth('given');
const FAMILY_WORTH = nameWorth('family');
/** The worst level of a name that still speaks for one person: near. */
const AGREES = 4;

/** How many more rows have a word as first name than as surname. */
function givenLeanOf({ names, nameDictionary }: Table): Int32Array {
  const lean = new Int32Array(nameDictionary.size);
  const add = (column: Column, step: number): void => {
    for (const value of column) if (value !== MISSING) lean[value] = (lean[value] ?? 0) + step;
  };
  for (const { given, family } of names) {
    add(given, 1);
    add(family, -1);
  }
  return lean;
}

/** What a model allows a pair to weigh, for giving up early. */
export interface Bound {
  /** Pairs that cannot reach so many bits need not be compared to the end. */
  readonly least: number;
  readonly prior: number;
  readonly bits: readonly (readonly number[])[];
  readonly rarity: readonly Float32Array[];
  /** Per comparison: the most that values give which are not equal; with several values a row, the most of all. */
  readonly unequal: Float64Array;
  /** 1 for comparisons of homes. */
  readonly homes: Uint8Array;
}

const NO_BOUND: Bound = {
  least: Number.NEGATIVE_INFINITY,
  prior: 0,
  bits: [],
  rarity: [],
  unequal: new Float64Array(0),
  homes: new Uint8Array(0),
};

/** Compares pairs of rows of a table; keeps the last pair's levels and equal values in arrays of its own. */
export class Comparer {
  readonly comparisons: readonly Comparison[];
  /** Level of each comparison of the last pair; 0 where one of the two has no value. */
  readonly levels: Uint8Array;
  /** The value that both have where the level is `EQUAL`. */
  readonly values: Int32Array;
  readonly #table: Table;
  readonly #given: Likeness;
  readonly #family: Likeness;
  readonly #middle: Likeness;
  /** The cheapest to compare first. */
  readonly #attributes: readonly ComparedAttribute[];
  readonly #elsewhere: Elsewhere;
  readonly #givenLean: Int32Array;
  /** Attributes of the pair at hand whose texts have to be looked at. */
  readonly #open: Uint8Array;

  constructor(table: Table) {
    this.#table = table;
    this.comparisons = comparisonsOf(table);
    this.levels = new Uint8Array(this.comparisons.length);
    this.values = new Int32Array(this.comparisons.length);
    this.#given = givenLikeness(table.nameDictionary, table.vowelless);
    this.#family = familyLikeness(table.nameDictionary, table.vowelless, table.surnameParts);
    this.#middle = middleLikeness(table.middleDictionary);
    const known = new Map<string, number>();
    const words = table.attributes.map(({ kind, dictionary }) =>
      kind === 'line' ? new Words(dictionary, known) : undefined,
    );
    this.#attributes = table.attributes
      .map(({ kind, dictionary, columns }, at) => ({
        position: FIRST_ATTRIBUTE + at,
        isLine: kind === 'line',
        cost: COST[kind],
        columns,
        likeness: LIKENESS[kind](dictionary, words[at]),
      }))
      .sort((a, b) => a.cost - b.cost || a.position - b.position);
    this.#open = new Uint8Array(this.#attributes.length);
    this.#givenLean = givenLeanOf(table);
    this.#elsewhere = new Elsewhere(table.attributes, words, FIRST_ATTRIBUTE, table.rows);
  }

  /** Fills `levels` and `values` for two rows. */
  compare(i: number, j: number): void {
    this.compareAbove(i, j, NO_BOUND);
  }

  /**
   * Compares as far as a pair can still reach so many bits: first whatever costs nothing, then texts, the cheap ones
   * first.
   *
   * @returns whether `levels` and `values` are filled; if not, the pair weighs less than `bound.least`
   */
  compareAbove(i: number, j: number, bound: Bound): boolean {
    this.#compareNames(i, j);
    let most = bound.prior + this.#gain(GIVEN, bound) + this.#gain(FAMILY, bound) + this.#gain(ORDER, bound);
    const { middle, generation } = this.#table;
    const [mark, other] = [generation[i] ?? 0, generation[j] ?? 0];
    this.levels[GENERATION] = mark === 0 || other === 0 ? MISSING_LEVEL : mark === other ? 1 : 2;
    this.#compareOne(MIDDLE, middle[i] ?? MISSING, middle[j] ?? MISSING, this.#middle);
    most += this.#gain(GENERATION, bound) + this.#gain(MIDDLE, bound);
    let [open, lines] = [0, 0];
    for (let at = 0; at < this.#attributes.length; at += 1) {
      const attribute = this.#attributes[at];
      if (attribute === undefined) continue;
      if (this.#isEasy(attribute, i, j)) {
        most += this.#gain(attribute.position, bound);
        if (attribute.isLine && this.levels[attribute.position] !== MISSING_LEVEL) lines += 1;
      } else {
        most += bound.unequal[attribute.position] ?? 0;
        this.#open[open] = at;
        open += 1;
        if (attribute.isLine) lines += 1;
      }
    }
    const whole = lines === 0 ? this.#elsewhere.compareWhole(this.levels, i, j) : undefined;
    if (whole !== undefined) most += this.#gain(whole, bound);
    for (let next = 0; next < open; next += 1) {
      if (most < bound.least) return false;
      const attribute = this.#attributes[this.#open[next] ?? 0];
      if (attribute === undefined) continue;
      const { position, columns, likeness } = attribute;
      this.#compareMany(position, columns, i, j, likeness);
      this.#elsewhere.mend(this.levels, position, i, j);
      most += this.#gain(position, bound) - (bound.unequal[position] ?? 0);
    }
    return most >= bound.least;
  }

  /** What a level gives at most: another home may count for less than its bits. */
  #gain(at: number, { bits, rarity, homes }: Bound): number {
    const level = this.levels[at] ?? 0;
    if (level === MISSING_LEVEL) return 0;
    const gain = (bits[at]?.[level] ?? 0) + (level === EQUAL ? (rarity[at]?.[this.values[at] ?? 0] ?? 0) : 0);
    return gain < 0 && homes[at] === 1 ? 0 : gain;
  }

  /** Whether the level of an attribute is plain without looking at texts: equal, or missing. Sets it then. */
  #isEasy({ columns, position }: ComparedAttribute, i: number, j: number): boolean {
    const column = columns[0];
    if (column === undefined || columns.length > 1) return false;
    const [a, b] = [column[i] ?? MISSING, column[j] ?? MISSING];
    if (a !== b && a !== MISSING && b !== MISSING) return false;
    this.levels[position] = a === MISSING || b === MISSING ? MISSING_LEVEL : EQUAL;
    this.values[position] = a;
    return true;
  }

  #compareOne(at: number, a: number, b: number, likeness: Likeness): void {
    if (a === MISSING || b === MISSING) {
      this.levels[at] = MISSING_LEVEL;
      return;
    }
    this.levels[at] = a === b ? EQUAL : likeness(a, b);
    this.values[at] = a;
  }

  /** Any value of one with any of the other: the best level counts. */
  #compareMany(at: number, columns: readonly Column[], i: number, j: number, likeness: Likeness): void {
    let best = MISSING_LEVEL;
    for (const column of columns) {
      const a = column[i] ?? MISSING;
      if (a === MISSING) continue;
      for (const other of columns) {
        const b = other[j] ?? MISSING;
        if (b === MISSING) continue;
        const level = a === b ? EQUAL : likeness(a, b);
        if (best !== MISSING_LEVEL && level >= best) continue;
        best = level;
        this.values[at] = a;
      }
    }
    this.levels[at] = best;
  }

  #compareNames(i: number, j: number): void {
    this.levels[GIVEN] = MISSING_LEVEL;
    this.levels[FAMILY] = MISSING_LEVEL;
    this.levels[ORDER] = MISSING_LEVEL;
    const { names } = this.#table;
    let best = Number.NEGATIVE_INFINITY;
    for (const one of names) {
      for (const other of names) best = this.#compareTuple(one, other, i, j, best);
    }
    this.#lookForFormerSurname(i, j);
  }

  /** Who takes another surname often keeps the former one as a middle name. */
  #lookForFormerSurname(i: number, j: number): void {
    if ((this.levels[FAMILY] ?? 0) <= AGREES || !agrees(this.levels[GIVEN] ?? 0)) return;
    const { names, middle, middleAsName } = this.#table;
    const kept = (row: number): number => middleAsName[middle[row] ?? MISSING] ?? MISSING;
    const [ofI, ofJ] = [kept(i), kept(j)];
    if (ofI === MISSING && ofJ === MISSING) return;
    const isFormer = names.some(
      ({ family }) => (ofI !== MISSING && family[j] === ofI) || (ofJ !== MISSING && family[i] === ofJ),
    );
    if (isFormer) this.levels[FAMILY] = NEAR_LEVEL;
  }

  /** Two complete names, as given and exchanged; kept where it is worth more than `best`. */
  #compareTuple(one: NameColumns, other: NameColumns, i: number, j: number, best: number): number {
    const given = one.given[i] ?? MISSING;
    const family = one.family[i] ?? MISSING;
    const otherGiven = other.given[j] ?? MISSING;
    const otherFamily = other.family[j] ?? MISSING;
    let most = best;
    if ((given === MISSING && family === MISSING) || (otherGiven === MISSING && otherFamily === MISSING)) return most;
    const asGiven = levelOf(given, otherGiven, this.#given);
    const asFamily = levelOf(family, otherFamily, this.#family);
    const straight = (GIVEN_WORTH[asGiven] ?? 0) + (FAMILY_WORTH[asFamily] ?? 0);
    if (straight > most) {
      most = straight;
      this.#keepNames(asGiven, asFamily, given, family, 1);
    }
    if (asGiven === EQUAL && asFamily === EQUAL) return most;
    if (!agrees(levelOf(given, otherFamily, this.#family)) && !agrees(levelOf(family, otherGiven, this.#given)))
      return most;
    // Which of the two is written the wrong way round shows in which words the table has as first names.
    const isOneExchanged = this.#asGiven(family, given) + this.#asGiven(otherGiven, otherFamily) > 0;
    const [first, last] = isOneExchanged ? [family, given] : [given, family];
    const [otherFirst, otherLast] = isOneExchanged ? [otherGiven, otherFamily] : [otherFamily, otherGiven];
    const givenLevel = levelOf(first, otherFirst, this.#given);
    const familyLevel = levelOf(last, otherLast, this.#family);
    const exchanged = (GIVEN_WORTH[givenLevel] ?? 0) + (FAMILY_WORTH[familyLevel] ?? 0);
    if (exchanged > most && exchanged > 0) {
      most = exchanged;
      this.#keepNames(givenLevel, familyLevel, first, last, 2);
    }
    return most;
  }

  /** How much more often one word is a first name and the other a surname than the other way round, in rows. */
  #asGiven(first: number, last: number): number {
    const lean = (word: number): number => (word === MISSING ? 0 : (this.#givenLean[word] ?? 0));
    return lean(first) - lean(last);
  }

  #keepNames(given: number, family: number, givenValue: number, familyValue: number, order: number): void {
    this.levels[GIVEN] = given;
    this.levels[FAMILY] = family;
    this.levels[ORDER] = agrees(given) || agrees(family) ? order : MISSING_LEVEL;
    this.values[GIVEN] = givenValue;
    this.values[FAMILY] = familyValue;
  }
}

const agrees = (level: number): boolean => level !== MISSING_LEVEL && level <= AGREES;

const levelOf = (a: number, b: number, likeness: Likeness): number =>
  a === MISSING || b === MISSING ? MISSING_LEVEL : a === b ? EQUAL : likeness(a, b);
