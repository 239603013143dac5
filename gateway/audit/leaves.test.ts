import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { consulted, disclosed } from '../../test/log-entries.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import type { StoredEntry } from '../ports/access-log.ts';
import { canonicalize } from '../../policies/engine/canonical-json.ts';
import { entryHashOf, entryLeaves, treeHeadOf, verifyEntries } from './leaves.ts';

const LENGTH = 12;

function placed(body: LogEntryBody, position: number, recordedAt: string): StoredEntry {
  const prepared = entryLeaves.prepare(body);
  if (!prepared.ok) throw new Error(prepared.error);
  return entryLeaves.place(prepared.value, { position, recordedAt });
}

const timeOf = (position: number) => `2026-11-20T09:30:00.${String(position).padStart(3, '0')}Z`;
const logOf = (bodies: readonly LogEntryBody[]) =>
  bodies.map((body, position) => placed(body, position, timeOf(position)));
const honest = () => logOf(Array.from({ length: LENGTH }, (_, n) => (n % 2 === 0 ? consulted(n) : disclosed(n))));

function upTo(entries: readonly StoredEntry[]) {
  const verified = verifyEntries(entries);
  if (!verified.ok) throw new Error(verified.error.code);
  return verified.value;
}
const headOf = (entries: readonly StoredEntry[]) => treeHeadOf(upTo(entries));

/** What somebody does who can write to the table and knows how hashes are made. */
const rehashed = (entry: StoredEntry, canonical: string): StoredEntry => ({
  ...entry,
  canonical,
  entryHash: entryHashOf(canonical),
});

describe('P10: the entries of the access log', () => {
  const entries = honest();
  const head = headOf(entries);
  const at = (n: number): StoredEntry => {
    const entry = entries[n];
    if (entry === undefined) throw new Error('no such entry');
    return entry;
  };

  it('hold whole, from any point on, and against every head that the log ever had', () => {
    expect(verifyEntries(entries, { head })).toMatchObject({ ok: true, value: { range: { size: LENGTH } } });
    for (let n = 0; n <= LENGTH; n += 1) {
      const after = upTo(entries.slice(0, n));
      expect(verifyEntries(entries.slice(n), { after, head })).toEqual(verifyEntries(entries));
      expect(verifyEntries(entries, { head: treeHeadOf(after) }).ok).toBe(true);
    }
  });

  it('show any one changed byte', () => {
    fc.assert(
      fc.property(fc.nat(LENGTH - 1), fc.nat(), fc.integer({ min: 1, max: 255 }), (n, where, flip) => {
        const bytes = Buffer.from(at(n).canonical, 'utf8');
        const index = where % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(index) ^ flip, index);
        const forged = entries.with(n, { ...at(n), canonical: bytes.toString('latin1') });
        expect(verifyEntries(forged)).toMatchObject({ ok: false, error: { code: 'hash-differs', position: n } });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('show a changed entry whose own hash was made anew, by a head that was kept elsewhere', () => {
    const canonical = at(4).canonical.replace('"a.worker"', '"b.worker"');
    expect(canonical).not.toBe(at(4).canonical);
    const forged = entries.with(4, rehashed(at(4), canonical));
    expect(verifyEntries(forged, { head })).toEqual({ ok: false, error: { code: 'root-differs', position: 11 } });
    expect(verifyEntries(forged, { head: headOf(entries.slice(0, 5)) })).toEqual({
      ok: false,
      error: { code: 'root-differs', position: 4 },
    });
  });

  it.each(Array.from({ length: LENGTH - 1 }, (_, n) => n))('show that entry %i was deleted', (n) => {
    expect(verifyEntries(entries.toSpliced(n, 1))).toMatchObject({ ok: false, error: { position: n } });
  });

  it('show another order', () => {
    const swapped = entries.with(3, at(4)).with(4, at(3));
    expect(verifyEntries(swapped)).toEqual({ ok: false, error: { code: 'out-of-place', position: 3 } });
  });

  it('show an inserted entry', () => {
    expect(verifyEntries(entries.toSpliced(5, 0, at(4)))).toMatchObject({ ok: false, error: { position: 5 } });
    const fitting = placed(consulted(99), 5, timeOf(4));
    expect(verifyEntries(entries.toSpliced(5, 0, fitting))).toMatchObject({ ok: false, error: { position: 6 } });
  });

  it('show a cut tail, and an emptied log, by a head that was kept elsewhere', () => {
    expect(verifyEntries(entries.slice(0, -1), { head })).toEqual({
      ok: false,
      error: { code: 'truncated', position: LENGTH - 1 },
    });
    expect(verifyEntries([], { head })).toEqual({ ok: false, error: { code: 'truncated', position: 0 } });
  });

  it('show a whole new history, and the end of another log put behind ours', () => {
    const other = logOf(Array.from({ length: LENGTH }, (_, n) => consulted(n + 1000)));
    expect(verifyEntries(other)).toMatchObject({ ok: true });
    for (const forged of [other, [...entries.slice(0, 6), ...other.slice(6)]])
      expect(verifyEntries(forged, { head })).toMatchObject({ ok: false, error: { code: 'root-differs' } });
  });

  it('show an entry dated before the one it follows', () => {
    const early = placed(consulted(7), LENGTH, '2026-11-20T08:30:00.000Z');
    expect(verifyEntries([...entries, early])).toEqual({
      ok: false,
      error: { code: 'clock-went-back', position: LENGTH },
    });
  });

  it('refuse the same meaning in other bytes, and a member that no entry has', () => {
    const spaced = rehashed(at(0), at(0).canonical.replace('{"body"', '{ "body"'));
    expect(verifyEntries([spaced])).toMatchObject({ ok: false, error: { code: 'not-canonical' } });
    const extended = rehashed(at(0), at(0).canonical.replace('{"body"', '{"a":1,"body"'));
    expect(verifyEntries([extended])).toMatchObject({ ok: false, error: { code: 'not-an-entry' } });
    expect(verifyEntries([rehashed(at(0), 'no JSON')])).toMatchObject({ ok: false, error: { code: 'not-an-entry' } });
  });

  it('are written in the form of RFC 8785, place and all', () => {
    for (const { canonical } of entries)
      expect(canonicalize(JSON.parse(canonical))).toEqual({ ok: true, value: canonical });
  });
});

describe('P1: an entry that no bundle could hold', () => {
  it('is refused, so that nothing is disclosed on it', () => {
    const field = disclosed(1).fields[0];
    if (field === undefined) throw new Error('no field');
    const grants = Array.from({ length: 40 }, (_, n) => `isa-riverton/${'grant'.repeat(10)}-${n}`);
    const vast = { ...disclosed(1), fields: Array.from({ length: 40 }, () => ({ ...field, grants })) };
    expect(entryLeaves.prepare(vast)).toEqual({ ok: false, error: 'entry-invalid' });
    expect(entryLeaves.prepare({ ...vast, fields: vast.fields.slice(0, 20) }).ok).toBe(true);
  });
});
