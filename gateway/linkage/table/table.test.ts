import { describe, expect, it } from '@jest/globals';
import { Comparer } from './comparer.ts';
import { countHolders } from './holders.ts';
import { indexKeys } from './key-index.ts';
import { jobsOf, Meetings } from './meetings.ts';
import { assumedShares, modelOf, raritiesOf } from './model.ts';
import type { HeldName, TableShape } from './shape.ts';
import { TableBuilder, type Table } from './table.ts';
import { boundOf, Weigher } from './weigh.ts';

const NAMES_ONLY: TableShape = { names: 1, attributes: [], linkOnly: false };

function tableOfNames(names: readonly HeldName[]): Table {
  const builder = new TableBuilder(NAMES_ONLY);
  names.forEach((name, at) => builder.add({ recordId: `r${at}`, source: '', names: [name], values: [] }));
  return builder.build();
}

describe('P5: a mark of the generation is read wherever it stands', () => {
  it.each<[HeldName, number]>([
    [{ given: 'Morris', family: 'Klein' }, 0],
    [{ given: 'Morris I', family: 'Klein' }, 1],
    [{ given: 'Morris II', family: 'Klein' }, 2],
    [{ given: 'Morris', family: 'Klein 2nd' }, 2],
    [{ given: 'Morris', family: 'Klein Snr' }, 1],
    [{ full: 'Klein, Morris Jr' }, 2],
    [{ full: 'Morris Klein III' }, 3],
    [{ full: 'Wei I' }, 0],
    [{ full: 'Morris Klein IV' }, 4],
    [{ given: 'Morris', family: 'Klein IV' }, 4],
    [{ given: 'Morris', family: 'Klein', middle: 'Jr' }, 2],
    [{ full: 'Morris Klein 3rd.' }, 3],
    [{ full: 'Morris Klein (3rd)' }, 3],
    [{ full: 'Morris Klein third' }, 3],
    [{ full: 'Morris Klein the third' }, 3],
    [{ full: 'Morris Klein the younger' }, 2],
    [{ full: 'Klein, Morris, the Elder' }, 1],
    [{ full: 'KLEIN (SNR.), MORRIS' }, 1],
    [{ full: 'Morris Klein, Jr.' }, 2],
    [{ full: 'Morris Klein jnr' }, 2],
    [{ given: 'Morris', family: 'Klein V' }, 5],
    [{ full: 'Morris Klein 5th' }, 5],
    // Initials, surnames and first names that are no marks.
    [{ full: 'Ramesh Kumar V' }, 0],
    [{ given: 'Morris V', family: 'Klein' }, 0],
    [{ given: 'Sophea', family: 'Iv' }, 0],
    [{ full: 'Sophea Iv' }, 0],
    [{ full: 'Ann Third' }, 0],
    [{ full: 'Francis Younger' }, 0],
    [{ given: 'Junior', family: 'Klein' }, 0],
    [{ given: 'J. V.', family: 'Klein' }, 0],
  ])('%j', (name, generation) => {
    expect(tableOfNames([name]).generation[0]).toBe(generation);
  });
});

describe('P5: a mark of the generation leaves no trace in the name', () => {
  it.each(['Morris Klein IV', 'Morris Klein, Jr.', 'Klein, Morris the younger', 'Morris Klein V', 'Klein 3rd, Morris'])(
    '%s',
    (full) => {
      const table = tableOfNames([{ full }, { full: 'Morris Klein' }]);
      const comparer = new Comparer(table);
      comparer.compare(0, 1);
      expect([...comparer.levels.slice(0, 2)]).toEqual([1, 1]);
    },
  );
});

describe('a name from a script without vowels', () => {
  it('is a form of the name that has its consonants, and no Latin name is', () => {
    const table = tableOfNames([
      { full: 'فيصل صديقي' },
      { full: 'Faisal Siddiqui' },
      { full: 'Bryn Rees' },
      { full: 'Brian Rees' },
    ]);
    const comparer = new Comparer(table);
    comparer.compare(0, 1);
    expect(comparer.levels[0]).toBe(2);
    comparer.compare(2, 3);
    expect(comparer.levels[0]).toBeGreaterThan(2);
  });
});

