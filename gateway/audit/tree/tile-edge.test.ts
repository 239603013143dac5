import { describe, expect, it } from '@jest/globals';
import { appendLeaves, EMPTY_RANGE, rootOf } from './compact-range.ts';
import { leafHash } from './hash.ts';
import { cutHashes, edgeTiles, EMPTY_EDGE, growEdge, rootOfEdge } from './tile-edge.ts';
import { partialTile } from './tile.ts';

const LEAVES = Array.from({ length: 66_100 }, (_, n) => leafHash(Buffer.from(String(n))));

describe('the edge of a tiled tree', () => {
  it('gives the root of RFC 6962 at every size around the ends of tiles', () => {
    let edge = EMPTY_EDGE;
    for (const size of [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 65_792, 66_048, 66_100]) {
      edge = growEdge(edge, LEAVES.slice(edge.size, size)).edge;
      expect(Buffer.from(rootOfEdge(edge)).toString('hex')).toBe(
        Buffer.from(rootOf(appendLeaves(EMPTY_RANGE, LEAVES.slice(0, size)))).toString('hex'),
      );
      edgeTiles(size).forEach((tile, level) => {
        expect(tile).toEqual(partialTile(size, level));
        expect(edge.rows[level]).toHaveLength(tile?.width ?? 0);
      });
    }
  });

  it('finishes the same tiles whatever the steps, each once', () => {
    const whole = growEdge(EMPTY_EDGE, LEAVES).finished;
    let edge = EMPTY_EDGE;
    const stepped = [];
    for (let at = 0; at < LEAVES.length; at += 1_000) {
      const grown = growEdge(edge, LEAVES.slice(at, at + 1_000));
      edge = grown.edge;
      stepped.push(...grown.finished);
    }
    expect(stepped).toEqual(whole);
    expect(whole.filter(({ level }) => level === 0).map(({ index }) => index)).toEqual([...Array(258).keys()]);
    expect(whole.filter(({ level }) => level === 1).map(({ index }) => index)).toEqual([0]);
    expect(whole[0]?.hashes).toEqual(cutHashes(Buffer.concat(LEAVES.slice(0, 256))));
  });
});
