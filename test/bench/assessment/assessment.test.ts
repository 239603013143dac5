import { beforeAll, describe, expect, it } from '@jest/globals';
import { resolveQuestion, type ResolveAnswer } from '../../../gateway/cli/resolve.ts';
import { resolveQuestionSchema } from '../../../gateway/cli/resolve-question.ts';
import { makeSeal } from '../../../gateway/contacts/seal.ts';
import { assess, type Assessed } from './assess.ts';
import { judge } from './judge/judge.ts';
import { tally, type Tally } from './judge/tally.ts';
import { Chance } from './people/chance.ts';
import { labelled, type Labelled } from './question.ts';
import type { Question } from './registers/entries.ts';
import { CAREFUL, DECOYS, HOSTILE, POOR, PUBLISHED, WORLDS } from './registers/worlds.ts';

/** Questions asked of each world; `run.ts` asks more. */
const ASKED = 120;

/** What was reached when this was written, less what a change elsewhere may cost. The sample is small: see README.md. */
const FLOORS = [
  { world: CAREFUL, recall: 0.96, toHuman: 0.2, aboveRule: 0.15 },
  { world: PUBLISHED, recall: 0.9, toHuman: 0.2, aboveRule: 0.05 },
  { world: POOR, recall: 0.82, toHuman: 0.33, aboveRule: 0.05 },
  { world: HOSTILE, recall: 0.82, toHuman: 0.65, aboveRule: 0.2 },
  { world: DECOYS, recall: 0.94, toHuman: 0.2, aboveRule: 0.35 },
] as const;

describe.each(FLOORS)('$world.name registers', ({ world, recall, toHuman, aboveRule }) => {
  let all: Tally;
  let anchored: Tally;
  beforeAll(() => {
    const assessed = assess(world, ASKED);
    all = tally(assessed.map(({ judged }) => judged));
    anchored = tally(assessed.filter(({ truth }) => truth.isAnchored).map(({ judged }) => judged));
  });

  it('P5: nobody whom anything tells apart is taken for him', () => {
    expect(all.tellableStrangers).toBe(0);
  });

  it('P4: no value is given as his that is known to be hers, a child’s or another’s', () => {
    expect({ hers: all.protectedShown, anothers: all.anothersShown }).toEqual({ hers: 0, anothers: 0 });
  });

  it('every answer has the published form', () => {
    expect(all.faults).toEqual([]);
  });

  it('his records are found, and a person is asked about few', () => {
    expect(anchored.recall).toBeGreaterThanOrEqual(recall);
    expect(anchored.toHuman).toBeLessThanOrEqual(toHuman);
  });

  it('the first phone is right more often than the most recent one of his true records', () => {
    expect(all.firstRight - all.ruleRight).toBeGreaterThanOrEqual(aboveRule);
  });
});

const SEAL = makeSeal(new Uint8Array(32).fill(9));
const answerTo = (question: Question) => resolveQuestion(resolveQuestionSchema.parse(question), SEAL);

describe('an answer does not depend on', () => {
  it.each(WORLDS)('the order of what $name registers say, nor on its being said twice', (world) => {
    for (let index = 0; index < 10; index += 1) {
      const { question } = labelled(world, index);
      const chance = new Chance(index);
      const records = chance.shuffled([...question.records, ...question.records]).map((record) => ({
        ...record,
        contacts: chance.shuffled(record.contacts),
      }));
      expect(answerTo({ ...question, records })).toEqual(answerTo(question));
    }
  });
});

describe('the assessment sees', () => {
  const ground = (): Labelled => labelled(CAREFUL, 3);
  const withoutContacts = {
    subjectRecords: [],
    probable: [],
    links: [],
    needsAttention: [],
    contacts: [],
    withheldContacts: [],
  };
  const answer = (question: Question) => ({
    queryId: question.queryId,
    clusters: question.records.map(({ recordId }) => [recordId]),
    ...withoutContacts,
  });

  it('the same question under the same number', () => {
    expect(ground()).toEqual(ground());
    expect(ground()).not.toEqual(labelled(CAREFUL, 4));
  });

  it('a stranger among his records, and records of his that are not there', () => {
    const one = ground();
    const hers = one.question.records.filter(({ recordId }) => one.truth.records[recordId]?.relation === 'victim');
    const judged = judge(one, { ...answer(one.question), subjectRecords: hers.map(({ recordId }) => recordId) });
    expect(hers.length).toBeGreaterThan(0);
    expect(judged).toMatchObject({ strangers: hers.length, found: 0 });
    expect(judged.own).toBeGreaterThan(0);
  });

  it('a protected person’s value, however sure of it the answer is', () => {
    const isListed = ({ question }: Assessed): boolean =>
      question.protectedContacts?.some(({ kind }) => kind === 'phone') === true;
    const one = assess(CAREFUL, 20).find(isListed);
    const [value] = Object.entries(one?.truth.phones ?? {}).flatMap(([phone, whose]) =>
      whose.protectedNow ? [phone] : [],
    );
    if (one === undefined || value === undefined) throw new Error('no question with a protected phone');
    const contact: ResolveAnswer['contacts'][number] = {
      kind: 'phone',
      value,
      probability: 0.9,
      sources: ['x'],
      flags: [],
    };
    const guarded = { ...one.question, protectedContacts: [{ kind: 'phone' as const, value }] };
    const judged = judge({ ...one, question: guarded }, { ...answer(guarded), contacts: [contact] });
    expect(judged.shown.map(({ wrong }) => wrong)).toEqual(['protected']);
    expect(judged.faults).toEqual(['a contact of kind phone']);
  });

  it('a record in two clusters, and one in none', () => {
    const { question, truth } = ground();
    const [first = '', ...others] = question.records.map(({ recordId }) => recordId);
    const faultsOf = (clusters: string[][]) => judge({ question, truth }, { ...answer(question), clusters }).faults;
    expect(faultsOf([[first], [first, ...others]])).toEqual(['every record is in one cluster, once']);
    expect(faultsOf([others])).toEqual(['every record is in one cluster, once']);
    expect(faultsOf([[first], others])).toEqual([]);
  });
});
