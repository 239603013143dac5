import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { entriesOfBundle, entryBundle } from './bundle.ts';
import { appendLeaves, EMPTY_RANGE, rootOf } from './compact-range.ts';
import { leafHash } from './hash.ts';
import { readRange } from './prove.ts';
import { bundlePath, parseTilePath, tilePath } from './tile-path.ts';
import { hashFromTile, hashesAtLevel, hasTile, partialTile, partOf, rootOfTile, TILE_WIDTH } from './tile.ts';

const LEAVES = Array.from({ length: 70_000 }, (_, n) => leafHash(Buffer.from(String(n))));
const LEVELS: (readonly Uint8Array[])[] = [LEAVES];
for (let level = 0; level < 2; level += 1) {
  const below = LEVELS[level] ?? [];
  LEVELS.push(
    Array.from({ length: Math.floor(below.length / 256) }, (_, n) => rootOfTile(below.slice(n * 256, (n + 1) * 256))),
  );
}
const tileBytes = (level: number, index: number) =>
  Buffer.concat((LEVELS[level] ?? []).slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH));

describe('tiles (C2SP tlog-tiles)', () => {
  it('are as many and as wide as the specification counts for 70,000 entries', () => {
    expect([0, 1, 2, 3].map((level) => hashesAtLevel(70_000, level))).toEqual([70_000, 273, 1, 0]);
    expect([0, 1, 2, 3].map((level) => partialTile(70_000, level))).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
      undefined,
    ]);
    expect(partialTile(256, 0)).toBeUndefined();
    expect(partialTile(256, 1)).toEqual({ level: 1, index: 0, width: 1 });
    expect(hasTile(70_000, { level: 0, index: 273, width: 112 })).toBe(true);
    expect(hasTile(70_000, { level: 0, index: 273, width: 113 })).toBe(false);
  });

  it('hold every hash that a root needs', async () => {
    for (const size of [1, 255, 256, 257, 65_535, 65_536, 65_537, 69_999]) {
      const range = await readRange(size, (subtrees) =>
        Promise.resolve(
          subtrees.map((subtree) => {
            const part = partOf(subtree);
            return hashFromTile(part, tileBytes(part.level, part.index));
          }),
        ),
      );
      expect(rootOf(range)).toEqual(rootOf(appendLeaves(EMPTY_RANGE, LEAVES.slice(0, size))));
    }
  });

  it('cut short are noticed', () => {
    const part = partOf({ level: 8, index: 2 });
    expect(part).toEqual({ level: 1, index: 0, from: 2, count: 1 });
    expect(() => hashFromTile({ level: 0, index: 0, from: 128, count: 128 }, tileBytes(0, 0).subarray(0, -32))).toThrow(
      RangeError,
    );
    expect(() => hashFromTile(part, tileBytes(1, 0).subarray(0, -1))).toThrow(RangeError);
  });

  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 1, index: 1_234_067, width: 256 }, 'tile/1/x001/x234/067'],
    [{ level: 0, index: 273, width: 112 }, 'tile/0/273.p/112'],
    [{ level: 2, index: 999, width: 1 }, 'tile/2/999.p/1'],
    [{ level: 63, index: 0, width: 1 }, 'tile/63/000.p/1'],
  ])('%j is called %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    if (tile.level < 6) expect(parseTilePath(path.slice('tile/'.length))).toEqual({ ...tile, entries: false });
  });

  it('have one name each, and every name is read back', () => {
    const tile = fc.record({
      level: fc.nat(3),
      index: fc.nat(2_000_000),
      width: fc.integer({ min: 1, max: 256 }),
      entries: fc.boolean(),
    });
    fc.assert(
      fc.property(tile, (given) => {
        const named = given.entries ? { ...given, level: 0 } : given;
        const path = named.entries ? bundlePath(named) : tilePath(named);
        expect(parseTilePath(path.slice('tile/'.length))).toEqual(named);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it.each([
    '',
    '0',
    '00/000',
    '64/000',
    '0/0',
    '0/1000',
    '0/x000/001',
    '0/001/002',
    '0/x001/x002',
    '0/000.p/0',
    '0/000.p/256',
    '0/000.p/257',
    '0/000.p/012',
    '0/000.p/1/',
    '-1/000',
    '0/../000',
    'entries/000.p/256',
    'entries/0/000',
    '0/x999/x999/x999/x999/x999/999',
    `0/${'x000/'.repeat(500)}000`,
  ])('%j names nothing', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});

describe('bundles of entries', () => {
  it('give back what was put into them', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 256 }), (entries) => {
        expect(entriesOfBundle(entryBundle(entries))?.map((entry) => [...entry])).toEqual(entries.map((e) => [...e]));
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('cut short are noticed, and an entry too long for its length is never put in', () => {
    const bundle = entryBundle([Buffer.from('one'), Buffer.alloc(65_535)]);
    expect(entriesOfBundle(bundle)).toHaveLength(2);
    expect(entriesOfBundle(bundle.subarray(0, -1))).toBeUndefined();
    expect(entriesOfBundle(bundle.subarray(0, 6))).toBeUndefined();
    expect(() => entryBundle([Buffer.alloc(65_536)])).toThrow(RangeError);
  });
});
