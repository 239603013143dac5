import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPostgresReasonStore } from '../../adapters/postgres/review-reasons.ts';
import type { ReasonStore } from '../../gateway/ports/reason-store.ts';
import { digestOf, makeReasons, type Reasons, type WordsToKeep } from '../../gateway/review/reasons/reasons.ts';
import { makeWordTokens, wordsOf } from '../../gateway/review/reasons/word-tokens.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { createMemoryReasonStore, memoryReasons } from '../memory-reason-store.ts';

const TEXT = 'His sister rang from her work: he may be at the hostel in Canal Street';
const uuid = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const words = (n: number, change: Partial<WordsToKeep> = {}): WordsToKeep => ({
  ...{ id: uuid(n), what: 'reason', agency: 'riverton-council', scope: 'DAPG-2026-0042', text: TEXT },
  ...change,
});

async function keep(reasons: Reasons, each: WordsToKeep): Promise<string> {
  const sealed = await reasons.seal(each);
  if (!sealed.ok) throw new Error(sealed.error);
  const kept = await sealed.value.keep();
  if (!kept.ok) throw new Error(kept.error);
  return sealed.value.digest;
}

async function read(reasons: Reasons, agency: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await reasons.read(agency, ids);
  if (!found.ok) throw new Error(found.error);
  return found.value;
}

interface Kept {
  readonly store: ReasonStore;
  /** Destroys the key of a scope, as retention does. */
  destroy(scope: string): Promise<void>;
  release(): Promise<void>;
}

const inPostgres = async (): Promise<Kept> => {
  const database: FreshDatabase = await freshDatabase();
  const store = createPostgresReasonStore({ url: database.url, max: 4 });
  return {
    store,
    destroy: async (scope) => {
      const owner = await connectTo(database.ownerUrl);
      await owner.query(
        'update holdfast.scope_key set wrapped_key = null, destroyed_at = clock_timestamp() where scope = $1',
        [scope],
      );
      await owner.end();
    },
    release: async () => {
      await store.close();
      await store.close();
      await database.drop();
    },
  };
};

const inMemory = (): Promise<Kept> => {
  const store = createMemoryReasonStore();
  return Promise.resolve({
    store,
    destroy: (scope) => {
      store.destroyKey(scope);
      return Promise.resolve();
    },
    release: () => store.close(),
  });
};

describe.each([
  ['PostgreSQL', inPostgres],
  ['memory, for tests', inMemory],
])('words beside the log, in %s', (_where, open) => {
  let kept: Kept;
  let reasons: Reasons;
  beforeAll(async () => {
    kept = await open();
    reasons = memoryReasons(kept.store);
  });
  afterAll(() => kept.release());

  it('come back to the reviewers of the agency whose staff wrote them, and to no other', async () => {
    await keep(reasons, words(1));
    expect(await read(reasons, 'riverton-council', [uuid(1), uuid(999)])).toEqual(new Map([[uuid(1), TEXT]]));
    expect(await read(reasons, 'police', [uuid(1)])).toEqual(new Map());
  });

  it('P8: lie nowhere as text, and two equal texts lie there differently', async () => {
    await keep(reasons, words(2));
    const found = await kept.store.find([uuid(1), uuid(2)]);
    if (!found.ok) throw new Error(found.error);
    const boxes = found.value.map(({ words: { sealed } }) => Buffer.from(sealed));
    expect(boxes).toHaveLength(2);
    expect(boxes[0]?.equals(boxes[1] ?? Buffer.alloc(0))).toBe(false);
    const all = JSON.stringify(found.value) + boxes.map((box) => box.toString('latin1')).join();
    for (const word of ['sister', 'hostel', 'Canal']) expect(all).not.toContain(word);
  });

  it('are found by their words through keyed tokens alone', async () => {
    const tokens = await reasons.tokensOf([uuid(1)]);
    expect(tokens.ok && tokens.value.get(uuid(1))).toEqual(expect.arrayContaining([...reasons.wordTokens('HÓSTEL')]));
    expect(tokens.ok && tokens.value.get(uuid(1))).not.toEqual(expect.arrayContaining([...reasons.wordTokens('inn')]));
  });

  it('P8: are gone with the key of their case, and no guess can be tested any more', async () => {
    const scope = 'DAPG-2026-0043';
    const before = await keep(reasons, words(3, { scope }));
    await kept.destroy(scope);
    expect(await read(reasons, 'riverton-council', [uuid(3), uuid(1)])).toEqual(new Map([[uuid(1), TEXT]]));
    // A gateway that still remembers the key learns of it at the next text, refuses once, and goes on with a new key.
    const again = await reasons.seal(words(4, { scope }));
    expect(again.ok && (await again.value.keep())).toEqual({ ok: false, error: 'reasons-unavailable' });
    const after = await keep(reasons, words(5, { scope }));
    expect(await read(reasons, 'riverton-council', [uuid(5)])).toEqual(new Map([[uuid(5), TEXT]]));
    expect(after).not.toBe(before);
  });

  it('of many questions on a new case at once share one key', async () => {
    const scope = 'DAPG-2026-0044';
    await Promise.all(Array.from({ length: 12 }, (_, n) => keep(memoryReasons(kept.store), words(100 + n, { scope }))));
    const ids = Array.from({ length: 12 }, (_, n) => uuid(100 + n));
    expect((await read(reasons, 'riverton-council', ids)).size).toBe(12);
  });

  it('cannot be passed off as the words of another question, agency or case', async () => {
    const found = await kept.store.find([uuid(1)]);
    if (!found.ok || found.value[0] === undefined) throw new Error('not kept');
    const { words: sealed, key } = found.value[0];
    for (const change of [{ id: uuid(7) }, { agency: 'police' }, { what: 'note' as const }]) {
      const moved = { ...sealed, ...change };
      const swapped = memoryReasons({
        ...kept.store,
        find: () => Promise.resolve({ ok: true, value: [{ words: moved, key }] }),
      });
      expect(await read(swapped, moved.agency, [moved.id])).toEqual(new Map());
    }
  });
});

