import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leavesOf, party, signedCheckpoint, signedTree, type SignedTree } from '../../../test/signed-tree.ts';
import { openCheckpoint } from '../note/checkpoint.ts';
import { parseSignatureLines, verifySignature } from '../note/signed-note.ts';
import { EMPTY_ROOT } from '../tree/hash.ts';
import { formatAddCheckpoint, readAddCheckpoint } from './add-checkpoint.ts';
import { makeWitness, originHashOf, type KeptCheckpoints, type Witness, type WitnessSaid } from './witness.ts';

const log = party('riverton.example/log');
const police = party('police.example/witness', 'cosignature/v1');
const tree = signedTree(log, leavesOf(40));

function folder(): KeptCheckpoints & { readonly files: Map<string, string>; failing: boolean } {
  const files = new Map<string, string>();
  return {
    files,
    failing: false,
    read: (name) => Promise.resolve(files.get(name)),
    keep(name, text) {
      if (this.failing) return Promise.reject(new Error('disk full'));
      files.set(name, text);
      return Promise.resolve();
    },
  };
}

let kept: ReturnType<typeof folder>;
let said: WitnessSaid[];
let clock: number;
let witness: Witness;
beforeEach(() => {
  kept = folder();
  said = [];
  clock = 1_790_000_000;
  witness = makeWitness({
    signer: police,
    logs: [log.key],
    kept,
    now: () => clock,
    say: (each) => said.push(each),
  });
});

const show = async (of: SignedTree, from: number, to: number) =>
  witness.addCheckpoint(
    formatAddCheckpoint({
      oldSize: from,
      proof: from > 0 && from <= to ? await of.proof(from, to) : [],
      checkpoint: of.checkpoint(to),
    }),
  );

const timeOf = (body: string, text: string): number | undefined => {
  const lines = parseSignatureLines(body);
  const [line] = lines.ok ? lines.value : [];
  return line && verifySignature(text, line, police.key)?.timestamp;
};
const textOf = (checkpoint: string) => checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);

