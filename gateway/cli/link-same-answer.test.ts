import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexKeys } from '../linkage/table/key-index.ts';
import { linkTable, type TableLinks } from '../linkage/table/link-table.ts';
import { jobsOf } from '../linkage/table/meetings.ts';
import { inOrder } from '../linkage/table/pair-columns.ts';
import { JobCounter, PairScorer, scoreHere, type MakeScorer } from '../linkage/table/score.ts';
import type { Row, TableShape } from '../linkage/table/shape.ts';
import { TableBuilder, type Table } from '../linkage/table/table.ts';
import { runLink } from './link-command.ts';

/** A table large enough to be blocked, of people made by counting: surnames and streets repeat, some cells are wrong. */
const ROWS = 1_700;
const SHAPE: TableShape = {
  names: 1,
  attributes: [
    { name: 'birth date', kind: 'date', slots: 1 },
    { name: 'address line 0', kind: 'line', slots: 1 },
    { name: 'phone', kind: 'phone', slots: 2 },
  ],
  linkOnly: false,
};
const GIVEN = ['Amina', 'Brian', 'Carys', 'Dilip', 'Ewa', 'Femi', 'Grace', 'Hamza', 'Iwona', 'Jack', 'Kiran'];
const FAMILY = [
  'Ahmed',
  'Baker',
  'Cohen',
  'Dhillon',
  'Evans',
  'Fox',
  'Gill',
  'Hughes',
  'Iqbal',
  'Jones',
  'Khan',
  'Lee',
  'Moss',
];

function rowAt(at: number): Row {
  const person = Math.floor((at * 7) / 10);
  const isSlip = at % 9 === 0;
  const given = GIVEN[(person * 5) % GIVEN.length] ?? '';
  const family = `${FAMILY[(person * 3) % FAMILY.length] ?? ''}${String.fromCharCode(97 + (person % 23))}`;
  return {
    recordId: `r${at}`,
    source: '',
    names: [{ given: isSlip ? given.slice(1) : given, family }],
    values: [
      [`19${40 + (person % 50)}0${1 + (person % 9)}${10 + (person % 18)}`],
      [`${1 + (person % 80)} ${FAMILY[person % 13] ?? ''} Street`],
      at % 4 === 0
        ? []
        : [`07700900${String(person % 1_000).padStart(3, '0')}`, `0113496${String(at % 7_000).padStart(4, '0')}`],
    ],
  };
}

function tableOf(order: readonly number[]): Table {
  const builder = new TableBuilder(SHAPE);
  for (const at of order) builder.add(rowAt(at));
  return builder.build();
}

const forwards = Array.from({ length: ROWS }, (_, at) => at);
const backwards = [...forwards].reverse();

/** Does the jobs in turns of several scorers, each with what it found, the last job first. */
const scoreInTurns =
  (turns: number): MakeScorer =>
  (table, index) => {
    const scorers = Array.from({ length: turns }, () => new PairScorer(table, index));
    const here = scoreHere(table, index);
    return {
      ...here,
      score: (model) => {
        const parts = scorers.flatMap((scorer, turn) =>
          Array.from({ length: jobsOf(index) }, (_, job) => job)
            .filter((job) => job % turns === turn)
            .reverse()
            .map((job) => scorer.score(model, onlyJob(job, jobsOf(index)), () => undefined)),
        );
        return Promise.resolve(inOrder(parts.reverse()));
      },
    };
  };

/** Gives one job and then none. */
function onlyJob(job: number, none: number): JobCounter {
  const given = [job];
  return Object.assign(new JobCounter(), { take: () => given.pop() ?? none });
}

const link = (table: Table, scorer: MakeScorer = scoreHere): Promise<TableLinks> =>
  linkTable(table, { frozen: false, scorer, onProgress: () => undefined });

/** The table as it stands, linked by one thread: what both other ways are held against. */
const asItStands = tableOf(forwards);
let linked: Promise<TableLinks> | undefined;
const linkedAsItStands = (): Promise<TableLinks> => (linked ??= link(asItStands));

