import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { generateQuestions } from '../../population/questions.ts';
import { binsOf, calibrationError } from './calibration.ts';
import { markedAsOthers } from './marked.ts';
import { measure } from './measure.ts';
import { share } from './report.ts';

const floors = z
  .strictObject({
    questions: z.number(),
    seed: z.number(),
    firstPhoneRight: z.number(),
    pointsAboveMostRecent: z.number(),
    calibrationErrorMost: z.number(),
    othersDisclosed: z.number(),
  })
  .parse(JSON.parse(readFileSync(new URL('floors.json', import.meta.url), 'utf8')));

describe('contact ranking stays above its floors (test/bench/contacts/floors.json)', () => {
  const questions = [...generateQuestions({ seed: floors.seed, count: floors.questions })];
  const { all, wronged, said } = measure(questions);
  const every = [...said.phone, ...said.email, ...said.address];

  it('P4: nothing that the case protects or the answer shows to be another’s comes out as his', () => {
    expect(questions.filter((question) => markedAsOthers(question).size > 0).length).toBeGreaterThan(100);
    expect(wronged).toHaveLength(floors.othersDisclosed);
  });

  it('the first phone given works and is his as often as it was', () => {
    expect(all.asked).toBeGreaterThan(100);
    expect(share(all.ours, all)).toBeGreaterThanOrEqual(floors.firstPhoneRight);
  });

  it('that is well above the most recent phone, which is given the true identities', () => {
    const points = (share(all.ours, all) - share(all.mostRecent, all)) * 100;
    expect(points).toBeGreaterThanOrEqual(floors.pointsAboveMostRecent);
  });

  it('probabilities mean what they say, on questions that no weight was fitted to', () => {
    expect(calibrationError(binsOf(every))).toBeLessThanOrEqual(floors.calibrationErrorMost);
  });
});

describe('what the measure counts', () => {
  it('a perfect and a wrong caller differ: said .9 and right 9 times in 10 is calibrated, right never is not', () => {
    const ten = (right: number) => Array.from({ length: 10 }, (_, n) => ({ probability: 0.9, isRight: n < right }));
    expect(calibrationError(binsOf(ten(9)))).toBeCloseTo(0, 9);
    expect(calibrationError(binsOf(ten(0)))).toBeCloseTo(0.9, 9);
  });
});
