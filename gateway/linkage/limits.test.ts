import { describe, expect, it } from '@jest/globals';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { gatherCandidates } from './candidates.ts';
import { limitValues } from './limits.ts';

const person = (names: number, homes: number): Person => ({
  names: Array.from({ length: names }, (_, n) => ({
    given: `Name${'abcdefghijklmnopqrstuvwxyz'.charAt(n % 26)}${'abc'.charAt(n / 26)}`,
    family: 'Pottinger',
  })),
  addresses: Array.from({ length: homes }, (_, n) => ({ lines: [`${n} Quarry Lane`], postcode: 'LS12 4QX' })),
});
const records = (count: number, one: Person): SourceRecord[] =>
  Array.from({ length: count }, (_, n) => ({
    recordId: `r${n}`,
    agency: 'housing',
    system: `s${n}`,
    person: one,
    contacts: [],
  }));
const total = (count: number, one: Person) => {
  const { linkable } = limitValues(gatherCandidates(person(1, 1), records(count, one), '2026-11-22'));
  const people = linkable.flatMap(({ versions }) => versions.map((version) => version.person));
  return {
    names: people.reduce((sum, { names }) => sum + names.length, 0),
    homes: people.reduce((sum, { homes }) => sum + homes.length, 0),
  };
};

describe('P11: what is compared has a limit', () => {
  it('of an answer as real ones are nothing is left out', () => {
    expect(total(80, person(2, 6))).toEqual({ names: 161, homes: 481 });
  });

  it('of one record with forty names among few, none is left out', () => {
    expect(total(3, person(40, 60))).toEqual({ names: 121, homes: 181 });
  });

  it('of a flood of names and homes each record keeps a few', () => {
    const { names, homes } = total(150, person(40, 60));
    expect(names).toBeLessThanOrEqual(3 * 151);
    expect(homes).toBeLessThanOrEqual(3000);
  });

  it('what is kept does not depend on the order in which it came', () => {
    const many = person(40, 60);
    const turned = { names: [...(many.names ?? [])].reverse(), addresses: [...(many.addresses ?? [])].reverse() };
    const keep = (one: Person) =>
      JSON.stringify(limitValues(gatherCandidates(person(1, 1), records(150, one), '2026-11-22')).linkable);
    expect(keep(turned)).toBe(keep(many));
  });
});
