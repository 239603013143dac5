import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startWitness, type RunningWitness } from '../../deploy/witness.ts';
import type { StartedWitness } from '../agencies/witnesses.ts';
import { answerOf, openStage, type Stage } from '../journeys/stage.ts';
import { WORKERS } from '../population/cast-cases.ts';

/** A gateway that runs with three agencies' witnesses, of which two fail for ten minutes of its own clock. */

const TEN_MINUTES_MS = 600_000;

let stage: Stage;
let elapsedMs = 0;
let housing: StartedWitness;
let police: StartedWitness;
const again: RunningWitness[] = [];
const hanging: { server?: Server; sockets: Set<Socket> } = { sockets: new Set() };

beforeAll(async () => {
  stage = await openStage({
    witnesses: ['police', 'probation', 'housing'],
    witnessClock: { elapsed: () => elapsedMs, againAfterMs: 200, withinMs: 300 },
  });
  const [first, , third] = stage.partnership.witnesses;
  if (first === undefined || third === undefined) throw new Error('three witnesses were asked for');
  [police, housing] = [first, third];
}, 60_000);
afterAll(async () => {
  void hang(false);
  await stage.close();
  await Promise.all(again.map((each) => each.stop()));
});

const operations = async (path: string): Promise<Response> =>
  fetch(`http://127.0.0.1:${stage.partnership.gateway.operationsPort}${path}`);

/** All that an operator sees of it. */
async function seen() {
  const metrics = await (await operations('/metrics')).text();
  const ready = await operations('/ready');
  const value = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(metrics)?.[1]);
  return {
    lost: value('holdfast_witness_quorum_lost'),
    witnessed: value('holdfast_witnessed_entries'),
    ready: ready.status,
    attention: JSON.stringify(await ready.json()).includes('quorum-lost'),
  };
}

async function until<T>(what: string, look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let n = 0; n < 600; n += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await wait(50);
  }
  throw new Error(`never: ${what}`);
}

const saidOf = (message: string) => stage.said.filter((each) => each.message === message);
const said = (message: string, count: number) =>
  until(message, () => (saidOf(message).length >= count ? saidOf(message) : undefined));
/** The newest entry of the moment is witnessed. */
const witnessedAll = async () => {
  const entries = (await stage.entries()).length;
  return until('witnessed', async () => ((await seen()).witnessed >= entries ? true : undefined));
};

/** Something at the witness's port that takes connections and never says a word. */
function hang(begin: boolean, port = 0): Promise<void> | undefined {
  if (!begin) {
    for (const socket of hanging.sockets) socket.destroy();
    hanging.server?.close();
    return undefined;
  }
  hanging.server = createServer((socket) => {
    hanging.sockets.add(socket);
    socket.on('error', () => undefined);
  });
  return new Promise((resolve) => hanging.server?.listen(port, '127.0.0.1', resolve));
}

const portOf = ({ running }: StartedWitness): number => Number(new URL(running.url).port);

async function startAgain(witness: StartedWitness, port: number): Promise<void> {
  const started = await until('the port is free', async () => {
    const result = await startWitness({ ...witness.settings, port }, () => undefined);
    return result.ok ? result.value : undefined;
  });
  again.push(started);
}

describe('P10: quorum lost for ten minutes, in a gateway that runs', () => {
  it('is no alarm while it is shorter, although each failure is said', async () => {
    answerOf(await stage.contact(1, WORKERS.amara));
    await witnessedAll();
    expect(await seen()).toMatchObject({ lost: 0, ready: 200, attention: false });
    const port = portOf(housing);
    await Promise.all([police.stop(), housing.stop()]);
    await hang(true, port);
    answerOf(await stage.contact(1, WORKERS.amara));
    const failed = await said('witness-failed', 2);
    expect(failed.map((each) => 'witness' in each && each.witness).sort()).toEqual([
      'housing.riverton.example/witness',
      'police.riverton.example/witness',
    ]);
    elapsedMs += TEN_MINUTES_MS - 1;
    expect(await seen()).toMatchObject({ lost: 0, ready: 200, attention: false });
    expect(saidOf('quorum-lost')).toEqual([]);
  }, 60_000);

  it('is then an alarm in the log line, the metric and the readiness, and work goes on', async () => {
    const { witnessed } = await seen();
    elapsedMs += 1;
    // Nobody asks anything meanwhile: a quiet night must not hide it.
    const [alarm] = await said('quorum-lost', 1);
    expect(alarm).toMatchObject({ quorum: 2, cosigned: 1 });
    expect(await seen()).toEqual({ lost: 1, witnessed, ready: 200, attention: true });
    const answer = answerOf(await stage.contact(1, WORKERS.amara));
    expect((await stage.entries()).at(-1)?.body).toMatchObject({
      kind: 'question-disclosed',
      questionId: answer.disclosure.questionId,
    });
    expect((await operations('/live')).status).toBe(200);
    expect(await seen()).toMatchObject({ lost: 1, witnessed, attention: true });
  }, 60_000);

  it('and is over, and said to be over, once one of them is back: all that happened meanwhile is covered', async () => {
    await startAgain(police, portOf(police));
    const [over] = await said('quorum-reached', 1);
    await witnessedAll();
    const entries = (await stage.entries()).length;
    expect(over).toMatchObject({ message: 'quorum-reached' });
    expect(await seen()).toEqual({ lost: 0, witnessed: entries, ready: 200, attention: false });
    // Rung once each, not with every checkpoint.
    expect([saidOf('quorum-lost').length, saidOf('quorum-reached').length]).toEqual([1, 1]);
  }, 60_000);
});
