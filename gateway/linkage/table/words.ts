import { textsOf, type Dictionary } from './dictionary.ts';

/** The words of each text of a dictionary as numbers, each once and in order. */
export class Words {
  readonly #starts: Uint32Array;
  readonly #numbers: Int32Array;
  readonly #masks: Int32Array;

  /** @param known numbers of words so far; share it where words of two dictionaries are to be compared */
  constructor(dictionary: Dictionary, known: Map<string, number> = new Map()) {
    this.#starts = new Uint32Array(dictionary.size + 1);
    this.#masks = new Int32Array(dictionary.size);
    let numbers = new Int32Array(Math.max(16, dictionary.size * 2));
    let [length, value] = [0, 0];
    for (const text of textsOf(dictionary)) {
      const ofText = numbersOf(text, known);
      if (length + ofText.length > numbers.length) numbers = longer(numbers, length + ofText.length);
      let mask = 0;
      for (const number of ofText) {
        mask |= 1 << (number & 31);
        numbers[length] = number;
        length += 1;
      }
      this.#masks[value] = mask;
      value += 1;
      this.#starts[value] = length;
    }
    this.#numbers = numbers.slice(0, length);
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

function longer(numbers: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(least, numbers.length * 2));
  larger.set(numbers);
  return larger;
}

function numbersOf(text: string, known: Map<string, number>): number[] {
  const numbers = text.split(' ').map((word) => numberOf(word, known));
  return numbers.length === 1 ? numbers : [...new Set(numbers)].sort((a, b) => a - b);
}

function numberOf(word: string, known: Map<string, number>): number {
  const number = known.get(word);
  if (number !== undefined) return number;
  known.set(word, known.size);
  return known.size - 1;
}
