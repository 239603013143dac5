import { describe, expect, it } from '@jest/globals';
import type { Person } from '../../schemas/person.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { partHolders } from './possible-holder.ts';

const NAME: Person = { names: [{ given: 'Darren', family: 'Threlfall' }] };
const HIM: Person = {
  ...NAME,
  ...{ dateOfBirth: '1985-03-14', sex: 'male', identifiers: [{ type: 'NHS', value: '9434765919' }] },
};

function record(agency: string, person: Person, more: Partial<SourceRecord> = {}): SourceRecord {
  const base = { recordId: `${agency}:1`, agency, system: agency, contacts: [] };
  return sourceRecordSchema.parse({ ...base, person, ...more });
}
const his = [record('probation', HIM)];
const doubtfulOf = (
  otherRecords: readonly SourceRecord[],
  probableRecords: readonly SourceRecord[] = [],
  separated: readonly string[] = [],
): readonly string[] =>
  partHolders(his, { otherRecords, probableRecords, separated: new Set(separated) }).doubtful.map(
    ({ recordId }) => recordId,
  );

describe('a record that is not linked may still be his', () => {
  it.each([
    ['it bears his name and nothing else', NAME],
    ['the name stands in one piece, with a title', { names: [{ full: 'Mr Darren Lee Threlfall' }] }],
    ['the surname stands first', { names: [{ full: 'THRELFALL, Darren' }] }],
    ['it has his birth date', { ...NAME, dateOfBirth: '1985-03-14' }],
    ['its birth date is what a clerk types who knows none', { ...NAME, dateOfBirth: '1985-01-01' }],
  ] as const)('where %s', (_, person) => {
    expect(doubtfulOf([record('childrens', sourceRecordSchema.shape.person.parse(person))])).toEqual(['childrens:1']);
  });

  it.each([
    ['another first name', { names: [{ given: 'Darryl', family: 'Threlfall' }] }, {}],
    ['another birth date', { ...NAME, dateOfBirth: '1985-03-15' }, {}],
    ['another sex', { ...NAME, sex: 'female' }, {}],
    ['another number of its kind', { ...NAME, identifiers: [{ type: 'NHS', value: '9434765870' }] }, {}],
    ['a protected person’s role', NAME, { role: 'child' }],
    ['the word "other"', NAME, { role: 'other' }],
    ['no name', {}, {}],
  ] as const)('P5: not where it has %s', (_, person, more) => {
    expect(doubtfulOf([record('childrens', sourceRecordSchema.shape.person.parse(person), more)])).toEqual([]);
  });

  it('P5: not where his own system holds two', () => {
    expect(doubtfulOf([record('probation', NAME, { recordId: 'probation:2' })])).toEqual([]);
  });

  it('P5: not where the answer knows a son or namesake whom it fits as well, though linkage thinks it probable', () => {
    const son = record('childrens', { ...NAME, dateOfBirth: '2014-06-02' }, { role: 'child' });
    const open = record('health', NAME);
    expect(doubtfulOf([son], [open])).toEqual([]);
    expect(doubtfulOf([], [open])).toEqual(['health:1']);
  });

  it('P5: not where a human said that it is not his', () => {
    expect(doubtfulOf([record('childrens', NAME)], [record('health', NAME)], ['childrens:1', 'health:1'])).toEqual([]);
  });

  it('a file of his own with a slip in the birth date is no namesake', () => {
    const slip = record('courts', { ...NAME, dateOfBirth: '1985-03-15' });
    expect(doubtfulOf([slip], [record('health', NAME)])).toEqual(['health:1']);
  });
});