/** Clusters by record, each named by its least record. */
function clustersOf({ clusterOf }: TableLinks, order: readonly number[]): number[] {
  const least = new Map<number, number>();
  clusterOf.forEach((cluster, row) => {
    least.set(cluster, Math.min(least.get(cluster) ?? Number.POSITIVE_INFINITY, order[row] ?? 0));
  });
  const found: number[] = [];
  clusterOf.forEach((cluster, row) => (found[order[row] ?? 0] = least.get(cluster) ?? -1));
  return found;
}

describe('a table is linked in one way', () => {
  it('whatever the order of its rows, to the last bit', async () => {
    const [one, other] = [await linkedAsItStands(), await link(tableOf(backwards))];
    expect(indexKeys(asItStands).keys.length).toBeGreaterThan(5);
    expect(new Set(clustersOf(one, forwards)).size).toBeLessThan(ROWS * 0.9);
    expect(clustersOf(other, backwards)).toEqual(clustersOf(one, forwards));
    expect(other.shares).toEqual(one.shares);
    expect(other.pairs.count).toBe(one.pairs.count);
  });

  it('whatever thread does which job, and in which order', async () => {
    const alone = await linkedAsItStands();
    const found = await link(tableOf(forwards), scoreInTurns(3));
    expect([...found.clusterOf]).toEqual([...alone.clusterOf]);
    expect([...found.pairs.bits.subarray(0, found.pairs.count)]).toEqual([
      ...alone.pairs.bits.subarray(0, alone.pairs.count),
    ]);
  });
});

describe('P11: a table that is made to take for ever does not', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-link-same-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function clustersFrom(lines: readonly string[], person: object): Promise<{ status: number; sizes: number[] }> {
    const path = (name: string): string => join(folder, name);
    await writeFile(path('in.csv'), `${lines.join('\n')}\n`);
    await writeFile(path('mapping.json'), JSON.stringify({ recordId: 'id', person }));
    const status = await runLink(
      ['--in', path('in.csv'), '--mapping', path('mapping.json'), '--out', path('out.csv')],
      () => undefined,
    );
    const sizes = new Map<string, number>();
    for (const line of (await readFile(path('out.csv'), 'utf8')).trimEnd().split('\n').slice(1)) {
      const cluster = line.slice(line.indexOf(',') + 1);
      sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1);
    }
    return { status, sizes: [...sizes.values()].sort((a, b) => b - a) };
  }

  const SAME = 'Carys,Evans,1980-02-03,carys@example.org';
  const others = Array.from({ length: 200 }, (_, at) => {
    const letter = String.fromCharCode(97 + (at % 26));
    return `o${at},${GIVEN[at % 11] ?? ''}${letter},${FAMILY[at % 13] ?? ''}${letter},19${50 + (at % 40)}-0${1 + (at % 9)}-1${at % 10},x${at}@example.org`;
  });
  const PERSON = { 'names.0.given': 'first', 'names.0.family': 'last', dateOfBirth: 'born', 'emails.0': 'mail' };

  it('of 20,000 rows that are all the same and some that are not', async () => {
    const copies = Array.from({ length: 20_000 }, (_, at) => `c${at},${SAME}`);
    const { status, sizes } = await clustersFrom(['id,first,last,born,mail', ...copies, ...others], PERSON);
    expect(status).toBe(0);
    expect(sizes[0]).toBe(20_000);
    expect(sizes[1]).toBeLessThan(5);
  }, 60_000);

  it('of one column, which says too little to link anybody', async () => {
    const lines = Array.from({ length: 5_000 }, (_, at) => `n${at},${FAMILY[at % 13] ?? ''}`);
    const { status, sizes } = await clustersFrom(['id,last', ...lines], { 'names.0.family': 'last' });
    expect(status).toBe(0);
    expect(sizes).toHaveLength(5_000);
  }, 60_000);
});