describe('a store that does not answer', () => {
  it('P1: is a failure, never words that are silently not kept', async () => {
    const store = createMemoryReasonStore();
    const reasons = memoryReasons(store);
    await keep(reasons, words(1));
    store.failing(true);
    const sealed = await reasons.seal(words(2));
    expect(sealed.ok && (await sealed.value.keep())).toEqual({ ok: false, error: 'reasons-unavailable' });
    expect(await reasons.seal(words(3, { scope: 'DAPG-2026-0099' }))).toEqual({
      ok: false,
      error: 'reasons-unavailable',
    });
    expect(await reasons.read('riverton-council', [uuid(1)])).toEqual({ ok: false, error: 'reasons-unavailable' });
  });

  it('and a key that another master wrapped is a failure too', async () => {
    const store = createMemoryReasonStore();
    await keep(memoryReasons(store), words(1));
    const other = makeReasons({
      store,
      current: { id: 'master-2', key: new Uint8Array(32).fill(9) },
      wordKey: new Uint8Array(32).fill(8),
    });
    expect(await other.seal(words(2))).toEqual({ ok: false, error: 'reasons-unavailable' });
    const retired = makeReasons({
      store,
      current: { id: 'master-2', key: new Uint8Array(32).fill(9) },
      retired: [{ id: 'master-1', key: new Uint8Array(32).fill(7) }],
      wordKey: new Uint8Array(32).fill(8),
    });
    expect(await read(retired, 'riverton-council', [uuid(1)])).toEqual(new Map([[uuid(1), TEXT]]));
  });
});

describe('word tokens', () => {
  const tokens = makeWordTokens(new Uint8Array(32).fill(8));
  it('are the same for a word however it is written', () => {
    expect(tokens("O'Neil’s HÔTEL, hotel")).toEqual(tokens('ONEILS hotel'));
    expect(wordsOf('Straße 12b – “now”')).toEqual(['straße', '12b', 'now']);
    expect(tokens('')).toEqual([]);
  });
  it('differ under another key', () => {
    const other = makeWordTokens(new Uint8Array(32).fill(9));
    expect(other('hostel')).not.toEqual(tokens('hostel'));
    expect(() => makeWordTokens(new Uint8Array(31))).toThrow(RangeError);
  });
  it('of a text hold those of each of its parts', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 8 }), (parts) => {
        const whole = new Set(tokens(parts.join(' ')));
        for (const part of parts) for (const token of tokens(part)) expect(whole.has(token)).toBe(true);
      }),
      { seed: 20_26, numRuns: 200 },
    );
  });
  it('and a digest is bound to its question', () => {
    const key = new Uint8Array(32).fill(1);
    expect(digestOf(key, words(1))).not.toBe(digestOf(key, words(2)));
    expect(digestOf(key, words(1))).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });
});
