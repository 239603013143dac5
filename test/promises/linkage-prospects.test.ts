import { describe, expect, it } from '@jest/globals';
import { gatherCandidates } from '../../gateway/linkage/candidates.ts';
import { readDecisions } from '../../gateway/linkage/decisions.ts';
import { buildEvidence } from '../../gateway/linkage/evidence-table.ts';
import { generateQuestions } from '../population/questions.ts';

describe('pairs that are passed over', () => {
  it('P5: weigh less than 0, every one of them, so that passing them over changes no answer', () => {
    let passedOver = 0;
    const wrongly: string[] = [];
    for (const { subject, records, asOf } of generateQuestions({ seed: 31, count: 40, recordsAtLeast: 40 })) {
      const { linkable } = gatherCandidates(subject, records, asOf);
      const table = buildEvidence(linkable, readDecisions([], linkable), () => false);
      for (let i = 0; i < table.size; i += 1) {
        for (let j = i + 1; j < table.size; j += 1) {
          if (table.mayWeigh(i, j)) continue;
          passedOver += 1;
          const { bitsWithoutContradiction, findings } = table.weight(i, j);
          if (bitsWithoutContradiction >= 0) wrongly.push(findings.map(({ rule }) => rule).join(' '));
        }
      }
    }
    expect(wrongly).toEqual([]);
    expect(passedOver).toBeGreaterThan(10_000);
  });
});
