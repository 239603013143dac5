import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLink } from './link-command.ts';

/** A device that takes nothing; Linux has it. */
const FULL_DISK = '/dev/full';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-link-'));
});
afterAll(() => rm(folder, { recursive: true }));

const MAPPING = {
  recordId: 'id',
  person: {
    'names.0.given': 'first',
    'names.0.family': 'last',
    dateOfBirth: { column: 'born', format: 'DD/MM/YYYY' },
    'emails.0': 'mail',
  },
};
const HEADER = 'id,first,last,born,mail';
const ROWS = [
  'a1,Colin,Ashworth,03/04/1981,colin@example.org',
  'a2,Colin,Ashwroth,03/04/1981,colin@example.org',
  'b1,Beatrice,Nkemelu,19/11/1990,b.nkemelu@example.org',
  'b2,Beatrice,Nkemelu,11/19/1990,b.nkemelu@example.org',
  'c1,Dewi,Tomos,30/06/1975,',
  'd1,Farah,Iqbal,02/02/1966,farah@example.org',
];

interface Run {
  readonly status: number;
  readonly said: readonly string[];
  readonly clusters: string;
  readonly pairs: string;
}

async function link(table: string, mapping: unknown = MAPPING, more: readonly string[] = []): Promise<Run> {
  const path = (name: string): string => join(folder, name);
  await Promise.all([rm(path('out.csv'), { force: true }), rm(path('pairs.csv'), { force: true })]);
  await writeFile(path('in.csv'), table);
  await writeFile(path('mapping.json'), typeof mapping === 'string' ? mapping : JSON.stringify(mapping));
  const said: string[] = [];
  const words = ['--in', path('in.csv'), '--mapping', path('mapping.json'), '--out', path('out.csv')];
  const status = await runLink([...words, '--pairs', path('pairs.csv'), ...more], (sentence) => said.push(sentence));
  const read = (name: string): Promise<string> => readFile(path(name), 'utf8').catch(() => '');
  return { status, said, clusters: await read('out.csv'), pairs: await read('pairs.csv') };
}

const tableOf = (rows: readonly string[], header = HEADER, end = '\n'): string => [header, ...rows, ''].join(end);

/** Record ids grouped by cluster, whatever the clusters are called. */
function groupsOf(clusters: string): string[][] {
  const groups = new Map<string, string[]>();
  for (const line of clusters.trim().split('\n').slice(1)) {
    const [record = '', cluster = ''] = line.split(',');
    groups.set(cluster, [...(groups.get(cluster) ?? []), record]);
  }
  return [...groups.values()].map((group) => group.sort()).sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
}

const TOGETHER = [['a1', 'a2'], ['b1', 'b2'], ['c1'], ['d1']];

describe('holdfast link', () => {
  it('gives every row a cluster, in the order of the table, and the pairs with their bits', async () => {
    const { status, said, clusters, pairs } = await link(tableOf(ROWS));
    expect({ status, said }).toEqual({ status: 0, said: [] });
    expect(clusters).toBe('record_id,cluster_id\na1,a1\na2,a1\nb1,b1\nb2,b1\nc1,c1\nd1,d1\n');
    const [header, ...lines] = pairs.trim().split('\n');
    expect(header).toBe('a,b,bits,probability');
    expect(lines.map((line) => line.split(',').slice(0, 2).join())).toEqual(['a1,a2', 'b1,b2']);
    for (const line of lines) {
      const [, , bits, probability] = line.split(',').map(Number);
      expect(probability).toBeCloseTo(1 / (1 + 2 ** -(bits ?? 0)), 2);
    }
  });

  it('lets nobody else of the machine read its files', async () => {
    await link(tableOf(ROWS));
    expect((await stat(join(folder, 'out.csv'))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, 'pairs.csv'))).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['a byte order mark', `\uFEFF${tableOf(ROWS)}`],
    ['CRLF', tableOf(ROWS, HEADER, '\r\n')],
    [
      'blanks around cells and names of columns',
      tableOf(
        ROWS.map((row) => row.replaceAll(',', ' , ')),
        'id, first ,last , born, mail',
      ),
    ],
    [
      'quoted cells',
      tableOf(
        ROWS.map((row) =>
          row
            .split(',')
            .map((cell) => `"${cell}"`)
            .join(),
        ),
      ),
    ],
    ['blank lines', tableOf(ROWS.flatMap((row) => [row, '']))],
    ['no end of its last line', tableOf(ROWS).trimEnd()],
  ])('reads %s', async (_, table) => {
    const { clusters, said } = await link(table);
    expect(groupsOf(clusters)).toEqual(TOGETHER);
    expect(said).toEqual([]);
  });

  it('links the same people in any order of rows', async () => {
    const { clusters } = await link(tableOf([...ROWS].reverse()));
    expect(groupsOf(clusters)).toEqual(TOGETHER);
  });

  it('links with frozen weights as well', async () => {
    const { clusters } = await link(tableOf(ROWS), { ...MAPPING, model: 'frozen' });
    expect(groupsOf(clusters)).toEqual(TOGETHER);
  });

  it('forbids links inside one source where that is asked for', async () => {
    const rows = ROWS.map((row) => `${row},${row.startsWith('a') ? 'north' : row.slice(0, 2)}`);
    const mapping = { ...MAPPING, source: 'from', linkOnly: true };
    const { clusters } = await link(tableOf(rows, `${HEADER},from`), mapping);
    expect(groupsOf(clusters)).toEqual([['a1'], ['a2'], ['b1', 'b2'], ['c1'], ['d1']]);
  });

  it('P5: joins no father and son of one home, one phone and one surname', async () => {
    const family = ['s1,George Snr,Pemberley,01/02/1950,home@example.org', 's2,George Jnr,Pemberley,,home@example.org'];
    const { clusters } = await link(tableOf([...ROWS, ...family]));
    expect(groupsOf(clusters)).toEqual([...TOGETHER, ['s1'], ['s2']]);
  });
});

