import { describe, expect, it } from '@jest/globals';
import { normaliseContact } from '../../gateway/contacts/normalise.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { personSchema } from '../../schemas/person.ts';
import { longPnc } from './agreement.ts';
import { generateQuestions, type Question } from './questions.ts';
import { HARD_CASES, QUESTION_ORIGINS } from './questions/question-rates.ts';
import { PUBLISHED } from './rates.ts';
import { PLACEHOLDER_BIRTH_DATES } from './register-entry.ts';

const questions: readonly Question[] = [...generateQuestions({ seed: 4, count: 900 })];
const hisOf = ({ records, truth }: Question): readonly SourceRecord[] =>
  records.filter(({ recordId }) => truth.his.includes(recordId));

describe('questions with their truth', () => {
  it('are the same for the same seed, and question n the same for every count', () => {
    expect([...generateQuestions({ seed: 4, count: 5 })]).toStrictEqual(questions.slice(0, 5));
    const [another] = generateQuestions({ seed: 5, count: 1 });
    expect(another?.records).not.toEqual(questions[0]?.records);
  });

  it('satisfy the live schemas', () => {
    for (const { subject, records } of questions.slice(0, 200)) {
      expect(personSchema.safeParse(subject).error).toBeUndefined();
      for (const record of records) expect(sourceRecordSchema.safeParse(record).error).toBeUndefined();
    }
  });

  it('say of every record whose it is, once, and no record id tells it', () => {
    for (const { records, truth } of questions) {
      const ids = records.map(({ recordId }) => recordId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(truth.relationOf.keys())).toEqual(new Set(ids));
      const himself = ids.filter((id) => truth.relationOf.get(id) === 'himself');
      expect([...truth.his, ...truth.secondInSystem].sort()).toEqual(himself.sort());
    }
  });

  it('say of every contact point in his records whom it reaches', () => {
    for (const question of questions) {
      const known = new Set(question.truth.contacts.map(({ kind, value }) => normaliseContact(kind, value)?.key));
      const held = hisOf(question).flatMap(({ contacts }) => contacts);
      const keys = held.map(({ kind, value }) => normaliseContact(kind, value)?.key);
      expect(keys.filter((key) => key !== undefined && !known.has(key))).toEqual([]);
    }
  });

  it('hold every name origin and every hard case', () => {
    const origins = new Set(questions.map(({ truth }) => truth.nameOrigin));
    expect(origins).toEqual(new Set(QUESTION_ORIGINS.map(([origin]) => origin)));
    const seen = new Set(questions.flatMap(({ truth }) => truth.hardCases));
    const ordinary = ['mother', 'father', 'brother', 'sister', 'new-partner'];
    expect(Object.keys(HARD_CASES).filter((each) => !seen.has(each) && !ordinary.includes(each))).toEqual([]);
  });

  it('are filled up to a number of records where that is asked for', () => {
    for (const { records } of generateQuestions({ seed: 4, count: 3, recordsAtLeast: 80 }))
      expect(records.length).toBeGreaterThanOrEqual(80);
  });
});

describe('his records agree with one another as often as published', () => {
  const pairs = questions.flatMap((question) => {
    const his = hisOf(question);
    return his.flatMap((a, at) => his.slice(at + 1).flatMap((b) => (a.system === b.system ? [] : [[a, b] as const])));
  });
  const share = (judge: (a: SourceRecord, b: SourceRecord) => boolean | undefined): number => {
    const judged = pairs.map(([a, b]) => judge(a, b)).filter((same) => same !== undefined);
    return judged.filter(Boolean).length / judged.length;
  };
  const both = (a: string | undefined, b: string | undefined): boolean | undefined =>
    a === undefined || b === undefined ? undefined : a === b;
  const nameOf = ({ person }: SourceRecord): string | undefined => {
    const [name] = person.names ?? [];
    return name?.given === undefined ? undefined : `${name.given} ${name.family ?? ''}`;
  };
  const born = ({ person: { dateOfBirth = '1900-01-01' } }: SourceRecord): string | undefined =>
    PLACEHOLDER_BIRTH_DATES.includes(dateOfBirth) ? undefined : dateOfBirth;
  const postcodes = ({ person }: SourceRecord): readonly string[] =>
    (person.addresses ?? []).map(({ postcode = '' }) => postcode.replace(' ', '').toUpperCase());
  const pnc = ({ person }: SourceRecord): string | undefined =>
    longPnc(person.identifiers?.find(({ type }) => type === 'PNC')?.value);

  it.each([
    ['first and last name', PUBLISHED.nameExact, share((a, b) => both(nameOf(a), nameOf(b)))],
    ['birth date', PUBLISHED.birthDateExact, share((a, b) => both(born(a), born(b)))],
    ['PNC number', PUBLISHED.identifierAgrees - PUBLISHED.identifierCoreOnly, share((a, b) => both(pnc(a), pnc(b)))],
    [
      'any postcode',
      PUBLISHED.anyPostcode,
      share((a, b) => {
        const [mine, theirs] = [postcodes(a), postcodes(b)];
        return mine.length === 0 || theirs.length === 0 ? undefined : mine.some((each) => theirs.includes(each));
      }),
    ],
  ])('%s, published %d, is %d: within .035', (_, published, measured) => {
    expect(Math.abs(measured - published)).toBeLessThan(0.035);
  });
});
