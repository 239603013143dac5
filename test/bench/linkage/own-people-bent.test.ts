import { describe, expect, it } from '@jest/globals';
import { PEOPLE_HEADER, PEOPLE_MAPPING } from './people.ts';
import { BENT_TABLES, peopleCells, tableOfCells } from './own-people-bent.ts';
import { measureLink } from './run-link.ts';

/** Few: thousands are for the bench. */
const ROWS = 300;
/** Of some 250 pairs of one person; in the table in which nobody is twice every pair is wrong. */
const WRONG_PAIRS = 4;
const TIMEOUT_MS = 120_000;

describe('P5: a table of a form that nobody has seen is linked as rightly', () => {
  it.each(BENT_TABLES.map((table) => [table.name, table] as const))(
    '%s',
    async (_name, { make, recallOfFew }) => {
      const found = await measureLink(make(ROWS));
      expect(found.wrongPairs).toBeLessThanOrEqual(WRONG_PAIRS);
      expect(found.recall).toBeGreaterThanOrEqual(recallOfFew);
    },
    TIMEOUT_MS,
  );
});

describe('a table of a few rows is linked', () => {
  const one = { id: 'a', person: 'p', first: 'Ann', last: 'Haworth', born: '1980-02-03', street: '4 Elm Road' };

  it('none at all', async () => {
    const empty = { csv: `${PEOPLE_HEADER}\n`, mapping: PEOPLE_MAPPING, personOf: new Map<string, string>() };
    expect(await measureLink(empty)).toMatchObject({ rows: 0, wrongPairs: 0 });
  });

  it('one', async () => {
    const found = await measureLink(tableOfCells(peopleCells(1), PEOPLE_MAPPING));
    expect(found).toMatchObject({ rows: 1, wrongPairs: 0, missedPairs: 0 });
  });

  it('P5: five, of whom two are one woman, two her brothers and one a namesake', async () => {
    const blank = { town: '', postcode: '', email: '', sex: '' };
    const rows = [
      { ...blank, ...one },
      { ...blank, ...one, id: 'b', last: 'Hawoth' },
      { ...blank, ...one, id: 'c', person: 'q', first: 'Carl', born: '1983-07-11' },
      { ...blank, ...one, id: 'd', person: 'r', first: 'Dean', born: '1986-01-30' },
      { ...blank, ...one, id: 'e', person: 's', born: '1951-11-23', street: '90 Mill Lane' },
    ];
    expect(await measureLink(tableOfCells(rows, PEOPLE_MAPPING))).toMatchObject({ wrongPairs: 0, missedPairs: 0 });
  });
});
