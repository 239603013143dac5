import { describe, expect, it } from '@jest/globals';
import { leavesOf, party, signedTree, type Party, type SignedTree } from '../../../test/signed-tree.ts';
import type { KeptCosignature } from '../../ports/log-tree.ts';
import type { WitnessAnswer, WitnessClient } from '../../ports/witness.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { formatSignatureLine } from '../note/signed-note.ts';
import { readAddCheckpoint } from './add-checkpoint.ts';
import { askWitness, type AskWitnessOptions } from './ask-witness.ts';
import { cosign } from './cosign.ts';
import { startCosigning, type CosigningOptions, type CosigningSaid } from './cosigning.ts';
import { faultOfPolicy } from './quorum.ts';
import { makeWitness } from './witness.ts';
import { readSignedCheckpoint } from '../note/checkpoint.ts';

const NOW = 1_790_000_000;
const log = party('riverton.example/log');
const tree = signedTree(log, leavesOf(40));
const names = ['police', 'probation', 'housing'];
const parties = names.map((name) => party(`${name}.example/witness`, 'cosignature/v1'));
const [police = party('police.example/witness', 'cosignature/v1')] = parties;

const text = (status: number, body: string): Result<WitnessAnswer, never> =>
  ok({ status, contentType: 'text/plain', body });

/** An honest witness without a network. */
function honest(signer: Party, seconds = () => NOW): WitnessClient {
  const files = new Map<string, string>();
  const witness = makeWitness({
    signer,
    logs: [log.key],
    kept: {
      read: (name) => Promise.resolve(files.get(name)),
      keep: (name, each) => {
        files.set(name, each);
        return Promise.resolve();
      },
    },
    now: seconds,
    say: () => undefined,
  });
  return {
    name: signer.key.name,
    addCheckpoint: async (body) => ok(await witness.addCheckpoint(body)),
    checkpoint: async (hash) => ok(await witness.checkpoint(hash)),
    close: () => Promise.resolve(),
  };
}

const answering = (answer: (body: string) => Awaited<ReturnType<WitnessClient['addCheckpoint']>>): WitnessClient => ({
  name: police.key.name,
  addCheckpoint: (body) => Promise.resolve(answer(body)),
  checkpoint: () => Promise.resolve(text(404, '')),
  close: () => Promise.resolve(),
});

const asking = (of: SignedTree = tree): AskWitnessOptions & { readonly waits: number[] } => {
  const waits: number[] = [];
  return {
    waits,
    proof: async (from, to) => ok(await of.proof(from, to)),
    now: () => NOW,
    wait: (ms) => {
      waits.push(ms);
      return Promise.resolve();
    },
  };
};

const ask = (client: WitnessClient, of: SignedTree = tree, size = of.leaves.length, hint = 0) => {
  const checkpoint = of.checkpoint(size);
  const signed = readSignedCheckpoint(checkpoint);
  if (!signed.ok) throw new Error(signed.error);
  return askWitness({ client, key: police.key }, signed.value, checkpoint, hint, asking(of));
};

const cosigned = (signer: Party, body: string, time: number, of?: string): string => {
  const request = readAddCheckpoint(body);
  if (!request.ok) throw new Error(request.error);
  return formatSignatureLine(cosign(signer, of ?? request.value.signed.note.text, time));
};

