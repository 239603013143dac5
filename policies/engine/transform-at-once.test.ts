import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lowerTo, transformTo } from './transform.ts';
import { TRANSFORM_KINDS } from './language.ts';
import type { DisclosableValue } from '../../schemas/disclosable-value.ts';

/** Going down at once, which is what runs, and going down level by level, which is what monotone means. */

const text = fc.oneof(
  fc.constantFrom('', ' ', 'Ann', 'Ann Lee', '  van der  Berg ', 'É', '𝒜b'),
  fc.string({ maxLength: 9 }),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const date = fc.constantFrom('1985-05-05', '1999-12-31', '2004-02-29');

/** Leaves out what is undefined, as the schemas do. */
const without = (value: object): Record<string, string> =>
  Object.fromEntries(Object.entries(value).filter(([, held]) => held !== undefined));
const entry = fc
  .record({ group: fc.constantFrom('Violence', 'Damage', ''), title: text, date: maybe(date), outcome: maybe(text) })
  .map((each) => ({ group: each.group, title: each.title, ...without({ date: each.date, outcome: each.outcome }) }));

const values: fc.Arbitrary<DisclosableValue> = fc.oneof(
  fc
    .record({ given: maybe(text), middle: maybe(text), family: maybe(text), full: maybe(text) })
    .map((name) => ({ kind: 'name' as const, ...without(name) })),
  fc.record({ kind: fc.constant('list'), entries: fc.array(entry, { maxLength: 4 }) }),
  fc.record({ kind: fc.constant('dates'), dates: fc.array(fc.record({ label: text, date }), { maxLength: 3 }) }),
  fc
    .record({ written: maybe(text), redacted: maybe(text), summary: maybe(text) })
    .map((free) => ({ kind: 'free-text' as const, ...without(free) })),
  fc.record({ kind: fc.constant('date-of-birth'), date: fc.oneof(date, fc.constantFrom('1985', '1985-05')) }),
  fc.record({ kind: fc.constant('phone'), number: fc.oneof(text, fc.constant('+447700900123')) }),
  fc.record({ kind: fc.constant('identifier'), value: text }),
  fc.record({ kind: fc.constant('email'), address: fc.oneof(text, fc.constant('a@example.org')) }),
  fc.record({ kind: fc.constant('score'), value: fc.integer(), band: text }),
);
const everyKind = { transform: [...TRANSFORM_KINDS] };

describe('P2: a value made less at once is the value made less level by level', () => {
  it('of every kind, at every level', () => {
    fc.assert(
      fc.property(values, (value) => {
        let lowered = transformTo('full', value, everyKind);
        for (const level of ['partial', 'summary', 'exists'] as const) {
          if (lowered === undefined) throw new Error('only deny gives nothing');
          lowered = lowerTo(level, lowered);
          expect(transformTo(level, value, everyKind)).toEqual(lowered);
        }
      }),
      { seed: 41, numRuns: 600 },
    );
  });

  it.each<[string, DisclosableValue, unknown]>([
    ['no entry', { kind: 'list', entries: [] }, { kind: 'held', level: 'exists', held: false }],
    ['no date', { kind: 'dates', dates: [] }, { kind: 'held', level: 'exists', held: false }],
    ['no text', { kind: 'free-text' }, { kind: 'held', level: 'exists', held: false }],
    ['a summary alone', { kind: 'free-text', summary: 'Weekly.' }, { kind: 'held', level: 'exists', held: true }],
  ])('that something is held says of %s what the way down says', (_what, value, expected) => {
    expect(transformTo('exists', value, everyKind)).toEqual(expected);
  });
});
