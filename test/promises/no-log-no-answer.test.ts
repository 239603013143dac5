import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { verifyLog } from '../../gateway/cli/verify-log.ts';
import type { Reply } from '../agencies/asker.ts';
import { freshDatabase } from '../database.ts';
import { WORKERS } from '../population/cast-cases.ts';
import { castMobile } from '../population/cast-parts.ts';
import { numberIn } from '../journeys/spellings.ts';
import { answerOf, openStage, refusalOf, refused, type Stage } from '../journeys/stage.ts';

/** How much of what passes at the moment of the cut still arrives. */
type Arrives = 'nothing' | 'half' | 'all-but-the-end' | 'all';

/** ReadyForQuery: with it PostgreSQL says that a statement which was its own transaction is committed. */
const READY_BYTES = 6;

function partOf(chunk: Buffer, arrives: Arrives): Buffer {
  if (arrives === 'all') return chunk;
  if (arrives === 'all-but-the-end') return chunk.subarray(0, -READY_BYTES);
  return arrives === 'half' ? chunk.subarray(0, chunk.length / 2) : Buffer.alloc(0);
}

/** Everything between the gateway and its database, to be cut at a chosen moment of a question. */
class DatabaseWire {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #cutAt:
    | { readonly text: string; readonly from: 'gateway' | 'database'; readonly arrives: Arrives; left: number }
    | undefined;
  #down = false;

