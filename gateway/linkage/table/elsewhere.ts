import { MISSING } from './dictionary.ts';
import type { Attribute, Column } from './table.ts';
import type { Words } from './words.ts';

/** The level of a line that stands in another place of the other address; better ones are left. */
const ELSEWHERE = 4;
const SAME_WORDS = 2;
const NEAR = 3;
/** An address of fewer words is part of many. */
const WHOLE_LEAST = 3;
/** House, street and town: of more words the rest is a county or a country. */
const WHOLE_ENOUGH = 4;

interface Line {
  /** Where its level is kept. */
  readonly at: number;
  readonly columns: readonly Column[];
  readonly words: Words;
}

/** Sees that a line of one address stands in another place of the other: suburb for street, all in one line. */
export class Elsewhere {
  readonly #lines: readonly Line[];
  /** Which words a row has, one bit for many: a line with another word does not stand there. */
  readonly #wordsOfRow: Int32Array;

  /**
   * @param words of the lines of addresses, their numbers in common
   * @param first where the level of the first attribute is kept
   */
  constructor(attributes: readonly Attribute[], words: readonly (Words | undefined)[], first: number, rows: number) {
    this.#lines = attributes.flatMap(({ columns }, position) => {
      const ofLine = words[position];
      return ofLine === undefined ? [] : [{ at: first + position, columns, words: ofLine }];
    });
    this.#wordsOfRow = new Int32Array(this.#lines.length < 2 ? 0 : rows);
    for (const { columns, words } of this.#lines) {
      for (const column of columns) {
        for (let row = 0; row < this.#wordsOfRow.length; row += 1) {
          const value = column[row] ?? MISSING;
          if (value !== MISSING) this.#wordsOfRow[row] = (this.#wordsOfRow[row] ?? 0) | words.mask(value);
        }
      }
    }
  }

  /** Raises the level of a line that was found to differ. */
  mend(levels: Uint8Array, at: number, i: number, j: number): void {
    if (this.#lines.length < 2 || (levels[at] ?? 0) <= ELSEWHERE) return;
    const line = this.#lines.find((one) => one.at === at);
    if (line === undefined) return;
    if (this.#standsIn(line, i, j) || this.#standsIn(line, j, i)) levels[at] = ELSEWHERE;
  }

  /**
   * Compares two addresses that have no line in the same place, because one is written in one line and the other in
   * several, by all their words: the level is kept as that of the first line.
   *
   * @returns where the level is kept, which is left where neither address is the other or part of it; undefined then
   */
  compareWhole(levels: Uint8Array, i: number, j: number): number | undefined {
    const at = this.#lines[0]?.at;
    const [ofI, ofJ] = [this.#wordsOfRow[i] ?? 0, this.#wordsOfRow[j] ?? 0];
    if (at === undefined || ofI === 0 || ofJ === 0 || ((ofI & ~ofJ) !== 0 && (ofJ & ~ofI) !== 0)) return undefined;
    const [one, other] = [this.#allWords(i), this.#allWords(j)];
    const [fewer, more] = one.size < other.size ? [one, other] : [other, one];
    if (fewer.size < WHOLE_LEAST || [...fewer].some((word) => !more.has(word))) return undefined;
    levels[at] = fewer.size === more.size || fewer.size >= WHOLE_ENOUGH ? SAME_WORDS : NEAR;
    return at;
  }

  #allWords(row: number): Set<number> {
    const found = new Set<number>();
    for (const { columns, words } of this.#lines) {
      for (const column of columns) {
        const value = column[row] ?? MISSING;
        if (value === MISSING) continue;
        for (let word = 0; word < words.count(value); word += 1) found.add(words.word(value, word));
      }
    }
    return found;
  }

  /** Whether all words of this line of row `i` are among the words of the other lines of row `j`. */
  #standsIn({ at, columns, words }: Line, i: number, j: number): boolean {
    for (const column of columns) {
      const value = column[i] ?? MISSING;
      if (value === MISSING || (words.mask(value) & ~(this.#wordsOfRow[j] ?? 0)) !== 0) continue;
      if (this.#hasAll(words, value, at, j)) return true;
    }
    return false;
  }

  #hasAll(words: Words, value: number, at: number, row: number): boolean {
    const count = words.count(value);
    for (let word = 0; word < count; word += 1) if (!this.#hasWord(at, words.word(value, word), row)) return false;
    return true;
  }

  #hasWord(not: number, word: number, row: number): boolean {
    for (const { at, columns, words } of this.#lines) {
      if (at === not) continue;
      for (const column of columns) {
        const value = column[row] ?? MISSING;
        if (value !== MISSING && words.has(value, word)) return true;
      }
    }
    return false;
  }
}
