import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AS_OF, startRunning, type Running } from '../../test/agencies/housing/fixture.ts';
import { demoCast, together } from '../../test/population/cast.ts';
import { generatePopulation } from '../../test/population/generate.ts';
import type { Citizen } from '../../test/population/types.ts';

/** Everybody whom a landlord holds in a generated borough and in the demo's cast, asked for as a case knows him. */

const population = together(demoCast(AS_OF), generatePopulation({ seed: 7, asOf: AS_OF, perpetrators: 150 }));
const men = population.citizens.filter(({ kind }) => kind === 'perpetrator');
const holdings = population.holdings.filter(({ agency }) => agency === 'housing');
const heldOf = new Map(holdings.map((holding) => [holding.citizen, holding]));
const kindOf = new Map(population.citizens.map(({ id, kind }) => [id, kind]));
let running: Running;
beforeAll(async () => {
  running = await startRunning({ holdings: population.holdings });
});
afterAll(() => running.stop());

const subjectOf = ({ name, aliases, dateOfBirth }: Citizen) => ({
  names: [name, ...aliases].map(({ given, family }) => ({ given, family })),
  dateOfBirth,
});

describe('housing in a generated borough', () => {
  it('finds every man it holds but none, and hardly anybody else', async () => {
    let [missed, others] = [0, 0];
    for (const man of men) {
      const holding = heldOf.get(man.id);
      const answer = await running.ask({ subject: subjectOf(man) });
      const found = answer.records.map(({ recordId }) => recordId);
      const his = `housing:${holding?.reference ?? ''}`;
      if (holding !== undefined && !found.includes(his)) missed += 1;
      if (holding?.restricted === true && found.includes(his)) expect(answer.outcome).toBe('restricted');
      for (const other of holdings.filter(({ reference }) => found.includes(`housing:${reference}`))) {
        if (other.citizen === man.id) continue;
        others += 1;
        // Nobody who could be hurt by it: only a man of his very name whose birth date nobody wrote down.
        expect(kindOf.get(other.citizen)).not.toBe('victim');
        expect(kindOf.get(other.citizen)).not.toBe('child');
      }
      for (const other of holding?.others ?? []) {
        if (holding?.phones.some(({ number, recordedAs }) => recordedAs === 'self' && other.phones.includes(number)))
          continue;
        for (const phone of other.phones) expect(JSON.stringify(answer)).not.toContain(phone.slice(-6));
      }
    }
    expect(heldOf.size).toBeGreaterThan(60);
    expect(missed).toBeLessThanOrEqual(0);
    expect(others).toBeLessThanOrEqual(2);
  });

  it('P3: asks for nothing of anybody whom its search did not name', () => {
    const asked = running.simulator.asked.length;
    expect(asked / men.length).toBeLessThan(4);
  });
});
