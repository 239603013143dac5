import { textOf, type Dictionary } from './dictionary.ts';

/** The words of each text of a dictionary as numbers, each once and in order. */
export class Words {
  readonly #starts: Uint32Array;
  readonly #numbers: Int32Array;
  readonly #masks: Int32Array;

  /** @param known numbers of words so far; share it where words of two dictionaries are to be compared */
  constructor(dictionary: Dictionary, known: Map<string, number> = new Map()) {
    this.#starts = new Uint32Array(dictionary.size + 1);
    this.#masks = new Int32Array(dictionary.size);
    const numbers: number[] = [];
    for (let value = 0; value < dictionary.size; value += 1) {
      const ofText = new Set<number>();
      for (const word of textOf(dictionary, value).split(' ')) ofText.add(numberOf(word, known));
      for (const number of ofText) this.#masks[value] = (this.#masks[value] ?? 0) | (1 << (number & 31));
      numbers.push(...[...ofText].sort((a, b) => a - b));
      this.#starts[value + 1] = numbers.length;
    }
    this.#numbers = Int32Array.from(numbers);
  }

  /** How many words a text has. */
  count(value: number): number {
    return (this.#starts[value + 1] ?? 0) - (this.#starts[value] ?? 0);
  }

  /** A bit for each word of a text; many words have the same bit. */
  mask(value: number): number {
    return this.#masks[value] ?? 0;
  }

  /** One word of a text, `at` from 0. */
  word(value: number, at: number): number {
    return this.#numbers[(this.#starts[value] ?? 0) + at] ?? -1;
  }

  has(value: number, word: number): boolean {
    const end = this.#starts[value + 1] ?? 0;
    for (let at = this.#starts[value] ?? 0; at < end; at += 1) if (this.#numbers[at] === word) return true;
    return false;
  }

  /** How many words two texts have in common. */
  inCommon(a: number, b: number): number {
    let shared = 0;
    let [at, other] = [this.#starts[a] ?? 0, this.#starts[b] ?? 0];
    const [end, otherEnd] = [this.#starts[a + 1] ?? 0, this.#starts[b + 1] ?? 0];
    while (at < end && other < otherEnd) {
      const difference = (this.#numbers[at] ?? 0) - (this.#numbers[other] ?? 0);
      if (difference === 0) shared += 1;
      if (difference <= 0) at += 1;
      if (difference >= 0) other += 1;
    }
    return shared;
  }
}

function numberOf(word: string, known: Map<string, number>): number {
  const number = known.get(word);
  if (number !== undefined) return number;
  known.set(word, known.size);
  return known.size - 1;
}
