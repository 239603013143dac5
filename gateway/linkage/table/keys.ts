import { readDates } from './dates.ts';
import { MISSING, textOf, type Dictionary } from './dictionary.ts';
import { consonants } from '../standardise/latin.ts';
import { hashText, type Attribute, type Column, type Table } from './table.ts';

/**
 * Blocking keys, made from whatever the table has: two rows are compared only where some key of one equals the same
 * key of the other. Each attribute is a part, names also by sound and dates also in pieces; the keys are single parts
 * and pairs of parts. A pair of one person is lost only where no two parts agree and no single rare one.
 */

/** A part of a key: row to hash, 0 where the row has none. */
type Part = (row: number) => number;

export interface Key {
  readonly name: string;
  readonly of: Part;
}

/** What may stand in a pair of parts; `whole` may also stand alone. */
interface NamedPart {
  readonly name: string;
  readonly of: Part;
  readonly whole: boolean;
  /** Pieces of one attribute are not paired with each other. */
  readonly attribute: string;
}

const mix = (a: number, b: number): number => {
  let hash = Math.imul(a ^ (b >>> 7), 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35);
  return (hash ^ (hash >>> 13)) >>> 0 || 1;
};

const codes = (dictionary: Dictionary, code: (text: string) => string, name: string): Uint32Array => {
  const seed = hashText(name);
  const found = new Uint32Array(dictionary.size);
  for (let value = 0; value < found.length; value += 1) {
    const text = code(textOf(dictionary, value));
    found[value] = text === '' ? 0 : hashText(text, seed) || 1;
  }
  return found;
};

const byColumn =
  (column: Column | undefined, codeOf: Uint32Array): Part =>
  (row) => {
    const value = column?.[row] ?? MISSING;
    return value === MISSING ? 0 : (codeOf[value] ?? 0);
  };

/**
 * A name by its sound: first letter and consonants, letters that are confused by ear as one. A short code of our own
 * for keys only; nothing is judged by it.
 */
export function soundOf(name: string): string {
  const heard = name
    .replace(/ph/g, 'f')
    .replace(/^(?:kn|gn)/, 'n')
    .replace(/^wr/, 'r')
    .replace(/sch|sh|ch|cz|sz|zh/g, 's')
    .replace(/ck|[ckqgx]/g, 'k')
    .replace(/[szj]/g, 's')
    .replace(/[dt]h?/g, 't')
    .replace(/[bp]/g, 'p')
    .replace(/[vf]/g, 'f')
    .replace(/[mn]/g, 'n')
    .replace(/h/g, '');
  const first = heard.charAt(0);
  return (/[aeiouyw]/.test(first) ? 'a' : '') + consonants(heard).slice(0, 4);
}

function nameParts({ names, nameDictionary }: Table): NamedPart[] {
  const [name] = names;
  if (name === undefined) return [];
  const sounds = codes(nameDictionary, soundOf, 'sound');
  return [
    { name: 'given name by sound', of: byColumn(name.given, sounds), whole: false, attribute: 'given' },
    { name: 'family name by sound', of: byColumn(name.family, sounds), whole: false, attribute: 'family' },
  ];
}

const sharedCode = (position: number, slot: number): string => `${position} ${slot > -1 ? '' : slot}`;

function dateParts({ dictionary, columns }: Attribute, position: number): NamedPart[] {
  const { year, month, day } = readDates(dictionary);
  const piece = (name: string, code: (value: number) => number): NamedPart[] =>
    columns.map((column, slot) => ({
      name,
      of: (row: number) => {
        const value = column[row] ?? MISSING;
        const found = value === MISSING ? 0 : code(value);
        return found === 0 ? 0 : mix(found, hashText(name + sharedCode(position, slot)));
      },
      whole: false,
      attribute: `date ${position}`,
    }));
  return [
    ...piece('year', (value) => year[value] ?? 0),
    ...piece('month and day', (value) => ((day[value] ?? 0) === 0 ? 0 : (month[value] ?? 0) * 100 + (day[value] ?? 0))),
    ...piece('year and month', (value) =>
      (month[value] ?? 0) === 0 ? 0 : (year[value] ?? 0) * 100 + (month[value] ?? 0),
    ),
  ];
}

/** Parts of an attribute; further slots share the key of the first, so that an old phone meets a new one. */
function attributeParts(attribute: Attribute, position: number): NamedPart[] {
  const { kind, dictionary, columns, name } = attribute;
  if (kind === 'sex') return [];
  const whole = codes(dictionary, (text) => text, `whole ${position}`);
  const parts = columns.map((column): NamedPart => ({
    name,
    of: byColumn(column, whole),
    whole: true,
    attribute: `attribute ${position}`,
  }));
  return kind === 'date' ? [...parts, ...dateParts(attribute, position)] : parts;
}

/** Whole names in either order. */
function fullNameKeys({ names, nameDictionary }: Table): Key[] {
  const whole = codes(nameDictionary, (text) => text, 'name');
  return names.map(({ given, family }, slot) => ({
    name: `full name ${slot}`,
    of: (row) => {
      const [a, b] = [byColumn(given, whole)(row), byColumn(family, whole)(row)];
      if (a === 0 || b === 0) return 0;
      return a < b ? mix(a, b) : mix(b, a);
    },
  }));
}

const pairOf = (a: NamedPart, b: NamedPart): Key => ({
  name: `${a.name} with ${b.name}`,
  of: (row) => {
    const first = a.of(row);
    if (first === 0) return 0;
    const second = b.of(row);
    return second === 0 ? 0 : mix(first, second);
  },
});

/** All keys that may be used; which ones are, and how far, is decided by `indexKeys` from how many pairs each gives. */
export function keysOf(table: Table): Key[] {
  const parts = [...nameParts(table), ...table.attributes.flatMap(attributeParts)];
  const single = parts.filter(({ whole }) => whole);
  const pairs = parts.flatMap((a, at) =>
    parts.slice(at + 1).flatMap((b) => (a.attribute === b.attribute ? [] : [pairOf(a, b)])),
  );
  return [...fullNameKeys(table), ...single, ...pairs];
}
