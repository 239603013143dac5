import { describe, expect, it } from '@jest/globals';
import { logEntryBodySchema } from '../../schemas/entry.ts';
import { consulted, disclosed } from '../log-entries.ts';
import { replaced, stringPaths } from './strings-of-entry.ts';

/** What must never fit into the log, wherever a mistake puts it. */
const VALUES = [
  '07700 900123',
  '07700900123',
  '+447700900123',
  '020 7946 0018',
  'jo.bloggs@example.test',
  'Jo Bloggs',
  'Bloggs, Jo',
  '12 Sample Street, Riverton, ZZ9 9ZZ',
  'ZZ9 9ZZ',
  "Siobhán O'Neil",
  'his sister rang from her work',
  '9990000018',
  '100023336956',
];

describe('P8: no value fits into the access log', () => {
  const full = { ...disclosed(1), policyVersion: 'v1.0.0' };
  const entries = [consulted(1), full];

  const places = entries.flatMap((entry) =>
    stringPaths(entry).map((path) => ({ kind: entry.kind, where: path.join('.'), path, entry })),
  );

  it.each(places)('$kind: $where takes no name, number, address or sentence', ({ path, entry }) => {
    expect(logEntryBodySchema.safeParse(entry).success).toBe(true);
    const accepted = VALUES.filter((value) => logEntryBodySchema.safeParse(replaced(entry, path, value)).success);
    expect(accepted).toEqual([]);
  });

  it.each(['value', 'name', 'because', 'note', 'reason', 'phone'])('no entry takes a member called %s', (member) => {
    for (const entry of entries)
      expect(logEntryBodySchema.safeParse({ ...entry, [member]: 'anything' }).success).toBe(false);
  });

  it('no count of things withheld is kept under a word that is not a known reason', () => {
    expect(logEntryBodySchema.safeParse({ ...full, withheld: { 'Jo Bloggs': 1 } }).success).toBe(false);
  });
});