/** Two thousand rows of few values each, so that every kind of agreement occurs. */
function mixedTable(rows: number): Table {
  const builder = new TableBuilder({
    names: 1,
    attributes: [
      { name: 'birth date', kind: 'date', slots: 1 },
      { name: 'address line 0', kind: 'line', slots: 1 },
      { name: 'address line 1', kind: 'line', slots: 1 },
      { name: 'phone', kind: 'phone', slots: 2 },
    ],
    linkOnly: false,
  });
  const pick = (texts: readonly string[], lot: number): string => texts[lot % texts.length] ?? '';
  for (let at = 0; at < rows; at += 1) {
    const lot = Math.imul(at + 1, 0x9e3779b1) >>> 8;
    const street = `${1 + (lot % 7)} ${pick(['Elm Road', 'Elm Rod', 'Oak Lane', 'Kiln Street'], lot >>> 3)}`;
    const phones = lot % 3 === 0 ? [] : [`07700900${100 + (lot % 90)}`];
    builder.add({
      recordId: `r${at}`,
      source: '',
      names: [
        {
          given: pick(['Ann', 'Anna', 'Annie', 'Bob', 'Mohammed', 'Muhammad'], lot),
          family: pick(['Hall', 'Hale', 'Khan', 'Kahn', 'Ng'], lot >>> 5),
        },
      ],
      values: [
        [`19${60 + (lot % 20)}0${1 + (lot % 9)}11`],
        lot % 5 === 0 ? [] : [street],
        [pick(['Leeds', 'York', 'Elm Road'], lot >>> 7)],
        phones,
      ],
    });
  }
  return builder.build();
}

describe('what is left out is never wanted', () => {
  it('a pair that is given up early weighs less than was asked for', () => {
    const table = mixedTable(300);
    const comparer = new Comparer(table);
    const { comparisons } = comparer;
    const model = modelOf(
      comparisons,
      assumedShares(comparisons, 1e-4, 12),
      raritiesOf(comparisons, countHolders(comparisons, undefined)),
    );
    const weigher = new Weigher(comparisons);
    const bound = boundOf(comparisons, model, -8);
    let [givenUp, kept, most] = [0, 0, Number.NEGATIVE_INFINITY];
    for (let a = 0; a < table.rows; a += 1) {
      for (let b = a + 1; b < table.rows; b += 1) {
        const isWorth = comparer.compareAbove(a, b, bound);
        comparer.compare(a, b);
        const bits = weigher.bits(model, comparer.levels, comparer.values);
        if (isWorth) kept += 1;
        else {
          givenUp += 1;
          most = Math.max(most, bits);
        }
      }
    }
    expect(most).toBeLessThan(-8);
    expect(givenUp).toBeGreaterThan(1_000);
    expect(kept).toBeGreaterThan(100);
  });

  it('a pair whose company is small for some key meets, and by one key only', () => {
    const table = mixedTable(2_000);
    const index = indexKeys(table);
    const meetings = new Meetings(table, index);
    const met = new Map<number, number>();
    for (let job = 0; job < jobsOf(index); job += 1) {
      meetings.do(job, (a, b) => {
        const pair = Math.min(a, b) * table.rows + Math.max(a, b);
        met.set(pair, (met.get(pair) ?? 0) + 1);
      });
    }
    expect([...met.values()].filter((times) => times > 1).length).toBeLessThan(met.size / 100);
    const phones = table.attributes[3]?.columns[0];
    let [found, lost] = [0, 0];
    const byPhone = index.keys.findIndex(({ name }) => name === 'phone');
    for (let a = 0; a < table.rows; a += 1) {
      if ((index.company[byPhone]?.[a] ?? 0) > index.most || (phones?.[a] ?? -1) === -1) continue;
      for (let b = a + 1; b < table.rows; b += 1) {
        if (phones?.[a] !== phones?.[b]) continue;
        if (met.has(a * table.rows + b)) found += 1;
        else lost += 1;
      }
    }
    expect(found).toBeGreaterThan(100);
    expect(lost).toBe(0);
  });
});
