import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { consulted, disclosed } from '../../test/log-entries.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import type { StoredEntry } from '../ports/access-log.ts';
import { BEFORE_FIRST, entryChain, entryHashOf, verifyChain } from './chain.ts';

const LENGTH = 12;

function chainOf(bodies: readonly LogEntryBody[]): StoredEntry[] {
  const entries: StoredEntry[] = [];
  for (const [position, body] of bodies.entries()) {
    const prepared = entryChain.prepare(body);
    if (!prepared.ok) throw new Error(prepared.error);
    const recordedAt = `2026-11-20T09:30:00.${String(position).padStart(3, '0')}Z`;
    const previous = entries.at(-1)?.entryHash ?? BEFORE_FIRST;
    entries.push(entryChain.link(prepared.value, { position, previous, recordedAt }));
  }
  return entries;
}

const honest = () => chainOf(Array.from({ length: LENGTH }, (_, n) => (n % 2 === 0 ? consulted(n) : disclosed(n))));
const headOf = (entries: readonly StoredEntry[]) => {
  const last = entries.at(-1);
  if (last === undefined) throw new Error('empty');
  return { position: last.position, entryHash: last.entryHash };
};

/** What somebody does who can write to the table and knows how hashes are made. */
const rehashed = (entry: StoredEntry, canonical: string): StoredEntry => ({
  ...entry,
  canonical,
  entryHash: entryHashOf(canonical),
});

describe('P10: the chain of the access log', () => {
  const entries = honest();
  const head = headOf(entries);
  const at = (n: number): StoredEntry => {
    const entry = entries[n];
    if (entry === undefined) throw new Error('no such entry');
    return entry;
  };

  it('verifies an honest log, whole or from any point on', () => {
    expect(verifyChain(entries, { head })).toEqual({ ok: true, value: head });
    expect(verifyChain(entries.slice(5), { after: headOf(entries.slice(0, 5)), head })).toEqual({
      ok: true,
      value: head,
    });
    expect(verifyChain([])).toEqual({ ok: true, value: undefined });
  });

  it('notices any one changed byte of any entry', () => {
    fc.assert(
      fc.property(fc.nat(LENGTH - 1), fc.nat(), fc.integer({ min: 1, max: 255 }), (n, where, flip) => {
        const bytes = Buffer.from(at(n).canonical, 'utf8');
        const index = where % bytes.length;
        bytes.writeUInt8(bytes.readUInt8(index) ^ flip, index);
        const forged = entries.with(n, { ...at(n), canonical: bytes.toString('latin1') });
        expect(verifyChain(forged)).toMatchObject({ ok: false, error: { code: 'hash-differs', position: n } });
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('notices a changed entry whose own hash was made anew', () => {
    const canonical = at(4).canonical.replace('"a.worker"', '"b.worker"');
    expect(canonical).not.toBe(at(4).canonical);
    const forged = entries.with(4, rehashed(at(4), canonical));
    expect(verifyChain(forged)).toEqual({ ok: false, error: { code: 'previous-differs', position: 5 } });
  });

  it.each(Array.from({ length: LENGTH - 1 }, (_, n) => n))('notices that entry %i was deleted', (n) => {
    expect(verifyChain(entries.toSpliced(n, 1))).toMatchObject({ ok: false, error: { position: n } });
  });

  it('notices entries in another order', () => {
    const swapped = entries.with(3, at(4)).with(4, at(3));
    expect(verifyChain(swapped)).toEqual({ ok: false, error: { code: 'out-of-place', position: 3 } });
  });

  it('notices an inserted entry, also one that was made to fit', () => {
    expect(verifyChain(entries.toSpliced(5, 0, at(4)))).toMatchObject({ ok: false, error: { position: 5 } });
    const prepared = entryChain.prepare(consulted(99));
    if (!prepared.ok) throw new Error('not prepared');
    const fitting = entryChain.link(prepared.value, {
      position: 5,
      previous: at(4).entryHash,
      recordedAt: '2026-11-20T09:30:00.004Z',
    });
    expect(verifyChain(entries.toSpliced(5, 0, fitting))).toMatchObject({ ok: false, error: { position: 6 } });
  });

  it('notices a cut tail, and an emptied log, by a head that was remembered', () => {
    expect(verifyChain(entries.slice(0, -1), { head })).toEqual({
      ok: false,
      error: { code: 'truncated', position: LENGTH - 1 },
    });
    expect(verifyChain([], { head })).toEqual({ ok: false, error: { code: 'truncated', position: 0 } });
  });

  it('notices a whole new history by a head that was remembered', () => {
    const other = chainOf(Array.from({ length: LENGTH }, (_, n) => consulted(n + 1000)));
    expect(verifyChain(other)).toMatchObject({ ok: true });
    expect(verifyChain(other, { head })).toEqual({
      ok: false,
      error: { code: 'head-differs', position: LENGTH - 1 },
    });
  });

  it('notices the end of another log put behind ours', () => {
    const other = chainOf(Array.from({ length: LENGTH }, (_, n) => consulted(n + 1000)));
    const spliced = [...entries.slice(0, 6), ...other.slice(6)];
    expect(verifyChain(spliced)).toEqual({ ok: false, error: { code: 'previous-differs', position: 6 } });
  });

  it('notices an entry dated before the one it follows', () => {
    const prepared = entryChain.prepare(consulted(7));
    if (!prepared.ok) throw new Error('not prepared');
    const early = entryChain.link(prepared.value, {
      position: LENGTH,
      previous: head.entryHash,
      recordedAt: '2026-11-20T08:30:00.000Z',
    });
    expect(verifyChain([...entries, early])).toEqual({
      ok: false,
      error: { code: 'clock-went-back', position: LENGTH },
    });
  });

  it('refuses the same meaning in other bytes, and a member that no entry has', () => {
    const spaced = rehashed(at(0), at(0).canonical.replace('{"body"', '{ "body"'));
    expect(verifyChain([spaced])).toMatchObject({ ok: false, error: { code: 'not-canonical' } });
    const extended = rehashed(at(0), at(0).canonical.replace('{"body"', '{"a":1,"body"'));
    expect(verifyChain([extended])).toMatchObject({ ok: false, error: { code: 'not-an-entry' } });
    expect(verifyChain([rehashed(at(0), 'no JSON')])).toMatchObject({ ok: false, error: { code: 'not-an-entry' } });
  });

  it('hashes what RFC 8785 would: putting the place around a body is the canonical form', () => {
    for (const entry of entries) expect(verifyChain([entry], afterOf(entry))).toMatchObject({ ok: true });
  });

  const afterOf = (entry: StoredEntry) =>
    entry.position === 0 ? {} : { after: headOf(entries.slice(0, entry.position)) };
});