describe('P10: a witness puts its name only to a tree that continues the one it has seen', () => {
  it('cosigns tree after tree, and serves the last with both signatures', async () => {
    const first = await show(tree, 0, 7);
    expect(first).toMatchObject({ status: 200 });
    expect(timeOf(first.body, textOf(tree.checkpoint(7)))).toBe(clock);
    expect(await show(tree, 7, 40)).toMatchObject({ status: 200 });
    const served = await witness.checkpoint(originHashOf(log.key.name));
    expect(openCheckpoint(served.body, [log.key], [police.key])).toMatchObject({
      ok: true,
      value: { checkpoint: { size: 40 }, signatures: [{ key: log.key }, { key: police.key }] },
    });
    expect(said.map(({ message }) => message)).toEqual(['cosigned', 'cosigned']);
  });

  it('tells whoever is behind or ahead what it has, and nothing else', async () => {
    await show(tree, 0, 7);
    expect(await show(tree, 0, 40)).toEqual({ status: 409, contentType: 'text/x.tlog.size', body: '7\n' });
    expect(await show(tree, 9, 40)).toMatchObject({ status: 409, body: '7\n' });
  });

  it('refuses a forked tree, a rolled-back one, and the same size with another root', async () => {
    await show(tree, 0, 20);
    const forked = signedTree(log, [...leavesOf(10), ...leavesOf(30, 'another')]);
    expect(await show(forked, 20, 40)).toMatchObject({ status: 422 });
    expect(await show(forked, 20, 20)).toMatchObject({ status: 422 });
    expect(await show(tree, 20, 12)).toMatchObject({ status: 400 });
    expect(await show(tree, 12, 12)).toMatchObject({ status: 409, body: '20\n' });
    expect(said.at(1)).toEqual({ message: 'refused', code: 'not-consistent', origin: log.key.name, size: 40 });
    expect(await show(tree, 20, 40)).toMatchObject({ status: 200 });
  });

  it('refuses a proof cut short, one too long, and one where none may be', async () => {
    await show(tree, 0, 20);
    const proof = await tree.proof(20, 40);
    const send = (hashes: readonly Uint8Array[], oldSize = 20) =>
      witness.addCheckpoint(formatAddCheckpoint({ oldSize, proof: hashes, checkpoint: tree.checkpoint() }));
    expect(await send(proof.slice(1))).toMatchObject({ status: 422 });
    expect(await send([...proof, EMPTY_ROOT])).toMatchObject({ status: 422 });
    expect(await send([])).toMatchObject({ status: 422 });
    kept.files.clear();
    expect(await send(proof, 0)).toMatchObject({ status: 422 });
  });

  it('refuses an empty tree with a root that is not the empty one', async () => {
    const send = (root: Uint8Array) =>
      witness.addCheckpoint(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: signedCheckpoint(log, 0, root) }));
    expect(await send(new Uint8Array(32))).toMatchObject({ status: 422 });
    expect(await send(EMPTY_ROOT)).toMatchObject({ status: 200 });
  });

  it('refuses logs it does not know, and what the log has not signed', async () => {
    const stranger = party('stranger.example/log');
    const send = (checkpoint: string) =>
      witness.addCheckpoint(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint }));
    expect(await send(signedCheckpoint(stranger, 7, tree.root(7)))).toMatchObject({ status: 404 });
    expect(await send(signedCheckpoint(stranger, 7, tree.root(7), log.key.name))).toMatchObject({ status: 403 });
    const twisted = tree.checkpoint(7).replace('\n7\n', '\n8\n');
    expect(await send(twisted)).toMatchObject({ status: 403 });
    expect(kept.files.size).toBe(0);
    expect(await witness.checkpoint(originHashOf('stranger.example/log'))).toMatchObject({ status: 404 });
    expect(await witness.checkpoint(originHashOf(log.key.name))).toMatchObject({ status: 404 });
  });

  it.each([
    ['', 'checkpoint-missing'],
    ['old 0\n', 'checkpoint-missing'],
    ['old 00\n\n', 'old-size'],
    ['new 0\n\n', 'old-size'],
    ['old -1\n\n', 'old-size'],
    [`old 0\nAAAA\n\n${tree.checkpoint(7)}`, 'proof-line'],
    [`old 0\n${`${'A'.repeat(43)}=\n`.repeat(64)}\n${tree.checkpoint(7)}`, 'proof-too-long'],
    ['old 0\n\nnothing\n', 'note-unsigned'],
  ])('answers 400 to %j', async (body, code) => {
    expect(await witness.addCheckpoint(body)).toMatchObject({ status: 400, body: `malformed: ${code}\n` });
  });

  it('answers something to any body whatever, and cosigns none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (body) => {
        expect((await witness.addCheckpoint(body)).status).toBe(400);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('lets racing requests pass one after another: two ways from one tree are never both cosigned', async () => {
    await show(tree, 0, 10);
    const ways = Array.from({ length: 8 }, (_, n) =>
      signedTree(log, [...leavesOf(10), ...leavesOf(5 + n, `way ${n}`)]),
    );
    const statuses = await Promise.all(ways.map(async (way) => (await show(way, 10, way.leaves.length)).status));
    expect(statuses.toSorted()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
  });

  it('cosigns nothing that it could not keep, and goes on from what it kept', async () => {
    await show(tree, 0, 10);
    kept.failing = true;
    await expect(show(tree, 10, 20)).rejects.toThrow('disk full');
    kept.failing = false;
    expect(await show(tree, 20, 40)).toMatchObject({ status: 409, body: '10\n' });
    expect(await show(tree, 10, 40)).toMatchObject({ status: 200 });
  });

  it('does not begin again where what it kept was damaged', async () => {
    await show(tree, 0, 10);
    const [[name, text] = ['', '']] = [...kept.files];
    kept.files.set(name, text.replace('\n10\n', '\n9\n'));
    await expect(show(tree, 0, 7)).rejects.toThrow('kept-unreadable');
    kept.files.set(name, tree.checkpoint(5));
    await expect(show(tree, 0, 7)).rejects.toThrow('kept-of-another-key');
  });

  it('never states an earlier time for a later tree, also where its clock was set back', async () => {
    await show(tree, 0, 10);
    clock -= 3_600;
    const again = await show(tree, 10, 20);
    expect(timeOf(again.body, textOf(tree.checkpoint(20)))).toBe(1_790_000_000);
  });

  it('reads back the request that was written', async () => {
    const request = { oldSize: 20, proof: await tree.proof(20, 40), checkpoint: tree.checkpoint() };
    expect(readAddCheckpoint(formatAddCheckpoint(request))).toMatchObject({ ok: true, value: request });
  });
});
