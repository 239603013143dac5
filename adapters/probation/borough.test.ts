import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AS_OF, ALL_FIELDS, startRunning, type Running } from '../../test/agencies/probation/fixture.ts';
import { generatePopulation } from '../../test/population/generate.ts';
import type { Holding } from '../../test/population/types.ts';

/** Everybody whom probation holds in a generated borough, asked for as a case would know him. */

const population = generatePopulation({ seed: 7, asOf: AS_OF, perpetrators: 120 });
const held = population.holdings.filter(({ agency }) => agency === 'probation');
let running: Running;
beforeAll(async () => {
  running = await startRunning({ holdings: held });
});
afterAll(() => running.stop());

const subjectOf = (holding: Holding) => ({
  names: holding.names.map(({ given, family }) => ({ given, family })),
  ...(holding.dateOfBirth === undefined ? {} : { dateOfBirth: holding.dateOfBirth }),
  ...(holding.pnc === undefined ? {} : { identifiers: [{ type: 'PNC' as const, value: holding.pnc }] }),
});

describe('probation in a generated borough', () => {
  it('finds each man it holds, or says restricted; never a number that it marks as another’s', async () => {
    expect(held.length).toBeGreaterThan(40);
    for (const holding of held) {
      const answer = await running.ask({ subject: subjectOf(holding), fields: ALL_FIELDS });
      expect(answer.code).toBe(holding.restricted ? 'limited-access' : undefined);
      expect(answer.outcome).toBe(holding.restricted ? 'restricted' : 'found');
      expect(answer.records.map(({ recordId }) => recordId)).toContain(`probation:${holding.reference}`);
      const text = JSON.stringify(answer.records);
      for (const other of holding.others) for (const phone of other.phones) expect(text).not.toContain(phone);
      for (const phone of holding.phones) {
        if (['partner', 'mother', 'relative', 'friend'].includes(phone.recordedAs))
          expect(text).not.toContain(phone.number);
      }
    }
  });

  it('P3: reads nothing about a man whom nobody asked for', () => {
    const references = new Set(held.map(({ reference }) => reference));
    for (const { path } of running.simulator.asked) {
      const id = path.split('/')[3];
      if (id !== undefined) expect(references).toContain(id);
    }
  });
});