describe('bad input of holdfast link', () => {
  it.each([
    ['too few cells', 'x1,Tom', 'line 8: refused, it has 2 cells and the header 5'],
    ['too many cells', 'x1,Tom,Hall,01/01/1990,t@example.org,more', 'line 8: refused, it has 6 cells and the header 5'],
    ['no id', ',Tom,Hall,01/02/1990,', 'line 8: refused, /recordId is empty'],
    ['the id of another row', 'a1,Tom,Hall,01/02/1990,', 'line 8: refused, /recordId is that of an earlier row'],
    [
      'a name of 10,000 characters',
      `x1,${'a'.repeat(10_000)},Hall,01/02/1990,`,
      'line 8: refused, /person/names.0.given is longer than 1000 characters',
    ],
  ])('a row with %s is refused with its line, and all others are linked', async (_, row, sentence) => {
    const { status, said, clusters } = await link(tableOf([...ROWS, row]));
    expect(status).toBe(1);
    expect(said).toEqual([sentence, '1 rows were refused, 0 were linked without a value; 6 are linked.']);
    expect(groupsOf(clusters)).toEqual(TOGETHER);
  });

  it('a row with an impossible date is linked without it and said so, with exit status 1', async () => {
    const { status, said, clusters } = await link(tableOf([...ROWS, 'x1,Tom,Hall,31/02/1990,']));
    expect(status).toBe(1);
    expect(said[0]).toBe('line 8: linked without a value, /person/dateOfBirth is no date');
    expect(groupsOf(clusters)).toEqual([...TOGETHER, ['x1']]);
  });

  it('a quote that is never closed costs the rows after it and says so', async () => {
    const { status, said, clusters } = await link(tableOf([...ROWS, 'x1,"Tom,Hall,01/02/1990,', 'x2,A,B,,']));
    expect(status).toBe(1);
    expect(said[0]).toMatch(/^line \d+: refused, its quotes/);
    expect(said[0]).toMatch(/; it begins after line 7$/);
    expect(groupsOf(clusters)).toEqual(TOGETHER);
  });

  it('an unclosed quote in front of a megabyte does not take it into memory', async () => {
    const { status, said } = await link(tableOf([...ROWS, `x1,"${'a'.repeat(3_000_000)}`]));
    expect(status).toBe(1);
    expect(said[0]).toMatch(/^line \d+: refused/);
  });

  it.each([
    ['bare', 'a'],
    ['quoted', '"'],
  ])('a line of eight megabytes (%s) is refused once, and the rows behind it are linked', async (_, first) => {
    const [one = '', ...others] = ROWS;
    const { status, said, clusters } = await link(tableOf([one, `x1,${first}${'a'.repeat(8_000_000)}`, ...others]));
    expect(status).toBe(1);
    expect(said).toEqual([
      'line 3: refused, it is longer than 1048576 bytes',
      '1 rows were refused, 0 were linked without a value; 6 are linked.',
    ]);
    expect(groupsOf(clusters)).toEqual(TOGETHER);
  });

  it('bytes that are not UTF-8 are not compared as letters', async () => {
    const { status, said } = await link(tableOf([...ROWS, 'x1,T\uFFFDm,Hall,01/02/1990,']));
    expect({ status, first: said[0] }).toEqual({
      status: 1,
      first: 'line 8: refused, /person/names.0.given is not UTF-8',
    });
  });

  it.each([
    ['that is not JSON', '{"recordId":', 'the mapping is not JSON'],
    ['without a record id', { person: {} }, '/recordId is malformed'],
    [
      'that names no such column',
      { recordId: 'id', person: { 'phones.0': 'tel' } },
      '/person/phones.0 names no column of the table',
    ],
    [
      'with an unknown path',
      { recordId: 'id', person: { shoeSize: 'first' } },
      '/person/shoeSize is no path of a person',
    ],
    ['with an unknown key', { recordId: 'id', colour: 'red' }, '/ has what a mapping does not have: colour'],
    [
      'with a format that is none',
      { recordId: 'id', person: { dateOfBirth: { column: 'born', format: '%d' } } },
      '/person/dateOfBirth has a format that is none',
    ],
    [
      'with a format of a name',
      { recordId: 'id', person: { 'names.0.given': { column: 'first', format: 'YYYY' } } },
      '/person/names.0.given has a format and is no date',
    ],
    [
      'with linkOnly and no source',
      { recordId: 'id', linkOnly: true },
      '/linkOnly needs /source: which rows are of one source?',
    ],
    ['that compares nothing', { recordId: 'id' }, '/person and /other name no column that could be compared'],
    [
      'that compares a constant alone',
      { recordId: 'id', person: { sex: { constant: 'male' }, 'names.0.type': 'first' } },
      '/person and /other name no column that could be compared',
    ],
    [
      'with an identifier of no type',
      { recordId: 'id', person: { 'identifiers.0.type': { constant: 'SHOE' }, 'identifiers.0.value': 'mail' } },
      '/person/identifiers.0.type is no type of identifier',
    ],
  ])('a mapping %s links nothing and leaves no output', async (_, mapping, sentence) => {
    const { status, said, clusters } = await link(tableOf(ROWS), mapping);
    expect({ status, clusters }).toEqual({ status: 2, clusters: '' });
    expect(said.join('\n')).toContain(sentence);
  });

  it('an empty file links nothing; a header alone gives a header', async () => {
    const empty = await link('');
    expect({ status: empty.status, clusters: empty.clusters }).toEqual({ status: 2, clusters: '' });
    const header = await link(`${HEADER}\n`);
    expect({ status: header.status, clusters: header.clusters }).toEqual({
      status: 0,
      clusters: 'record_id,cluster_id\n',
    });
  });

  it('one row is one cluster, and a row in which nothing is known is alone', async () => {
    expect(groupsOf((await link(tableOf(ROWS.slice(0, 1)))).clusters)).toEqual([['a1']]);
    expect(groupsOf((await link(tableOf([...ROWS, 'x1,,,,', 'x2,,,,']))).clusters)).toEqual([
      ...TOGETHER,
      ['x1'],
      ['x2'],
    ]);
  });

  it('refuses files that are not there, that are the same, and options that do not exist', async () => {
    const said: string[] = [];
    const run = (...words: string[]): Promise<number> => runLink(words, (sentence) => said.push(sentence));
    const mapping = join(folder, 'mapping.json');
    expect(await run('--in', join(folder, 'none.csv'), '--mapping', mapping, '--out', join(folder, 'o.csv'))).toBe(2);
    expect(await run('--in', mapping, '--mapping', mapping, '--out', join(folder, 'o.csv'))).toBe(2);
    expect(await run('--in', 'x', '--mapping', 'y')).toBe(2);
    expect(await run('--in', 'x', '--mapping', 'y', '--out', 'z', '--threshold', '3')).toBe(2);
    expect(said[0]).toContain('none.csv cannot be read or written (ENOENT).');
    expect(said[1]).toBe('Two options name the same file: give each a file of its own.');
    const [inPath, out] = [join(folder, 'in.csv'), join(folder, 'o.csv')];
    await Promise.all([writeFile(inPath, tableOf(ROWS)), writeFile(mapping, JSON.stringify(MAPPING))]);
    const files = ['--in', inPath, '--mapping', mapping];
    expect(await run(...files, '--out', out, '--pairs', `${folder}/./o.csv`)).toBe(2);
    expect(await run(...files, '--out', join(folder, 'none', 'o.csv'))).toBe(2);
    expect(await run('--in', folder, '--mapping', mapping, '--out', out)).toBe(2);
    expect(said.splice(4)).toEqual([
      'Two options name the same file: give each a file of its own.',
      `${join(folder, 'none')} cannot be read or written (ENOENT).`,
      `${folder} cannot be read or written (EISDIR).`,
    ]);
    expect(said.slice(2).every((sentence) => sentence.startsWith('Usage: '))).toBe(true);
  });

  (existsSync(FULL_DISK) ? it : it.skip)('says which file found the disk full', async () => {
    const said: string[] = [];
    await link(tableOf(ROWS));
    const files = ['--in', join(folder, 'in.csv'), '--mapping', join(folder, 'mapping.json'), '--out', FULL_DISK];
    expect(await runLink(files, (sentence) => said.push(sentence))).toBe(2);
    expect(said).toEqual(['/dev/full cannot be read or written (ENOSPC).']);
  });
});