describe('one witness is asked', () => {
  it('and caught up with, wherever it stands', async () => {
    const client = honest(police);
    expect(await ask(client, tree, 7)).toMatchObject({ outcome: 'cosigned', timestamp: NOW });
    expect(await ask(client, tree, 40)).toMatchObject({ outcome: 'cosigned' });
    expect(await ask(client, tree, 40, 40)).toMatchObject({ outcome: 'cosigned' });
  });

  it('P10: another history is refused, and an older tree than it has seen shows that we went back', async () => {
    const client = honest(police);
    await ask(client, tree, 30);
    const forked = signedTree(log, leavesOf(40, 'another'));
    expect(await ask(client, forked)).toEqual({ outcome: 'history-refused' });
    expect(await ask(client, tree, 20)).toEqual({ outcome: 'witness-ahead' });
  });

  const [, other] = parties;
  if (other === undefined) throw new Error('no other witness');
  it.each<[string, (body: string) => Awaited<ReturnType<WitnessClient['addCheckpoint']>>, string]>([
    ['signs something else', (body) => text(200, cosigned(police, body, NOW, 'other\n1\nroot\n')), 'signature-wrong'],
    ['signs with another key', (body) => text(200, cosigned(other, body, NOW)), 'answer-malformed'],
    ['plays an old cosignature again', (body) => text(200, cosigned(police, body, NOW - 86_400)), 'time-wrong'],
    ['states a time to come', (body) => text(200, cosigned(police, body, NOW + 86_400)), 'time-wrong'],
    ['answers nothing', () => text(200, ''), 'answer-malformed'],
    ['answers nonsense', () => text(200, '<html>\n'), 'answer-malformed'],
    ['redirects', () => text(302, ''), 'answer-malformed'],
    ['claims a larger tree', () => ok({ status: 409, contentType: 'text/x.tlog.size', body: '99\n' }), 'witness-ahead'],
    ['claims no size', () => ok({ status: 409, contentType: 'text/x.tlog.size', body: 'many\n' }), 'answer-malformed'],
    [
      'claims size after size',
      () => ok({ status: 409, contentType: 'text/x.tlog.size', body: '5\n' }),
      'answer-malformed',
    ],
    [
      'answers a 409 in another type',
      () => ok({ status: 409, contentType: 'text/plain', body: '5\n' }),
      'answer-malformed',
    ],
    ['does not know us', () => text(404, ''), 'log-refused'],
    ['cannot write', () => text(503, ''), 'witness-busy'],
    ['hangs', () => err('witness-slow'), 'witness-slow'],
    ['sends megabytes', () => err('witness-answer-too-large'), 'witness-answer-too-large'],
  ])('a witness that %s is not counted', async (_what, answer, outcome) => {
    let calls = 0;
    const asked = await ask(
      answering((body) => {
        calls += 1;
        return answer(body);
      }),
    );
    expect(asked).toEqual({ outcome });
    expect(calls).toBeLessThanOrEqual(4);
  });

  it('again where it did not answer, with longer pauses, and not for ever', async () => {
    const options = asking();
    const checkpoint = tree.checkpoint();
    const signed = readSignedCheckpoint(checkpoint);
    if (!signed.ok) throw new Error(signed.error);
    const client = answering(() => err('witness-unreachable'));
    await askWitness({ client, key: police.key }, signed.value, checkpoint, 0, options);
    expect(options.waits).toEqual([250, 500, 1_000]);
  });
});

function started(
  clients: readonly WitnessClient[],
  quorum: number,
  newest: () => number | undefined = () => undefined,
) {
  const said: CosigningSaid[] = [];
  const kept = new Map<number, KeptCosignature[]>();
  let elapsed = 0;
  const store: CosigningOptions['store'] = {
    keepCosignatures: (size, cosignatures) => {
      kept.set(size, [...(kept.get(size) ?? []), ...cosignatures]);
      return Promise.resolve(ok(true));
    },
    newestCheckpoint: () => {
      const size = newest();
      if (size === undefined) return Promise.resolve(ok(undefined));
      const checkpoint = { size, root: tree.root(size), note: tree.checkpoint(size), signedAt: '2026-11-20T09:00:00Z' };
      return Promise.resolve(ok(checkpoint));
    },
  };
  const cosigning = startCosigning({
    ...asking(),
    logKeys: [log.key],
    witnesses: clients.map((client, n) => ({ client, key: parties[n]?.key ?? police.key })),
    quorum,
    store,
    elapsed: () => elapsed,
    say: (each) => said.push(each),
  });
  return { cosigning, said, kept, pass: (ms: number) => (elapsed += ms) };
}

/** Lets everything that is under way end; nothing here waits for a clock. */
const settled = async () => {
  for (let n = 0; n < 50; n += 1) await new Promise((next) => setImmediate(next));
};

const dead: WitnessClient = answering(() => err('witness-unreachable'));

