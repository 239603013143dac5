import { describe, expect, it } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { referenceFolder } from '../../../test/reference.ts';
import { verifyConsistency, verifyInclusion, verifySubtreeConsistency, verifySubtreeInclusion } from './verify.ts';

/** Proofs that others made, and others' idea of which of them must not hold. */

const SOURCE = 'github.com/transparency-dev/merkle testdata at 417fb0c';
const folder = join(referenceFolder() ?? '', 'vectors', 'merkle');
const there = referenceFolder() !== undefined && existsSync(folder);

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const proof = z
  .array(bytes)
  .nullable()
  .transform((hashes) => hashes ?? []);
const told = { proof, desc: z.string(), wantErr: z.boolean() };
const inclusion = z.object({ leafIdx: z.number(), root: bytes, leafHash: bytes, ...told });
const consistency = z.object({ root1: bytes, root2: bytes, ...told });

const KINDS = {
  inclusion: (json: unknown) => {
    const v = inclusion.extend({ treeSize: z.number() }).parse(json);
    return { ...v, holds: verifyInclusion(v.leafIdx, v.treeSize, v.leafHash, v.proof, v.root) };
  },
  consistency: (json: unknown) => {
    const v = consistency.extend({ size1: z.number(), size2: z.number() }).parse(json);
    return { ...v, holds: verifyConsistency(v.size1, v.size2, v.proof, v.root1, v.root2) };
  },
  subtreeinclusion: (json: unknown) => {
    const v = inclusion.extend({ start: z.number(), end: z.number() }).parse(json);
    const subtree = { begin: v.start, end: v.end };
    return { ...v, holds: verifySubtreeInclusion(v.leafIdx, subtree, v.leafHash, v.proof, v.root) };
  },
  subtreeconsistency: (json: unknown) => {
    const v = consistency.extend({ start: z.number(), end: z.number(), size: z.number() }).parse(json);
    const subtree = { begin: v.start, end: v.end };
    return { ...v, holds: verifySubtreeConsistency(subtree, v.size, v.proof, v.root1, v.root2) };
  },
};

const COUNTS = { inclusion: 98, consistency: 98, subtreeinclusion: 204, subtreeconsistency: 118 };

describe('P10: proofs made by others', () => {
  for (const kind of ['inclusion', 'consistency', 'subtreeinclusion', 'subtreeconsistency'] as const) {
    (there ? it : it.skip)(`${kind}: ${COUNTS[kind]} vectors (${SOURCE})`, () => {
      const files = readdirSync(join(folder, kind), { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.json'))
        .sort();
      expect(files).toHaveLength(COUNTS[kind]);
      const judged = files.map((path) => {
        const { desc, wantErr, holds } = KINDS[kind](JSON.parse(readFileSync(join(folder, kind, path), 'utf8')));
        return { path, desc, wanted: !wantErr, holds };
      });
      expect(judged.filter(({ wanted, holds }) => wanted !== holds)).toEqual([]);
      expect(judged.some(({ holds }) => holds)).toBe(true);
    });
  }
});
