import { describe, expect, it } from '@jest/globals';
import type { LinkageResult } from '../../schemas/linkage.ts';
import type { Person, PersonName } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { linkQuestion } from '../bench/linkage/population-linked.ts';
import { generateQuestions, type Question } from '../population/questions.ts';
import { randomOf } from '../population/random.ts';

/**
 * Everybody around him who could be taken for him, made of what the register and his own records say of him, and put
 * into the answer of an agency of their own: nothing but the rules keeps them apart.
 */

const QUESTIONS = 120;
const questions: readonly Question[] = [...generateQuestions({ seed: 616, count: QUESTIONS, harder: true })];

interface Known {
  readonly name: PersonName;
  readonly born: string;
  readonly homes: NonNullable<Person['addresses']>;
  readonly phones: readonly string[];
  readonly sex: 'male' | 'female';
}

/** What is known of him by register and records together; undefined where nobody knows his birth date. */
function knownOf({ subject, records, truth }: Question): Known | undefined {
  const his = records.filter(({ recordId }) => truth.his.includes(recordId)).map(({ person }) => person);
  const people = [subject, ...his];
  const born = people.map(({ dateOfBirth }) => dateOfBirth).find((date) => date?.length === 10 && date > '1901');
  const [name] = subject.names ?? [];
  if (born === undefined || name === undefined) return undefined;
  return {
    name,
    born,
    homes: people.flatMap(({ addresses = [] }) => addresses),
    phones: people.flatMap(({ phones = [] }) => phones),
    sex: subject.sex === 'female' ? 'female' : 'male',
  };
}

const yearsLater = (date: string, years: number): string => `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
/** Two names that nobody of the population bears. */
const another = (name: PersonName): PersonName => ({ ...name, given: 'Ambrose', middle: 'Hector' });

const LOOKALIKES: Readonly<Record<string, (known: Known) => Person>> = {
  'twin who shares every home and phone': ({ name, born, homes, phones, sex }) => ({
    names: [another(name)],
    dateOfBirth: born,
    sex,
    addresses: [...homes],
    phones: [...phones],
  }),
  'father of his name who shares every home and phone': ({ name, born, homes, phones, sex }) => ({
    names: [name],
    dateOfBirth: yearsLater(born, -26),
    sex,
    addresses: [...homes],
    phones: [...phones],
  }),
  'son of his name who shares every home and phone': ({ name, born, homes, phones, sex }) => ({
    names: [name],
    dateOfBirth: yearsLater(born, 20),
    sex,
    addresses: [...homes],
    phones: [...phones],
  }),
  'father or son whose birth date nobody wrote down': ({ name, homes, phones }) => ({
    names: [name],
    addresses: [...homes],
    phones: [...phones],
  }),
  'brother who shares every home and phone': ({ name, born, homes, phones, sex }) => ({
    names: [another(name)],
    dateOfBirth: yearsLater(born, 3),
    sex,
    addresses: [...homes],
    phones: [...phones],
  }),
  'wife of his surname who shares every home and phone': ({ name, born, homes, phones, sex }) => ({
    names: [{ ...name, given: 'Philomena', middle: 'Ottilie' }],
    dateOfBirth: yearsLater(born, -1),
    sex: sex === 'male' ? 'female' : 'male',
    addresses: [...homes],
    phones: [...phones],
  }),
  'namesake of his birth date with his middle name, and nothing else': ({ name, born, sex }) => ({
    names: [name],
    dateOfBirth: born,
    sex,
  }),
  'namesake of his birth date who lives in his district': ({ name, born, homes, sex }) => ({
    names: [name],
    dateOfBirth: born,
    sex,
    addresses: [{ lines: ['The Old Forge'], postcode: `${homes[0]?.postcode?.split(' ')[0] ?? 'ZE4'} 9ZZ` }],
  }),
  'friend who has his phones': ({ born, phones }) => ({
    names: [{ given: 'Ottokar', family: 'Wetherspoon' }],
    dateOfBirth: yearsLater(born, 1),
    phones: [...phones],
  }),
};

const lookalike = (person: Person): SourceRecord => ({
  recordId: 'benefits:lookalike',
  agency: 'benefits',
  system: 'benefits',
  role: 'nominal',
  person,
  contacts: [],
});

describe('P5: generated answers with somebody who looks like him', () => {
  it.each(Object.entries(LOOKALIKES))('P5: never give him the %s', (_, make) => {
    let asked = 0;
    const wronged: string[] = [];
    for (const question of questions) {
      const known = knownOf(question);
      if (known === undefined) continue;
      asked += 1;
      const { result } = linkQuestion({ ...question, records: [...question.records, lookalike(make(known))] });
      if (result.subjectRecords.includes('benefits:lookalike')) wronged.push(question.queryId);
    }
    expect(wronged).toEqual([]);
    expect(asked).toBeGreaterThan(QUESTIONS * 0.9);
  });
});

describe('P5: an answer does not depend on how it came', () => {
  const shown = ({ links: _links, ...rest }: LinkageResult): unknown => rest;

  it('P5: records in any order, and each any number of times, with protected contacts in any order', () => {
    const random = randomOf(99);
    for (const question of questions.slice(0, 60)) {
      const records = [...question.records, ...question.records.filter(() => random.chance(0.3))];
      const again = {
        ...question,
        records: records.sort(() => random.fraction() - 0.5),
        protectedContacts: [...question.protectedContacts].reverse(),
      };
      expect(shown(linkQuestion(again).result)).toEqual(shown(linkQuestion(question).result));
    }
  });
});
