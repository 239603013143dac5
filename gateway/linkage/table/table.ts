import { standardiseNames } from '../standardise/names.ts';
import type { StandardName } from '../standardise/standard-person.ts';
import { DictionaryBuilder, MISSING, sharedInt32, sharedUint32, sharedUint8, type Dictionary } from './dictionary.ts';
import type { AttributeKind, Row, TableShape } from './shape.ts';
import { standardText } from './standard-text.ts';

/** A column of values: row to number in a dictionary, or `MISSING`. */
export type Column = Int32Array;

export interface Attribute {
  readonly name: string;
  readonly kind: AttributeKind;
  readonly dictionary: Dictionary;
  readonly columns: readonly Column[];
}

export interface NameColumns {
  readonly given: Column;
  readonly family: Column;
}

/** A table in typed arrays that threads share. */
export interface Table {
  readonly rows: number;
  readonly linkOnly: boolean;
  /** Given and family names share one dictionary, so that an exchange of the two is seen. */
  readonly nameDictionary: Dictionary;
  readonly names: readonly NameColumns[];
  readonly middleDictionary: Dictionary;
  readonly middle: Column;
  /** Number of a middle name to the number of its last word as a name: it may be the surname of before. */
  readonly middleAsName: Int32Array;
  /** Number of a surname of several words to the numbers of those words: `Taylor-Smith` may be written `Smith`. */
  readonly surnameParts: ReadonlyMap<number, readonly number[]>;
  /** 1 for words of names from a script that omits vowels: they are compared by their consonants. */
  readonly vowelless: Uint8Array;
  /** 0 unknown, 1 senior or first, 2 junior or second, 3 third, 4 fourth, 5 fifth. */
  readonly generation: Uint8Array;
  readonly attributes: readonly Attribute[];
  readonly source: Column;
  /** A hash of each record id: what is drawn or ordered by it does not depend on the order of rows. */
  readonly lot: Uint32Array;
}

/** FNV-1a (Fowler, Noll, Vo), 32 bits. */
export function hashText(text: string, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x2c1b3c6d);
  return (hash ^ (hash >>> 13)) >>> 0;
}

