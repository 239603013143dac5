import { describe, expect, it } from '@jest/globals';
import { makeJudge } from './judge.ts';

const CASE = 'DAPG-2026-0001';
const HERS = '+447700900010';

const answer = (position: number, told: string, outcomes: readonly string[] = ['found', 'none-held']): string =>
  `{"disclosure":{"questionId":"q${position}","sources":[${outcomes
    .map((outcome) => `{"agency":"a","outcome":"${outcome}","tookMs":${position}}`)
    .join()}],"identity":{"records":[]},"contacts":[{"value":"${told}"}],"records":[]},"receipt":{"position":${position}},"padding":""}`;

const learnt = () => {
  const judge = makeJudge(new Map([[CASE, [HERS]]]));
  expect(judge.learn(CASE, answer(1, '+447700900020'))).toBe('discloses');
  return judge;
};

describe('what the benchmark counts as an answer', () => {
  it('counts one that says what the first said, whenever and as whichever question it came', () => {
    expect(learnt().judge(CASE, answer(2, '+447700900020'))).toBeUndefined();
  });

  it('P4: refuses one that holds a number of hers, also the first', () => {
    expect(learnt().judge(CASE, answer(2, HERS))).toBe('holds-hers');
    expect(makeJudge(new Map([[CASE, [HERS]]])).learn(CASE, answer(1, HERS))).toBe('holds-hers');
  });

  it('P5: refuses one that says anything else than the first', () => {
    expect(learnt().judge(CASE, answer(2, '+447700900021'))).toBe('answer-differs');
  });

  it('P7: leaves out one in which a source failed that answered before', () => {
    expect(learnt().judge(CASE, answer(2, '+447700900020', ['found', 'timed-out']))).toBe('incomplete');
  });

  it('P1: refuses a receipt that another answer had', () => {
    expect(learnt().judge(CASE, answer(1, '+447700900020'))).toBe('receipt-given-twice');
  });

  it('refuses what is no answer, and one about a man nobody asked about', () => {
    expect(learnt().judge(CASE, '<!doctype html>')).toBe('not-an-answer');
    expect(learnt().judge('DAPG-2026-0002', answer(2, '+447700900020'))).toBe('not-an-answer');
  });
});
