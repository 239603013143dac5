import { givenFamiliesOf, mayBeCalledBy, surnameFamiliesOf, formOfSurname } from '../standardise/name-families.ts';
import { textOf, textsOf, type Dictionary } from './dictionary.ts';

/** Tells whether two names of a dictionary are forms of one, from what was read of each once. */
export interface FormsOfName {
  areOne(a: number, b: number): boolean;
  /** Whether a form of a name begins with an initial. */
  mayBeginWith(initial: number, name: number): boolean;
}

class Families {
  /** 0 where a name stands in no family, else one more than its place in `#lists`. */
  readonly #listOf: Int32Array;
  readonly #lists: (readonly number[])[] = [];

  constructor(dictionary: Dictionary, familiesOf: (name: string) => readonly number[]) {
    this.#listOf = new Int32Array(dictionary.size);
    let value = 0;
    for (const name of textsOf(dictionary)) {
      const families = familiesOf(name);
      if (families.length > 0) this.#listOf[value] = this.#lists.push(families);
      value += 1;
    }
  }

  share(a: number, b: number): boolean {
    const [ofA, ofB] = [this.#listOf[a] ?? 0, this.#listOf[b] ?? 0];
    if (ofA === 0 || ofB === 0) return false;
    const families = this.#lists[ofB - 1] ?? [];
    return (this.#lists[ofA - 1] ?? []).some((family) => families.includes(family));
  }
}

export class FormsOfGiven implements FormsOfName {
  readonly #dictionary: Dictionary;
  readonly #families: Families;

  constructor(dictionary: Dictionary) {
    this.#dictionary = dictionary;
    this.#families = new Families(dictionary, givenFamiliesOf);
  }

  areOne(a: number, b: number): boolean {
    return this.#families.share(a, b);
  }

  mayBeginWith(initial: number, name: number): boolean {
    return mayBeCalledBy(textOf(this.#dictionary, initial), textOf(this.#dictionary, name));
  }
}

/** Surnames, also of a woman and a man of one family: Kowalska and Kowalski. */
export class FormsOfSurname implements FormsOfName {
  readonly #families: Families;
  /** The number of the man's form, for names that have one and their men's forms. */
  readonly #form = new Map<number, number>();

  constructor(dictionary: Dictionary) {
    this.#families = new Families(dictionary, surnameFamiliesOf);
    const forms = new Map<string, number[]>();
    let value = 0;
    for (const name of textsOf(dictionary)) {
      const form = formOfSurname(name);
      if (form !== name) forms.set(form, [...(forms.get(form) ?? []), value]);
      value += 1;
    }
    if (forms.size === 0) return;
    value = 0;
    for (const name of textsOf(dictionary)) {
      if (forms.has(name)) forms.set(name, [...(forms.get(name) ?? []), value]);
      value += 1;
    }
    let number = 0;
    for (const values of forms.values()) {
      number += 1;
      for (const one of values) this.#form.set(one, number);
    }
  }

  areOne(a: number, b: number): boolean {
    if (this.#families.share(a, b)) return true;
    const form = this.#form.size === 0 ? undefined : this.#form.get(a);
    return form !== undefined && form === this.#form.get(b);
  }
  mayBeginWith(): boolean {
    return false;
  }
}
