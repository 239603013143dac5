import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SOURCE_CODES } from '../../schemas/source-outcome.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { checked, tell, type Outcome } from './answer.ts';
import { answerOfFailure, failed } from './failure.ts';

const recordOf = (recordId: string, restricted = false): SourceRecord => ({
  recordId,
  agency: 'housing',
  system: 'tenancies',
  person: {},
  contacts: [],
  ...(restricted ? { restricted } : {}),
});

const outcome: fc.Arbitrary<Outcome> = fc.record(
  {
    record: fc.record({ n: fc.nat({ max: 3 }), restricted: fc.boolean() }).map(({ n, restricted }) => {
      return recordOf(`housing:${n}`, restricted);
    }),
    failures: fc.array(
      fc.constantFrom(...SOURCE_CODES).map((code) => failed(code)),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['failures'] },
);

describe('one answer of several candidates', () => {
  it('P7: is nothing only where nobody was held and nothing failed, and a failure is always said', () => {
    fc.assert(
      fc.property(fc.array(outcome, { maxLength: 5 }), (outcomes) => {
        const answer = tell(outcomes);
        const failures = outcomes.flatMap((each) => each.failures);
        const held = outcomes.filter(({ record }) => record !== undefined);
        expect(answer === undefined).toBe(failures.length === 0 && held.length === 0);
        if (answer === undefined) return;
        expect(answer.outcome).not.toBe('none-held');
        if (failures.length > 0) expect(failures.map(({ code }) => code)).toContain(answer.code);
        const ids = answer.records.map(({ recordId }) => recordId);
        expect(new Set(ids)).toEqual(new Set(held.map(({ record }) => record?.recordId)));
        expect(ids).toHaveLength(new Set(ids).size);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('says restricted only where every record is', () => {
    const [open, closed] = [recordOf('housing:1'), recordOf('housing:2', true)];
    expect(tell([{ record: closed, failures: [] }])).toMatchObject({ outcome: 'restricted', code: 'limited-access' });
    expect(
      tell([
        { record: closed, failures: [] },
        { record: open, failures: [] },
      ]),
    ).toEqual({
      outcome: 'found',
      records: [closed, open],
    });
  });

  it('says the worst of several failures, however they are ordered', () => {
    const failures = [failed('deadline'), failed('wrong-person'), failed('rate-limited', 7_000)];
    for (const order of [failures, failures.toReversed()]) {
      expect(tell([{ failures: order }])).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
    }
    expect(tell([{ failures: [failed('deadline'), failed('rate-limited', 7_000)] }])).toEqual({
      outcome: 'unavailable',
      code: 'rate-limited',
      records: [],
      retryAfterMs: 7_000,
    });
  });

  it('P7: no failure reads as an answer', () => {
    for (const code of SOURCE_CODES) {
      expect(['found', 'none-held', 'restricted']).not.toContain(answerOfFailure(failed(code)).outcome);
    }
  });

  it('a record outside the contract does not pass, and what else failed is not forgotten', () => {
    const record = { ...recordOf('housing:1'), agency: '' };
    expect(checked({ record, failures: [failed('deadline')] })).toEqual({
      failures: [failed('deadline'), failed('bad-answer')],
    });
    expect(checked({ record: recordOf('housing:1'), failures: [] }).record).toBeDefined();
  });
});
