import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendLeaves, EMPTY_RANGE, rootOf } from './compact-range.ts';
import { leafHash, nodeHash } from './hash.ts';
import { consistencyProof, inclusionProof, readRange, type ReadSubtrees } from './prove.ts';
import { splitOf } from './subtrees.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

/** The root as RFC 6962 section 2.1 defines it, word for word and slow. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return rootOf(EMPTY_RANGE);
  if (leaves.length === 1) return only;
  const k = splitOf(leaves.length);
  return nodeHash(definedRoot(leaves.slice(0, k)), definedRoot(leaves.slice(k)));
}

const LEAVES = Array.from({ length: 700 }, (_, n) => leafHash(Buffer.from(`entry ${n}`)));
const rootAt = (size: number) => rootOf(appendLeaves(EMPTY_RANGE, LEAVES.slice(0, size)));
const read: ReadSubtrees = (subtrees) =>
  Promise.resolve(
    subtrees.map(({ level, index }) => definedRoot(LEAVES.slice(index * 2 ** level, (index + 1) * 2 ** level))),
  );

// The trees over these eight entries are a well-known example; their roots are in the tests of many logs.
const EIGHT = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

describe('the tree of RFC 6962', () => {
  it('has the well-known roots of the eight example entries', () => {
    const leaves = EIGHT.map((entry) => leafHash(Buffer.from(entry, 'hex')));
    expect(ROOTS.map((_, size) => hex(rootOf(appendLeaves(EMPTY_RANGE, leaves.slice(0, size)))))).toEqual(ROOTS);
  });

  it('hashes a leaf and a node of the same bytes differently, so that no node passes for an entry', () => {
    const [left, right] = [leafHash(Buffer.of(1)), leafHash(Buffer.of(2))];
    expect(hex(nodeHash(left, right))).not.toBe(hex(leafHash(Buffer.concat([left, right]))));
  });

  it('grows to the same root whether leaf by leaf or in batches, and as the definition has it', () => {
    fc.assert(
      fc.property(fc.nat(LEAVES.length), fc.nat(LEAVES.length), (a, b) => {
        const [first, size] = a < b ? [a, b] : [b, a];
        const grown = appendLeaves(appendLeaves(EMPTY_RANGE, LEAVES.slice(0, first)), LEAVES.slice(first, size));
        expect(grown.size).toBe(size);
        expect(hex(rootOf(grown))).toBe(hex(definedRoot(LEAVES.slice(0, size))));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('reads back the range that it would have grown to', async () => {
    for (const size of [0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 700]) {
      const [range, grown] = [await readRange(size, read), appendLeaves(EMPTY_RANGE, LEAVES.slice(0, size))];
      expect({ ...range, hashes: range.hashes.map(hex) }).toEqual({ ...grown, hashes: grown.hashes.map(hex) });
    }
  });
});

describe('P10: proofs', () => {
  it('hold for every leaf of every small tree, and for no other leaf, place or size', async () => {
    for (let size = 1; size <= 20; size += 1) {
      for (let index = 0; index < size; index += 1) {
        const proof = await inclusionProof(index, size, read);
        const holds = (at: number, of: number, leaf = LEAVES[index] ?? Buffer.alloc(32)) =>
          verifyInclusion(at, of, leaf, proof, rootAt(size));
        expect(holds(index, size)).toBe(true);
        expect(holds(index, size, LEAVES[index + 1] ?? Buffer.alloc(32))).toBe(false);
        for (let at = 0; at < size; at += 1) expect(holds(at, size)).toBe(at === index);
      }
    }
  });

  it('hold between any two trees, and between no others', async () => {
    for (let size2 = 1; size2 <= 20; size2 += 1) {
      for (let size1 = 1; size1 <= size2; size1 += 1) {
        const proof = await consistencyProof(size1, size2, read);
        expect(verifyConsistency(size1, size2, proof, rootAt(size1), rootAt(size2))).toBe(true);
        if (size1 === size2) continue;
        expect(verifyConsistency(size1, size2, proof, rootAt(size2), rootAt(size1))).toBe(false);
        expect(verifyConsistency(size1, size2, proof.slice(1), rootAt(size1), rootAt(size2))).toBe(false);
        const forked = [...LEAVES.slice(0, size1 - 1), leafHash(Buffer.from('another')), ...LEAVES.slice(size1, size2)];
        expect(verifyConsistency(size1, size2, proof, rootAt(size1), definedRoot(forked))).toBe(false);
      }
    }
  });

  it('no longer hold once one bit is changed', async () => {
    const [index, size, size1] = [417, 700, 300];
    const inclusion = await inclusionProof(index, size, read);
    const consistency = await consistencyProof(size1, size, read);
    const leaf = LEAVES[index] ?? Buffer.alloc(0);
    fc.assert(
      fc.property(fc.nat(), fc.nat(31), fc.nat(7), (which, byte, bit) => {
        const flipped = (proof: readonly Uint8Array[]) =>
          proof.map((hash, n) => {
            const copy = Buffer.from(hash);
            if (n === which % proof.length) copy.writeUInt8(copy.readUInt8(byte) ^ (1 << bit), byte);
            return copy;
          });
        expect(verifyInclusion(index, size, leaf, flipped(inclusion), rootAt(size))).toBe(false);
        expect(verifyConsistency(size1, size, flipped(consistency), rootAt(size1), rootAt(size))).toBe(false);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it('stay exact where a count no longer fits 32 bits', async () => {
    // One leaf repeated, so that a complete subtree depends on its level alone.
    const leaf = leafHash(Buffer.from('same'));
    const levels = [leaf];
    while (levels.length < 45) levels.push(nodeHash(levels.at(-1) ?? leaf, levels.at(-1) ?? leaf));
    const same: ReadSubtrees = (subtrees) => Promise.resolve(subtrees.map(({ level }) => levels[level] ?? leaf));
    const [size1, size2] = [2 ** 33 + 5, 2 ** 40 + 2 ** 31 + 3];
    const roots = [rootOf(await readRange(size1, same)), rootOf(await readRange(size2, same))] as const;
    expect(verifyInclusion(2 ** 39 + 1, size2, leaf, await inclusionProof(2 ** 39 + 1, size2, same), roots[1])).toBe(
      true,
    );
    expect(verifyConsistency(size1, size2, await consistencyProof(size1, size2, same), ...roots)).toBe(true);
  });

  it.each([
    [5, 5],
    [-1, 5],
    [0.5, 5],
    [0, 2 ** 60],
  ])('are not made of what is not there: leaf %s of %s', async (index, size) => {
    await expect(inclusionProof(index, size, read)).rejects.toThrow(RangeError);
  });
});
