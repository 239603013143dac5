import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proveConsistency, proveEntry } from '../../gateway/audit/checkpoints/prove-entry.ts';
import { publishOnce } from '../../gateway/audit/checkpoints/publish.ts';
import { openCheckpoint } from '../../gateway/audit/note/checkpoint.ts';
import { parseTlogProof } from '../../gateway/audit/note/tlog-proof.ts';
import { appendLeaves, EMPTY_RANGE, rootOf } from '../../gateway/audit/tree/compact-range.ts';
import { verifyConsistency, verifyInclusion } from '../../gateway/audit/tree/verify.ts';
import { connectTo } from '../database-address.ts';
import { consulted } from '../log-entries.ts';
import { newSigner, openLogStage, type LogStage } from './log-tree-stage.ts';

const bytesOf = (entryHash: string) => Buffer.from(entryHash, 'base64url');

async function hashesOf({ log }: LogStage): Promise<readonly Buffer[]> {
  const hashes: Buffer[] = [];
  for (;;) {
    const page = await log.read(hashes.length, 10_000);
    if (!page.ok) throw new Error('not readable');
    if (page.value.length === 0) return hashes;
    hashes.push(...page.value.map(({ entryHash }) => bytesOf(entryHash)));
  }
}

describe('P10: checkpoints', () => {
  let stage: LogStage;
  beforeAll(async () => {
    stage = await openLogStage();
  });
  afterAll(() => stage.close());

  it('say exactly what the entries are, whatever came in between two of them', async () => {
    const heads: { readonly size: number; readonly root: Uint8Array }[] = [];
    for (const more of [1, 1, 253, 1, 1, 300, 0, 1_000]) {
      await stage.fill(more);
      const published = await stage.publish();
      expect(published).toMatchObject({ ok: true, value: { state: more === 0 ? 'nothing-new' : 'published' } });
      const kept = await stage.tree.newestCheckpoint();
      if (!kept.ok || kept.value === undefined) throw new Error('no checkpoint');
      const opened = openCheckpoint(kept.value.note, [stage.key]);
      if (!opened.ok) throw new Error(opened.error.code);
      heads.push(opened.value.checkpoint);
    }
    const hashes = await hashesOf(stage);
    expect(hashes).toHaveLength(1_557);
    for (const { size, root } of heads)
      expect(Buffer.from(root)).toEqual(Buffer.from(rootOf(appendLeaves(EMPTY_RANGE, hashes.slice(0, size)))));
    // Each continues the one before, as a witness would want to see it.
    for (const [n, later] of heads.entries()) {
      const earlier = heads[n - 1];
      if (earlier === undefined || earlier.size === later.size) continue;
      const proof = await proveConsistency(stage.tree, earlier.size, later.size);
      if (!proof.ok) throw new Error(proof.error);
      expect(verifyConsistency(earlier.size, later.size, proof.value, earlier.root, later.root)).toBe(true);
    }
  });

  it('turn every receipt into a proof that anybody can verify', async () => {
    const hashes = await hashesOf(stage);
    for (const position of [0, 1, 254, 255, 256, 511, 512, 1_000, 1_555, 1_556]) {
      const proof = await proveEntry(stage.tree, position);
      const read = proof.ok ? parseTlogProof(proof.value) : proof;
      if (!read.ok) throw new Error(read.error);
      const opened = openCheckpoint(read.value.checkpoint, [stage.key]);
      if (!opened.ok) throw new Error(opened.error.code);
      const { size, root } = opened.value.checkpoint;
      expect(read.value.index).toBe(position);
      const holds = (leaf: Buffer) => verifyInclusion(position, size, leaf, read.value.hashes, root);
      expect(holds(hashes[position] ?? Buffer.alloc(0))).toBe(true);
      expect(holds(hashes[(position + 1) % hashes.length] ?? Buffer.alloc(0))).toBe(false);
    }
  });

  it('cover an entry only once they were made', async () => {
    const receipt = await stage.log.append(consulted(1));
    if (!receipt.ok) throw new Error(receipt.error);
    expect(await proveEntry(stage.tree, receipt.value.position)).toEqual({ ok: false, error: 'not-yet' });
    await stage.publish();
    expect(await proveEntry(stage.tree, receipt.value.position)).toMatchObject({ ok: true });
  });

  it('come from one gateway at a time, and never twice for one size', async () => {
    const second = await openLogStage({ ...stage, signed: stage });
    await stage.fill(10);
    const published = await Promise.all([stage.publish(), second.publish(), stage.publish(), second.publish()]);
    await second.close();
    expect(published.filter((each) => each.ok && each.value.state === 'published')).toHaveLength(1);
    for (const each of published) if (!each.ok) expect(each.error).toBe('not-our-turn');
  });

  it('are not made with a key that cannot be reached, or that is another than it says; then they are', async () => {
    await stage.fill(1);
    const { signer } = newSigner();
    const other = (bytes: Uint8Array) => signer.sign(bytes);
    for (const sign of [() => Promise.reject(new Error('gone')), other]) {
      expect(await publishOnce(stage.tree, { ...stage.signer, sign })).toEqual({
        ok: false,
        error: 'signer-unavailable',
      });
    }
    expect(await stage.publish()).toMatchObject({ ok: true, value: { state: 'published' } });
  });

  it('keep what witnesses added, and prefer a tree that was witnessed', async () => {
    await stage.fill(1);
    await stage.publish();
    const newest = await stage.tree.newestCheckpoint();
    if (!newest.ok || newest.value === undefined) throw new Error('no checkpoint');
    const { size, note } = newest.value;
    const line = '— witness.example/north AAAAAAAAAAA=\n';
    const kept = [{ witness: 'witness.example/north', line }];
    expect(await stage.tree.keepCosignatures(size, kept)).toEqual({ ok: true, value: true });
    // What a witness said first stays.
    await stage.tree.keepCosignatures(size, [{ witness: 'witness.example/north', line: 'other\n' }]);
    expect(await stage.tree.checkpointFrom(1)).toMatchObject({ ok: true, value: { size, note: `${note}${line}` } });
    expect(await stage.tree.keepCosignatures(size + 1_000, kept)).toEqual({ ok: false, error: 'log-unavailable' });
  });

  it.each([
    ["update holdfast.checkpoint set note = ''", '42501'],
    ['delete from holdfast.tile', '42501'],
    ['truncate holdfast.checkpoint cascade', '42501'],
    ["update holdfast.log set origin = 'other'", '42501'],
    ['delete from holdfast.cosignature', '42501'],
    ["insert into holdfast.checkpoint (size, root, note) values (5, sha256(''), '')", '23000'],
    ["insert into holdfast.checkpoint (size, root, note) values (500000, sha256(''), '')", '23000'],
    ["insert into holdfast.tile (level, index, root, hashes) values (0, 99, sha256(''), '')", '23514'],
  ])('the gateway’s login cannot: %s', async (sql, code) => {
    const gateway = await connectTo(stage.url);
    await expect(gateway.query(sql)).rejects.toMatchObject({ code });
    await gateway.end();
  });
});
