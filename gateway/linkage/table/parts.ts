import { readDates } from './dates.ts';
import { MISSING, sharedUint32, textsOf, type Dictionary } from './dictionary.ts';
import { soundOf } from './sound.ts';
import { hashText, type Attribute, type Column, type Table } from './table.ts';

/**
 * What keys are made of: each attribute is a part, names also by sound and dates also in pieces. A part of a row is a
 * hash of its value; two rows that have a value in common have the hash in common.
 */
export interface Part {
  readonly name: string;
  /** Pieces of one attribute are not paired with each other. */
  readonly attribute: string;
  /** Whether it may be a key alone. */
  readonly whole: boolean;
  /** Whether rows in a crowd with one value of it meet those next to them by name. */
  readonly inCrowds: boolean;
  /** Where its hashes stand in a row of `PartTable`, and how many: a row with two phones has two. */
  readonly first: number;
  readonly slots: number;
}

/** The parts of all rows, row by row, so that what is looked at together lies together. Shared by threads. */
export interface PartTable {
  readonly parts: readonly Part[];
  readonly width: number;
  /** 0 where the row has none. */
  readonly hashes: Uint32Array;
}

/** One hash of a row. */
type HashOf = (row: number) => number;

interface Source {
  readonly name: string;
  readonly attribute: string;
  readonly whole: boolean;
  readonly inCrowds: boolean;
  readonly slots: readonly HashOf[];
}

/** More parts than a word has bits are not looked at: a table of a hundred columns has enough in the first thirty. */
const PARTS_MOST = 30;

/** Two hashes as one; never 0. Not symmetrical. */
export const mix = (a: number, b: number): number => {
  let hash = Math.imul(a ^ (b >>> 7), 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return (hash ^ (hash >>> 13)) >>> 0 || 1;
};

function codes(dictionary: Dictionary, code: (text: string) => string, name: string): Uint32Array {
  const seed = hashText(name);
  const found = new Uint32Array(dictionary.size);
  let value = 0;
  for (const text of textsOf(dictionary)) {
    const coded = code(text);
    found[value] = coded === '' ? 0 : hashText(coded, seed) || 1;
    value += 1;
  }
  return found;
}

const byColumn =
  (column: Column, codeOf: Uint32Array): HashOf =>
  (row) => {
    const value = column[row] ?? MISSING;
    return value === MISSING ? 0 : (codeOf[value] ?? 0);
  };

function nameSources({ names, nameDictionary }: Table): Source[] {
  if (names.length === 0) return [];
  const sounds = codes(nameDictionary, soundOf, 'sound');
  const whole = codes(nameDictionary, (text) => text, 'name');
  const inEitherOrder = ({ given, family }: { readonly given: Column; readonly family: Column }): HashOf => {
    const [one, other] = [byColumn(given, whole), byColumn(family, whole)];
    return (row) => {
      const [a, b] = [one(row), other(row)];
      return a === 0 || b === 0 ? 0 : a < b ? mix(a, b) : mix(b, a);
    };
  };
  const sound = (name: string, columns: readonly Column[]): Source => ({
    name: `${name} by sound`,
    attribute: name,
    whole: true,
    inCrowds: false,
    slots: columns.map((column) => byColumn(column, sounds)),
  });
  return [
    { name: 'full name', attribute: FULL_NAME, whole: true, inCrowds: true, slots: names.map(inEitherOrder) },
    sound(
      'given name',
      names.map(({ given }) => given),
    ),
    sound(
      'family name',
      names.map(({ family }) => family),
    ),
  ];
}

/** Made of both names, and so paired with nothing. */
export const FULL_NAME = 'full name';

function datePieces({ dictionary, columns }: Attribute, attribute: string): Source[] {
  const { year, month, day } = readDates(dictionary);
  const piece = (name: string, code: (value: number) => number): Source => {
    const seed = hashText(name + attribute);
    const slots = columns.map((column) => (row: number) => {
      const value = column[row] ?? MISSING;
      const found = value === MISSING ? 0 : code(value);
      return found === 0 ? 0 : mix(found, seed);
    });
    return { name, attribute, whole: false, inCrowds: false, slots };
  };
  return [
    piece('year', (value) => year[value] ?? 0),
    piece('month and day', (value) => ((day[value] ?? 0) === 0 ? 0 : (month[value] ?? 0) * 100 + (day[value] ?? 0))),
    piece('year and month', (value) =>
      (month[value] ?? 0) === 0 ? 0 : (year[value] ?? 0) * 100 + (month[value] ?? 0),
    ),
  ];
}

function attributeSources(attribute: Attribute, position: number): Source[] {
  const { kind, dictionary, columns, name } = attribute;
  if (kind === 'sex') return [];
  const whole = codes(dictionary, (text) => text, `whole ${position}`);
  const own: Source = {
    name,
    attribute: `attribute ${position}`,
    whole: true,
    inCrowds: true,
    slots: columns.map((column) => byColumn(column, whole)),
  };
  return kind === 'date' ? [own, ...datePieces(attribute, own.attribute)] : [own];
}

/** The parts of a table. */
export function partsOf(table: Table): PartTable {
  const sources = [...nameSources(table), ...table.attributes.flatMap(attributeSources)].slice(0, PARTS_MOST);
  let width = 0;
  const parts = sources.map(({ name, attribute, whole, inCrowds, slots }): Part => {
    const first = width;
    width += slots.length;
    return { name, attribute, whole, inCrowds, first, slots: slots.length };
  });
  const hashes = sharedUint32(table.rows * width);
  const all = sources.flatMap(({ slots }) => slots);
  all.forEach((hashOf, at) => {
    for (let row = 0; row < table.rows; row += 1) hashes[row * width + at] = hashOf(row);
  });
  return { parts, width, hashes };
}
