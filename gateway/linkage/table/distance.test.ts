import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { jaroWinkler } from '../compare/jaro-winkler.ts';
import { DictionaryBuilder, textOf } from './dictionary.ts';
import { countBits, isOneEdit, jaroWinklerOf } from './distance.ts';

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'n', ' '), minLength: 1, maxLength: 12 });
const options = { seed: 20261122, numRuns: 2_000 };

function numbered(...texts: readonly string[]) {
  const builder = new DictionaryBuilder();
  const values = texts.map((text) => builder.number(text));
  return { dictionary: builder.build(), values };
}

describe('texts are compared on bytes', () => {
  it('with the Jaro-Winkler similarity of the live comparison', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        const { dictionary, values } = numbered(a, b);
        const [first = 0, second = 0] = values;
        const at = (value: number): number => dictionary.offsets[value] ?? 0;
        const found = jaroWinklerOf(dictionary.bytes, at(first), at(first + 1), at(second), at(second + 1));
        expect(found).toBeCloseTo(jaroWinkler(a, b), 12);
      }),
      options,
    );
  });

  /** Every text one edit away, by definition. */
  function editsOf(text: string): Set<string> {
    const found = new Set<string>();
    for (let at = 0; at <= text.length; at += 1) {
      const [start, end] = [text.slice(0, at), text.slice(at)];
      found.add(start + end.slice(1));
      if (end.length > 1) found.add(start + end.charAt(1) + end.charAt(0) + end.slice(2));
      for (const letter of ['a', 'b', 'c', 'n', ' ']) {
        found.add(start + letter + end);
        if (end !== '') found.add(start + letter + end.slice(1));
      }
    }
    return found;
  }

  it('one edit is one letter more, less or other, or two neighbours exchanged, and nothing else', () => {
    fc.assert(
      fc.property(word, word, (a, b) => {
        fc.pre(a !== b);
        const { dictionary, values } = numbered(a, b);
        const [first = 0, second = 0] = values;
        expect(isOneEdit(dictionary, first, second)).toBe(editsOf(a).has(b));
        expect(isOneEdit(dictionary, second, first)).toBe(isOneEdit(dictionary, first, second));
      }),
      options,
    );
  });

  it('bits are counted', () => {
    fc.assert(
      fc.property(fc.integer(), (number) => {
        expect(countBits(number)).toBe((number >>> 0).toString(2).replaceAll('0', '').length);
      }),
      options,
    );
  });
});

describe('a dictionary', () => {
  it('gives every text back, and a number once', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), (texts) => {
        const { dictionary, values } = numbered(...texts);
        expect(values.map((value) => textOf(dictionary, value))).toEqual(texts);
        expect(dictionary.size).toBe(new Set(texts).size);
      }),
      { ...options, numRuns: 200 },
    );
  });
});