  constructor(port: number) {
    this.#server = createServer((near) => {
      if (this.#down) {
        near.destroy();
        return;
      }
      const far = connect(port, '127.0.0.1');
      const cut = (): void => {
        near.destroy();
        far.destroy();
      };
      const pass = (chunk: Buffer, from: 'gateway' | 'database', to: Socket): void => {
        if (this.#isMoment(chunk, from)) {
          this.#down = true;
          const last = partOf(chunk, this.#cutAt?.arrives ?? 'nothing');
          // Nothing more passes either way, but this much is let out before the ends are told.
          for (const socket of this.#sockets) socket.pause();
          to.write(last, () => {
            for (const socket of this.#sockets) socket.destroy();
          });
        } else if (!this.#down) to.write(chunk);
      };
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', cut);
        socket.on('close', cut);
        socket.once('close', () => this.#sockets.delete(socket));
      }
      near.on('data', (chunk) => pass(chunk, 'gateway', far));
      far.on('data', (chunk) => pass(chunk, 'database', near));
    });
  }

  #isMoment(chunk: Buffer, from: 'gateway' | 'database'): boolean {
    if (this.#cutAt?.from !== from || !chunk.includes(this.#cutAt.text)) return false;
    this.#cutAt.left -= 1;
    return this.#cutAt.left === 0;
  }

  /** Everything is cut, and stays so, when this passes for the nth time from now. */
  cutWhen(from: 'gateway' | 'database', text: string, nth: number, arrives: Arrives): void {
    this.#cutAt = { text, from, arrives, left: nth };
  }
  cutNow(): void {
    this.#down = true;
    for (const socket of this.#sockets) socket.destroy();
  }
  get isCut(): boolean {
    return this.#down;
  }
  mend(): void {
    this.#cutAt = undefined;
    this.#down = false;
  }
  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }
  async close(): Promise<void> {
    this.cutNow();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('P1: the database stops in the middle of a question', () => {
  let stage: Stage;
  let wire: DatabaseWire;
  beforeAll(async () => {
    const database = await freshDatabase();
    const address = new URL(database.url);
    wire = new DatabaseWire(Number(address.port));
    address.port = String(await wire.open());
    stage = await openStage({ database: { ...database, url: address.toString() } });
  }, 60_000);
  afterAll(async () => {
    wire.mend();
    await stage.close();
    await wire.close();
  });

  // A question that failed leaves the wire cut; the next begins with a whole one.
  beforeEach(() => wire.mend());

  const ask = (): Promise<Reply> => stage.contact(1, WORKERS.amara);
  /** Asks until the gateway has its database again: its pools find it by themselves. */
  async function askUntilWell(): Promise<Reply> {
    for (let n = 0; n < 100; n += 1) {
      const reply = await ask().catch(() => undefined);
      if (reply?.status === 200) return reply;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the gateway did not find its database again');
  }

  // An entry is one statement and one answer, which names its columns. The row comes before the word that it is
  // committed.
  const SENT = 'append-entries';
  const TOLD = 'places\0';
  const moments: [string, 'gateway' | 'database', string, number, Arrives, boolean][] = [
    ['when the case is looked up', 'gateway', 'find-case', 1, 'nothing', false],
    ['before the case is told', 'database', 'DAPG-', 1, 'nothing', false],
    ['when the consulted entry is sent', 'gateway', SENT, 1, 'nothing', false],
    ['when half of the consulted entry is sent', 'gateway', SENT, 1, 'half', false],
    ['when all of the consulted entry is sent', 'gateway', SENT, 1, 'all', false],
    ['before the commit of the consulted entry is told', 'database', TOLD, 1, 'nothing', false],
    ['when the place of the consulted is told and its commit is not', 'database', TOLD, 1, 'all-but-the-end', false],
    ['when the disclosed entry is sent', 'gateway', SENT, 2, 'nothing', true],
    ['when half of the disclosed entry is sent', 'gateway', SENT, 2, 'half', true],
    ['when all of the disclosed entry is sent', 'gateway', SENT, 2, 'all', true],
    ['before the commit of the disclosed entry is told', 'database', TOLD, 2, 'nothing', true],
    ['when the place of the disclosed is told and its commit is not', 'database', TOLD, 2, 'all-but-the-end', true],
  ];
  it.each(moments)('%s: 503 and nothing else', async (_when, from, text, nth, arrives, agenciesAsked) => {
    await askUntilWell();
    const before = stage.put.length;
    wire.cutWhen(from, text, nth, arrives);
    const reply = await ask();
    expect(wire.isCut).toBe(true);
    expect(refusalOf(reply)).toEqual(refused(503, 'log-unavailable'));
    expect(reply.headers['retry-after']).toBe('30');
    expect(stage.put.length > before).toBe(agenciesAsked);
    for (const number of [1, 2, 3]) expect(numberIn(reply.text, castMobile(number))).toEqual([]);
    wire.mend();
    expect(answerOf(await askUntilWell()).disclosure.sources).toHaveLength(5);
  });

  it('while it is away every question is a 503, also one that would be refused, and ready says so', async () => {
    await askUntilWell();
    wire.cutNow();
    const before = stage.put.length;
    expect(refusalOf(await ask())).toEqual(refused(503, 'log-unavailable'));
    const wrong = { agency: 'riverton-council', role: 'dai.daiw', purpose: 'DAPG', caseRef: stage.caseRef(9_999) };
    expect(refusalOf(await stage.disclosure(wrong))).toEqual(refused(503, 'log-unavailable'));
    expect((await stage.asker('health').send('GET', '/ready')).json).toMatchObject({
      status: 'not-ready',
      missing: ['log'],
    });
    expect((await stage.asker('health').send('GET', '/live')).status).toBe(200);
    expect(stage.put).toHaveLength(before);
    wire.mend();
    await askUntilWell();
    expect((await stage.asker('health').send('GET', '/ready')).json).toEqual({ status: 'ready' });
  });

  it('P2: away for long, nobody is known any more, and nobody is let in on what was known', async () => {
    await askUntilWell();
    const council = stage.asker('riverton-council');
    const token = await council.token('ENGAGE', stage.caseRef(1));
    wire.cutNow();
    let reply = await ask();
    for (let n = 0; refusalOf(reply).code !== 'register-unavailable' && n < 200; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      reply = await council.send('POST', '/v1/contact-requests', { body: '{}', token });
    }
    expect(refusalOf(reply)).toEqual(refused(503, 'register-unavailable'));
    wire.mend();
    await askUntilWell();
  }, 30_000);

  it('and after all of it the log holds, with an entry for every answer that left', async () => {
    const log = createPostgresAccessLog({ url: stage.database.ownerUrl, leaves: entryLeaves });
    expect(await verifyLog(log)).toMatchObject({ ok: true });
    await log.close();
    const answered = stage.said.filter((said) => said.message === 'question-answered');
    const entries = await stage.entries();
    expect(answered.length).toBeGreaterThan(20);
    for (const { position, questionId } of answered) {
      expect(entries[position]?.body).toMatchObject({ kind: 'question-disclosed', questionId });
    }
  });
});