/** An array that grows; a table's length is not known before it is read. */
class Growing {
  #array = new Int32Array(1 << 10);
  set(at: number, value: number): void {
    if (at >= this.#array.length) {
      const larger = new Int32Array(this.#array.length * 2);
      larger.set(this.#array);
      this.#array = larger;
    }
    this.#array[at] = value;
  }
  shared(length: number): Int32Array {
    const shared = sharedInt32(length);
    shared.set(this.#array.subarray(0, length));
    this.#array = new Int32Array(0);
    return shared;
  }
}

const growing = (count: number): Growing[] => Array.from({ length: count }, () => new Growing());

const GENERATIONS = { senior: 1, junior: 2, third: 3, fourth: 4, fifth: 5 } as const;

/** Names repeat: the same cells are standardised once, as long as they are few enough to remember. */
const REMEMBERED_NAMES = 20_000;

/** Takes rows one by one and gives a table. */
export class TableBuilder {
  readonly #shape: TableShape;
  readonly #nameWords = new DictionaryBuilder();
  readonly #middleWords = new DictionaryBuilder();
  readonly #sources = new DictionaryBuilder();
  readonly #given: Growing[];
  readonly #family: Growing[];
  readonly #middle = new Growing();
  readonly #generation = new Growing();
  readonly #source = new Growing();
  readonly #lot = new Growing();
  readonly #dictionaries: DictionaryBuilder[];
  readonly #columns: Growing[][];
  /** Numbers of words of names whose script omits vowels. */
  readonly #vowelless = new Set<number>();
  readonly #known = new Map<string, readonly StandardName[]>();
  readonly #surnameParts = new Map<number, readonly number[]>();
  readonly #middleAsName: number[] = [];
  #rows = 0;

  constructor(shape: TableShape) {
    this.#shape = shape;
    this.#given = growing(shape.names);
    this.#family = growing(shape.names);
    this.#dictionaries = shape.attributes.map(() => new DictionaryBuilder());
    this.#columns = shape.attributes.map(({ slots }) => growing(slots));
  }

  add(row: Row): void {
    const at = this.#rows;
    this.#rows += 1;
    this.#addNames(at, this.#standardNames(row));
    this.#source.set(at, this.#sources.number(row.source));
    this.#lot.set(at, hashText(row.recordId) | 0);
    this.#shape.attributes.forEach(({ kind }, attribute) => this.#addValues(at, attribute, kind, row));
  }

  #standardNames({ names }: Row): readonly StandardName[] {
    if (names.length === 0) return [];
    const key = JSON.stringify(names);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const standard = standardiseNames(names);
    if (this.#known.size < REMEMBERED_NAMES) this.#known.set(key, standard);
    return standard;
  }

  #addNames(at: number, names: readonly StandardName[]): void {
    for (let slot = 0; slot < this.#shape.names; slot += 1) {
      const name = names[slot];
      const [given, family] = [this.#nameWords.number(name?.first ?? ''), this.#nameWords.number(name?.last ?? '')];
      this.#given[slot]?.set(at, given);
      this.#family[slot]?.set(at, family);
      if (name !== undefined) this.#addParts(family, name);
      if (name?.consonantsOnly === true) this.#vowelless.add(given).add(family);
    }
    const middle = [...new Set(names.flatMap((name) => name.middle))];
    const number = this.#middleWords.number(middle.join(' '));
    this.#middle.set(at, number);
    if (number !== MISSING) this.#middleAsName[number] ??= this.#nameWords.number(middle.at(-1) ?? '');
    const generation = names.find((name) => name.generation !== undefined)?.generation;
    this.#generation.set(at, generation === undefined ? 0 : GENERATIONS[generation]);
  }

  #addParts(family: number, { last, lastWords }: StandardName): void {
    if (family === MISSING || this.#surnameParts.has(family) || (lastWords.length < 2 && lastWords[0] === last)) return;
    const parts = lastWords.filter((word) => word.length > 1).map((word) => this.#nameWords.number(word));
    if (parts.length > 0) this.#surnameParts.set(family, parts);
  }

  #addValues(at: number, attribute: number, kind: AttributeKind, row: Row): void {
    const dictionary = this.#dictionaries[attribute];
    const columns = this.#columns[attribute] ?? [];
    const held = row.values[attribute] ?? [];
    columns.forEach((column, slot) => {
      const text = held[slot];
      column.set(at, text === undefined ? MISSING : (dictionary?.number(standardText(kind, text)) ?? MISSING));
    });
  }

  build(): Table {
    const rows = this.#rows;
    const generation = sharedUint8(rows);
    generation.set(this.#generation.shared(rows));
    const lot = sharedUint32(rows);
    lot.set(this.#lot.shared(rows));
    this.#known.clear();
    const nameDictionary = this.#nameWords.build();
    const vowelless = sharedUint8(nameDictionary.size);
    for (const word of this.#vowelless) if (word !== MISSING) vowelless[word] = 1;
    return {
      rows,
      linkOnly: this.#shape.linkOnly,
      nameDictionary,
      vowelless,
      names: this.#given.map((given, slot) => ({
        given: given.shared(rows),
        family: this.#family[slot]?.shared(rows) ?? sharedInt32(rows),
      })),
      middleDictionary: this.#middleWords.build(),
      middle: this.#middle.shared(rows),
      middleAsName: Int32Array.from(this.#middleAsName),
      surnameParts: this.#surnameParts,
      generation,
      attributes: this.#shape.attributes.map(({ name, kind }, attribute) => ({
        name,
        kind,
        dictionary: this.#dictionaries[attribute]?.build() ?? new DictionaryBuilder().build(),
        columns: (this.#columns[attribute] ?? []).map((column) => column.shared(rows)),
      })),
      source: this.#source.shared(rows),
      lot,
    };
  }
}
