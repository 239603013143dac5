import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoCast, together } from '../population/cast.ts';
import { generatePopulation } from '../population/generate.ts';
import type { Citizen, Holding } from '../population/types.ts';
import { AS_OF, type Running } from './running.ts';

/** Everybody whom a council's service holds in a generated borough and in the demo's cast, asked for as a case knows him. */

export interface CouncilUnderTest {
  readonly agency: 'housing' | 'childrens';
  /** The service, as it appears in the name of the tests. */
  readonly name: string;
  readonly start: (holdings: readonly Holding[]) => Promise<Running>;
  /** Men whom the interface gives no way to find, at most. */
  readonly missedMax: number;
  /** Calls that a question costs on average. */
  readonly callsMax: number;
}

const subjectOf = ({ name, aliases, dateOfBirth }: Citizen) => ({
  names: [name, ...aliases].map(({ given, family }) => ({ given, family })),
  dateOfBirth,
});

/** Declares the suite. */
export function councilBoroughSuite({ agency, name, start, missedMax, callsMax }: CouncilUnderTest): void {
  const population = together(demoCast(AS_OF), generatePopulation({ seed: 7, asOf: AS_OF, perpetrators: 150 }));
  const men = population.citizens.filter(({ kind }) => kind === 'perpetrator');
  const holdings = population.holdings.filter((holding) => holding.agency === agency);
  const heldOf = new Map(holdings.map((holding) => [holding.citizen, holding]));
  const kindOf = new Map(population.citizens.map(({ id, kind }) => [id, kind]));
  const recordIdOf = ({ reference }: Holding): string => `${agency}:${reference}`;

  describe(`${name} in a generated borough`, () => {
    let running: Running;
    beforeAll(async () => {
      running = await start(population.holdings);
    });
    afterAll(() => running.stop());

    it(`finds every man it holds but ${missedMax}, and hardly anybody else`, async () => {
      let [missed, others] = [0, 0];
      for (const man of men) {
        const holding = heldOf.get(man.id);
        const answer = await running.ask({ subject: subjectOf(man) });
        const found = answer.records.map(({ recordId }) => recordId);
        const isFound = holding !== undefined && found.includes(recordIdOf(holding));
        if (holding !== undefined && !isFound) missed += 1;
        if (isFound && holding.restricted) expect(answer.outcome).toBe('restricted');
        for (const other of holdings.filter((each) => found.includes(recordIdOf(each)))) {
          if (other.citizen === man.id) continue;
          others += 1;
          // Nobody who could be hurt by it: only a man of his very name whose birth date nobody wrote down.
          expect(kindOf.get(other.citizen)).not.toBe('victim');
          expect(kindOf.get(other.citizen)).not.toBe('child');
        }
        const own = new Set(
          holding?.phones.filter(({ recordedAs }) => recordedAs === 'self').map(({ number }) => number),
        );
        for (const other of holding?.others ?? []) {
          if (other.phones.some((phone) => own.has(phone))) continue;
          for (const phone of other.phones) expect(JSON.stringify(answer)).not.toContain(phone.slice(-6));
        }
      }
      expect(heldOf.size).toBeGreaterThan(60);
      expect(missed).toBeLessThanOrEqual(missedMax);
      expect(others).toBeLessThanOrEqual(2);
    });

    it('P3: asks for nothing of anybody whom its search did not name', () => {
      expect(running.simulator.asked.length / men.length).toBeLessThan(callsMax);
    });
  });
}