describe('all witnesses are asked', () => {
  it('and what they sign is kept, the quorum told, the newest known to each of them', async () => {
    const { cosigning, kept } = started(
      parties.map((each) => honest(each)),
      2,
    );
    cosigning.offer(tree.checkpoint(7));
    cosigning.offer(tree.checkpoint(12));
    cosigning.offer(tree.checkpoint(20));
    await settled();
    // The first goes at once, and of those that came meanwhile only the newest.
    expect([...kept.keys()]).toEqual([7, 20]);
    expect(kept.get(20)?.map(({ witness }) => witness)).toEqual(parties.map(({ key }) => key.name));
    expect(cosigning.status()).toMatchObject({ witnesses: 3, quorum: 2, size: 20, lost: false });
    expect(await cosigning.newestCosigned()).toMatchObject({ ok: true, value: { size: 20 } });
    await cosigning.close();
  });

  it('quorum lost for ten minutes is an alarm, rung once, and over when it is back', async () => {
    const living = honest(police);
    const second = { ...dead };
    const { cosigning, said, pass } = started([living, second], 2);
    cosigning.offer(tree.checkpoint(7));
    await settled();
    expect(cosigning.status()).toMatchObject({ lost: false });
    expect(said).toEqual([{ message: 'witness-failed', witness: parties[1]?.key.name, code: 'witness-unreachable' }]);
    pass(600_000);
    expect(cosigning.status()).toMatchObject({ lost: true });
    cosigning.offer(tree.checkpoint(8));
    await settled();
    cosigning.offer(tree.checkpoint(9));
    await settled();
    expect(said.filter(({ message }) => message === 'quorum-lost')).toEqual([
      { message: 'quorum-lost', quorum: 2, cosigned: 1, size: 8 },
    ]);
    const [, probation = police] = parties;
    Object.assign(second, honest(probation));
    cosigning.offer(tree.checkpoint(10));
    await settled();
    expect(said.at(-1)).toEqual({ message: 'quorum-reached', size: 10 });
    expect(cosigning.status()).toMatchObject({ lost: false, size: 10 });
    await cosigning.close();
  });

  it('of two gateways over one database the slower shows what the other signed, and cries no fraud', async () => {
    const witnesses = parties.map((each) => honest(each));
    let newest = 20;
    const [quick, slow] = [started(witnesses, 2, () => newest), started(witnesses, 2, () => newest)];
    quick.cosigning.offer(tree.checkpoint(20));
    await settled();
    slow.cosigning.offer(tree.checkpoint(12));
    await settled();
    expect(slow.said).toEqual([]);
    expect(slow.cosigning.status()).toMatchObject({ size: 20, lost: false });
    expect(slow.cosigning.status().last.map(({ outcome }) => outcome)).toEqual(['cosigned', 'cosigned', 'cosigned']);
    // Where the log itself has nothing so large, the witnesses know of what was rolled back.
    newest = 12;
    slow.cosigning.offer(tree.checkpoint(12));
    await settled();
    expect(slow.said.map((each) => 'code' in each && each.code)).toEqual(names.map(() => 'witness-ahead'));
    await Promise.all([quick.cosigning.close(), slow.cosigning.close()]);
  });

  it('a claim without both signatures is no reason to stop', async () => {
    const liar: WitnessClient = { ...dead, checkpoint: () => Promise.resolve(text(200, tree.checkpoint(40))) };
    const { cosigning } = started([liar], 1);
    expect(await cosigning.newestCosigned()).toEqual({ ok: false, error: 'witnesses-unreachable' });
    await cosigning.close();
  });

  it('without witnesses nothing is asked and nothing lost', async () => {
    const { cosigning, pass } = started([], 0);
    cosigning.offer(tree.checkpoint(7));
    pass(3_600_000);
    expect(cosigning.status()).toEqual({ witnesses: 0, quorum: 0, lost: false, last: [] });
    await cosigning.close();
  });
});

describe('a policy of witnesses', () => {
  const keys = parties.map(({ key }) => key);
  it.each([
    [keys, 2, undefined],
    [keys, 0, 'quorum-out-of-range'],
    [keys, 4, 'quorum-out-of-range'],
    [keys, 1.5, 'quorum-out-of-range'],
    [[...keys, ...keys.slice(0, 1)], 2, 'witness-twice'],
    [[log.key], 1, 'witness-key-type'],
  ])('%#', (witnesses, quorum, fault) => {
    expect(faultOfPolicy({ witnesses, quorum })).toBe(fault);
  });
});
