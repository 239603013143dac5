import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { accuracyOf } from './accuracy.ts';
import { LABELLED_SETS } from './labelled-sets.ts';
import { ownPeople } from './own-people.ts';
import { measureLink } from './run-link.ts';

const FLOORS = z
  .record(z.string(), z.number())
  .parse(JSON.parse(readFileSync(new URL('./floors.json', import.meta.url), 'utf8')));
const floorOf = (name: string): number => FLOORS[name] ?? Number.NaN;
const TIMEOUT_MS = 180_000;

describe('P5: linking a table without labels stays as right as it was', () => {
  it(
    'on people of our own making, with their families',
    async () => {
      const found = await measureLink(ownPeople(1_400));
      expect(found.f1).toBeGreaterThanOrEqual(floorOf('our own people, 1,400 rows'));
      expect(found.precision).toBeGreaterThanOrEqual(0.985);
    },
    TIMEOUT_MS,
  );

  // The larger sets take minutes and are for the bench.
  const SMALL = ['fake_1000', 'Senzing truth set, people', 'OpenCR Uganda without identifiers and phone'];
  for (const { name, source, read } of LABELLED_SETS.filter(({ name: one }) => SMALL.includes(one))) {
    const table = read();
    const test = table === undefined ? it.skip : it;
    test(
      `on ${name} (${source})`,
      async () => {
        if (table === undefined) return;
        const found = await measureLink(table);
        expect(found.f1).toBeGreaterThanOrEqual(floorOf(name));
      },
      TIMEOUT_MS,
    );
  }
});

describe('accuracy is counted over pairs and over rows', () => {
  it('of three rows of one person and one of another', () => {
    const found = accuracyOf(['a', 'a', 'b', 'b'], ['x', 'x', 'x', 'y']);
    expect(found).toMatchObject({ rows: 4, precision: 0.5, recall: 1 / 3, wrongPairs: 1, missedPairs: 2 });
    expect(found.f1).toBeCloseTo(0.4, 12);
    // Row by row: precision (1 + 1 + .5 + .5) / 4, recall (2/3 + 2/3 + 1/3 + 1) / 4.
    expect(found.bCubed).toBeCloseTo((2 * 0.75 * (2 / 3)) / (0.75 + 2 / 3), 12);
  });
});
