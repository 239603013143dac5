import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBatchIdOf } from '../../adapters/extract/check.ts';
import { filesOf, type ExtractLayout } from '../../adapters/extract/layout.ts';
import { EXTRACT_LIMITS } from '../../adapters/extract/limits.ts';
import { assemble } from '../../adapters/extract/assemble.ts';
import { parseFile } from '../../adapters/extract/parse.ts';
import { GENDERS, poleAttributes } from '../../adapters/police/columns.ts';
import { referenceFolder } from '../reference.ts';

/**
 * The police layout against what was published by others: the NPCC's minimum attributes, and a real force-to-ministry
 * extract. Nothing of either is kept here.
 */

const folder = referenceFolder();
const contracts = folder === undefined ? undefined : join(folder, 'contracts', 'police');

/** Attributes of the "4+1": without a column for each the force's search could not be the standard's. */
const FOUR_PLUS_ONE = ['031', '032', '034', '037', '010', '053', '054', '071', '072'];

describe('police contract', () => {
  if (contracts === undefined) {
    it.skip('needs ministryofjustice/hmpps-electronic-monitoring-crime-matching-api scripts/fixtures/ at 312883ffe437b4aa6cc0eba6a1ba2fb3f058896d and the NPCC Minimum POLE Data Standards Dictionary v1.1', () =>
      undefined);
    return;
  }

  const attributes = readCsv(join(contracts, 'derived', 'pole-minimum-attributes.csv'));
  const byNumber = new Map(attributes.map((attribute) => [attribute['standard_no'], attribute]));
  const shapes = readCsv(join(contracts, 'force-crime-extract', 'COLUMNS.csv'));
  const crimes = readFileSync(join(contracts, 'force-crime-extract', 'dup-crime-ref.csv'), 'utf8');

  it.each(poleAttributes().map((one) => [one.standard, one.file, one.column] as const))(
    'attribute %s in %s is one of the dictionary',
    (standard, _file, column) => {
      const published = byNumber.get(standard);
      expect(published).toBeDefined();
      // "Given Name" is our given_name, "Post Code" our post_code: every word of ours is in the published name.
      const words = new Set((published?.['attribute'] ?? '').toLowerCase().split(/[^a-z]+/));
      const ours = column.name.split('_').filter((word) => !EXPLAINED.has(word));
      expect(ours.filter((word) => !words.has(word))).toEqual([]);
      const longest = Number(published?.['max_len'] ?? '');
      if (column.taken && longest > 0) expect(column.max).toBeGreaterThanOrEqual(longest);
    },
  );

  it('has a column for every part of the "4+1", and none of them is dropped', () => {
    const taken = new Set(
      poleAttributes()
        .filter(({ column }) => column.taken)
        .map(({ standard }) => standard),
    );
    expect(FOUR_PLUS_ONE.filter((standard) => !taken.has(standard))).toEqual([]);
  });

  it('takes no attribute that the standard has and nobody here needs', () => {
    const unneeded = ['035', '112', '014', '015', '055', '060', '061', '063', '073', '093', '094', '095'];
    const taken = new Set(
      poleAttributes()
        .filter(({ column }) => column.taken)
        .map(({ standard }) => standard),
    );
    expect(unneeded.filter((standard) => taken.has(standard))).toEqual([]);
  });

  it('speaks of gender in the dictionary’s words', () => {
    expect([...GENDERS]).toEqual(byNumber.get('037')?.['format_or_values']?.split('|'));
  });

  it('names batches as forces name theirs', () => {
    const rule = shapes.find(({ column }) => column === 'batch_id')?.['rule'] ?? '';
    const published = /[A-Z]{3}\d{8}/.exec(rule)?.[0] ?? '';
    const inFile = crimes.split('\n')[0]?.split(',')[3] ?? '';
    for (const batch of [published, inFile]) expect(isBatchIdOf(batch, batch.slice(0, 3))).toBe(true);
    expect(isBatchIdOf(inFile, 'XXX')).toBe(false);
  });

  it('reads the published crime file through a layout of its own: the general way carries another extract', async () => {
    const layout = crimeLayout(shapes.map(({ column }) => column ?? ''));
    const text = [
      headOf(layout),
      ...crimes
        .trimEnd()
        .split(/\r?\n/)
        .map((line) => `${line.split(',')[4] ?? ''},P,,2025-01-27,${line}`),
    ].join('\n');
    const parsed = await parseFile(chunksOf(text), {
      layout,
      file: layout.primary,
      createdOn: '2025-01-28',
      limits: EXTRACT_LIMITS,
      signal: new AbortController().signal,
    });
    if (!parsed.ok) throw new Error(parsed.error);
    expect(parsed.value.rejects).toEqual([]);
    const { entries } = assemble(layout, [parsed.value]);
    // The fixture's point: one crime reference twice is a new version of one crime, not a second one.
    expect(parsed.value.rowCount).toBe(7);
    expect(entries.size).toBe(6);
    const twice = entries.get('40/4720/25');
    expect(twice?.current.get('crime_type_id')).toBe('TFMV');
    expect(twice?.history.map((row) => row.get('crime_type_id'))).toEqual(['RB']);
  });
});

/** Words of ours that the dictionary says otherwise: "Criminal Records Office Number" is the CRO. */
const EXPLAINED = new Set(['cro', 'pnc', 'nickname', 'middle', 'names', 'flat', 'observed']);

function readCsv(path: string): readonly Readonly<Record<string, string>>[] {
  const [header, ...rows] = parse(readFileSync(path, 'utf8'));
  return rows.map((row) => Object.fromEntries(row.map((cell, index) => [header?.[index] ?? '', cell])));
}

function crimeLayout(names: readonly string[]): ExtractLayout {
  const text = { form: 'text', max: 200, required: false, taken: true } as const;
  return {
    id: 'force-crimes/1',
    primary: {
      name: 'crimes',
      versionKey: ['reference'],
      columns: [
        { ...text, name: 'reference', form: 'reference', required: true },
        { ...text, name: 'handling_code', form: 'code', codes: ['P'] },
        { ...text, name: 'intelligence_grading', taken: false },
        { ...text, name: 'last_updated', form: 'date' },
        ...names.map((name) => ({ ...text, name })),
      ],
    },
    details: [],
    reference: { column: 'reference', pattern: /^[0-9]+\/[0-9]+\/[0-9]+$/ },
    newest: ['last_updated'],
    handling: { column: 'handling_code', shared: ['P'] },
    intelligence: 'intelligence_grading',
  };
}

const headOf = (layout: ExtractLayout): string =>
  filesOf(layout)
    .flatMap(({ columns }) => columns.map(({ name }) => name))
    .join(',');

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text));
}
