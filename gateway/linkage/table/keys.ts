import { FULL_NAME, mix, type Part, type PartTable } from './parts.ts';

/**
 * Keys: two rows are compared only where some key of one equals the same key of the other. A key is a whole part or a
 * pair of parts, so that a pair of one person is lost only where no two parts agree and no single rare one.
 */
export interface Key {
  readonly name: string;
  /** One part or two, by their places among the parts. */
  readonly parts: readonly number[];
  /** Whether rows in a crowd with one value of it meet those next to them by name. */
  readonly inCrowds: boolean;
  /** A bit for each of them. */
  readonly mask: number;
}

/** So many parts are paired, in the order in which a table has them: names and dates come first. */
const PAIRED_MOST = 18;

/** All keys of a table: whole parts first, because what they bring together need not be looked for in pairs. */
export function keysOf(parts: readonly Part[]): Key[] {
  const single = parts.flatMap(({ name, whole, inCrowds }, at): Key[] =>
    whole ? [{ name, parts: [at], inCrowds, mask: 1 << at }] : [],
  );
  const paired = parts.map((part, at) => ({ part, at })).filter(({ part }) => part.attribute !== FULL_NAME);
  const pairs = paired.slice(0, PAIRED_MOST).flatMap(({ part: a, at: first }, place) =>
    paired.slice(place + 1, PAIRED_MOST).flatMap(({ part: b, at: second }): Key[] =>
      a.attribute === b.attribute
        ? []
        : [
            {
              name: `${a.name} with ${b.name}`,
              parts: [first, second],
              inCrowds: false,
              mask: (1 << first) | (1 << second),
            },
          ],
    ),
  );
  return [...single, ...pairs];
}

/** Most values of one key that a row is looked up by: three phones with three e-mails are nine. */
const VALUES_MOST = 16;

/** Gives the values that rows have for one key; a row with several phones has several. */
export class KeyValues {
  readonly #first: number;
  readonly #firstSlots: number;
  readonly #second: number;
  readonly #secondSlots: number;
  readonly #width: number;
  readonly #hashes: Uint32Array;
  /** The values found by `of`. */
  readonly values = new Uint32Array(VALUES_MOST);

  constructor({ parts, width, hashes }: PartTable, key: Key) {
    const [one, other] = key.parts.map((at) => parts[at]);
    this.#first = one?.first ?? 0;
    this.#firstSlots = one?.slots ?? 0;
    this.#second = other?.first ?? -1;
    this.#secondSlots = other?.slots ?? 0;
    this.#width = width;
    this.#hashes = hashes;
  }

  /** @returns how many values the row has, none of them 0 */
  of(row: number): number {
    const from = row * this.#width;
    let count = 0;
    for (let one = 0; one < this.#firstSlots; one += 1) {
      const a = this.#hashes[from + this.#first + one] ?? 0;
      if (a === 0) continue;
      if (this.#second === -1) count = this.#keep(a, count);
      for (let other = 0; other < this.#secondSlots; other += 1) {
        const b = this.#hashes[from + this.#second + other] ?? 0;
        if (b !== 0) count = this.#keep(mix(a, b), count);
      }
    }
    return count;
  }

  #keep(value: number, count: number): number {
    if (count === VALUES_MOST) return count;
    for (let at = 0; at < count; at += 1) if (this.values[at] === value) return count;
    this.values[count] = value;
    return count + 1;
  }
}
