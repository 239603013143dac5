/**
 * Every distinct text once, as bytes end to end in memory that threads share; elsewhere a text is a number. Comparing
 * two texts for equality is then comparing two numbers, and a million rows stay small.
 */
export interface Dictionary {
  readonly size: number;
  /** Text `v` is `bytes[offsets[v] .. offsets[v + 1])`. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

/** A value that is not there. */
export const MISSING = -1;

/** Longer texts are cut: what differs only after this many bytes is compared as equal. */
export const TEXT_BYTES_MAX = 120;

export const sharedInt32 = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4));
export const sharedUint32 = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));
export const sharedUint8 = (length: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(length));
export const sharedFloat32 = (length: number): Float32Array => new Float32Array(new SharedArrayBuffer(length * 4));

/** Numbers texts in the order in which they come. */
export class DictionaryBuilder {
  readonly #numbers = new Map<string, number>();
  #bytes = new Uint8Array(1 << 12);
  #ends = new Uint32Array(1 << 10);
  #length = 0;

  /** The number of a text of Latin letters, digits and blanks; `MISSING` for the empty one. */
  number(text: string): number {
    if (text === '') return MISSING;
    const cut = text.length > TEXT_BYTES_MAX ? text.slice(0, TEXT_BYTES_MAX) : text;
    const known = this.#numbers.get(cut);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(cut, number);
    this.#append(cut, number);
    return number;
  }

  #append(text: string, number: number): void {
    if (this.#length + text.length > this.#bytes.length) this.#bytes = grown(this.#bytes);
    if (number >= this.#ends.length) {
      const ends = new Uint32Array(this.#ends.length * 2);
      ends.set(this.#ends);
      this.#ends = ends;
    }
    for (let i = 0; i < text.length; i += 1) this.#bytes[this.#length + i] = text.charCodeAt(i);
    this.#length += text.length;
    this.#ends[number] = this.#length;
  }

  build(): Dictionary {
    const size = this.#numbers.size;
    const offsets = sharedUint32(size + 1);
    offsets.set(this.#ends.subarray(0, size), 1);
    const bytes = sharedUint8(this.#length);
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#numbers.clear();
    return { size, offsets, bytes };
  }
}

function grown(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2 + TEXT_BYTES_MAX);
  larger.set(bytes);
  return larger;
}

/** The bytes of a dictionary as Node reads texts from them. */
const latinOf = ({ bytes }: Dictionary): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The text of a value. */
export const textOf = (dictionary: Dictionary, value: number): string =>
  latinOf(dictionary).toString('latin1', dictionary.offsets[value] ?? 0, dictionary.offsets[value + 1] ?? 0);

/** All texts, in the order of their numbers. */
export function* textsOf(dictionary: Dictionary): Generator<string> {
  const latin = latinOf(dictionary);
  for (let value = 0; value < dictionary.size; value += 1) {
    yield latin.toString('latin1', dictionary.offsets[value] ?? 0, dictionary.offsets[value + 1] ?? 0);
  }
}
